//! Nodes of the tree in the document's own offsets, and the way out from one of them.
//!
//! A block's tree counts from the block's start. [`Part`] carries that start along, so that everything
//! above the syntax speaks of absolute offsets. [`Place`] is a part together with all that it stands in:
//! found once from the top, in O(depth), since a node doesn't know its parent.

use tree_sitter::{Node, TreeCursor};

use crate::document::Snapshot;
use crate::syntax::{Field, Kind};
use crate::text::{Offset, Range, Rel};

/// A node and where its block starts.
#[derive(Clone, Copy, Debug)]
pub struct Part<'s> {
    origin: Offset,
    node: Node<'s>,
}

impl<'s> Part<'s> {
    /// The node's range in the document.
    pub fn range(self) -> Range {
        let at = |byte: usize| self.origin + Rel::from_usize(byte);
        Range::new(at(self.node.start_byte()), at(self.node.end_byte()))
    }

    /// The node's kind.
    pub fn kind(self) -> Kind {
        Kind::of(&self.node)
    }

    /// The first child with this field.
    pub fn field(self, field: Field) -> Option<Self> {
        field.child(&self.node).map(|node| Self { node, ..self })
    }

    /// All children with this field, in order.
    pub fn fields(self, field: Field) -> Vec<Self> {
        let mut found = Vec::new();
        let mut cursor = self.node.walk();
        let mut more = cursor.goto_first_child();
        while more {
            if Field::of(&cursor) == field {
                found.push(Self {
                    node: cursor.node(),
                    ..self
                });
            }
            more = cursor.goto_next_sibling();
        }
        found
    }

    /// The named children, comments left out, in order.
    pub fn children(self) -> Vec<Self> {
        let mut cursor = self.node.walk();
        let children = self.node.named_children(&mut cursor);
        children
            .filter(|node| !node.is_extra())
            .map(|node| Self { node, ..self })
            .collect()
    }
}

/// A part with all that it stands in, up to the block's root.
#[derive(Clone, Debug)]
pub struct Place<'s> {
    origin: Offset,
    /// From the root inward, each with its field in the one before; never empty.
    steps: Vec<(Node<'s>, Field)>,
}

impl<'s> Place<'s> {
    /// The innermost named node that covers `range`. O(depth).
    pub fn find(snapshot: &'s Snapshot, range: Range) -> Option<Self> {
        let (_, origin, block) = snapshot.syntax.block_at(range.start)?;
        let start = (range.start - origin).to_usize();
        let end = (range.end - origin).to_usize();
        let mut cursor = block.tree()?.walk();
        let mut steps = vec![(cursor.node(), Field::Other)];
        while descend(&mut cursor, start, end) {
            if cursor.node().is_named() {
                steps.push((cursor.node(), Field::of(&cursor)));
            }
        }
        Some(Self { origin, steps })
    }

    /// The node of this kind with exactly this range.
    pub fn exactly(snapshot: &'s Snapshot, range: Range, kind: Kind) -> Option<Self> {
        let mut place = Self::find(snapshot, range)?;
        while place.range() != range || place.kind() != kind {
            if !place.up() {
                return None;
            }
        }
        Some(place)
    }

    /// The node itself.
    pub fn part(&self) -> Option<Part<'s>> {
        self.steps.last().map(|(node, _)| Part {
            origin: self.origin,
            node: *node,
        })
    }

    /// What it stands in.
    pub fn outer(&self) -> Option<Part<'s>> {
        let outer = self.steps.len().checked_sub(2)?;
        self.steps.get(outer).map(|(node, _)| Part {
            origin: self.origin,
            node: *node,
        })
    }

    /// The kind of what it stands in; `Other` at the root.
    pub fn outer_kind(&self) -> Kind {
        self.outer().map_or(Kind::Other, Part::kind)
    }

    /// The node's kind.
    pub fn kind(&self) -> Kind {
        self.part().map_or(Kind::Other, Part::kind)
    }

    /// Its field in what it stands in.
    pub fn role(&self) -> Field {
        self.steps.last().map_or(Field::Other, |(_, field)| *field)
    }

    /// Its range in the document.
    pub fn range(&self) -> Range {
        self.part().map_or(Range::default(), Part::range)
    }

    /// Goes to what it stands in; false at the root.
    pub fn up(&mut self) -> bool {
        let inner = self.steps.len() > 1;
        if inner {
            self.steps.pop();
        }
        inner
    }

    /// The innermost of these kinds that it is or stands in.
    pub fn enclosing(&self, kinds: &[Kind]) -> Option<Part<'s>> {
        let found = self
            .steps
            .iter()
            .rev()
            .find(|(node, _)| kinds.contains(&Kind::of(node)));
        found.map(|(node, _)| Part {
            origin: self.origin,
            node: *node,
        })
    }
}

/// Moves to the child that covers the bytes `start..end` of the block, if there is one.
fn descend(cursor: &mut TreeCursor<'_>, start: usize, end: usize) -> bool {
    if cursor.goto_first_child_for_byte(start).is_none() {
        return false;
    }
    loop {
        let node = cursor.node();
        if node.start_byte() <= start && end <= node.end_byte() && !node.byte_range().is_empty() {
            return true;
        }
        if node.start_byte() > start || !cursor.goto_next_sibling() {
            cursor.goto_parent();
            return false;
        }
    }
}
