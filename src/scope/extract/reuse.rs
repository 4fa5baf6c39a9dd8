//! Taking facts over inside a block: what a statement says depends on its text alone, so that only the
//! statements that an edit touches are read anew, wherever the others stand now.

use std::ops::Range;
use std::sync::Arc;

use super::super::facts::{Body, Item, Part, Piece};
use crate::seq::{Placed, Seq};
use crate::syntax::Reparse;
use crate::text::Rel;

/// What an edit may have changed, as one range before and after, in bytes from the start of the block.
#[derive(Clone, Copy, Debug)]
pub(in crate::scope) struct Dirty {
    start: usize,
    old_end: usize,
    new_end: usize,
}

/// A body before the edit, and where it stood.
pub(super) struct OldBody {
    start: usize,
    part: Part,
    pieces: Seq<Arc<Piece>>,
}

/// What of an old body is read anew.
pub(super) struct Middle {
    /// Indices of the old pieces that are replaced.
    pub old: Range<usize>,
    /// Where what replaces them starts and ends now.
    pub new: Range<usize>,
    /// The old pieces of those that reach out of what is dirty, and where they stood.
    pub around: Vec<(usize, Arc<Piece>)>,
}

impl Dirty {
    /// `None` where nothing is known to be unchanged. Both the edit and what the parser found to differ,
    /// for neither contains the other, and a byte around them, for a token may end there.
    pub fn new(reparse: &Reparse) -> Option<Self> {
        let (start, old_end, new_end) = (
            reparse.start.to_usize(),
            reparse.old_end.to_usize(),
            reparse.new_end.to_usize(),
        );
        let mut dirty = Self {
            start,
            old_end,
            new_end,
        };
        let changed = reparse.changed.as_ref()?;
        let (from, to) = (changed.start.to_usize(), changed.end.to_usize());
        dirty.start = dirty.start.min(from);
        if to > dirty.new_end {
            dirty.old_end += to - dirty.new_end;
            dirty.new_end = to;
        }
        dirty.start = dirty.start.saturating_sub(1);
        (dirty.old_end, dirty.new_end) = (dirty.old_end + 1, dirty.new_end + 1);
        Some(dirty)
    }

    /// Where a place outside the dirty range is now.
    fn moved(self, old: usize) -> usize {
        if old < self.start {
            old
        } else {
            (old + self.new_end).saturating_sub(self.old_end)
        }
    }
}

impl OldBody {
    pub fn new(body: &Body, origin: usize) -> Self {
        Self {
            start: origin + body.at.to_usize(),
            part: body.part,
            pieces: body.pieces.clone(),
        }
    }

    /// Whether this body now starts at `start`. Where both starts are dirty, it's the first statement that
    /// was edited.
    pub fn is_at(&self, start: usize, part: Part, dirty: Dirty) -> bool {
        let unmoved = self.start < dirty.start && self.start == start;
        let moved = self.start > dirty.old_end && dirty.moved(self.start) == start;
        let edited = (dirty.start..=dirty.old_end).contains(&self.start)
            && (dirty.start..=dirty.new_end).contains(&start);
        self.part == part && !self.pieces.is_empty() && (unmoved || moved || edited)
    }

    /// What of it has to be read anew, if it's now at `now`: the piece that holds all that is dirty; or,
    /// where none does, those that are touched with one before and one behind, for the blanks between
    /// them may have changed. Its edges stand between pieces that have a width, for where there are others
    /// a place isn't that of one piece alone.
    pub fn middle(&self, now: Range<usize>, dirty: Dirty) -> Middle {
        let Range { start, end } = now;
        let ends_alike = dirty.moved(self.start + self.pieces.bytes().to_usize()) == end;
        let only = self.only_dirty(dirty);
        let old = match &only {
            Some(only) if ends_alike => only.index..only.index + 1,
            _ => self.touched(dirty, ends_alike),
        };
        let old = self.to_edges(old);
        let place = |at| self.pieces.get(at).map(|placed| self.place(&placed));
        let start = match place(old.start) {
            Some(place) if old.start > 0 => dirty.moved(place),
            _ => start,
        };
        let next = place(old.end).map(|place| dirty.moved(place));
        let new = if old.is_empty() {
            end..end
        } else {
            start..next.unwrap_or(end)
        };
        let around = self.around(old.clone(), dirty);
        Middle { old, new, around }
    }

