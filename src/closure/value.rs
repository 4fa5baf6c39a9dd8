//! What an expression holds, where the text leaves no doubt: functions, and the calls that made them.
//!
//! ```python
//! def raise_to(exp):
//!     def raise_to_exp(x):
//!         return pow(x, exp)
//!     return raise_to_exp
//!
//! square = raise_to(2)
//! ```
//!
//! `square` has one binding, a call of `raise_to`, which has one value to return: the function
//! `raise_to_exp`, made by that call. So its cell `exp` holds what the call gave that parameter: `2`.
//! A name that is bound twice, a function that may return something else, an argument behind a star: any
//! doubt ends the search, and nothing is said.

use std::cell::Cell;
use std::rc::Rc;

use super::flow::Flow;
use super::parameters::{Argument, Given};
use super::place::Part;
use super::program::Program;
use super::standard;
use crate::scope::{Role, Scope, ScopeKind, Variable};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// A function as an object: its scope, and the calls whose variables it sees.
#[derive(Clone, Debug)]
pub struct Made {
    /// The function's scope.
    pub function: Scope,
    /// The call that made it; `None` for a function of the module or of a class body there.
    pub frame: Option<Rc<Frame>>,
    /// The `functools.partial` around it.
    pub partial: Option<Rc<Partial>>,
}

/// What a `functools.partial` gives its function.
#[derive(Debug)]
pub struct Partial {
    /// The call that made it.
    pub call: Range,
    /// Its arguments, the function left out.
    pub given: Given,
}

/// One call of a function of this file, as written.
#[derive(Debug)]
pub struct Frame {
    /// The function that is called.
    pub function: Scope,
    /// The call, or the decorator.
    pub call: Range,
    /// What its parameters are bound to, by name. Those that aren't certain are missing.
    pub arguments: Vec<(String, Argument)>,
    /// The call that made the function that is called.
    pub outer: Option<Rc<Frame>>,
}

/// How many expressions are looked into before the search is given up.
const FUEL: u32 = 200;

/// How deep calls may lie in each other.
const DEPTH: u32 = 24;

/// A search for values. Its cost is bounded, so that factories that call each other end it.
pub struct Search<'s> {
    program: Program<'s>,
    fuel: Cell<u32>,
    depth: Cell<u32>,
}

impl<'s> Search<'s> {
    /// A new search.
    pub fn new(program: Program<'s>) -> Self {
        Self {
            program,
            fuel: Cell::new(FUEL),
            depth: Cell::new(0),
        }
    }

    /// The function that the expression holds when it is evaluated by `frame`.
    pub fn expression(&self, expression: Part<'s>, frame: Option<&Rc<Frame>>) -> Option<Made> {
        let fuel = self.fuel.get().checked_sub(1)?;
        self.fuel.set(fuel);
        self.depth.set(self.depth.get() + 1);
        let made = if self.depth.get() > DEPTH {
            None
        } else {
            self.evaluate(expression, frame)
        };
        self.depth.set(self.depth.get() - 1);
        made
    }

    fn evaluate(&self, expression: Part<'s>, frame: Option<&Rc<Frame>>) -> Option<Made> {
        match expression.kind() {
            Kind::Identifier => {
                self.variable(&self.program.variable_at(expression.range())?, frame)
            }
            Kind::ParenthesizedExpression => {
                self.expression(*expression.children().first()?, frame)
            }
            Kind::NamedExpression => self.expression(expression.field(Field::Value)?, frame),
            Kind::Lambda => {
                let inside = expression.field(Field::Body)?.range().start;
                let function = self.program.scope_of(expression.range(), inside)?;
                Some(Made::new(function, frame))
            }
            Kind::Call => self.call(expression, frame, false),
            Kind::Await => {
                let call = expression
                    .field(Field::Value)
                    .filter(|value| value.kind() == Kind::Call)?;
                self.call(call, frame, true)
            }
            _ => None,
        }
    }

    /// The function that `variable` holds, seen by `frame`: by its only binding.
    pub fn variable(&self, variable: &Variable, frame: Option<&Rc<Frame>>) -> Option<Made> {
        let binding = only_binding(variable)?;
        let owner = frame_of(variable.owner(), frame);
        if binding.role == Role::Parameter {
            return match owner?.argument(variable.name())? {
                Argument::Made(made) => Some(made.clone()),
                Argument::Written {
                    expression, frame, ..
                } => self.expression(self.program.place(*expression)?.part()?, frame.as_ref()),
                Argument::Rest(_) => None,
            };
        }
        let local = !matches!(
            variable.owner().kind(),
            ScopeKind::Module | ScopeKind::Class
        );
        if local && owner.is_none() && frame.is_some() {
            return None;
        }
        match binding.role {
            Role::Def => self.definition(binding.range, owner),
            Role::Assign | Role::AnnAssign | Role::Walrus => {
                let place = self.program.place(binding.range)?;
                let direct = place.role() == Field::Target;
                let value = place.outer().filter(|_| direct)?.field(Field::Value)?;
                self.expression(value, owner)
            }
            _ => None,
        }
    }

    /// What the name of the `def` at `name` is bound to: the function, or what its decorators make of it.
    pub fn definition(&self, name: Range, frame: Option<&Rc<Frame>>) -> Option<Made> {
        let mut made = self.as_written(name, frame)?;
        for decorator in decorators(self.program, name) {
            made = self.decorated(&made, decorator, frame)?;
        }
        Some(made)
    }

