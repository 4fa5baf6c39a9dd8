//! The cuts of a document, kept up to date.
//!
//! The document's lines lie in segments of about [`SEGMENT`] bytes. Each knows the scanner's state at
//! its start, so that after an edit scanning begins at the segment of the edit and ends at the first
//! segment behind it that would start in the state it started in before.

use super::Edit;
use super::lines::State;
use crate::seq::{Item, Seq};
use crate::text::{Offset, Range, Rel, Text};

/// A segment ends at the first line that starts so many bytes behind its start.
const SEGMENT: u32 = 2048;

/// Where a document can be cut. Immutable; `Clone` is O(1).
#[derive(Clone, Default)]
pub(super) struct Cuts {
    segments: Seq<Segment>,
}

/// What an edit makes of the blocks: those of `old` in the text before are replaced by those of `new`
/// in the text after.
#[derive(Debug)]
pub(super) struct Recut {
    pub old: Range,
    pub new: Range,
}

#[derive(Clone, Debug)]
struct Segment {
    len: Rel,
    state: State,
    /// Starts of lines before which the document is cut, from the segment's start.
    cuts: Vec<Rel>,
}

impl Item for Segment {
    /// Whether there is a cut.
    type Summary = bool;
    type Key = ();

    fn bytes(&self) -> Rel {
        self.len
    }

    fn summary(&self) -> bool {
        !self.cuts.is_empty()
    }
}

impl Cuts {
    /// Scans a whole text. O(n).
    pub fn new(text: &Text) -> Self {
        let mut scan = Scan::new(text, Offset(0), State::default());
        while scan.line().is_some() {}
        Self {
            segments: scan.segments.into_iter().collect(),
        }
    }

    /// The cuts after an edit, and what it changed. Scans from the segment of the edit until the
    /// scanner is in step again.
    pub fn edit(&self, text: &Text, edit: Edit) -> (Self, Recut) {
        // A `\r` before the edit may become half of a `\r\n`.
        let first = self.segments.find(Rel(edit.old.start.0.saturating_sub(1)));
        let (index, start, state) = first.map_or((0, Offset(0), State::default()), |first| {
            (first.index, Offset(first.start.0), first.item.state.clone())
        });
        let mut scan = Scan::new(text, start, state);
        let mut old = self.segments.iter_from(index).peekable();
        let last = loop {
            let passed = |start: Offset| start < edit.old.end || edit.shift(start) < scan.at;
            while old.next_if(|old| passed(Offset(old.start.0))).is_some() {}
            let in_step = |start: Offset| edit.shift(start) == scan.at;
            match old.peek() {
                Some(old) if in_step(Offset(old.start.0)) && old.item.state == scan.state => {
                    break old.index;
                }
                _ => {}
            }
            if scan.line().is_none() {
                break self.segments.len();
            }
        };
        let cuts = Self {
            segments: self.segments.splice(index..last, scan.segments),
        };
        let recut = self.compare(&cuts, edit);
        (cuts, recut)
    }

    /// The smallest run of blocks outside of which the cuts are the same; `scanned` is in the new text.
    fn compare(&self, new: &Self, edit: Edit) -> Recut {
        let before = |cuts: &Self| cuts.before(edit.old.start);
        // The two agree on the text before the edit but for the line that it is in.
        let start = before(self).min(before(new));
        // At a cut nothing stands open, so behind the first one that both have, they have them all.
        let mut end = new.from(edit.new.end);
        while !self.is_cut(edit.unshift(end)) {
            end = new.from(end + Rel(1));
        }
        Recut {
            old: Range::new(start, edit.unshift(end)),
            new: Range::new(start, end),
        }
    }

    /// The blocks of `range`, which begins and ends at cuts.
    pub fn ranges(&self, range: Range) -> impl Iterator<Item = Range> {
        let mut start = range.start;
        std::iter::from_fn(move || {
            (start < range.end).then(|| {
                let end = self.from(start + Rel(1)).min(range.end);
                Range::new(std::mem::replace(&mut start, end), end)
            })
        })
    }

