//! A block: whole lines of the document, and their tree.

use std::num::NonZeroUsize;
use std::sync::Arc;

use tree_sitter::Tree;

use super::Edit;
use super::changed::changed_range;
use super::parse::{Replaced, parse, reparse};
use crate::seq::Item;
use crate::text::{Offset, Range, Rel, Text};

/// Whole lines of the document and their tree, whose offsets count from the block's start.
/// `Clone` is O(1); a block that an edit doesn't touch stays the same.
#[derive(Clone)]
pub struct Block {
    inner: Arc<Inner>,
}

struct Inner {
    len: Rel,
    tree: Option<Tree>,
    /// Where parsing was stopped: the tree of an older text, edited, for the parser to start from.
    stale: Option<Tree>,
}

/// Asked from time to time while parsing; `true` leaves the rest unparsed. It must not block.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// A block of more bytes whose parsing was stopped isn't tried again at each edit: whoever finishes it is at it.
const LARGE: Rel = Rel(256 << 10);

/// Parse to the end.
pub const NEVER: Stop<'static> = &|| false;

/// What a reparse changed, in bytes from the start of the block.
#[derive(Clone, Debug, Default)]
pub struct Reparse {
    /// Where the text was edited.
    pub start: Rel,
    /// The end of what was replaced, in the block before.
    pub old_end: Rel,
    /// The end of what replaced it, in the block now.
    pub new_end: Rel,
    /// Outside of which the tree's structure is as it was, in the block now. `None` where there are not two
    /// trees to compare.
    pub changed: Option<std::ops::Range<Rel>>,
}

/// An edit inside a block that starts at `start`, before and after.
#[derive(Clone, Copy)]
pub(super) struct Within {
    pub start: Offset,
    pub edit: Edit,
}

impl Item for Block {
    /// Whether one of them isn't parsed.
    type Summary = bool;
    type Key = ();

    fn bytes(&self) -> Rel {
        self.inner.len
    }

    fn summary(&self) -> bool {
        self.inner.tree.is_none()
    }
}

impl Block {
    /// Its tree, whose root is a `module`; offsets count from the block's start. `None` where parsing was
    /// stopped.
    pub fn tree(&self) -> Option<&Tree> {
        self.inner.tree.as_ref()
    }

    /// Length in bytes.
    pub fn len(&self) -> Rel {
        self.inner.len
    }

    /// Whether it holds no text.
    pub fn is_empty(&self) -> bool {
        self.inner.len == Rel(0)
    }

    /// Whether the two are one block, taken over from one version to the next.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }

    fn new(len: Rel, tree: Option<Tree>, stale: Option<Tree>) -> Self {
        let stale = stale.filter(|_| tree.is_none());
        Self {
            inner: Arc::new(Inner { len, tree, stale }),
        }
    }

    fn parse(text: &Text, range: Range, stop: Stop<'_>) -> Self {
        Self::new(range.len(), parse(text, range, None, stop), None)
    }

    /// This block, whose parsing was stopped, parsed.
    pub(super) fn finish(&self, text: &Text, start: Offset, stop: Stop<'_>) -> Self {
        let range = Range::new(start, start + self.len());
        let tree = parse(text, range, self.inner.stale.as_ref(), stop);
        Self::new(self.len(), tree, self.inner.stale.clone())
    }

    /// This block after an edit, as the lines of `range` in `text`.
    pub(super) fn edit(
        &self,
        text: &Text,
        range: Range,
        within: Within,
        stop: Stop<'_>,
    ) -> (Self, Reparse) {
        let Within { start, edit } = within;
        let replaced = Replaced {
            start: edit.old.start - start,
            old_end: edit.old.end - start,
            new_end: edit.new.end - start,
        };
        let before = self.inner.tree.as_ref().or(self.inner.stale.as_ref());
        let is_left = self.tree().is_none() && self.len() > LARGE;
        let tree = match before {
            _ if is_left => None,
            Some(before) => reparse(text, range, (before, replaced), stop),
            None => parse(text, range, None, stop),
        };
        let mut old = before.cloned();
        if let Some(old) = &mut old {
            old.edit(&replaced.input_edit());
        }
        let changed = match (self.tree(), &old, &tree) {
            (Some(_), Some(old), Some(new)) => Some(changed_range(old, new, replaced)),
            _ => None,
        };
        let reparse = Reparse {
            start: replaced.start,
            old_end: replaced.old_end,
            new_end: replaced.new_end,
            changed,
        };
        (Self::new(range.len(), tree, old), reparse)
    }
}

/// Parses many blocks, on all cores where that pays.
pub(super) fn parse_all(text: &Text, ranges: &[Range], stop: Stop<'_>) -> Vec<Block> {
    /// Below this many bytes a thread costs more than it brings.
    const WORTH_A_THREAD: u32 = 64 * 1024;

    let total: u32 = ranges.iter().map(|range| range.len().0).sum();
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    if total < WORTH_A_THREAD || cores == 1 {
        return ranges
            .iter()
            .map(|range| Block::parse(text, *range, stop))
            .collect();
    }
    // Small shares, taken in turn, so that one huge block doesn't leave the other cores idle.
    let shares: Vec<&[Range]> = ranges
        .chunks(ranges.len().div_ceil(cores * 16).max(1))
        .collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((n, share)) = {
            let n = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            shares.get(n).map(|share| (n, share))
        } {
            done.push((
                n,
                share
                    .iter()
                    .map(|range| Block::parse(text, *range, stop))
                    .collect::<Vec<_>>(),
            ));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(blocks) => done.extend(blocks),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(n, _)| *n);
    done.into_iter().flat_map(|(_, blocks)| blocks).collect()
}