    /// The function of the `def` at `name`, before its decorators.
    pub fn as_written(&self, name: Range, frame: Option<&Rc<Frame>>) -> Option<Made> {
        let definition = self
            .program
            .place(name)?
            .enclosing(&[Kind::FunctionDefinition])?;
        let inside = definition.field(Field::Body)?.range().start;
        let function = self.program.scope_of(definition.range(), inside)?;
        Some(Made::new(function, frame))
    }

    /// What one decorator makes of a function.
    pub fn decorated(
        &self,
        function: &Made,
        decorator: Part<'s>,
        frame: Option<&Rc<Frame>>,
    ) -> Option<Made> {
        if standard::is_identity(self.program, decorator) {
            return Some(function.clone());
        }
        let callee = self.expression(decorator, frame)?;
        let given = Given::positional(vec![Argument::Made(function.clone())]);
        self.returned(&callee, decorator.range(), given, false)
    }

    fn call(&self, call: Part<'s>, frame: Option<&Rc<Frame>>, awaited: bool) -> Option<Made> {
        let callee_part = call.field(Field::Function)?;
        let arguments = call.field(Field::Arguments)?;
        let arguments = match arguments.kind() {
            Kind::ArgumentList => arguments.children(),
            _ => vec![arguments],
        };
        if standard::is_identity(self.program, callee_part) {
            let [function] = arguments[..] else {
                return None;
            };
            return self.expression(function, frame);
        }
        if standard::full_name(self.program, callee_part).as_deref() == Some("functools.partial") {
            return self.partial(call.range(), &arguments, frame);
        }
        let callee = self.expression(callee_part, frame)?;
        let given = Given::written(self.program, &arguments, frame);
        self.returned(&callee, call.range(), given, awaited)
    }

    fn partial(
        &self,
        call: Range,
        arguments: &[Part<'s>],
        frame: Option<&Rc<Frame>>,
    ) -> Option<Made> {
        let (function, arguments) = arguments.split_first()?;
        let made = self.expression(*function, frame)?;
        let given = Given::written(self.program, arguments, frame);
        let given = match &made.partial {
            Some(partial) => given.behind(&partial.given),
            None => given,
        };
        let partial = Some(Rc::new(Partial { call, given }));
        Some(Made { partial, ..made })
    }

    /// The function that a call returns, if it certainly returns one.
    fn returned(&self, callee: &Made, call: Range, given: Given, awaited: bool) -> Option<Made> {
        let arguments = given.bind(self.program, callee)?;
        let function = &callee.function;
        if function.is_generator() || function.is_async() != awaited {
            return None;
        }
        let frame = Some(Rc::new(Frame {
            function: function.clone(),
            call,
            arguments,
            outer: callee.frame.clone(),
        }));
        let node = self.program.place_of(function)?.part()?;
        if node.kind() == Kind::Lambda {
            return self.expression(node.field(Field::Body)?, frame.as_ref());
        }
        let flow = Flow::of(self.program, function)?;
        if flow.falls_off_the_end() {
            return None;
        }
        let mut made: Option<Made> = None;
        for returned in flow.returns() {
            let value = self.expression(returned.field(Field::Value)?, frame.as_ref())?;
            if made.as_ref().is_some_and(|made| !made.is_same(&value)) {
                return None;
            }
            made = Some(value);
        }
        made
    }
}

impl Made {
    fn new(function: Scope, frame: Option<&Rc<Frame>>) -> Self {
        Self {
            function,
            frame: frame.cloned(),
            partial: None,
        }
    }

    /// Whether it is the same function, made by the same call.
    pub fn is_same(&self, other: &Self) -> bool {
        let call = |made: &Self| made.frame.as_ref().map(Rc::as_ptr);
        let partial = |made: &Self| made.partial.as_ref().map(Rc::as_ptr);
        self.function == other.function
            && call(self) == call(other)
            && partial(self) == partial(other)
    }
}

impl Frame {
    /// What the parameter `name` is bound to.
    pub fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments
            .iter()
            .find(|(parameter, _)| parameter == name)
            .map(|(_, argument)| argument)
    }
}

/// The decorators of the `def` at `name`, in the order in which they are applied: from the last to the first.
pub fn decorators<'s>(program: Program<'s>, name: Range) -> Vec<Part<'s>> {
    let decorated = program
        .place(name)
        .and_then(|mut place| place.up().then(|| place.outer())?)
        .filter(|outer| outer.kind() == Kind::DecoratedDefinition);
    let children = decorated.map_or(Vec::new(), Part::children);
    let values = children.into_iter().rev();
    values
        .filter_map(|child| child.field(Field::Value))
        .collect()
}

/// The call of `owner` that `frame` sees: its own, or one further out.
pub fn frame_of<'f>(owner: &Scope, frame: Option<&'f Rc<Frame>>) -> Option<&'f Rc<Frame>> {
    let mut frame = frame?;
    while frame.function != *owner {
        frame = frame.outer.as_ref()?;
    }
    Some(frame)
}

/// The one binding that gives `variable` its value, if there is no other and nothing unbinds it.
pub fn only_binding(variable: &Variable) -> Option<crate::scope::Occurrence> {
    let mut bindings = variable
        .bindings()
        .into_iter()
        .filter(|binding| binding.role != Role::Annotated);
    let binding = bindings.next()?;
    let only =
        bindings.next().is_none() && !variable.owner().star_import_behind(binding.range.start);
    only.then_some(binding)
}
