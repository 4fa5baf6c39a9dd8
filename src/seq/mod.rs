//! A long list that versions share: blocks of a document, statements of a scope.
//!
//! A tree of one height everywhere: leaves of up to [`LEAF`] items, and nodes of up to [`NODE`] nodes, each with
//! its size and a summary. Items know their own length and nothing of their place, so what stands behind an edit
//! isn't touched: [`Seq::splice`] copies the leaf that it changes and the nodes around that. A list that fits into
//! one leaf, as most do, is that leaf.
//!
//! Items that have keys are found by them: an [`index`] says in which leaves a key is.

mod index;
mod leaves;
mod splice;

use std::ops::{Add, AddAssign, BitOrAssign, RangeInclusive, Sub};
use std::sync::Arc;

use crate::text::Rel;
pub use index::Key;
use index::{Id, Index};
use leaves::Leaf;

/// How many items a leaf holds at most.
pub const LEAF: usize = 64;

/// How many nodes a node holds at most.
const NODE: usize = 16;

/// What a [`Seq`] is made of.
pub trait Item {
    /// What a node says of its items all together, so that a search can leave it out: what one of them has,
    /// it has.
    type Summary: Copy + Default + BitOrAssign;

    /// What an item can be found by; `()` for items that have no keys.
    type Key: Key;

    /// Length in bytes.
    fn bytes(&self) -> Rel;

    /// What this item adds to the summary of what it is in.
    fn summary(&self) -> Self::Summary;

    /// Hands on each of its keys. It may do so more than once, but always alike.
    fn keys(&self, _each: &mut dyn FnMut(Self::Key)) {}
}

/// A persistent sequence. `Clone` is O(1).
pub struct Seq<T: Item> {
    root: Node<T>,
    /// Of more than one leaf.
    index: Option<Arc<Index<T::Key>>>,
}

/// A part of a sequence.
struct Node<T: Item> {
    size: Size,
    summary: T::Summary,
    below: Below<T>,
}

enum Below<T: Item> {
    /// A leaf, by the number that the index knows it by.
    Items(Id, Arc<[T]>),
    Nodes(Arc<[Node<T>]>),
}

/// How much is in a part of a sequence, or before a place in it.
#[derive(Clone, Copy, Default)]
struct Size {
    bytes: Rel,
    items: usize,
    leaves: usize,
}

/// An item and its place.
pub struct Placed<'a, T> {
    /// Position in the sequence.
    pub index: usize,
    /// Where it starts, in bytes from the start of the sequence.
    pub start: Rel,
    /// The item.
    pub item: &'a T,
}

impl<T: Item> Clone for Seq<T> {
    fn clone(&self) -> Self {
        Self {
            root: self.root.clone(),
            index: self.index.clone(),
        }
    }
}

impl<T: Item> Default for Seq<T> {
    fn default() -> Self {
        Self {
            root: Node::leaf(0, Arc::new([])),
            index: None,
        }
    }
}

impl<T: Item> Clone for Node<T> {
    fn clone(&self) -> Self {
        let below = match &self.below {
            Below::Items(id, items) => Below::Items(*id, items.clone()),
            Below::Nodes(nodes) => Below::Nodes(nodes.clone()),
        };
        Self { below, ..*self }
    }
}

impl<T: Item> Node<T> {
    fn leaf(id: Id, items: Arc<[T]>) -> Self {
        let mut size = Size {
            bytes: Rel(0),
            items: items.len(),
            leaves: 1,
        };
        let mut summary = T::Summary::default();
        for item in items.iter() {
            size.bytes = size.bytes + item.bytes();
            summary |= item.summary();
        }
        Self {
            size,
            summary,
            below: Below::Items(id, items),
        }
    }

    fn around(nodes: Arc<[Self]>) -> Self {
        let mut size = Size::default();
        let mut summary = T::Summary::default();
        for node in nodes.iter() {
            size += node.size;
            summary |= node.summary;
        }
        Self {
            size,
            summary,
            below: Below::Nodes(nodes),
        }
    }
}

