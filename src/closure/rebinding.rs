//! Rebinding after capture: what happens to a cell once a closure holds it.
//!
//! A closure reads its cell when it is called. So what counts is not the value that the variable had when
//! the closure was made, but the last one that was bound to it before the call.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::escape::fate;
use super::flow::Flow;
use super::nesting::is_local_to;
use super::program::Program;
use crate::scope::{Occurrence, Role, Scope, ScopeKind, Variable};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// A binding that the cell gets after a closure was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebinding {
    /// The binding, or the `del`; for the end of an `except` clause, the name behind its `as`.
    pub at: Range,
    /// How it comes after the closure.
    pub when: When,
    /// Whether it happens on every way on from there.
    pub always: bool,
    /// Whether the variable had a value before: else this is its first.
    pub again: bool,
    /// Whether it takes the value away.
    pub unbinds: bool,
}

/// How a binding comes after a closure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Further on in the function.
    Later,
    /// On a later turn of the loop, or comprehension, at this range.
    NextTurn(Range),
    /// At the end of this `except` clause.
    ClauseEnd(Range),
    /// Whenever this function, which has it as `nonlocal`, is called.
    ByCalling(Scope),
}

/// Answers what cells get after their closures were made. It keeps the graphs of the functions and the
/// bindings of the variables that it was asked about, for the questions of one request.
pub struct Rebindings<'s> {
    program: Program<'s>,
    bindings: RefCell<FxHashMap<Variable, Rc<[Occurrence]>>>,
    flows: RefCell<FxHashMap<Scope, Option<Rc<Flow<'s>>>>>,
}

impl<'s> Rebindings<'s> {
    /// Nothing is looked at yet.
    pub fn new(program: Program<'s>) -> Self {
        Self {
            program,
            bindings: RefCell::default(),
            flows: RefCell::default(),
        }
    }

    /// What the cell of `variable` gets after `closure`, nested in its owner, was made. In the text's order.
    /// O(body of the owner).
    pub fn of(&self, variable: &Variable, closure: &Scope) -> Vec<Rebinding> {
        let program = self.program;
        let bindings = self.bindings(variable);
        let mut found = Vec::new();
        if bindings
            .iter()
            .all(|binding| binding.role == Role::Parameter)
        {
            return found;
        }
        let Some(made) = made_at(variable, closure) else {
            return found;
        };
        let graph = self.graph(variable.owner(), &made);
        for binding in bindings.iter() {
            let own_name =
                made.name_range() == Some(binding.range) && made.kind() == ScopeKind::Function;
            let rebinding = match binding.role {
                Role::Parameter | Role::Annotated | Role::Global | Role::Nonlocal => None,
                Role::CompFor => next_turn_of_comprehension(program, binding, &made),
                _ if !is_local_to(&binding.scope, variable.owner()) => by_calling(binding),
                _ => graph
                    .as_ref()
                    .and_then(|graph| graph.after(program, binding, own_name, &bindings)),
            };
            found.extend(rebinding);
            if binding.role == Role::Except {
                found.extend(clause_end(program, binding, &made));
            }
        }
        found
    }

    /// Whether the cell certainly keeps the value that it had when `closure` was made.
    pub fn never(&self, variable: &Variable, closure: &Scope) -> bool {
        let Some(made) = made_at(variable, closure) else {
            return false;
        };
        // A function is bound to its own name after it was made.
        let own_name = made.name_range();
        let bindings = self.bindings(variable);
        !bindings.is_empty()
            && bindings
                .iter()
                .all(|binding| Some(binding.range) != own_name)
            && self.of(variable, closure).is_empty()
    }

    /// Those of them that `closure` may live to see and that its own text doesn't show: none for one that
    /// is used up at once, and not what other closures bind.
    pub fn seen(&self, variable: &Variable, closure: &Scope) -> Vec<Rebinding> {
        let mut found = self.of(variable, closure);
        found.retain(|rebinding| !matches!(rebinding.when, When::ByCalling(_)));
        let made = made_at(variable, closure).filter(|_| !found.is_empty());
        if made.is_some_and(|made| fate(self.program, &made).used_up_at_once()) {
            found.clear();
        }
        found
    }

    fn bindings(&self, variable: &Variable) -> Rc<[Occurrence]> {
        let mut known = self.bindings.borrow_mut();
        let bindings = known.entry(variable.clone());
        bindings
            .or_insert_with(|| variable.bindings().into())
            .clone()
    }

    fn graph(&self, owner: &Scope, made: &Scope) -> Option<Graph<'s>> {
        let flow = || Flow::of(self.program, owner).map(Rc::new);
        let mut flows = self.flows.borrow_mut();
        let flow = flows.entry(owner.clone()).or_insert_with(flow).clone()?;
        let made_at = made.range();
        let point = flow.point_at(made_at.start)?;
        Some(Graph {
            flow,
            made: point,
            made_at,
        })
    }
}

/// The scope, directly in the owner's code, by which `closure` takes the variable.
pub fn made_at(variable: &Variable, closure: &Scope) -> Option<Scope> {
    let mut scope = closure.clone();
    loop {
        let parent = scope.parent()?;
        if is_local_to(&parent, variable.owner()) {
            return Some(scope);
        }
        scope = parent;
    }
}

/// The owner's graph, and the point at which the closure is made.
struct Graph<'s> {
    flow: Rc<Flow<'s>>,
    made: usize,
    made_at: Range,
}

