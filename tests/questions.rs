//! What is asked of one variable, which looks at as little as it can, is what the tables of all of them say.
//!
//! On the cases and on files spread over the standard library of the `python3` on this machine.

#![allow(clippy::unwrap_used, clippy::panic)] // A test may stop.

#[path = "support/corpus.rs"]
mod corpus;

use std::path::Path;

use cella::document::Document;
use cella::scope::{Occurrence, PythonVersion, Role, Scope, ScopeKind, Scopes, Variable};
use cella::text::{Offset, Range};

fn sources() -> Vec<String> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let paths = std::fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap());
    let cases = paths.filter_map(|entry| std::fs::read_to_string(entry.path()).ok());
    let library = corpus::stdlib(60).into_iter().map(|(_, source)| source);
    cases.chain(library).collect()
}

/// The same scope, none of whose names were read.
fn afresh(scopes: &Scopes, scope: &Scope) -> Option<Scope> {
    let found = scopes.scopes_in(scope.version(), Range::at(scope.origin()));
    found.into_iter().find(|found| found == scope)
}

/// How `taker` uses a variable, by all its occurrences.
fn used(variable: &Variable, taker: &Scope) -> [bool; 3] {
    let occurrences = variable.occurrences();
    let is_there = |one: &&Occurrence| one.scope.host() == taker.host();
    let there = || occurrences.iter().filter(is_there);
    [
        there().any(|one| one.role.reads()),
        there().any(|one| one.role.writes()),
        there().any(|one| one.role == Role::Delete),
    ]
}

fn check(scopes: &Scopes, scope: &Scope) -> usize {
    let cells = scope.cell_variables();
    let Some(other) = afresh(scopes, scope) else {
        return 0;
    };
    let mut captures = 0;
    for known in scope.variables() {
        // A name that is mangled is found as it is written.
        let Some(variable) = other
            .variable(known.symbol())
            .filter(|it| it.owner() == scope)
        else {
            continue;
        };
        // By name: an inlined comprehension's variable shares the cell of its host's.
        let is_cell = cells.iter().any(|cell| cell.name() == known.name());
        assert_eq!(variable.is_cell(), is_cell, "{known:?}");
        for capture in variable.captures() {
            captures += 1;
            let free = capture.scope.free_variables();
            assert!(free.contains(&known), "{known:?} in {capture:?}");
            let how = [capture.reads, capture.rebinds, capture.deletes];
            assert_eq!(
                how,
                used(&variable, &capture.scope),
                "{known:?}: {capture:?}"
            );
        }
    }
    captures
}

#[test]
fn one_variable_is_what_the_tables_say_of_it() {
    let mut captures = 0;
    for source in sources() {
        let scopes = Document::new(&source).snapshot().scopes;
        // One byte short: of all of a text the tables are read.
        let most = Range::new(
            Offset(0),
            Offset::from_usize(source.len().saturating_sub(1)),
        );
        for version in [
            PythonVersion::V3_8,
            PythonVersion::V3_12,
            PythonVersion::V3_14,
        ] {
            for scope in scopes.scopes_in(version, most) {
                if scope.kind() != ScopeKind::Class && !scope.inlined() {
                    captures += check(&scopes, &scope);
                }
            }
        }
    }
    assert!(captures > 300, "{captures} captures");
}
