//! Where a reparse changed a tree.
//!
//! tree-sitter's own comparison goes through all children of a node that changed (12,500 methods, for a letter
//! in one of them), and where it recovered from errors it takes nodes of equal size for equal. In trees without
//! errors it's enough to look beside the edit: a child that was taken over ends what changed, for the parser
//! reads what follows it as it did before. In others all children are looked at. What was read anew is
//! compared node by node, since most of that came out as it was.

use std::num::NonZeroU16;
use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use super::parse::Replaced;
use crate::text::Rel;

/// Where the structure of two trees differs; `old` was edited as the text was. O(depth) in trees without
/// errors, but for what was read anew.
pub(super) fn changed_range(old: &Tree, new: &Tree, edit: Replaced) -> Range<Rel> {
    let errors = old.root_node().has_error() || new.root_node().has_error();
    let edit = edit.start.to_usize()..edit.new_end.to_usize();
    let changed = around(old, new, &edit, errors);
    debug_assert!(
        errors
            || old
                .changed_ranges(new)
                .all(|range| changed.start <= range.start_byte && range.end_byte <= changed.end),
        "{changed:?} of {:?}",
        old.changed_ranges(new).collect::<Vec<_>>()
    );
    Rel::from_usize(changed.start)..Rel::from_usize(changed.end)
}

/// The smallest range around `edit` outside of which the children of each node are as they were; `everywhere`
/// if not even a child that was taken over says so of those behind it.
fn around(old: &Tree, new: &Tree, edit: &Range<usize>, everywhere: bool) -> Range<usize> {
    let (mut old, mut new) = (old.root_node(), new.root_node());
    let mut inside = old.start_byte().min(new.start_byte())..old.end_byte().max(new.end_byte());
    loop {
        let (first, last) = if everywhere {
            (None, None)
        } else {
            (
                last_same_before(old, new, edit.start),
                first_same_behind(old, new, edit.end),
            )
        };
        if let Some((_, now)) = &first {
            inside.start = now.node().end_byte();
        }
        if let Some((_, now)) = &last {
            inside.end = now.node().start_byte();
        }
        let (old_first, new_first) = first.unzip();
        let (old_last, new_last) = last.unzip();
        let before = children(old, old_first, old_last);
        let now = children(new, new_first, new_last);
        let (before, now) = without_equals(&before, &now, edit, &mut inside);
        match (before, now) {
            (&[before], &[now]) if is_around(before, now, edit) => {
                (old, new) = (before.node, now.node)
            }
            _ => return inside,
        }
        inside = new.byte_range();
    }
}

/// A node, and what it is to its parent.
#[derive(Clone, Copy)]
struct Child<'tree> {
    node: Node<'tree>,
    field: Option<NonZeroU16>,
}

impl<'tree> Child<'tree> {
    fn at(cursor: &TreeCursor<'tree>) -> Self {
        Self {
            node: cursor.node(),
            field: cursor.field_id(),
        }
    }

    /// Whether the two look alike from outside.
    fn is_alike(self, other: Self) -> bool {
        self.field == other.field
            && self.node.kind_id() == other.node.kind_id()
            && self.node.byte_range() == other.node.byte_range()
    }
}

/// Whether what changed may be looked for inside of the two nodes.
fn is_around(old: Child, new: Child, edit: &Range<usize>) -> bool {
    old.is_alike(new) && new.node.start_byte() < edit.start && edit.end < new.node.end_byte()
}

/// The last child before `byte` that both have.
fn last_same_before<'old, 'new>(
    old: Node<'old>,
    new: Node<'new>,
    byte: usize,
) -> Option<(TreeCursor<'old>, TreeCursor<'new>)> {
    let (mut old, mut new) = (old.walk(), new.walk());
    let byte = byte.saturating_sub(1);
    old.goto_first_child_for_byte(byte)?;
    new.goto_first_child_for_byte(byte)?;
    loop {
        let (before, now) = (old.node(), new.node());
        if now.end_byte() <= byte && is_same(before, now) {
            return Some((old, new));
        }
        let (a, b) = (before.start_byte(), now.start_byte());
        if (a >= b && !old.goto_previous_sibling()) || (b >= a && !new.goto_previous_sibling()) {
            return None;
        }
    }
}