impl<'s> Graph<'s> {
    fn after(
        &self,
        program: Program<'s>,
        binding: &Occurrence,
        own_name: bool,
        bindings: &[Occurrence],
    ) -> Option<Rebinding> {
        let point = self.flow.point_at(binding.range.start)?;
        let unbinds = binding.role == Role::Delete;
        let optional = is_optional(program, binding);
        let rebinding = |when, always, again| Rebinding {
            at: binding.range,
            when,
            always: always && !optional,
            again,
            unbinds,
        };
        if point == self.made {
            if !own_name && self.in_same_point(program, binding) {
                return Some(rebinding(
                    When::Later,
                    true,
                    self.had_value(bindings, binding),
                ));
            }
            let turn = self.flow.common_loop(point, self.made)?;
            let repeats = self.flow.reaches(point, point);
            return repeats.then(|| rebinding(When::NextTurn(turn), true, true));
        }
        if !self.flow.reaches(self.made, point) {
            return None;
        }
        let turn = self.flow.common_loop(self.made, point);
        let again = self.had_value(bindings, binding);
        match turn {
            // The loop's turn brings the closure's place round again, behind the binding.
            Some(turn) if self.flow.reaches(point, self.made) => {
                let every = binding.role == Role::For || self.flow.always_reaches(self.made, point);
                let dominated =
                    binding.role == Role::For || binding.range.start < self.made_at.start;
                Some(rebinding(When::NextTurn(turn), every || dominated, true))
            }
            _ => Some(rebinding(
                When::Later,
                self.flow.always_reaches(self.made, point),
                again,
            )),
        }
    }

    /// Whether, within one statement, the binding comes after the closure is made.
    fn in_same_point(&self, program: Program<'s>, binding: &Occurrence) -> bool {
        let Some(place) = program.place(binding.range) else {
            return false;
        };
        let statement = place.enclosing(&[
            Kind::Assignment,
            Kind::AnnotatedAssignment,
            Kind::AugmentedAssignment,
        ]);
        let in_target = statement.is_some_and(|statement| {
            statement
                .fields(Field::Target)
                .iter()
                .any(|target| target.range().covers(binding.range))
        });
        in_target || (binding.role == Role::Walrus && self.made_at.end <= binding.range.start)
    }

    /// Whether another binding may have run when the closure is made.
    fn had_value(&self, bindings: &[Occurrence], but: &Occurrence) -> bool {
        bindings.iter().filter(|other| *other != but).any(|other| {
            other.role == Role::Parameter
                || self.flow.point_at(other.range.start).is_some_and(|point| {
                    let before = point == self.made && other.range.end <= self.made_at.start;
                    before || self.flow.reaches(point, self.made)
                })
        })
    }
}

/// Whether the statement, or the pattern, that it stands in may run without it: it is behind a short
/// circuit, in a branch of an expression, in a comprehension, or a part of what is matched.
fn is_optional(program: Program<'_>, binding: &Occurrence) -> bool {
    let Some(mut place) = program.place(binding.range) else {
        return true;
    };
    if binding.role == Role::Capture {
        return !(place.up() && place.outer_kind() == Kind::CaseClause);
    }
    if binding.role != Role::Walrus {
        return false;
    }
    loop {
        let role = place.role();
        let Some(outer) = place.outer() else {
            return false;
        };
        let optional = match outer.kind() {
            Kind::BooleanOperation => role == Field::Right,
            Kind::ConditionalExpression => role != Field::Condition,
            Kind::Comparison => {
                let operands = outer.children();
                operands
                    .iter()
                    .skip(2)
                    .any(|part| part.range() == place.range())
            }
            Kind::AssertStatement => role == Field::Message,
            kind => kind.is_comprehension(),
        };
        if optional || !place.up() {
            return optional;
        }
    }
}

fn by_calling(binding: &Occurrence) -> Option<Rebinding> {
    let mut function = binding.scope.clone();
    while function.kind().is_comprehension() {
        function = function.parent()?;
    }
    Some(Rebinding {
        at: binding.range,
        when: When::ByCalling(function),
        always: false,
        again: true,
        unbinds: binding.role == Role::Delete,
    })
}

/// A closure made in a comprehension sees the target's last value.
fn next_turn_of_comprehension(
    program: Program<'_>,
    binding: &Occurrence,
    made: &Scope,
) -> Option<Rebinding> {
    let comprehension = program.place(binding.range)?.enclosing(&[
        Kind::ListComprehension,
        Kind::SetComprehension,
        Kind::DictionaryComprehension,
        Kind::GeneratorExpression,
    ])?;
    comprehension
        .range()
        .covers(made.range())
        .then(|| Rebinding {
            at: binding.range,
            when: When::NextTurn(comprehension.range()),
            always: true,
            again: true,
            unbinds: false,
        })
}

/// `except … as e` unbinds `e` where the clause ends (language reference, 8.4).
fn clause_end(program: Program<'_>, binding: &Occurrence, made: &Scope) -> Option<Rebinding> {
    let clause = program
        .place(binding.range)?
        .enclosing(&[Kind::ExceptClause])?;
    clause.range().covers(made.range()).then(|| Rebinding {
        at: binding.range,
        when: When::ClauseEnd(clause.range()),
        always: true,
        again: true,
        unbinds: true,
    })
}
