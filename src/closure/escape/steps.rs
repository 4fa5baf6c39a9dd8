//! What each form of expression and statement does with the value that stands in it.

use super::Way;
use super::trace::{State, Trace};
use crate::closure::consumer::{self, Consumer, Held};
use crate::closure::place::{Part, Place};
use crate::scope::ScopeKind;
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// What a step outward comes to.
enum Step {
    /// The value of what it stands in is followed.
    Out(State),
    /// Nothing more comes of it.
    Done,
}

impl<'s> Trace<'s> {
    /// Follows the value of the expression at `place` outward, until something takes it.
    pub fn follow(&mut self, mut place: Place<'s>, mut state: State) {
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
            Kind::BinaryOperation if matches!(state.held, Held::Inside | Held::Among) => {
                Step::Out(state.may())
            }
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
            Kind::YieldFrom if matches!(state.held, Held::Itself | Held::Kept) => Step::Done,
            Kind::Yield | Kind::YieldFrom => self.leave(Way::Yielded, place, state),
            Kind::KeywordArgument if role == Field::Value => Step::Out(state.clone()),
            Kind::ArgumentList => self.argument(place, state),
            Kind::Call if role == Field::Arguments => self.pass(place.range(), outer, state),
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
        if role == Field::Iterable && matches!(state.held, Held::Inside | Held::Among) {
            self.bind_fields(outer, &state.held(Held::Among).may());
        }
        Step::Done
    }

    fn bind_fields(&mut self, outer: Part<'s>, state: &State) -> Step {
        let mut targets = outer.fields(Field::Target);
        while let Some(target) = targets.pop() {
            match target.kind() {
                Kind::Identifier => self.bind_name(target.range(), state),
                Kind::ParenthesizedExpression => targets.extend(target.children()),
                Kind::Tuple | Kind::List if matches!(state.held, Held::Inside | Held::Among) => {
                    let state = state.held(Held::Among).may();
                    for element in target.children() {
                        match element.kind() {
                            Kind::Identifier => self.bind_name(element.range(), &state),
                            _ => self.fate.complete = false,
                        }
                    }
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
            Some(container) => self.follow_variable(&container, None, &state.held(Held::Inside)),
            None => self.escape(Way::Item(object.range()), target.range(), state),
        }
    }

    fn argument(&mut self, place: &mut Place<'s>, state: &State) -> Step {
        let argument = place.range();
        if !place.up() {
            return Step::Done;
        }
        match place.outer() {
            Some(call) if call.kind() == Kind::Call => self.pass(argument, call, state),
            _ => self.lose(),
        }
    }

    /// The value is the argument at this range of `call`.
    fn pass(&mut self, argument: Range, call: Part<'s>, state: &State) -> Step {
        let Some(callee) = call.field(Field::Function) else {
            return self.lose();
        };
        // What a class made may give out what it keeps, whoever asks.
        let instance = state
            .holder
            .as_ref()
            .is_some_and(|holder| holder.kind() == ScopeKind::Class);
        let consumer = match consumer::of(self.program, call, argument, state.held) {
            Consumer::UsedUp | Consumer::Result(_) if instance => Consumer::Unknown,
            consumer => consumer,
        };
        match consumer {
            Consumer::UsedUp => Step::Done,
            Consumer::Result(held) => Step::Out(state.held(held)),
            Consumer::Stores(container) => {
                self.follow_variable(&container, None, &state.held(Held::Inside));
                Step::Done
            }
            Consumer::Unknown => {
                self.escape(Way::Passed(callee.range()), call.range(), state);
                Step::Done
            }
        }
    }

    /// The value is called. A class hands what it keeps to its instances; a generator or coroutine keeps
    /// the function that it runs.
    fn call(&self, state: &State) -> Step {
        let called = match (&state.holder, state.held) {
            (Some(holder), Held::Kept) => holder,
            (None, Held::Itself | Held::Among) => &self.closure,
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
        Held::Inside | Held::Among if role == Field::Object => {
            Step::Out(state.held(Held::Among).may())
        }
        Held::Kept if role == Field::Object => Step::Out(state.may()),
        _ => Step::Done,
    }
}
