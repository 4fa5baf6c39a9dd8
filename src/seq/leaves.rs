//! Leaves of a sequence: the one at a place, and those that may have what is looked for.

use super::{Below, Item, Node, Placed, Seq, Size};

/// Items side by side.
pub(super) struct Leaf<'a, T: Item> {
    /// What stands before them.
    start: Size,
    summary: T::Summary,
    items: &'a [T],
}

impl<'a, T: Item> Leaf<'a, T> {
    pub fn summary(&self) -> T::Summary {
        self.summary
    }

    pub fn placed(self) -> impl Iterator<Item = Placed<'a, T>> {
        let mut start = self.start.bytes;
        let first = self.start.items;
        self.items.iter().enumerate().map(move |(n, item)| {
            let placed = Placed {
                index: first + n,
                start,
                item,
            };
            start = start + item.bytes();
            placed
        })
    }
}

impl<T: Item> Seq<T> {
    /// The first leaf up to whose end `reaches` holds; else the last one. O(log n).
    pub(super) fn leaf(&self, reaches: impl Fn(Size) -> bool) -> Leaf<'_, T> {
        let mut start = Size::default();
        let mut node = &self.root;
        while let Below::Nodes(nodes) = &node.below {
            let Some((last, others)) = nodes.split_last() else {
                break;
            };
            let found = others.iter().find(|node| {
                let end = start + node.size;
                reaches(end) || {
                    start = end;
                    false
                }
            });
            node = found.unwrap_or(last);
        }
        node.as_leaf(start)
    }

    /// The leaves whose summary passes, from that with the item at `from` on.
    pub(super) fn leaves(
        &self,
        from: usize,
        pass: impl Fn(T::Summary) -> bool,
    ) -> impl Iterator<Item = Leaf<'_, T>> {
        let mut nodes = Nodes::of(&self.root);
        let mut next = Size::default();
        std::iter::from_fn(move || {
            loop {
                let node = nodes.next()?;
                let (start, end) = (next, next + node.size);
                let is_wanted = end.items > from && pass(node.summary);
                match &node.below {
                    Below::Nodes(inner) if is_wanted => nodes.enter(inner.iter()),
                    Below::Items(..) if is_wanted => {
                        next = end;
                        return Some(node.as_leaf(start));
                    }
                    _ => next = end,
                }
            }
        })
    }

    /// The same backwards, from that with the item at `from`.
    pub(super) fn leaves_back(
        &self,
        from: usize,
        pass: impl Fn(T::Summary) -> bool,
    ) -> impl Iterator<Item = Leaf<'_, T>> {
        let mut nodes = Nodes::of(&self.root);
        let mut before = self.root.size;
        std::iter::from_fn(move || {
            loop {
                let node = nodes.next()?;
                let start = before - node.size;
                let is_wanted = start.items <= from && pass(node.summary);
                match &node.below {
                    Below::Nodes(inner) if is_wanted => nodes.enter(inner.iter().rev()),
                    Below::Items(..) if is_wanted => {
                        before = start;
                        return Some(node.as_leaf(start));
                    }
                    _ => before = start,
                }
            }
        })
    }
}

impl<T: Item> Node<T> {
    fn as_leaf(&self, start: Size) -> Leaf<'_, T> {
        let items = match &self.below {
            Below::Items(_, items) => items,
            Below::Nodes(_) => &[][..],
        };
        Leaf {
            start,
            summary: self.summary,
            items,
        }
    }
}

/// Nodes one after the other; those in a node only if it's entered.
struct Nodes<'a, T: Item, I> {
    root: Option<&'a Node<T>>,
    /// What is still to come in each node that was entered.
    entered: Vec<I>,
}

impl<'a, T: Item, I: Iterator<Item = &'a Node<T>>> Nodes<'a, T, I> {
    fn of(root: &'a Node<T>) -> Self {
        Self {
            root: Some(root),
            entered: Vec::new(),
        }
    }

    fn enter(&mut self, inner: I) {
        self.entered.push(inner);
    }

    fn next(&mut self) -> Option<&'a Node<T>> {
        while let Some(nodes) = self.entered.last_mut() {
            match nodes.next() {
                None => drop(self.entered.pop()),
                next => return next,
            }
        }
        self.root.take()
    }
}
