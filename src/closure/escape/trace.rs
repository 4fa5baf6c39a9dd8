//! Follows a value from expression to expression, to whatever takes it.

use rustc_hash::FxHashSet;

use super::{Escape, Fate, Way};
use crate::closure::consumer::{self, Consumer};
use crate::closure::nesting::{is_local_to, is_outermost};
use crate::closure::place::{Part, Place};
use crate::closure::program::Program;
use crate::scope::{Role, Scope, ScopeKind, Variable};
use crate::stop;
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// How many uses are looked at before the answer is given up as incomplete.
const FUEL: u32 = 2_000;

/// Follows the closure whose scope is `closure` from where it is made.
pub fn trace(program: Program<'_>, closure: &Scope) -> Fate {
    let mut trace = Trace {
        program,
        closure: closure.clone(),
        fate: Fate {
            complete: true,
            ..Fate::default()
        },
        followed: FxHashSet::default(),
        started: FxHashSet::default(),
        work: Vec::new(),
        fuel: FUEL,
    };
    trace.start(
        closure,
        &State {
            held: Held::Itself,
            certain: true,
            inside: false,
            holder: None,
        },
    );
    while let Some((place, state)) = trace.work.pop() {
        stop::check();
        trace.follow(place, state);
    }
    trace.fate.nameless = trace.followed.is_empty();
    trace.fate
}

/// How the closure is in the value that is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// It is the value.
    Itself,
    /// The value is a container with the closure as an element.
    Inside,
    /// The value is an object that keeps the closure to itself: a function, a class, a `partial`.
    Kept,
}

#[derive(Clone)]
struct State {
    held: Held,
    certain: bool,
    /// In the body of a function that took the closure.
    inside: bool,
    holder: Option<Scope>,
}

impl State {
    fn may(&self) -> Self {
        Self {
            certain: false,
            ..self.clone()
        }
    }

    fn held(&self, held: Held) -> Self {
        Self {
            held,
            ..self.clone()
        }
    }
}

struct Trace<'s> {
    program: Program<'s>,
    closure: Scope,
    fate: Fate,
    followed: FxHashSet<(Variable, bool)>,
    started: FxHashSet<Scope>,
    work: Vec<(Place<'s>, State)>,
    fuel: u32,
}

/// What a step outward comes to.
enum Step {
    /// The value of what it stands in is followed.
    Out(State),
    /// Nothing more comes of it.
    Done,
}

impl<'s> Trace<'s> {
    /// The value that evaluating the definition of `scope` gives.
    fn start(&mut self, scope: &Scope, state: &State) {
        if !self.started.insert(scope.clone()) {
            return;
        }
        match scope.kind() {
            // These run to their end where they stand.
            ScopeKind::ListComp | ScopeKind::SetComp | ScopeKind::DictComp => {}
            ScopeKind::Lambda | ScopeKind::GenExpr => match self.program.place_of(scope) {
                Some(place) => self.work.push((place, state.clone())),
                None => self.fate.complete = false,
            },
            ScopeKind::Function | ScopeKind::Class => self.define(scope, state),
            _ => self.fate.complete = false,
        }
    }

    fn define(&mut self, scope: &Scope, state: &State) {
        let mut state = state.clone();
        let (Some(place), Some(name)) = (self.program.place_of(scope), scope.name_range()) else {
            self.fate.complete = false;
            return;
        };
        if let Some(decorated) = place
            .outer()
            .filter(|outer| outer.kind() == Kind::DecoratedDefinition)
        {
            for decorator in decorated
                .children()
                .into_iter()
                .filter_map(|child| child.field(Field::Value))
            {
                if consumer::keeps(self.program, decorator) {
                    state.held = Held::Kept;
                } else if !consumer::is_identity(self.program, decorator) {
                    self.escape(Way::Decorated(decorator.range()), decorator.range(), &state);
                    state.certain = false;
                }
            }
        }
        self.bind_name(name, &state);
    }

    fn escape(&mut self, way: Way, at: Range, state: &State) {
        let (certain, holder) = (state.certain, state.holder.clone());
        self.fate.escapes.push(Escape {
            way,
            at,
            certain,
            holder,
        });
    }

    /// The name at `range` is bound to the value.
    fn bind_name(&mut self, range: Range, state: &State) {
        let occurrence = self
            .program
            .occurrence_at(range.start)
            .filter(|found| found.range == range);
        let Some((occurrence, variable)) =
            occurrence.and_then(|found| found.variable().map(|v| (found, v)))
        else {
            self.fate.complete = false;
            return;
        };
        match variable.owner().kind() {
            ScopeKind::Module => self.escape(Way::Global(variable.clone()), range, state),
            ScopeKind::Class => {
                let class = variable.owner().clone();
                let state = state.held(Held::Kept).may();
                self.start(
                    &class,
                    &State {
                        holder: state.holder.clone().or(Some(class.clone())),
                        ..state
                    },
                );
            }
            _ => {
                let rebound =
                    occurrence.role.binds() && !is_local_to(&occurrence.scope, variable.owner());
                if rebound {
                    self.escape(Way::Nonlocal(variable.clone()), range, state);
                }
                self.follow_variable(&variable, state);
            }
        }
    }

