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
