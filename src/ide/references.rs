//! References: every occurrence of one variable in the file, and nothing else.

use super::config::Config;
use crate::closure::program::Program;
use crate::document::Snapshot;
use crate::scope::Role;
use crate::text::{Offset, Range};

/// Every occurrence of the variable at `at`, in the text's order. Where `with_declarations` is false, what
/// gives it a value without reading it, and `global` and `nonlocal` statements, are left out.
pub fn references(
    snapshot: &Snapshot,
    at: Offset,
    with_declarations: bool,
    config: &Config,
) -> Vec<Range> {
    let program = Program {
        snapshot,
        version: config.version,
    };
    let Some(variable) = program
        .occurrence_at(at)
        .and_then(|occurrence| occurrence.variable())
    else {
        return Vec::new();
    };
    let occurrences = variable.occurrences().into_iter();
    occurrences
        .filter(|found| with_declarations || found.role.reads() || found.role == Role::Delete)
        .map(|found| found.range)
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::fixture;

    #[track_caller]
    fn check(source: &str, with_declarations: bool, expected: Expect) {
        let (snapshot, at) = fixture::program(source);
        let found = references(&snapshot, at, with_declarations, &Config::default());
        let marks: Vec<_> = found.into_iter().map(|range| (range, "")).collect();
        expected.assert_eq(&fixture::marked(&snapshot, &marks));
    }

    const COUNTER: &str = "count = 9\ndef counter():\n    cou$0nt = 0\n    def up():\n        nonlocal count\n        count += 1\n        return [count for count in 'ab']\n    del count\n    return up\n";

    #[test]
    fn every_occurrence_of_the_variable_and_nothing_else() {
        check(
            COUNTER,
            true,
            expect![[r#"
            count = 9
            def counter():
                ⟨count⟩ = 0
                def up():
                    nonlocal ⟨count⟩
                    ⟨count⟩ += 1
                    return [count for count in 'ab']
                del ⟨count⟩
                return up
        "#]],
        );
    }

    #[test]
    fn without_what_only_binds_or_declares() {
        check(
            COUNTER,
            false,
            expect![[r#"
            count = 9
            def counter():
                count = 0
                def up():
                    nonlocal count
                    ⟨count⟩ += 1
                    return [count for count in 'ab']
                del ⟨count⟩
                return up
        "#]],
        );
    }
}
