//! Code lenses: what a function closes over, and how many closures share its cells.

use super::config::Config;
use super::document_symbols::detail;
use super::words;
use crate::document::Snapshot;
use crate::scope::{Scope, ScopeKind, Variable};
use crate::text::Range;

/// A line above a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The function's name.
    pub range: Range,
    /// What is shown.
    pub title: String,
    /// The places it is about.
    pub targets: Vec<Range>,
}

/// The lenses of the document, in the text's order; none where they are switched off. O(scopes).
pub fn code_lens(snapshot: &Snapshot, config: &Config) -> Vec<Lens> {
    if !config.lens {
        return Vec::new();
    }
    let scopes = snapshot
        .scopes
        .scopes_in(config.version, snapshot.text.range());
    let functions = scopes
        .iter()
        .filter(|scope| scope.kind() == ScopeKind::Function);
    functions
        .flat_map(|function| {
            captures(function, config)
                .into_iter()
                .chain(shared(function))
        })
        .collect()
}

fn captures(function: &Scope, config: &Config) -> Option<Lens> {
    let title = detail(function, config);
    if title.is_empty() {
        return None;
    }
    let bindings = |variable: &Variable| variable.bindings().first().map(|binding| binding.range);
    let targets = function
        .free_variables()
        .iter()
        .filter_map(bindings)
        .collect();
    Some(Lens {
        range: function.name_range()?,
        title,
        targets,
    })
}

fn shared(function: &Scope) -> Vec<Lens> {
    let lens = |variable: Variable| {
        let takers = variable.some_captures(words::MANY);
        let targets: Vec<Range> = takers
            .found
            .iter()
            .filter(|capture| !capture.passes_through())
            .map(|capture| words::anchor(&capture.scope))
            .collect();
        let count = words::count(targets.len(), takers.all);
        let title = format!("{count} closures share {}", variable.name());
        (targets.len() > 1).then(|| {
            function.name_range().map(|range| Lens {
                range,
                title,
                targets,
            })
        })?
    };
    function
        .cell_variables()
        .into_iter()
        .filter_map(lens)
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::fixture;

    #[track_caller]
    fn check(source: &str, lens: bool, expected: Expect) {
        let (snapshot, _) = fixture::program(source);
        let found = code_lens(
            &snapshot,
            &Config {
                lens,
                ..Config::default()
            },
        );
        let line = |range: Range| snapshot.text.line_of(range.start) + 1;
        let lines: String = found
            .iter()
            .map(|lens| {
                format!(
                    "{}: {} ({})\n",
                    line(lens.range),
                    lens.title,
                    lens.targets.len()
                )
            })
            .collect();
        expected.assert_eq(&lines);
    }

    const COUNTER: &str = "def counter():\n    count = 0\n    def up():\n        nonlocal count\n        count += 1\n    def value():\n        return count\n    return up, value\n";

    #[test]
    fn who_closes_over_what_and_who_shares() {
        check(
            COUNTER,
            true,
            expect![[r#"
            1: 2 closures share count (2)
            3: closes over count (1)
            6: closes over count (1)
        "#]],
        );
    }

    #[test]
    fn off_unless_asked_for() {
        check(COUNTER, false, expect![[""]]);
    }
}