impl Add for Size {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            bytes: self.bytes + other.bytes,
            items: self.items + other.items,
            leaves: self.leaves + other.leaves,
        }
    }
}

impl Sub for Size {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            bytes: self.bytes - other.bytes,
            items: self.items.saturating_sub(other.items),
            leaves: self.leaves.saturating_sub(other.leaves),
        }
    }
}

impl AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<T: Item> Seq<T> {
    /// Number of items. O(1).
    pub fn len(&self) -> usize {
        self.root.size.items
    }

    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Length of all items in bytes. O(1).
    pub fn bytes(&self) -> Rel {
        self.root.size.bytes
    }

    /// What is said of all items together. O(1).
    pub fn summary(&self) -> T::Summary {
        self.root.summary
    }

    /// The item at `index`. O(log n).
    pub fn get(&self, index: usize) -> Option<Placed<'_, T>> {
        let mut leaf = self.leaf(|end| end.items > index).placed();
        leaf.find(|placed| placed.index == index)
    }

    /// The item that holds the byte at `rel`; at or past the end, the last one. O(log n).
    pub fn find(&self, rel: Rel) -> Option<Placed<'_, T>> {
        let leaf = self.leaf(|end| end.bytes > rel);
        let mut found = None;
        for placed in leaf.placed() {
            if found.is_some() && placed.start > rel {
                break;
            }
            found = Some(placed);
        }
        found
    }

    /// All items in order.
    pub fn iter(&self) -> impl Iterator<Item = Placed<'_, T>> {
        self.leaves(0, |_| true).flat_map(Leaf::placed)
    }

    /// The items from `index` on. O(log n) to start.
    pub fn iter_from(&self, index: usize) -> impl Iterator<Item = Placed<'_, T>> {
        let items = self.leaves(index, |_| true).flat_map(Leaf::placed);
        items.skip_while(move |placed| placed.index < index)
    }

    /// The items of those leaves whose summary passes, in order. O(leaves that pass × log n).
    pub fn iter_where(
        &self,
        pass: impl Fn(T::Summary) -> bool,
    ) -> impl Iterator<Item = Placed<'_, T>> {
        self.leaves(0, pass).flat_map(Leaf::placed)
    }

    /// The items up to `index`, from there backwards, of those leaves whose summary passes. O(leaves that pass
    /// × log n).
    pub fn iter_back_where(
        &self,
        index: usize,
        pass: impl Fn(T::Summary) -> bool,
    ) -> impl Iterator<Item = Placed<'_, T>> {
        let items = self.leaves_back(index, pass).flat_map(|leaf| {
            let placed: Vec<_> = leaf.placed().collect();
            placed.into_iter().rev()
        });
        items.skip_while(move |placed| placed.index > index)
    }

    /// The items of those leaves that have a key of the ranges and whose summary passes, in order; the keys
    /// don't count where there is only one leaf. O((ranges + what is found) × log n).
    pub fn iter_with(
        &self,
        keys: impl IntoIterator<Item = RangeInclusive<T::Key>>,
        pass: impl Fn(T::Summary) -> bool,
    ) -> impl Iterator<Item = Placed<'_, T>> {
        let leaves = match &self.index {
            _ if !pass(self.root.summary) => Vec::new(),
            None => vec![0],
            Some(index) => index.leaves(keys),
        };
        let leaves = leaves
            .into_iter()
            .map(|at| self.leaf(|end| end.leaves > at));
        leaves
            .filter(move |leaf| pass(leaf.summary()))
            .flat_map(Leaf::placed)
    }

    /// The keys of a range that its items have, in order, if an index has them and those of their kind are at
    /// most `limit`. O(log n + what is found).
    pub fn few_keys(&self, keys: RangeInclusive<T::Key>, limit: usize) -> Option<Vec<T::Key>> {
        let index = self.index.as_ref()?;
        let few = index.size(keys.start().kind()) <= limit;
        few.then(|| index.keys(&keys))
    }

    /// Whether there is an index.
    pub fn is_indexed(&self) -> bool {
        self.index.is_some()
    }
}

#[cfg(test)]
mod tests;
