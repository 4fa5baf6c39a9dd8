//! At the binding of a cell: who takes it.

use super::closure::notes;
use super::{HintKind, HintPart, InlayHint};
use crate::closure::program::Program;
use crate::closure::rebinding::Rebindings;
use crate::ide::words::{self, Sentence};
use crate::scope::{Capture, Captures, Occurrence, Resolution, Role};
use crate::syntax::{Field, Kind};
use crate::text::Offset;

/// `taken by raise_to_exp`, at the binding.
pub(super) fn hint<'s>(
    program: Program<'s>,
    rebindings: &Rebindings<'s>,
    occurrence: &Occurrence,
) -> Option<InlayHint> {
    if !occurrence.role.writes() {
        return None;
    }
    let Resolution::Cell(variable) = occurrence.resolve() else {
        return None;
    };
    let first = variable
        .bindings()
        .into_iter()
        .find(|binding| binding.role.writes())?;
    if first.range != occurrence.range {
        return None;
    }
    let Captures {
        found: captures,
        all,
    } = variable.some_captures(words::MANY);
    let here = program.line(occurrence.range.start);
    let elsewhere = captures
        .iter()
        .any(|capture| program.line(capture.scope.range().start) != here);
    let rebound = || {
        captures
            .iter()
            .take(words::LISTED)
            .any(|taker| !notes(program, rebindings, &variable, &taker.scope).is_empty())
    };
    if captures.is_empty() || !(elsewhere || rebound()) {
        return None;
    }
    let mut parts = vec![super::words("taken by ")];
    parts.extend(super::row(takers(&captures).into_iter()));
    let mut lines = vec![
        words::owned(
            Sentence::new(program).term("cell variable").text(" "),
            &variable,
        )
        .fact(),
    ];
    for capture in captures.iter().take(words::LISTED) {
        let sentence = Sentence::new(program)
            .text("closed over by ")
            .taker(&capture.scope)
            .text(", which ");
        lines.push(words::manner(sentence, capture).fact());
    }
    if captures.len() > words::LISTED {
        let more = words::others(captures.len() - words::LISTED, all);
        let more = format!("… and {more} close over it");
        lines.push(Sentence::new(program).text(&more).fact());
    }
    let at = match occurrence.role {
        Role::Def | Role::Class => header_end(program, occurrence)?,
        _ => occurrence.range.end,
    };
    Some(super::hint(program, at, parts, lines, HintKind::Cell))
}

/// Behind the colon of the `def` or `class` whose name this is.
fn header_end(program: Program<'_>, name: &Occurrence) -> Option<Offset> {
    let place = program.place(name.range)?;
    let definition = place.enclosing(&[Kind::FunctionDefinition, Kind::ClassDefinition])?;
    let scope = program.scope_of(
        definition.range(),
        definition.field(Field::Body)?.range().start,
    )?;
    Some(scope.header().end)
}

/// Those who use the cell themselves, each name once.
fn takers(captures: &[Capture]) -> Vec<HintPart> {
    let mut parts: Vec<HintPart> = Vec::new();
    for capture in captures.iter().filter(|capture| !capture.passes_through()) {
        let text = words::short(&capture.scope);
        if parts.len() <= words::LISTED && parts.iter().all(|part| part.text != text) {
            let target = Some(words::anchor(&capture.scope));
            parts.push(HintPart { text, target });
        }
    }
    parts
}