    /// The last cut at or before `offset`; the start of the text is one.
    fn before(&self, offset: Offset) -> Offset {
        let Some(found) = self.segments.find(Rel(offset.0)) else {
            return Offset(0);
        };
        let mut segments = self
            .segments
            .iter_back_where(found.index, |any_cut| any_cut);
        let last = segments.find_map(|segment| {
            let start = Offset(segment.start.0);
            segment
                .item
                .cuts
                .iter()
                .rev()
                .map(|cut| start + *cut)
                .find(|cut| *cut <= offset)
        });
        last.unwrap_or_default()
    }

    /// The first cut at or behind `offset`; the end of the text is one.
    fn from(&self, offset: Offset) -> Offset {
        let end = Offset(self.segments.bytes().0);
        let Some(found) = self.segments.find(Rel(offset.0)).filter(|_| offset < end) else {
            return end;
        };
        let cuts = self.segments.iter_from(found.index).flat_map(|segment| {
            let start = Offset(segment.start.0);
            segment.item.cuts.iter().map(move |cut| start + *cut)
        });
        cuts.into_iter().find(|cut| *cut >= offset).unwrap_or(end)
    }

    fn is_cut(&self, offset: Offset) -> bool {
        offset == Offset(0) || self.from(offset) == offset
    }
}

impl Edit {
    /// Where what stood at `offset`, behind the edit, stands now.
    fn shift(self, offset: Offset) -> Offset {
        self.new.end + (offset - self.old.end)
    }

    /// Where what stands at `offset`, behind the edit, stood before.
    fn unshift(self, offset: Offset) -> Offset {
        self.old.end + (offset - self.new.end)
    }
}

/// Reads a text line by line into segments.
struct Scan<'a> {
    text: &'a Text,
    /// The start of the next line.
    at: Offset,
    state: State,
    segments: Vec<Segment>,
    /// Text from `at` on.
    window: Vec<u8>,
    /// How much of the window has been read.
    read: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a Text, at: Offset, state: State) -> Self {
        Self {
            text,
            at,
            state,
            segments: Vec::new(),
            window: Vec::new(),
            read: 0,
        }
    }

    /// Reads a line; `None` at the end of the text.
    fn line(&mut self) -> Option<()> {
        let len = self.line_length()?;
        if self
            .segments
            .last()
            .is_none_or(|segment| segment.len.0 >= SEGMENT)
        {
            self.segments.push(Segment {
                len: Rel(0),
                state: self.state.clone(),
                cuts: Vec::new(),
            });
        }
        let segment = self.segments.last_mut()?;
        let line = self.window.get(self.read..self.read + len)?;
        if self.state.line(line) {
            segment.cuts.push(segment.len);
        }
        segment.len = segment.len + Rel::from_usize(len);
        self.read += len;
        self.at = self.at + Rel::from_usize(len);
        Some(())
    }

    /// Length of the next line with its terminator, once the window holds it whole.
    fn line_length(&mut self) -> Option<usize> {
        let mut searched = 0;
        loop {
            let rest = self.window.get(self.read..).unwrap_or_default();
            let unsearched = rest.get(searched..).unwrap_or_default();
            match memchr::memchr2(b'\n', b'\r', unsearched).map(|at| searched + at) {
                Some(at) if rest.get(at) == Some(&b'\n') => return Some(at + 1),
                Some(at) if at + 1 < rest.len() => {
                    return Some(at + 1 + usize::from(rest.get(at + 1) == Some(&b'\n')));
                }
                _ => {}
            }
            let len = rest.len();
            searched = len.saturating_sub(1);
            if !self.fill() {
                return (len > 0).then_some(len);
            }
        }
    }

    /// Reads more text; twice as much each time, for most edits need a single segment.
    fn fill(&mut self) -> bool {
        self.window.drain(..std::mem::take(&mut self.read));
        let end = self.at + Rel::from_usize(self.window.len());
        let more = (self.window.capacity()).clamp(2 * SEGMENT as usize, 1 << 20);
        let before = self.window.len();
        self.text.for_each_chunk_from(end, |chunk| {
            self.window.extend_from_slice(chunk);
            if self.window.len() - before < more {
                std::ops::ControlFlow::Continue(())
            } else {
                std::ops::ControlFlow::Break(())
            }
        });
        self.window.len() > before
    }
}
