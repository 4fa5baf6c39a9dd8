//! Definition and declaration: from a use to the bindings in the scope that owns the name.

use super::config::Config;
use crate::closure::flow::Flow;
use crate::closure::place::{Part, Place};
use crate::closure::program::Program;
use crate::closure::value::Search;
use crate::document::Snapshot;
use crate::scope::{Occurrence, Role, Scope, Variable};
use crate::syntax::{Field, Kind};
use crate::text::{Offset, Range};

/// Where a name leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    /// The name that was asked about.
    pub origin: Range,
    /// The places, the likeliest first.
    pub targets: Vec<Target>,
}

/// A place to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The whole: a function, a statement, a parameter.
    pub full: Range,
    /// The name in it.
    pub focus: Range,
}

/// The bindings of the name at `at`, in the scope that owns it; those come first that the use meets first,
/// going back from it. O(bindings × depth).
pub fn definition(snapshot: &Snapshot, at: Offset, config: &Config) -> Option<Targets> {
    let program = Program {
        snapshot,
        version: config.version,
    };
    let Some(occurrence) = program.occurrence_at(at) else {
        return keyword(program, at);
    };
    let variable = occurrence.variable()?;
    let mut bindings = variable.bindings();
    bindings.retain(|binding| binding.role != Role::Delete);
    if !occurrence.role.writes() {
        order(program, &mut bindings, &occurrence, &variable);
    }
    let mut targets: Vec<Target> = bindings
        .iter()
        .map(|binding| target(program, binding.range, binding.role))
        .collect();
    if targets.is_empty() && variable.is_implicit() {
        targets.extend(whole(variable.owner()));
    }
    (!targets.is_empty()).then_some(Targets {
        origin: occurrence.range,
        targets,
    })
}

/// The `nonlocal` or `global` statement that rules the name at `at`; without one, its bindings.
pub fn declaration(snapshot: &Snapshot, at: Offset, config: &Config) -> Option<Targets> {
    let program = Program {
        snapshot,
        version: config.version,
    };
    let declared = program.occurrence_at(at).and_then(|occurrence| {
        let statements = declarations(&occurrence);
        let targets = statements
            .iter()
            .map(|found| target(program, found.range, found.role))
            .collect();
        (!statements.is_empty()).then_some(Targets {
            origin: occurrence.range,
            targets,
        })
    });
    declared.or_else(|| definition(snapshot, at, config))
}

/// The `global` and `nonlocal` statements of the occurrence's scope that name it.
pub fn declarations(occurrence: &Occurrence) -> Vec<Occurrence> {
    let Some(variable) = occurrence.variable() else {
        return Vec::new();
    };
    if *variable.owner() == occurrence.scope {
        return Vec::new();
    }
    let mut found = occurrence.scope.occurrences();
    found.retain(|other| other.role.declares() && other.name == occurrence.name);
    found
}

/// `exp` in `raise_to(exp=2)`: the parameter of a function of this file.
fn keyword(program: Program<'_>, at: Offset) -> Option<Targets> {
    let mut place = [
        Range::at(at),
        Range::new(Offset(at.0.saturating_sub(1)), at),
    ]
    .into_iter()
    .filter_map(|range| program.place(range))
    .find(|place| place.role() == Field::Name && place.outer_kind() == Kind::KeywordArgument)?;
    let origin = place.range();
    let name = program.text(origin);
    while place.kind() != Kind::Call {
        if !place.up() {
            return None;
        }
    }
    let made = Search::new(program).expression(place.part()?.field(Field::Function)?, None)?;
    let parameter = made
        .function
        .variables()
        .into_iter()
        .find(|v| v.is_parameter() && v.name() == name)?;
    let binding = parameter
        .bindings()
        .into_iter()
        .find(|binding| binding.role == Role::Parameter)?;
    Some(Targets {
        origin,
        targets: vec![target(program, binding.range, Role::Parameter)],
    })
}

/// Brings the bindings into the order in which the use meets them: first those that can reach it, the
/// nearest first; then the rest. Uses in closures meet what reaches the place where the closure is made.
fn order(
    program: Program<'_>,
    bindings: &mut [Occurrence],
    occurrence: &Occurrence,
    variable: &Variable,
) {
    if bindings.len() < 2 {
        return;
    }
    let mut here = occurrence.range.start;
    let mut scope = occurrence.scope.clone();
    while scope != *variable.owner() {
        here = scope.range().start;
        let Some(parent) = scope.parent() else { return };
        scope = parent;
    }
    let function = program
        .place_of(variable.owner())
        .and_then(|place| place.part());
    let flow = function
        .filter(|part| part.kind() == Kind::FunctionDefinition)
        .map(Flow::of);
    let rank = |binding: &Occurrence| {
        let reaches = flow.as_ref().is_none_or(|flow| {
            binding.role == Role::Parameter
                || match (flow.point_at(binding.range.start), flow.point_at(here)) {
                    (Some(from), Some(to)) => from == to || flow.reaches(from, to),
                    _ => true,
                }
        });
        let start = binding.range.start;
        (
            !reaches,
            start > here,
            if start > here {
                start.0
            } else {
                u32::MAX - start.0
            },
        )
    };
    bindings.sort_by_cached_key(rank);
}

/// A binding with what belongs to it.
fn target(program: Program<'_>, focus: Range, role: Role) -> Target {
    let whole = program
        .place(focus)
        .and_then(|place| statement(place, role));
    Target {
        full: whole.map_or(focus, Part::range),
        focus,
    }
}

fn statement(mut place: Place<'_>, role: Role) -> Option<Part<'_>> {
    let parameter = [
        Kind::Parameter,
        Kind::StarParameter,
        Kind::DoubleStarParameter,
    ];
    if role == Role::Parameter {
        return place.enclosing(&parameter);
    }
    while place.up() {
        let stop = match place.kind() {
            Kind::FunctionDefinition | Kind::ClassDefinition => true,
            Kind::Assignment | Kind::AnnotatedAssignment | Kind::AugmentedAssignment => true,
            Kind::NamedExpression | Kind::ForClause | Kind::WithItem | Kind::TypeAliasStatement => {
                true
            }
            Kind::ImportStatement | Kind::ImportFromStatement => true,
            Kind::GlobalStatement | Kind::NonlocalStatement | Kind::DeleteStatement => true,
            // The header is enough of a compound statement.
            Kind::ForStatement | Kind::ExceptClause | Kind::CaseClause | Kind::Block => {
                return None;
            }
            _ => false,
        };
        if stop {
            return place.part();
        }
    }
    None
}

fn whole(scope: &Scope) -> Option<Target> {
    scope.name_range().map(|focus| Target {
        full: scope.range(),
        focus,
    })
}
