//! The document cut at its top level into blocks, each parsed on its own.
//!
//! No edit and no error costs more than the block it is in; cold parsing uses all cores. On text
//! without errors the trees of the blocks together are the tree of the whole file (a test).
//!
//! | file | what |
//! | --- | --- |
//! | [`lines`] | the line scanner: where the document can be cut |
//! | [`unfinished`] | what shows that a bracket was left open |
//! | [`cuts`] | the cuts of a document, kept up to date |
//! | [`block`] | a block |
//! | [`parse`] | how its text is parsed, afresh or from the tree before |
//! | [`changed`] | where that changed the tree |
//! | [`kind`] | node kinds and fields as enums |

pub mod block;
mod changed;
mod cuts;
pub mod kind;
mod lines;
mod parse;
mod unfinished;

use std::ops::Range as Indices;

use crate::seq::Seq;
use crate::text::{Offset, Range, Rel, Text};
use block::Within;
pub use block::{Block, NEVER, Reparse, Stop};
use cuts::{Cuts, Recut};
pub use kind::{Field, Kind, step_over};

/// The syntax of one version of a document. Immutable; `Clone` is O(1).
#[derive(Clone, Default)]
pub struct Syntax {
    blocks: Seq<Block>,
    cuts: Cuts,
}

/// A replacement of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What was replaced, in the text before.
    pub old: Range,
    /// What stands there now, in the text after; it starts where `old` does.
    pub new: Range,
}

/// Which blocks an edit replaced; all others are the same `Arc`s, wherever they stand now.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Indices in the syntax before.
    pub old: Indices<usize>,
    /// Indices in the syntax after.
    pub new: Indices<usize>,
    /// What the parser took over, where one block became one block.
    pub reparse: Option<Reparse>,
}

impl Syntax {
    /// Cuts and parses a whole text, on all cores. O(n).
    pub fn parse(text: &Text) -> Self {
        let cuts = Cuts::new(text);
        let ranges: Vec<Range> = cuts.ranges(text.range()).collect();
        let blocks = block::parse_all(text, &ranges, NEVER).into_iter().collect();
        Self { blocks, cuts }
    }

    /// The syntax after one edit; `text` is the text after it. Costs what the blocks that the edit
    /// touches need for an incremental reparse. Once `stop` says so, the blocks that are left stay
    /// unparsed, as does a large one that already was; [`Syntax::finish`] parses them.
    pub fn edit(&self, text: &Text, edit: Edit, stop: Stop<'_>) -> (Self, Changes) {
        let (cuts, Recut { old, new }) = self.cuts.edit(text, edit);
        let indices = self.indices(old);
        let ranges: Vec<Range> = cuts.ranges(new).collect();
        let (blocks, reparse) = self.reparse(text, edit, (&indices, &ranges), stop);
        let new = indices.start..indices.start + blocks.len();
        let changes = Changes {
            old: indices.clone(),
            new,
            reparse,
        };
        (
            Self {
                blocks: self.blocks.splice(indices, blocks),
                cuts,
            },
            changes,
        )
    }

    /// Whether some block isn't parsed. O(1).
    pub fn is_unfinished(&self) -> bool {
        self.blocks.summary()
    }

    /// Parses what [`Syntax::edit`] left. The changes span the first to the last of them.
    pub fn finish(&self, text: &Text, stop: Stop<'_>) -> (Self, Changes) {
        let unparsed = self
            .blocks
            .iter_where(|unparsed| unparsed)
            .filter(|block| block.item.tree().is_none());
        let unparsed: Vec<usize> = unparsed.map(|block| block.index).collect();
        let (Some(first), Some(last)) = (unparsed.first(), unparsed.last()) else {
            return (self.clone(), Changes::default());
        };
        let span = *first..last + 1;
        let old = self.blocks_from(span.start).take(span.len());
        let finished: Vec<Block> = old
            .map(|(start, block)| match block.tree() {
                Some(_) => block.clone(),
                None => block.finish(text, start, stop),
            })
            .collect();
        let blocks = self.blocks.splice(span.clone(), finished);
        (
            Self {
                blocks,
                cuts: self.cuts.clone(),
            },
            Changes {
                old: span.clone(),
                new: span,
                reparse: None,
            },
        )
    }

    /// All blocks with their starts. They cover the text without gaps.
    pub fn blocks(&self) -> impl Iterator<Item = (Offset, &Block)> {
        self.blocks
            .iter()
            .map(|placed| (Offset(placed.start.0), placed.item))
    }

    /// The blocks from `index` on.
    pub fn blocks_from(&self, index: usize) -> impl Iterator<Item = (Offset, &Block)> {
        self.blocks
            .iter_from(index)
            .map(|placed| (Offset(placed.start.0), placed.item))
    }

    /// The block at `index`. O(log n).
    pub fn block(&self, index: usize) -> Option<(Offset, &Block)> {
        self.blocks
            .get(index)
            .map(|placed| (Offset(placed.start.0), placed.item))
    }

    /// The block that holds `offset`, and its index; the last one at the end of the text. O(log n).
    pub fn block_at(&self, offset: Offset) -> Option<(usize, Offset, &Block)> {
        let placed = self.blocks.find(Rel(offset.0))?;
        Some((placed.index, Offset(placed.start.0), placed.item))
    }

    /// Number of blocks.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether there is no block: only of an empty text.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The indices of the blocks that make up `range`, which begins and ends at cuts.
    fn indices(&self, range: Range) -> Indices<usize> {
        let index = |offset: Offset| match self.blocks.find(Rel(offset.0)) {
            Some(placed) if offset.0 < self.blocks.bytes().0 => placed.index,
            _ => self.blocks.len(),
        };
        index(range.start)..index(range.end)
    }

    /// Parses the blocks of `ranges`, which replace the old ones of `indices`.
    fn reparse(
        &self,
        text: &Text,
        edit: Edit,
        (indices, ranges): (&Indices<usize>, &[Range]),
        stop: Stop<'_>,
    ) -> (Vec<Block>, Option<Reparse>) {
        let old = self.block(indices.start).filter(|_| !indices.is_empty());
        match (old, ranges) {
            (Some((start, old)), [range]) if indices.len() == 1 => {
                let (block, reparse) = old.edit(text, *range, Within { start, edit }, stop);
                (vec![block], Some(reparse))
            }
            (Some((start, old)), [first, rest @ ..])
                if first.start == start && edit.old.start > start =>
            {
                let edit = edit.up_to(start + old.len(), first.end);
                let mut blocks = vec![old.edit(text, *first, Within { start, edit }, stop).0];
                blocks.extend(block::parse_all(text, rest, stop));
                (blocks, None)
            }
            _ => (block::parse_all(text, ranges, stop), None),
        }
    }
}

impl std::fmt::Debug for Syntax {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.blocks().filter_map(|(_, block)| block.tree()))
            .finish()
    }
}

impl Edit {
    /// An edit that keeps what stands before this one, and replaces the rest of what ended at `old_end`
    /// by the rest of what now ends at `new_end`.
    fn up_to(self, old_end: Offset, new_end: Offset) -> Self {
        let start = self.old.start.min(new_end);
        Self {
            old: Range::new(start, old_end),
            new: Range::new(start, new_end),
        }
    }
}
