//! Calls that pass a parameter by its name.
//!
//! Which function a call runs is known where its callee has one value for certain; such a call is edited.
//! A call of something else is left alone. Where neither is known, the rename is refused.

use super::Refusal;
use super::subject::Subject;
use super::words::{self, Standing, Word};
use crate::closure::place::Part;
use crate::closure::value::{Search, only_binding};
use crate::scope::{Name, Role, Scope, ScopeKind, Variable};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// The keywords that have to be renamed with the parameter; none for what is no parameter.
pub fn passed(subject: &Subject<'_>, new: Name) -> Result<Vec<Range>, Refusal> {
    let Some(callee) = Callee::of(subject) else {
        return Ok(Vec::new());
    };
    callee.takes_others(new)?;
    let mut found = Vec::new();
    for word in keywords(&subject.words) {
        match callee.is_called(word) {
            Some(true) => found.push(word.range),
            Some(false) => {}
            None => {
                let name = subject.name();
                let reason = format!("this call may pass the parameter `{name}` by its name");
                return Err(subject.refuse(word.range, &reason));
            }
        }
    }
    Ok(found)
}

fn keywords(words: &[Word]) -> impl Iterator<Item = &Word> {
    let is_keyword = |word: &&Word| word.standing == Standing::Keyword;
    words.iter().filter(is_keyword)
}

/// A function with a parameter that can be passed by its name.
struct Callee<'a, 's> {
    subject: &'a Subject<'s>,
    function: Part<'s>,
    scope: &'a Scope,
    /// What its name is bound to.
    variable: Option<Variable>,
    is_method: bool,
}

impl<'a, 's> Callee<'a, 's> {
    fn of(subject: &'a Subject<'s>) -> Option<Self> {
        let scope = subject.variable.owner();
        let function = subject.function()?;
        if !is_passed_by_name(subject, function) {
            return None;
        }
        let name = scope
            .name_range()
            .filter(|_| scope.kind() == ScopeKind::Function);
        let variable = name.and_then(|name| subject.program.variable_at(name));
        let is_method = variable
            .as_ref()
            .is_some_and(|variable| variable.owner().kind() == ScopeKind::Class);
        Some(Self {
            subject,
            function,
            scope,
            variable,
            is_method,
        })
    }

    /// Refuses where a call passes `new` already, which `**` takes.
    fn takes_others(&self, new: Name) -> Result<(), Refusal> {
        let parameters = self.function.field(Field::Parameters);
        let parameters = parameters.map_or(Vec::new(), Part::children);
        let is_rest = |parameter: &Part<'_>| parameter.kind() == Kind::DoubleStarParameter;
        if !parameters.iter().any(is_rest) {
            return Ok(());
        }
        let words = words::words(self.subject.program, &[new]);
        let taken = keywords(&words).find(|word| self.is_called(word) != Some(false));
        taken.map_or(Ok(()), |word| {
            let reason = format!("this call passes `{new}` by its name already");
            Err(self.subject.refuse(word.range, &reason))
        })
    }

    /// Whether the call that the keyword stands in runs the function; `None` where it may.
    fn is_called(&self, keyword: &Word) -> Option<bool> {
        let program = self.subject.program;
        let call = program.place(keyword.range)?.enclosing(&[Kind::Call])?;
        let callee = call.field(Field::Function)?;
        if let Some(made) = Search::new(program).expression(callee, None) {
            return Some(made.function == *self.scope);
        }
        let is_handed_on = || self.is_among(call.field(Field::Arguments));
        match callee.kind() {
            Kind::Identifier => {
                let Some(named) = program.variable_at(callee.range()) else {
                    return (!is_handed_on()).then_some(false);
                };
                self.is_held_by(&named, is_handed_on)
            }
            Kind::Attribute => {
                let attribute = program.text(callee.field(Field::Attribute)?.range());
                let own = self.scope.name().map(|name| name.as_str());
                let may_be = self.is_method && own == Some(&*attribute) || is_handed_on();
                (!may_be).then_some(false)
            }
            _ => (!self.escapes()).then_some(false),
        }
    }

