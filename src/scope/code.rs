//! Which scopes have a code object: the compiler leaves out what it sees never to run.

use std::sync::Arc;

use super::facts::{Body, Item, Part, Piece, RegionKind, Traits};
use super::place::Content;
use super::{Scope, ScopeKind};
use crate::seq::Placed;
use crate::text::{Offset, Range, Rel};

impl Scope {
    /// Whether the compiler makes a code object of it. O(depth × log n).
    pub(super) fn has_code(&self) -> bool {
        let mut around = std::iter::successors(Some(self), |scope| scope.parent_ref());
        self.is_compiled() && around.all(|scope| scope.is_evaluated() && !scope.never_runs())
    }

    /// Whether it is there at run time, if what it stands in is.
    fn is_evaluated(&self) -> bool {
        let of_function = |parent: &Scope| parent.is_function_like();
        match self.content() {
            // Annotations of a function's variables are never evaluated (PEP 526).
            Content::Annotations if self.parent_ref().is_some_and(of_function) => false,
            Content::Annotations => !self.detached(),
            _ => self.kind() == ScopeKind::Annotation || !self.detached(),
        }
    }

    /// Whether it stands where its parent's code never comes to, as far as the compiler sees.
    fn never_runs(&self) -> bool {
        let Some(parent) = self.parent_ref() else {
            return false;
        };
        let mut inside = match parent.content() {
            Content::Module => {
                let block = parent.scopes().blocks.find(Rel(self.origin().0));
                block.map(|block| (Offset(block.start.0), &block.item.body, true))
            }
            Content::Region(region) => body_at(&region.items, parent.origin(), self.origin()),
            Content::Annotations => None,
        };
        let mut at_end = parent.is_function_like();
        while let Some((origin, body, is_last)) = inside {
            let start = origin + body.at;
            let Some(piece) = body.pieces.find(self.origin() - start) else {
                return false;
            };
            at_end &= is_last;
            let by_condition = body.part == Part::Never;
            let dead = by_condition || body.part == Part::Dead || is_left_before(body, &piece);
            if dead && parent.rules().drops_dead_code(by_condition, at_end) {
                return true;
            }
            at_end &= piece.index + 1 == body.pieces.len();
            inside = body_at(&piece.item.items, start + Rel(piece.start.0), self.origin());
        }
        false
    }
}

/// Whether a statement before `piece` ends the body.
fn is_left_before(body: &Body, piece: &Placed<'_, Arc<Piece>>) -> bool {
    let leaving = body.pieces.iter_where(|traits| traits.has(Traits::LEAVES));
    let mut before = leaving.take_while(|other| other.index < piece.index);
    before.any(|other| other.item.traits.has(Traits::LEAVES))
}

/// The body among `items` that `place` is in, with what it counts from, and whether it is the last item.
fn body_at(items: &[Item], mut origin: Offset, place: Offset) -> Option<(Offset, &Body, bool)> {
    let mut items = items.iter();
    while let Some(item) = items.next() {
        match item {
            Item::Body(body) => {
                let start = origin + body.at;
                if Range::new(start, start + body.pieces.bytes()).contains(place) {
                    return Some((origin, body, items.len() == 0));
                }
            }
            // Annotations may be a part of the scope that they stand in.
            Item::Region(region) if !matches!(region.kind, RegionKind::Scope(_)) => {
                let start = origin + region.at;
                if Range::new(start, start + region.len).contains(place) {
                    (items, origin) = (region.items.iter(), start);
                }
            }
            Item::Region(_) | Item::Mention(_) => {}
        }
    }
    None
}
