//! Behind an assignment: what the cells of the closure hold that a factory made.

use super::{HintKind, HintPart, InlayHint};
use crate::closure::content::{contents, given};
use crate::closure::place::Part;
use crate::closure::program::Program;
use crate::closure::value::{Made, Search};
use crate::ide::hover::filled_by;
use crate::ide::words::{self, Sentence};
use crate::scope::{Occurrence, Role};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// `closes over exp (2)`, behind `square = raise_to(2)`.
pub(super) fn hint(program: Program<'_>, occurrence: &Occurrence) -> Option<InlayHint> {
    if !matches!(occurrence.role, Role::Assign | Role::AnnAssign) {
        return None;
    }
    let place = program.place(occurrence.range)?;
    let value = place
        .outer()
        .filter(|_| place.role() == Field::Target)?
        .field(Field::Value)?;
    if !matches!(value.kind(), Kind::Call | Kind::Await) {
        return None;
    }
    let made: Made = Search::new(program).expression(value, None)?;
    if let (None, Some(_)) = (&made.frame, &made.partial) {
        return partial(program, value, &made);
    }
    made.frame.as_ref()?;
    let contents = contents(program, &made);
    let named = contents.iter().map(|content| {
        let name = content.variable.name();
        match &content.filled {
            Some(filled) => HintPart {
                text: format!("{name} ({})", words::cut(&filled.text, 20)),
                target: Some(filled.at),
            },
            None => HintPart {
                text: name.to_owned(),
                target: None,
            },
        }
    });
    let mut parts = vec![super::words("closes over ")];
    parts.extend(super::row(named));
    if parts.len() < 2 {
        return None;
    }
    let mut lines = vec![
        Sentence::new(program)
            .text("holds ")
            .scope(&made.function)
            .fact(),
    ];
    for content in contents.iter().take(words::LISTED) {
        if let Some(filled) = &content.filled {
            let sentence = Sentence::new(program)
                .code(content.variable.name())
                .text(" is ");
            lines.push(filled_by(sentence, filled).fact());
        }
    }
    Some(super::hint(
        program,
        value.range().end,
        parts,
        lines,
        HintKind::Factory,
    ))
}

/// `fills a (1)`, behind `inc = partial(add, 1)`; nothing where all are keywords, which say it themselves.
fn partial<'s>(program: Program<'s>, call: Part<'s>, made: &Made) -> Option<InlayHint> {
    let arguments = call.field(Field::Arguments)?;
    let keyword = |range: Range| {
        arguments
            .children()
            .iter()
            .any(|part| part.kind() == Kind::KeywordArgument && part.range().covers(range))
    };
    let given = given(program, made);
    let mut parts = vec![super::words("fills ")];
    let by_position = given.iter().filter(|(_, filled)| !keyword(filled.at));
    parts.extend(super::row(by_position.map(|(name, filled)| HintPart {
        text: format!("{name} ({})", words::cut(&filled.text, 20)),
        target: Some(filled.at),
    })));
    if parts.len() < 2 {
        return None;
    }
    let sentence = Sentence::new(program).text("holds ");
    let sentence = sentence.code("functools.partial").text(" of ");
    let mut lines = vec![sentence.scope(&made.function).fact()];
    for (name, filled) in given.iter().take(words::LISTED) {
        let sentence = Sentence::new(program).code(name).text(" is ");
        lines.push(filled_by(sentence, filled).fact());
    }
    let at = call.range().end;
    Some(super::hint(program, at, parts, lines, HintKind::Factory))
}
