//! Any edits in any encoding leave the text that a plain vector of code units would have.
//!
//! The input is a text and, behind a zero byte, one for the encoding; then edits: start and end as line and
//! column of a byte each, the number of bytes that are typed, and those.

use cella::server::edit;
use cella::text::{Position, Text};

use super::plain;

/// Panics if not.
pub fn check(input: &[u8]) {
    let (start, acts) = plain::parts(input);
    let Some((&encoding, mut acts)) = acts.split_first() else {
        return;
    };
    let encoding = plain::encoding(encoding);
    let (mut model, mut text) = (start.clone(), Text::new(&start));
    while let [line, column, end_line, end_column, length, rest @ ..] = acts {
        let (new, rest) = rest.split_at(rest.len().min(usize::from(length % 8)));
        acts = rest;
        let new = String::from_utf8_lossy(new);
        let position = |line: u8, column: u8| Position {
            line: line.into(),
            column: column.into(),
        };
        let (from, to) = (position(*line, *column), position(*end_line, *end_column));
        let change = edit::change(&text, (from, to), &new, encoding);
        let expected = edited(&model, from, to, &new, encoding);
        match (change, expected) {
            (Ok(change), Some(expected)) => {
                text.replace(change.range, &change.text);
                model = expected;
                assert_eq!(text.to_string(), model);
            }
            (Err(_), None) => {}
            (change, expected) => panic!("{change:?}, expected {expected:?}"),
        }
    }
}

/// The edit on plain units; `None` if it can't be.
fn edited(
    model: &str,
    from: Position,
    to: Position,
    new: &str,
    encoding: cella::text::Encoding,
) -> Option<String> {
    let mut units = plain::units(model, encoding);
    let (start, end) = (plain::place(&units, from)?, plain::place(&units, to)?);
    if to < from {
        return None;
    }
    // Each end has to stand between characters, or between the halves of a pair.
    plain::text(&units[..start], encoding)?;
    plain::text(&units[..end], encoding)?;
    units.splice(start..end, plain::units(new, encoding));
    plain::text(&units, encoding)
}