    /// Whatever reads `variable` may get the value.
    fn follow_variable(&mut self, variable: &Variable, state: &State) {
        if !self
            .followed
            .insert((variable.clone(), state.held == Held::Itself))
        {
            return;
        }
        let bindings = variable.bindings();
        let only = bindings
            .iter()
            .filter(|binding| binding.role.writes())
            .count()
            == 1;
        let state = State {
            certain: state.certain && only,
            ..state.clone()
        };
        for capture in variable.captures() {
            if self.started.contains(&capture.scope)
                || !is_outermost(&capture.scope, variable.owner())
            {
                continue;
            }
            let holder = state.holder.clone().or(Some(capture.scope.clone()));
            self.start(
                &capture.scope,
                &State {
                    holder,
                    ..state.held(Held::Kept)
                },
            );
        }
        for occurrence in variable.occurrences() {
            if occurrence.role != Role::Use {
                continue;
            }
            if self.fuel == 0 {
                self.fate.complete = false;
                return;
            }
            self.fuel -= 1;
            let inside = state.inside || !is_local_to(&occurrence.scope, variable.owner());
            let certain = state.certain && !inside;
            if let Some(place) = self.program.place(occurrence.range) {
                self.work.push((
                    place,
                    State {
                        inside,
                        certain,
                        ..state.clone()
                    },
                ));
            }
        }
    }

    /// Follows the value of the expression at `place` outward, until something takes it.
    fn follow(&mut self, mut place: Place<'s>, mut state: State) {
        while let Step::Out(next) = self.step(&mut place, &state) {
            state = next;
            if !place.up() {
                return;
            }
        }
    }

    /// What the node that `place` stands in does with the value.
    fn step(&mut self, place: &mut Place<'s>, state: &State) -> Step {
        let Some(outer) = place.outer() else {
            return Step::Done;
        };
        let role = place.role();
        match outer.kind() {
            Kind::ParenthesizedExpression | Kind::Starred | Kind::DoubleStarred => {
                Step::Out(state.clone())
            }
            Kind::ConditionalExpression if role == Field::Condition => Step::Done,
            Kind::ConditionalExpression | Kind::BooleanOperation => Step::Out(state.may()),
            Kind::Tuple | Kind::List | Kind::Set | Kind::Pair | Kind::Dictionary => {
                Step::Out(state.held(Held::Inside))
            }
            Kind::ListComprehension | Kind::SetComprehension | Kind::DictionaryComprehension => {
                Step::Out(state.held(Held::Inside))
            }
            Kind::GeneratorExpression => Step::Out(state.held(Held::Inside)),
            Kind::BinaryOperation if state.held == Held::Inside => Step::Out(state.may()),
            Kind::ForClause | Kind::ForStatement => self.iterate(outer, role, state),
            Kind::NamedExpression => {
                self.bind_fields(outer, state);
                Step::Out(state.clone())
            }
            Kind::Assignment | Kind::AnnotatedAssignment if role == Field::Value => {
                self.bind_fields(outer, state)
            }
            Kind::AugmentedAssignment if role == Field::Value => {
                self.bind_fields(outer, &state.may())
            }
            Kind::ReturnStatement => self.leave(Way::Returned, place, state),
            Kind::Lambda if role == Field::Body => self.leave(Way::Returned, place, state),
            Kind::YieldFrom if state.held != Held::Inside => Step::Done,
            Kind::Yield | Kind::YieldFrom => self.leave(Way::Yielded, place, state),
            Kind::KeywordArgument if role == Field::Value => Step::Out(state.clone()),
            Kind::ArgumentList => self.argument(place, state),
            Kind::Call if role == Field::Arguments => self.pass(place, outer, state),
            Kind::Call => self.call(state),
            Kind::Subscript => subscript(role, state),
            Kind::Attribute => self.attribute(place, outer, state),
            Kind::Parameter if role == Field::Default => self.keep_as_default(place, state),
            Kind::RaiseStatement | Kind::MatchStatement | Kind::WithItem | Kind::Error => {
                self.lose()
            }
            _ => Step::Done,
        }
    }

    fn lose(&mut self) -> Step {
        self.fate.complete = false;
        Step::Done
    }

    fn leave(&mut self, way: Way, place: &Place<'s>, state: &State) -> Step {
        let way = if state.inside { Way::HandedOn } else { way };
        self.escape(way, place.range(), state);
        Step::Done
    }

    /// `for target in value`
    fn iterate(&mut self, outer: Part<'s>, role: Field, state: &State) -> Step {
        if role == Field::Iterable && state.held == Held::Inside {
            self.bind_fields(outer, &state.held(Held::Itself).may());
        }
        Step::Done
    }

