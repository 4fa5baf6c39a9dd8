//! Every place of every text has one line and column in each encoding, and every line and column a place.
//!
//! The input is a text and, behind a zero byte, lines and columns of two bytes each.

use cella::text::{Encoding, Offset, Position, Text};

use super::plain;

/// Panics if not.
pub fn check(input: &[u8]) {
    let (source, places) = plain::parts(input);
    let text = Text::new(&source);
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let units = plain::units(&source, encoding);
        let lines = plain::lines(&units);
        assert_eq!(text.line_count() as usize, lines.len());
        for (at, _) in source.char_indices().chain([(source.len(), ' ')]) {
            let position = text.position(Offset::from_usize(at), encoding);
            let before = plain::units(&source[..at], encoding).len();
            let in_line_end = source[..at].ends_with('\r') && source[at..].starts_with('\n');
            let before = before - usize::from(in_line_end);
            assert_eq!(plain::place(&units, position), Some(before));
            let back = text.offset(position, encoding).to_usize();
            assert_eq!(back, at - usize::from(in_line_end));
        }
        for place in places.chunks_exact(2) {
            let (line, column) = (u32::from(place[0]), u32::from(place[1]));
            let offset = text.offset(Position { line, column }, encoding).to_usize();
            assert!(source.is_char_boundary(offset));
            let named = plain::place(&units, Position { line, column }).unwrap_or(units.len());
            let found = plain::units(&source[..offset], encoding).len();
            // A column inside a character is its start.
            assert!(found <= named && named < found + 4, "{found} for {named}");
        }
    }
}
