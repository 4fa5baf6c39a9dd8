//! The text of a document: a rope, its edits, and the two ways of naming a place in it.
//!
//! Inside the program a place is a byte offset ([`Offset`]), or one counted from the start of
//! something that may move ([`Rel`]). Lines and columns ([`Position`]) exist only at the edges,
//! where an editor or a person is spoken to; see [`position`].
//!

mod offset;
mod position;

pub use offset::{Offset, Range, Rel};
pub use position::{AsciiLine, Encoding, Position};

use ropey::Rope;
use std::borrow::Cow;
use std::ops::ControlFlow;

/// The text of one version of a document. Cloning is O(1); an edit is O(log n).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    rope: Rope,
}

impl Text {
    /// Takes over a whole text. O(n).
    pub fn new(source: &str) -> Self {
        Self {
            rope: Rope::from_str(source),
        }
    }

    /// Length in bytes. O(1).
    pub fn len(&self) -> Offset {
        Offset::from_usize(self.rope.len_bytes())
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.rope.len_bytes() == 0
    }

    /// Everything, as a range.
    pub fn range(&self) -> Range {
        Range::new(Offset(0), self.len())
    }

    /// Replaces `range` by `new`. Offsets past the end, or inside a character, are moved back to the
    /// nearest character boundary, so that any edit is defined. Returns what was replaced. O(log n).
    pub fn replace(&mut self, range: Range, new: &str) -> Range {
        let start = self
            .rope
            .byte_to_char(range.start.to_usize().min(self.rope.len_bytes()));
        let end = self
            .rope
            .byte_to_char(range.end.to_usize().min(self.rope.len_bytes()))
            .max(start);
        let replaced = Range::new(
            Offset::from_usize(self.rope.char_to_byte(start)),
            Offset::from_usize(self.rope.char_to_byte(end)),
        );
        self.rope.remove(start..end);
        self.rope.insert(start, new);
        replaced
    }

    /// Whether the two are one version, not only equal. O(1).
    pub fn is_same(&self, other: &Self) -> bool {
        self.rope.is_instance(&other.rope)
    }

    /// The text of `range`, cut to what exists. Borrowed where it lies in one chunk of the rope.
    pub fn slice(&self, range: Range) -> Cow<'_, str> {
        let end = range.end.to_usize().min(self.rope.len_bytes());
        let start = range.start.to_usize().min(end);
        self.rope
            .get_byte_slice(start..end)
            .map_or(Cow::Borrowed(""), Cow::from)
    }

    /// The bytes from `offset` to the end of the rope's chunk that holds it; empty only at the end of
    /// the text. This is how a parser reads. O(log n).
    pub fn chunk_from(&self, offset: Offset) -> &[u8] {
        let offset = offset.to_usize();
        if offset >= self.rope.len_bytes() {
            return &[];
        }
        let (chunk, start, _, _) = self.rope.chunk_at_byte(offset);
        chunk.as_bytes().get(offset - start..).unwrap_or_default()
    }

    /// Hands on the text from `offset`, chunk by chunk, until `visit` breaks.
    pub fn for_each_chunk_from(
        &self,
        offset: Offset,
        mut visit: impl FnMut(&[u8]) -> ControlFlow<()>,
    ) {
        let mut at = offset;
        loop {
            let chunk = self.chunk_from(at);
            if chunk.is_empty() || visit(chunk).is_break() {
                return;
            }
            at = at + Rel::from_usize(chunk.len());
        }
    }

    /// Number of lines, as LSP counts them; an empty text has one. O(1).
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.rope.len_lines()).unwrap_or(u32::MAX)
    }

    /// Where the zero-based `line` starts; the end of the text for a line that doesn't exist. O(log n).
    pub fn line_start(&self, line: u32) -> Offset {
        let line = (line as usize).min(self.rope.len_lines());
        Offset::from_usize(self.rope.line_to_byte(line))
    }

    /// Where the content of the zero-based `line` ends, before its terminator. O(log n).
    pub fn line_end(&self, line: u32) -> Offset {
        let next = self.line_start(line.saturating_add(1));
        let start = self.line_start(line);
        let mut end = next.to_usize();
        if next > start && line.saturating_add(1) < self.line_count() {
            end -= 1;
            let two_wide = self.rope.byte(end) == b'\n'
                && end > start.to_usize()
                && self.rope.byte(end - 1) == b'\r';
            end -= usize::from(two_wide);
        }
        Offset::from_usize(end)
    }

    /// The zero-based line that holds `offset`. O(log n).
    pub fn line_of(&self, offset: Offset) -> u32 {
        let offset = offset.to_usize().min(self.rope.len_bytes());
        u32::try_from(self.rope.byte_to_line(offset)).unwrap_or(u32::MAX)
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.fmt(f)
    }
}