    /// Those of some pieces that aren't dirty all over: they stand at both ends.
    fn around(&self, pieces: Range<usize>, dirty: Dirty) -> Vec<(usize, Arc<Piece>)> {
        let reaches_out = |at: usize| {
            let piece = self.pieces.get(at)?;
            let start = self.place(&piece);
            let end = start + piece.item.len.to_usize();
            let inside = dirty.start <= start && end <= dirty.old_end;
            (!inside).then(|| (start, piece.item.clone()))
        };
        let mut found: Vec<_> = pieces.clone().map_while(reaches_out).collect();
        let rest = pieces.start + found.len()..pieces.end;
        found.extend(rest.rev().map_while(reaches_out));
        found
    }

    /// The pieces that are touched, with one before and one behind.
    fn touched(&self, dirty: Dirty, ends_alike: bool) -> Range<usize> {
        let first = self.index_at(dirty.start).saturating_sub(1);
        let mut last = self.index_at(dirty.old_end) + 2;
        if !ends_alike {
            // The last piece goes up to the end of the body, which isn't where it was.
            last = last.max(self.pieces.len());
        }
        let untouched = self.start > dirty.old_end && last < self.pieces.len();
        if untouched {
            0..0
        } else {
            first..last.min(self.pieces.len())
        }
    }

    /// These pieces and those beside them up to two neighbours that have a width.
    fn to_edges(&self, pieces: Range<usize>) -> Range<usize> {
        let is_edge = |at: &usize| {
            let has_width = |at| {
                self.pieces
                    .get(at)
                    .is_none_or(|piece| piece.item.len > Rel(0))
            };
            at.checked_sub(1).is_none_or(has_width) && has_width(*at)
        };
        if pieces.is_empty() {
            return pieces;
        }
        let start = (0..=pieces.start).rev().find(is_edge);
        let end = (pieces.end..=self.pieces.len()).find(is_edge);
        start.unwrap_or(0)..end.unwrap_or(self.pieces.len())
    }

    fn place(&self, placed: &Placed<'_, Arc<Piece>>) -> usize {
        self.start + placed.start.to_usize()
    }

    fn index_at(&self, place: usize) -> usize {
        self.pieces
            .find(Rel::from_usize(place.saturating_sub(self.start)))
            .map_or(0, |placed| placed.index)
    }

    /// The piece that contains all that is dirty.
    fn only_dirty(&self, dirty: Dirty) -> Option<Placed<'_, Arc<Piece>>> {
        let piece = self.pieces.get(self.index_at(dirty.start))?;
        let start = self.place(&piece);
        let end = start + piece.item.len.to_usize();
        (start < dirty.start && dirty.old_end < end).then_some(piece)
    }

    pub fn pieces(&self) -> &Seq<Arc<Piece>> {
        &self.pieces
    }
}

/// The bodies in a piece that starts at `start`, without those nested in their statements.
pub(super) fn bodies(start: usize, piece: &Piece, into: &mut Vec<OldBody>) {
    let mut todo: Vec<(usize, &[Item])> = vec![(start, &piece.items)];
    while let Some((origin, items)) = todo.pop() {
        for item in items {
            match item {
                Item::Mention(_) => {}
                Item::Region(region) => todo.push((origin + region.at.to_usize(), &region.items)),
                Item::Body(body) => into.push(OldBody::new(body, origin)),
            }
        }
    }
}