    fn bind_fields(&mut self, outer: Part<'s>, state: &State) -> Step {
        let mut targets = outer.fields(Field::Target);
        while let Some(target) = targets.pop() {
            match target.kind() {
                Kind::Identifier => self.bind_name(target.range(), state),
                Kind::ParenthesizedExpression => targets.extend(target.children()),
                Kind::Tuple | Kind::List if state.held == Held::Inside => {
                    let state = state.held(Held::Itself).may();
                    for element in target
                        .children()
                        .into_iter()
                        .filter(|part| part.kind() == Kind::Identifier)
                    {
                        self.bind_name(element.range(), &state);
                    }
                    self.fate.complete &= target
                        .children()
                        .iter()
                        .all(|part| part.kind() == Kind::Identifier);
                }
                Kind::Attribute => {
                    self.escape(Way::Attribute(target.range()), target.range(), state)
                }
                Kind::Subscript => self.store_item(target, state),
                _ => self.fate.complete = false,
            }
        }
        Step::Done
    }

    /// `object[index] = value`: a container that only this function knows keeps the value at home.
    fn store_item(&mut self, target: Part<'s>, state: &State) {
        let Some(object) = target.field(Field::Object) else {
            return;
        };
        match consumer::own_container(self.program, object) {
            Some(container) => self.follow_variable(&container, &state.held(Held::Inside)),
            None => self.escape(Way::Item(object.range()), target.range(), state),
        }
    }

    fn argument(&mut self, place: &mut Place<'s>, state: &State) -> Step {
        if !place.up() {
            return Step::Done;
        }
        match place.outer() {
            Some(call) if call.kind() == Kind::Call => self.pass(place, call, state),
            _ => self.lose(),
        }
    }

    /// The value is an argument of `call`; `place` is the call's argument list.
    fn pass(&mut self, place: &Place<'s>, call: Part<'s>, state: &State) -> Step {
        let Some(callee) = call.field(Field::Function) else {
            return self.lose();
        };
        match consumer::of(self.program, callee) {
            Consumer::AtOnce => Step::Done,
            Consumer::Identity => Step::Out(state.clone()),
            Consumer::Copies if state.held == Held::Kept => Step::Done,
            Consumer::Copies => Step::Out(state.held(Held::Inside)),
            Consumer::Keeps => Step::Out(state.held(Held::Kept)),
            Consumer::Stores(container) => {
                self.follow_variable(&container, &state.held(Held::Inside));
                Step::Done
            }
            Consumer::Unknown => {
                let at = place.outer().map_or(call.range(), Part::range);
                self.escape(Way::Passed(callee.range()), at, state);
                Step::Done
            }
        }
    }

    /// The value is called. A class hands what it keeps to its instances; a generator or coroutine keeps
    /// the function that it runs.
    fn call(&self, state: &State) -> Step {
        let called = match (&state.holder, state.held) {
            (Some(holder), Held::Kept) => holder,
            (None, Held::Itself) => &self.closure,
            _ => return Step::Done,
        };
        let keeps = called.kind() == ScopeKind::Class || called.is_generator() || called.is_async();
        if keeps {
            Step::Out(state.held(Held::Kept).may())
        } else {
            Step::Done
        }
    }

    /// `value.attribute`
    fn attribute(&mut self, place: &mut Place<'s>, outer: Part<'s>, state: &State) -> Step {
        let name = outer
            .field(Field::Attribute)
            .map(|part| self.program.text(part.range()));
        let name = name.as_deref().unwrap_or_default();
        if state.held == Held::Itself {
            return if name.starts_with("__") {
                self.lose()
            } else {
                Step::Done
            };
        }
        if consumer::is_mutator(name) {
            return Step::Done;
        }
        // A method of the container, or an attribute of the class, may give the closure out again.
        let mut attribute = place.clone();
        attribute.up();
        let called = attribute.outer_kind() == Kind::Call && attribute.role() == Field::Function;
        if called {
            *place = attribute;
        }
        Step::Out(state.may())
    }

    /// `def g(f=value)`: g keeps it.
    fn keep_as_default(&mut self, place: &Place<'s>, state: &State) -> Step {
        let mut parameter = place.clone();
        parameter.up();
        let Some(function) = parameter.enclosing(&[Kind::FunctionDefinition, Kind::Lambda]) else {
            return self.lose();
        };
        let Some(body) = function.field(Field::Body) else {
            return self.lose();
        };
        match self.program.scope_of(function.range(), body.range().start) {
            Some(scope) => {
                let holder = state.holder.clone().or(Some(scope.clone()));
                self.start(
                    &scope,
                    &State {
                        holder,
                        ..state.held(Held::Kept)
                    },
                );
            }
            None => self.fate.complete = false,
        }
        Step::Done
    }
}

/// `value[…]`, `object[value]`
fn subscript(role: Field, state: &State) -> Step {
    match state.held {
        Held::Inside if role == Field::Object => Step::Out(state.held(Held::Itself).may()),
        Held::Kept if role == Field::Object => Step::Out(state.may()),
        _ => Step::Done,
    }
}
