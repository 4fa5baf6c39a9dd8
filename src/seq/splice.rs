//! Making sequences: of items, and of another sequence of which some items are replaced.

use std::mem;
use std::ops::Range;
use std::sync::Arc;

use super::index::{Id, Index};
use super::{Below, Item, LEAF, NODE, Node, Seq};

impl<T: Item + Clone> Seq<T> {
    /// This sequence with the items of `range` replaced by `new`. O(log n + items changed); where leaves come or
    /// go, O(leaves).
    pub fn splice(&self, range: Range<usize>, new: impl IntoIterator<Item = T>) -> Self {
        let end = range.end.min(self.len());
        let mut splice = Splice {
            new: new.into_iter().collect(),
            index: self.index.as_deref(),
            gone: Vec::new(),
            come: Vec::new(),
            is_resized: false,
        };
        let nodes = splice.node(&self.root, range.start.min(end)..end);
        let Splice {
            gone,
            come,
            is_resized,
            ..
        } = splice;
        let index = self.index.as_ref().map(|index| index.change(&gone, &come));
        Self::new(nodes, index, is_resized)
    }

    /// The sequence of `nodes`; its index, where leaves have come or gone, is still to be told the places.
    fn new(mut nodes: Vec<Node<T>>, index: Option<Index<T::Key>>, is_resized: bool) -> Self {
        while nodes.len() > 1 {
            nodes = grouped(nodes);
        }
        let mut root = nodes.pop().unwrap_or_else(|| Node::leaf(0, Arc::new([])));
        while let Below::Nodes(nodes) = &root.below
            && let [only] = &**nodes
        {
            root = only.clone();
        }
        let index = (root.size.leaves > 1).then(|| {
            let index = index.unwrap_or_else(|| {
                let mut keys = Vec::new();
                root.each_leaf(&mut |id, items| keys.extend(keys_of(items, id)));
                Index::new(keys)
            });
            Arc::new(match is_resized {
                true => index.of(&root.ids()),
                false => index,
            })
        });
        Self { root, index }
    }
}

impl<T: Item + Clone> FromIterator<T> for Seq<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items: Vec<T> = items.into_iter().collect();
        let leaves = cut(items, LEAF).zip(0..);
        let leaves = leaves.map(|(items, id)| Node::leaf(id, items)).collect();
        Self::new(leaves, None, true)
    }
}

/// A splice under way, from the root to the leaves.
struct Splice<'s, T: Item> {
    /// What comes, until a leaf takes it in.
    new: Vec<T>,
    /// Of the sequence before.
    index: Option<&'s Index<T::Key>>,
    /// Keys that the index loses.
    gone: Vec<(T::Key, Id)>,
    /// Keys that it gets.
    come: Vec<(T::Key, Id)>,
    /// Whether leaves come or go.
    is_resized: bool,
}

impl<T: Item + Clone> Splice<'_, T> {
    /// What becomes of a node of whose items `range` is replaced: nodes of its height.
    fn node(&mut self, node: &Node<T>, range: Range<usize>) -> Vec<Node<T>> {
        let nodes = match &node.below {
            Below::Items(id, items) => return self.leaf(*id, items, range),
            Below::Nodes(nodes) => nodes,
        };
        let mut made = Vec::with_capacity(nodes.len() + 1);
        let (mut start, mut is_open, mut is_over) = (0, false, false);
        for node in nodes.iter() {
            let end = start + node.size.items;
            let inner = range.start.saturating_sub(start)..range.end.min(end).saturating_sub(start);
            // With nothing to remove, the items come behind those that they stand behind.
            is_open |= end > range.start || end == range.end;
            if is_over || !is_open {
                made.push(node.clone());
            } else if inner.len() < node.size.items || !self.new.is_empty() {
                made.extend(self.node(node, inner));
            } else {
                self.drop(node);
            }
            is_over |= is_open && end >= range.end;
            start = end;
        }
        grouped(made)
    }

    /// What becomes of a leaf.
    fn leaf(&mut self, id: Id, items: &[T], range: Range<usize>) -> Vec<Node<T>> {
        let new = mem::take(&mut self.new);
        let part = |range: Range<usize>| items.get(range).unwrap_or_default();
        let (before, after) = (part(0..range.start), part(range.end..items.len()));
        let len = before.len() + new.len() + after.len();
        let is_one = (1..=LEAF).contains(&len);
        if is_one && self.index.is_some() {
            // What stays in its leaf stays in the index.
            self.gone.extend(keys_of(part(range), id));
            self.come.extend(keys_of(&new, id));
        }
        let now = before.iter().chain(&new).chain(after).cloned();
        if is_one {
            return vec![Node::leaf(id, now.collect())];
        }
        self.is_resized = true;
        let ids: Box<dyn Iterator<Item = Id>> = match self.index {
            Some(index) => Box::new(std::iter::once(id).chain(index.free())),
            None => Box::new(0..),
        };
        let leaves = cut(now.collect(), LEAF).zip(ids);
        let leaves: Vec<_> = leaves.map(|(items, id)| Node::leaf(id, items)).collect();
        if self.index.is_some() {
            self.gone.extend(keys_of(items, id));
            for leaf in &leaves {
                leaf.each_leaf(&mut |id, items| self.come.extend(keys_of(items, id)));
            }
        }
        leaves
    }

    /// A node goes with all that is in it.
    fn drop(&mut self, node: &Node<T>) {
        self.is_resized = true;
        if self.index.is_some() {
            node.each_leaf(&mut |id, items| self.gone.extend(keys_of(items, id)));
        }
    }
}

impl<T: Item> Node<T> {
    /// Hands on all leaves, in order. Recursive, as high as the tree is.
    fn each_leaf(&self, each: &mut dyn FnMut(Id, &[T])) {
        match &self.below {
            Below::Items(id, items) => each(*id, items),
            Below::Nodes(nodes) => nodes.iter().for_each(|node| node.each_leaf(each)),
        }
    }

    /// The numbers of its leaves, in order.
    fn ids(&self) -> Vec<Id> {
        let mut ids = Vec::with_capacity(self.size.leaves);
        self.each_leaf(&mut |id, _| ids.push(id));
        ids
    }
}

fn keys_of<T: Item>(items: &[T], id: Id) -> Vec<(T::Key, Id)> {
    let mut keys = Vec::new();
    for item in items {
        item.keys(&mut |key| keys.push((key, id)));
    }
    keys
}

/// Nodes in as few nodes around them as can hold them.
fn grouped<T: Item>(nodes: Vec<Node<T>>) -> Vec<Node<T>> {
    cut(nodes, NODE).map(Node::around).collect()
}

/// As few parts as can be, none longer than `most`, all about as long.
fn cut<U>(all: Vec<U>, most: usize) -> impl Iterator<Item = Arc<[U]>> {
    let parts = all.len().div_ceil(most);
    let mut all = all.into_iter();
    (1..=parts).rev().map(move |left| {
        let size = all.len().div_ceil(left);
        all.by_ref().take(size).collect()
    })
}
