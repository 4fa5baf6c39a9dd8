//! Document highlight: the variable under the cursor, or what a function captures.

use super::config::Config;
use crate::closure::place::Part;
use crate::closure::program::Program;
use crate::document::Snapshot;
use crate::scope::{Occurrence, Scope, Variable};
use crate::syntax::{Field, Kind};
use crate::text::{Offset, Range};

/// A place to light up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The name.
    pub range: Range,
    /// What happens to the variable there.
    pub kind: HighlightKind,
}

/// What happens to a variable at an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HighlightKind {
    /// It is read.
    Read,
    /// It is bound or deleted.
    Write,
    /// It is only named, in `global` and `nonlocal` statements; or it is a keyword.
    Text,
}

/// Every occurrence of the variable at `at`; on `def`, `lambda` or `nonlocal`, of all that is captured
/// there.
pub fn highlights(snapshot: &Snapshot, at: Offset, config: &Config) -> Vec<Highlight> {
    let program = Program {
        snapshot,
        version: config.version,
    };
    if let Some(occurrence) = program.occurrence_at(at) {
        return occurrence
            .variable()
            .map_or(Vec::new(), |variable| occurrences(&variable));
    }
    keyword(program, at).unwrap_or_default()
}

fn occurrences(variable: &Variable) -> Vec<Highlight> {
    variable.occurrences().iter().map(highlight).collect()
}

fn highlight(occurrence: &Occurrence) -> Highlight {
    let kind = match occurrence.role {
        role if role.declares() => HighlightKind::Text,
        role if role.binds() => HighlightKind::Write,
        _ => HighlightKind::Read,
    };
    Highlight {
        range: occurrence.range,
        kind,
    }
}

/// The captures of the function, or the names of the `nonlocal` or `global` statement, whose keyword is at
/// `at`.
fn keyword(program: Program<'_>, at: Offset) -> Option<Vec<Highlight>> {
    let before = Range::new(Offset(at.0.saturating_sub(1)), at);
    let kinds = [
        Kind::FunctionDefinition,
        Kind::Lambda,
        Kind::NonlocalStatement,
        Kind::GlobalStatement,
    ];
    let part = [Range::at(at), before]
        .into_iter()
        .filter_map(|range| program.place(range)?.part())
        .find(|part| kinds.contains(&part.kind()))?;
    let keyword = keyword_of(program, part)?;
    if !keyword.touches(at) {
        return None;
    }
    let mut found = match part.kind() {
        Kind::FunctionDefinition | Kind::Lambda => captures(program, part)?,
        _ => part
            .fields(Field::Name)
            .iter()
            .filter_map(|name| program.variable_at(name.range()))
            .flat_map(|variable| occurrences(&variable))
            .collect(),
    };
    if found.is_empty() {
        return None;
    }
    found.push(Highlight {
        range: keyword,
        kind: HighlightKind::Text,
    });
    found.sort_by_key(|highlight| highlight.range.start);
    found.dedup();
    Some(found)
}

/// From the start of the node to the end of its keyword: `async def`, `lambda`, `nonlocal`.
fn keyword_of(program: Program<'_>, part: Part<'_>) -> Option<Range> {
    let end = match part.kind() {
        Kind::FunctionDefinition => part.field(Field::Name)?.range().start,
        Kind::Lambda => {
            let first = part.field(Field::Parameters).or(part.field(Field::Body))?;
            first.range().start
        }
        _ => part.fields(Field::Name).first()?.range().start,
    };
    let text = program.text(Range::new(part.range().start, end));
    let keyword = text.trim_end_matches(|c: char| !c.is_ascii_lowercase());
    let end = part.range().start + crate::text::Rel::from_usize(keyword.len());
    Some(Range::new(part.range().start, end))
}

/// The bindings of what the function closes over, and its occurrences in the function.
fn captures(program: Program<'_>, part: Part<'_>) -> Option<Vec<Highlight>> {
    let scope: Scope = program.scope_of(part.range(), part.field(Field::Body)?.range().start)?;
    let mut found = Vec::new();
    for variable in scope.free_variables() {
        let own = variable.owner();
        let seen = variable.occurrences().into_iter().filter(|occurrence| {
            part.range().covers(occurrence.range)
                || (occurrence.role.binds() && occurrence.scope == *own)
        });
        found.extend(seen.map(|occurrence| highlight(&occurrence)));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::fixture;

    #[track_caller]
    fn check(source: &str, expected: Expect) {
        let (snapshot, at) = fixture::program(source);
        let found = highlights(&snapshot, at, &Config::default());
        let word = |kind| match kind {
            HighlightKind::Read => "r",
            HighlightKind::Write => "w",
            HighlightKind::Text => "",
        };
        let marks: Vec<_> = found
            .iter()
            .map(|found| (found.range, word(found.kind)))
            .collect();
        expected.assert_eq(&fixture::marked(&snapshot, &marks));
    }

    #[test]
    fn reads_and_writes() {
        check(
            "def f():\n    $0x = 1\n    def g():\n        nonlocal x\n        x += 1\n        return x\n",
            expect![[r#"
                def f():
                    ⟨x⟩w = 1
                    def g():
                        nonlocal ⟨x⟩
                        ⟨x⟩w += 1
                        return ⟨x⟩r
            "#]],
        );
    }

    #[test]
    fn what_a_function_captures() {
        check(
            "def f(a, b):\n    c = 1\n    de$0f g():\n        return a + c + a\n    return b\n",
            expect![[r#"
            def f(⟨a⟩w, b):
                ⟨c⟩w = 1
                ⟨def⟩ g():
                    return ⟨a⟩r + ⟨c⟩r + ⟨a⟩r
                return b
        "#]],
        );
        check(
            "def f(a):\n    return lamb$0da y: y + a\n",
            expect![[r#"
            def f(⟨a⟩w):
                return ⟨lambda⟩ y: y + ⟨a⟩r
        "#]],
        );
        check(
            "def f(a):\n    d$0ef g(): pass\n",
            expect![[r#"
            def f(a):
                def g(): pass
        "#]],
        );
    }

    #[test]
    fn what_a_nonlocal_statement_names() {
        check(
            "def f(a, b):\n    def g():\n        non$0local a, b\n        a = b = 1\n",
            expect![[r#"
                def f(⟨a⟩w, ⟨b⟩w):
                    def g():
                        ⟨nonlocal⟩ ⟨a⟩, ⟨b⟩
                        ⟨a⟩w = ⟨b⟩w = 1
            "#]],
        );
    }
}
