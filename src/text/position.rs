//! Lines and columns, in the three encodings that LSP knows.

use super::{Offset, Range, Text};

/// What a column counts. LSP 3.17, `PositionEncodingKind`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, the protocol's default.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place as an editor names it: zero-based line and zero-based column, in some [`Encoding`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Zero-based.
    pub line: u32,
    /// Zero-based, in code units of the encoding.
    pub column: u32,
}

impl Text {
    /// The position of `offset`; past the end it is the end's, inside a character the character's,
    /// and between `\r` and `\n` the end of the line's content. O(log n + length of the line).
    pub fn position(&self, offset: Offset, encoding: Encoding) -> Position {
        let line = self.line_of(offset);
        let end = offset.min(self.line_end(line));
        let before = self.slice(Range::new(self.line_start(line), self.floor_char(end)));
        let column = match encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 => before.encode_utf16().count(),
            Encoding::Utf32 => before.chars().count(),
        };
        Position {
            line,
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// The offset of `position`. A column past the end of its line is the end of the line's content,
    /// a line past the last one the end of the text, a column inside a character its start, as LSP
    /// 3.17 (`Position`) asks. O(log n + length of the line).
    pub fn offset(&self, position: Position, encoding: Encoding) -> Offset {
        if position.line >= self.line_count() {
            return self.len();
        }
        let start = self.line_start(position.line);
        let line = self.slice(Range::new(start, self.line_end(position.line)));
        let mut units = 0u32;
        for (at, ch) in line.char_indices() {
            units = units.saturating_add(width(ch, encoding));
            if units > position.column {
                return start + super::Rel::from_usize(at);
            }
        }
        start + super::Rel::from_usize(line.len())
    }

    /// The nearest character boundary at or before `offset`.
    fn floor_char(&self, offset: Offset) -> Offset {
        let byte = offset.to_usize().min(self.rope.len_bytes());
        Offset::from_usize(self.rope.char_to_byte(self.rope.byte_to_char(byte)))
    }
}

fn width(ch: char, encoding: Encoding) -> u32 {
    let width = match encoding {
        Encoding::Utf8 => ch.len_utf8(),
        Encoding::Utf16 => ch.len_utf16(),
        Encoding::Utf32 => 1,
    };
    u32::try_from(width).unwrap_or(1)
}
