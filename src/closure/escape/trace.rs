//! Follows a value from expression to expression, to whatever takes it.

use rustc_hash::FxHashSet;

use super::{Escape, Fate, Way};
use crate::closure::consumer::{self, Held};
use crate::closure::flow::Flow;
use crate::closure::nesting::{is_local_to, is_outermost};
use crate::closure::place::Place;
use crate::closure::program::Program;
use crate::closure::standard::is_identity;
use crate::scope::{Occurrence, Role, Scope, ScopeKind, Variable};
use crate::stop;
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// How many occurrences are looked at. What has more isn't followed, and the answer is incomplete.
const FUEL: usize = 200;

/// How many closures over one variable are followed.
const MANY: usize = 64;

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

/// What is known of the value that is followed.
#[derive(Clone)]
pub(super) struct State {
    /// How the closure is in it.
    pub held: Held,
    /// Whether it is certainly this closure.
    pub certain: bool,
    /// In the body of a function that took the closure.
    pub inside: bool,
    /// What keeps the closure, if another function or class does.
    pub holder: Option<Scope>,
}

impl State {
    pub fn may(&self) -> Self {
        Self {
            certain: false,
            ..self.clone()
        }
    }

    pub fn held(&self, held: Held) -> Self {
        Self {
            held,
            ..self.clone()
        }
    }
}

/// A closure on its way.
pub(super) struct Trace<'s> {
    pub program: Program<'s>,
    pub closure: Scope,
    pub fate: Fate,
    followed: FxHashSet<(Variable, Held)>,
    started: FxHashSet<Scope>,
    work: Vec<(Place<'s>, State)>,
    fuel: usize,
}

impl<'s> Trace<'s> {
    /// The value that evaluating the definition of `scope` gives.
    pub fn start(&mut self, scope: &Scope, state: &State) {
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
                } else if !is_identity(self.program, decorator) {
                    self.escape(Way::Decorated(decorator.range()), decorator.range(), &state);
                    state.certain = false;
                }
            }
        }
        self.bind_name(name, &state);
    }

    pub fn escape(&mut self, way: Way, at: Range, state: &State) {
        let (certain, holder) = (state.certain, state.holder.clone());
        self.fate.escapes.push(Escape {
            way,
            at,
            certain,
            holder,
        });
    }

    /// The name at `range` is bound to the value.
    pub fn bind_name(&mut self, range: Range, state: &State) {
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
                self.follow_variable(&variable, Some(range), state);
            }
        }
    }

    /// Whatever reads `variable` may get the value.
    ///
    /// `bound_at` is the name that it was bound by, of several perhaps.
    pub fn follow_variable(&mut self, variable: &Variable, bound_at: Option<Range>, state: &State) {
        if !self.followed.insert((variable.clone(), state.held)) {
            return;
        }
        // `locals()` and `eval` reach every name.
        let knowable = variable.owner().knowable();
        self.fate.complete &= !(knowable.namespace || knowable.exec);
        let occurrences = variable.some_occurrences(self.fuel);
        let Some(fuel) = self.fuel.checked_sub(occurrences.len()) else {
            self.fate.complete = false;
            self.fate.exhausted = true;
            return;
        };
        self.fuel = fuel;
        let bindings = variable.bindings();
        let writes = bindings.iter().filter(|binding| binding.role.writes());
        let only = writes.count() == 1;
        let ways = bound_at
            .filter(|_| state.certain && !only)
            .and_then(|at| Ways::of(self.program, variable, at, &bindings));
        let certain = state.certain;
        let state = State {
            certain: certain && only,
            ..state.clone()
        };
        let takers = variable.some_captures(MANY);
        self.fate.complete &= takers.all;
        for capture in takers.found {
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
        for occurrence in occurrences {
            if occurrence.role != Role::Use {
                continue;
            }
            let inside = state.inside || !is_local_to(&occurrence.scope, variable.owner());
            let reaches = || {
                ways.as_ref()
                    .is_some_and(|ways| ways.lead_to(occurrence.range))
            };
            let certain = certain && !inside && (only || reaches());
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
}

/// The ways on from one of several bindings of a variable.
struct Ways<'s> {
    flow: Flow<'s>,
    from: usize,
    others: Vec<usize>,
}

impl<'s> Ways<'s> {
    fn of(
        program: Program<'s>,
        variable: &Variable,
        bound_at: Range,
        bindings: &[Occurrence],
    ) -> Option<Self> {
        let flow = Flow::of(program, variable.owner())?;
        let from = flow.point_at(bound_at.start)?;
        let others = bindings
            .iter()
            .filter(|binding| binding.range != bound_at)
            .map(|binding| flow.point_at(binding.range.start))
            .collect::<Option<Vec<usize>>>()?;
        Some(Self { flow, from, others })
    }

    /// Whether all of them lead to this use, with the value as it was bound.
    fn lead_to(&self, usage: Range) -> bool {
        let Some(to) = self.flow.point_at(usage.start) else {
            return false;
        };
        let between = |other: &usize| {
            *other == self.from
                || (self.flow.reaches(self.from, *other) && self.flow.reaches(*other, to))
        };
        self.flow.always_reaches(self.from, to) && !self.others.iter().any(between)
    }
}
