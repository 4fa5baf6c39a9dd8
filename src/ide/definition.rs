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
pub fn keyword(program: Program<'_>, at: Offset) -> Option<Targets> {
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
    let flow = Flow::of(program, variable.owner());
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

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::fixture;

    type Answer = fn(&Snapshot, Offset, &Config) -> Option<Targets>;

    #[track_caller]
    fn check(answer: Answer, source: &str, expected: Expect) {
        let (snapshot, at) = fixture::program(source);
        let Some(found) = answer(&snapshot, at, &Config::default()) else {
            return expected.assert_eq("nothing");
        };
        let mut lines = String::new();
        for target in found.targets {
            let line = snapshot.text.line_of(target.focus.start) + 1;
            let text = |range| snapshot.text.slice(range).into_owned();
            lines += &format!(
                "{line}: {} in {:?}\n",
                text(target.focus),
                text(target.full)
            );
        }
        expected.assert_eq(&lines);
    }

    #[test]
    fn from_a_use_to_the_owner() {
        check(
            definition,
            "def f(x):\n    class C:\n        x = 1\n        def m(self):\n            return $0x\n",
            expect![[r#"
            1: x in "x"
        "#]],
        );
    }

    #[test]
    fn several_bindings_the_nearest_before_the_use_first() {
        check(
            definition,
            "def f(a):\n    x = 1\n    if a:\n        x = 2\n    print($0x)\n    x = 3\n",
            expect![[r#"
                4: x in "x = 2"
                2: x in "x = 1"
                6: x in "x = 3"
            "#]],
        );
        check(
            definition,
            "def f(a):\n    if a:\n        x = 1\n        return\n    else:\n        x = 2\n    g = lambda: $0x\n    x = 3\n",
            expect![[r#"
                6: x in "x = 2"
                3: x in "x = 1"
                8: x in "x = 3"
            "#]],
        );
    }

    #[test]
    fn from_nonlocal_to_the_bindings_and_declaration_to_nonlocal() {
        let program = "def f():\n    x = 1\n    def g():\n        nonlocal x\n        $0x = 2\n";
        check(
            definition,
            program,
            expect![[r#"
            2: x in "x = 1"
            5: x in "x = 2"
        "#]],
        );
        check(
            declaration,
            program,
            expect![[r#"
            4: x in "nonlocal x"
        "#]],
        );
    }

    #[test]
    fn from_a_keyword_to_the_parameter() {
        check(
            definition,
            "def raise_to(exp):\n    return lambda x: x ** exp\nsquare = raise_to(ex$0p=2)\n",
            expect![[r#"
            1: exp in "exp"
        "#]],
        );
    }

    #[test]
    fn nothing_for_builtins_and_attributes() {
        check(definition, "pri$0nt(1)\n", expect!["nothing"]);
        check(definition, "a.b$0\n", expect!["nothing"]);
    }
}