/// The first child behind `byte` that both have.
fn first_same_behind<'old, 'new>(
    old: Node<'old>,
    new: Node<'new>,
    byte: usize,
) -> Option<(TreeCursor<'old>, TreeCursor<'new>)> {
    let (mut old, mut new) = (old.walk(), new.walk());
    old.goto_first_child_for_byte(byte + 1)?;
    new.goto_first_child_for_byte(byte + 1)?;
    loop {
        let (before, now) = (old.node(), new.node());
        if now.start_byte() > byte && is_same(before, now) {
            return Some((old, new));
        }
        let (a, b) = (before.end_byte(), now.end_byte());
        if (a <= b && !old.goto_next_sibling()) || (b <= a && !new.goto_next_sibling()) {
            return None;
        }
    }
}

/// The children of a node between two of them, or from its first or up to its last.
fn children<'tree>(
    parent: Node<'tree>,
    first: Option<TreeCursor<'tree>>,
    last: Option<TreeCursor<'tree>>,
) -> Vec<Child<'tree>> {
    let last = last.map(|last| last.node().id());
    let (mut cursor, mut more);
    match first {
        Some(first) => {
            cursor = first;
            more = cursor.goto_next_sibling();
        }
        None => {
            cursor = parent.walk();
            more = cursor.goto_first_child();
        }
    }
    std::iter::from_fn(|| {
        let child = more.then(|| Child::at(&cursor))?;
        more = cursor.goto_next_sibling();
        Some(child)
    })
    .take_while(|child| Some(child.node.id()) != last)
    .collect()
}

/// The children without those at both ends that were read anew and came out as they were; `inside` without them.
/// O(what was read).
fn without_equals<'a, 'tree>(
    mut old: &'a [Child<'tree>],
    mut new: &'a [Child<'tree>],
    edit: &Range<usize>,
    inside: &mut Range<usize>,
) -> (&'a [Child<'tree>], &'a [Child<'tree>]) {
    while let ([before, old_rest @ ..], [now, new_rest @ ..]) = (old, new)
        && now.node.end_byte() < edit.start
        && is_equal(*before, *now)
    {
        inside.start = now.node.end_byte();
        (old, new) = (old_rest, new_rest);
    }
    while let ([old_rest @ .., before], [new_rest @ .., now]) = (old, new)
        && now.node.start_byte() > edit.end
        && is_equal(*before, *now)
    {
        inside.end = now.node.start_byte();
        (old, new) = (old_rest, new_rest);
    }
    (old, new)
}

/// Whether two children are made of the same nodes at the same places. O(what of them was read anew).
fn is_equal(old: Child, new: Child) -> bool {
    if !old.is_alike(new) {
        return false;
    }
    let (mut old, mut new) = (old.node.walk(), new.node.walk());
    loop {
        let (before, now) = (old.node(), new.node());
        if !is_shared(before, now) {
            match (old.goto_first_child(), new.goto_first_child()) {
                (true, true) if Child::at(&old).is_alike(Child::at(&new)) => continue,
                (false, false) => {}
                _ => return false,
            }
        }
        loop {
            match (old.goto_next_sibling(), new.goto_next_sibling()) {
                (true, true) if Child::at(&old).is_alike(Child::at(&new)) => break,
                (false, false) if old.goto_parent() && new.goto_parent() => {}
                (false, false) => return true,
                _ => return false,
            }
        }
    }
}

/// Whether two nodes are one, taken over. `false` where that can't be seen from outside.
fn is_shared(old: Node, new: Node) -> bool {
    // The place of a node in what it stands in is its id: what it stands in was taken over then, with all in it.
    old.id() == new.id() || is_same(old, new) && begins_with_a_token(old)
}

/// Whether the first child stands in the node itself, so that whoever shares it shares all of the node: it
/// may also be in a hidden part, such as the first chunk of a block.
fn begins_with_a_token(node: Node) -> bool {
    !node.is_error() && node.child(0).is_none_or(|child| !child.is_named())
}

/// Whether a child was taken over. Its own children keep their ids then.
fn is_same(old: Node, new: Node) -> bool {
    old.kind_id() == new.kind_id()
        && old.byte_range() == new.byte_range()
        && !old.has_changes()
        && old.child(0).map(|child| child.id()) == new.child(0).map(|child| child.id())
}
