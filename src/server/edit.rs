//! Where an editor's edit goes in the text, and which edits can't be.
//!
//! An edit that names a place which isn't there means that the editor's text is another one than ours.

use tower_lsp::ls_types as lsp;

use crate::document::Change;
use crate::text::{Encoding, Offset, Position, Range, Rel, Text};

/// The ends of a range of the client's.
pub(super) fn range(range: lsp::Range) -> (Position, Position) {
    let position = |at: lsp::Position| Position {
        line: at.line,
        column: at.character,
    };
    (position(range.start), position(range.end))
}

/// Finds the place of a change in `text`; an error says why there is none.
pub fn change(
    text: &Text,
    (start, end): (Position, Position),
    new: &str,
    encoding: Encoding,
) -> Result<Change, String> {
    if end < start {
        return Err("a change whose end comes before its start".into());
    }
    let start = place(text, start, encoding)?;
    let end = place(text, end, encoding)?;
    let mut new = new.to_owned();
    if new.is_empty() && start == end {
        return Ok(Change {
            range: Range::at(start.offset),
            text: new,
        });
    }
    if start.halved {
        new.insert(0, char::REPLACEMENT_CHARACTER);
    }
    if end.halved {
        new.push(char::REPLACEMENT_CHARACTER);
    }
    // A character that has two halves in UTF-16 has four bytes in UTF-8.
    let past = if end.halved {
        end.offset + Rel(4)
    } else {
        end.offset
    };
    Ok(Change {
        range: Range::new(start.offset, past),
        text: new,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    offset: Offset,
    /// The place is inside the character at `offset`, between the halves of a surrogate pair.
    halved: bool,
}

/// A place in the text. One line past the last is its end, as editors say it; a column past the
/// line's is the line's end, as LSP 3.17 (`Position`) says.
fn place(text: &Text, at: Position, encoding: Encoding) -> Result<Place, String> {
    if at.line > text.line_count() {
        return Err(format!(
            "a change at line {}, in a text of {} lines",
            u64::from(at.line) + 1,
            text.line_count()
        ));
    }
    let offset = text.offset(at, encoding);
    let found = text.position(offset, encoding);
    let inside =
        found.line == at.line && found.column < at.column && offset < text.line_end(at.line);
    if inside && encoding != Encoding::Utf16 {
        return Err("a change inside a character".into());
    }
    Ok(Place {
        offset,
        halved: inside,
    })
}
