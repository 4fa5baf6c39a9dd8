//! Lines and columns, in the three encodings that LSP knows.

use super::{Offset, Range, Rel, Text};

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

/// A line of nothing but ASCII: its columns count the same in every [`Encoding`], so that places close to
/// one another are named without a look-up for each.
#[derive(Clone, Copy, Debug)]
pub struct AsciiLine {
    number: u32,
    start: Offset,
    /// Of its content.
    end: Offset,
    /// With its terminator.
    past: Offset,
}

impl AsciiLine {
    /// The position of `offset`, if it is on this line. O(1).
    pub fn position(&self, offset: Offset) -> Option<Position> {
        let column = (self.start <= offset && offset < self.past)
            .then(|| (offset.min(self.end) - self.start).0)?;
        let line = self.number;
        Some(Position { line, column })
    }
}

/// Longer lines, in bytes, aren't looked through.
const LONG: Rel = Rel(1024);

impl Text {
    /// The line of `offset`, if it is all ASCII and not very long. O(log n).
    pub fn ascii_line(&self, offset: Offset) -> Option<AsciiLine> {
        let number = self.line_of(offset);
        let start = self.line_start(number);
        let past = self.line_start(number.saturating_add(1));
        if past - start > LONG {
            return None;
        }
        let line = self.slice(Range::new(start, past));
        let content = line.trim_end_matches(['\n', '\r']).len();
        line.is_ascii().then(|| AsciiLine {
            number,
            start,
            end: start + Rel::from_usize(content),
            past,
        })
    }

    /// The position of `offset`; past the end it is the end's, inside a character the character's,
    /// and between `\r` and `\n` the end of the line's content. O(log n), however long the line.
    pub fn position(&self, offset: Offset, encoding: Encoding) -> Position {
        let line = self.line_of(offset);
        let end = offset.min(self.line_end(line));
        let start = self.units_before(self.line_start(line), encoding);
        let column = self.units_before(end, encoding) - start;
        Position {
            line,
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// The offset of `position`. A column past the end of its line is the end of the line's content,
    /// a line past the last one the end of the text, a column inside a character its start, as LSP
    /// 3.17 (`Position`) asks. O(log n), however long the line.
    pub fn offset(&self, position: Position, encoding: Encoding) -> Offset {
        if position.line >= self.line_count() {
            return self.len();
        }
        let end = self.line_end(position.line);
        let start = self.units_before(self.line_start(position.line), encoding);
        let units = start + position.column as usize;
        if units >= self.units_before(end, encoding) {
            return end;
        }
        let byte = match encoding {
            Encoding::Utf8 => self.rope.char_to_byte(self.rope.byte_to_char(units)),
            Encoding::Utf16 => self.rope.char_to_byte(self.rope.utf16_cu_to_char(units)),
            Encoding::Utf32 => self.rope.char_to_byte(units),
        };
        Offset::from_usize(byte)
    }

    /// How many units of `encoding` come before the character at `offset`. O(log n).
    fn units_before(&self, offset: Offset, encoding: Encoding) -> usize {
        let byte = offset.to_usize().min(self.rope.len_bytes());
        let char = self.rope.byte_to_char(byte);
        match encoding {
            Encoding::Utf8 => self.rope.char_to_byte(char),
            Encoding::Utf16 => self.rope.char_to_utf16_cu(char),
            Encoding::Utf32 => char,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, prop, proptest};

    use super::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    /// Lines by LSP's rule, each without its terminator, and where each starts.
    fn lines(source: &str) -> Vec<(usize, &str)> {
        let mut lines = Vec::new();
        let mut start = 0;
        loop {
            let rest = &source[start..];
            let Some(end) = rest.find(['\n', '\r']) else {
                lines.push((start, rest));
                return lines;
            };
            lines.push((start, &rest[..end]));
            start += end
                + if rest[end..].starts_with("\r\n") {
                    2
                } else {
                    1
                };
        }
    }

    fn width(ch: char, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => ch.len_utf8(),
            Encoding::Utf16 => ch.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    #[test]
    fn lines_end_as_lsp_says_and_nowhere_else() {
        let text = Text::new("a\u{b}b\u{c}c\u{85}d\u{2028}e\rf\r\ng\nh");
        let starts: Vec<_> = (0..text.line_count())
            .map(|line| text.line_start(line).0)
            .collect();
        assert_eq!(starts, [0, 13, 16, 18]);
        let ends: Vec<_> = (0..text.line_count())
            .map(|line| text.line_end(line).0)
            .collect();
        assert_eq!(ends, [12, 14, 17, 19]);
    }

    #[test]
    fn places_that_do_not_exist_are_moved_to_the_nearest_that_does() {
        let text = Text::new("a😀b\r\nc");
        let at = |line, column| text.offset(Position { line, column }, Encoding::Utf16).0;
        assert_eq!(
            [at(0, 1), at(0, 2), at(0, 3), at(0, 4), at(0, 5), at(0, 99)],
            [1, 1, 5, 6, 6, 6]
        );
        assert_eq!([at(1, 0), at(1, 99), at(9, 0)], [8, 9, 9]);
        let place = |offset| text.position(Offset(offset), Encoding::Utf16);
        assert_eq!(place(3), Position { line: 0, column: 1 });
        assert_eq!(place(7), Position { line: 0, column: 4 });
        assert_eq!(place(99), Position { line: 1, column: 1 });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn a_rope_edits_and_counts_as_a_string_does(
            source in "[a😀é\r\n]{0,40}",
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[b€\r\n]{0,6}"), 0..6),
        ) {
            let mut model = source.clone();
            let mut text = Text::new(&source);
            for (a, b, new) in edits {
                let places: Vec<usize> = model.char_indices().map(|(at, _)| at).chain([model.len()]).collect();
                let (a, b) = (*a.get(&places), *b.get(&places));
                let range = Range::new(Offset::from_usize(a), Offset::from_usize(b));
                assert_eq!(text.replace(range, &new), range);
                model.replace_range(a.min(b)..a.max(b), &new);
            }
            assert_eq!(text.to_string(), model);
            let lines = lines(&model);
            assert_eq!(text.line_count() as usize, lines.len());
            for (number, (start, line)) in lines.into_iter().enumerate() {
                let number = u32::try_from(number).unwrap();
                assert_eq!(text.line_start(number).to_usize(), start);
                assert_eq!(text.line_end(number).to_usize(), start + line.len());
                for (at, _) in line.char_indices().chain([(line.len(), ' ')]) {
                    let offset = Offset::from_usize(start) + Rel::from_usize(at);
                    for encoding in ENCODINGS {
                        let position = text.position(offset, encoding);
                        let column: usize = line[..at].chars().map(|ch| width(ch, encoding)).sum();
                        assert_eq!((position.line, position.column as usize), (number, column));
                        assert_eq!(text.offset(position, encoding), offset);
                        let short = text.ascii_line(text.line_start(number));
                        let named = short.and_then(|line| line.position(offset));
                        // The end of the text has no line behind it.
                        assert!(named.is_none_or(|it| it == position));
                        assert!(named.is_some() || !line.is_ascii() || offset == text.len());
                    }
                }
            }
        }
    }
}