    /// Whether calling what `named` holds runs the function.
    fn is_held_by(&self, named: &Variable, is_handed_on: impl Fn() -> bool) -> Option<bool> {
        if Some(named) == self.variable.as_ref() || is_handed_on() {
            return None;
        }
        let bindings = named.bindings();
        let all = |roles: &[Role]| bindings.iter().all(|found| roles.contains(&found.role));
        if all(&[Role::Class]) {
            return self.is_made_by(named);
        }
        let cannot = all(&[Role::Import, Role::ImportFrom, Role::Def, Role::Class]);
        (cannot || !self.escapes()).then_some(false)
    }

    /// Whether making an object of a class runs the function: if it is the `__init__` of that class. Which
    /// one runs isn't certain where classes have bases.
    fn is_made_by(&self, class: &Variable) -> Option<bool> {
        let name = self.scope.name().map(|name| name.as_str());
        let (true, Some("__init__" | "__new__")) = (self.is_method, name) else {
            return Some(false);
        };
        let program = self.subject.program;
        let own = self.variable.as_ref()?.owner();
        let binding = only_binding(class)?;
        let place = program.place(binding.range)?;
        let definition = place.enclosing(&[Kind::ClassDefinition])?;
        let is_plain = |part: Part<'_>| part.field(Field::Arguments).is_none();
        let decorated = |scope: &Scope| {
            program
                .place_of(scope)
                .is_none_or(|place| place.outer_kind() == Kind::DecoratedDefinition)
        };
        if definition.range() != own.range() {
            // Another class: it may inherit the function if it has a base.
            return is_plain(definition).then_some(false);
        }
        let constructors = own.variables();
        let one = constructors
            .iter()
            .filter(|variable| matches!(variable.name(), "__init__" | "__new__"))
            .count();
        let certain = one == 1
            && name == Some("__init__")
            && only_binding(self.variable.as_ref()?).is_some()
            && is_plain(definition)
            && !decorated(own)
            && !decorated(self.scope);
        certain.then_some(true)
    }

    /// Whether the function itself is one of the arguments: `partial(f, x=1)`.
    fn is_among(&self, arguments: Option<Part<'_>>) -> bool {
        let children = arguments.map_or(Vec::new(), Part::children);
        children.into_iter().any(|argument| {
            let named = self.subject.program.variable_at(argument.range());
            argument.range() == self.function.range() || named.is_some() && named == self.variable
        })
    }

    /// Whether something else than its name may hold it.
    fn escapes(&self) -> bool {
        let Some(variable) = self.variable.as_ref().filter(|_| !self.is_method) else {
            return true;
        };
        let is_only_called = |range| {
            let place = self.subject.program.place(range);
            place.is_some_and(|place| {
                place.outer_kind() == Kind::Call && place.role() == Field::Function
            })
        };
        let decorated = self
            .subject
            .program
            .place_of(self.scope)
            .is_some_and(|place| place.outer_kind() == Kind::DecoratedDefinition);
        let mut uses = variable.occurrences();
        uses.retain(|found| found.role.reads());
        decorated || !uses.iter().all(|found| is_only_called(found.range))
    }
}

/// Whether the subject is a parameter without star, behind any `/`.
fn is_passed_by_name(subject: &Subject<'_>, function: Part<'_>) -> bool {
    let parameters = function
        .field(Field::Parameters)
        .map_or(Vec::new(), Part::children);
    let own = |parameter: &Part<'_>| {
        let name = parameter.field(Field::Name).map(Part::range);
        parameter.kind() == Kind::Parameter
            && subject
                .occurrences
                .iter()
                .any(|found| found.role == Role::Parameter && Some(found.range) == name)
    };
    let Some(at) = parameters.iter().position(own) else {
        return false;
    };
    let mut after = parameters.iter().skip(at);
    after.all(|parameter| parameter.kind() != Kind::PositionalSeparator)
}
