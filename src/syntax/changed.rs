//! Where a reparse changed a tree.
//!
//! tree-sitter's own comparison goes through all children of a node that changed (12,500 methods, for a letter
//! in one of them), and where it recovered from errors it takes nodes of equal size for equal. In trees without
//! errors it's enough to look beside the edit: a child that was taken over ends what changed, for the parser
//! reads what follows it as it did before. In others all children are looked at. What was read anew is
//! compared node by node, since most of that came out as it was.

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
        old.changed_ranges(new)
            .all(|range| changed.start <= range.start_byte && range.end_byte <= changed.end),
        "{changed:?} of {:?}",
        old.changed_ranges(new).collect::<Vec<_>>()
    );
    Rel::from_usize(changed.start)..Rel::from_usize(changed.end)
}

/// The smallest range around `edit` outside of which the children of each node are as they were; `everywhere`
/// if not even a child that was taken over says so of those behind it.
fn around(old: &Tree, new: &Tree, edit: &Range<usize>, everywhere: bool) -> Range<usize> {
    let (mut old, mut new) = (old.walk(), new.walk());
    let mut inside = old.node().start_byte().min(new.node().start_byte())
        ..old.node().end_byte().max(new.node().end_byte());
    loop {
        if !everywhere {
            let start = end_of_same_before(old.clone(), new.clone(), edit.start);
            let end = start_of_same_behind(old.clone(), new.clone(), edit.end);
            inside = start.unwrap_or(inside.start)..end.unwrap_or(inside.end);
        }
        inside = without_equals((&old, &new), inside, edit);
        let from = inside.start.max(edit.start.saturating_sub(1));
        let down = old.goto_first_child_for_byte(from).is_some()
            && new.goto_first_child_for_byte(from).is_some();
        let (before, now) = (old.node(), new.node());
        let one = down
            && before.kind_id() == now.kind_id()
            && before.byte_range() == now.byte_range()
            && now.start_byte() < edit.start
            && edit.end < now.end_byte()
            && is_alone(&old, &inside)
            && is_alone(&new, &inside);
        if !one {
            return inside;
        }
        inside = now.byte_range();
    }
}

/// Whether the child that the cursor is at has no other beside it in `inside`.
fn is_alone(cursor: &TreeCursor, inside: &Range<usize>) -> bool {
    let (mut left, mut right) = (cursor.clone(), cursor.clone());
    (!left.goto_previous_sibling() || left.node().end_byte() <= inside.start)
        && (!right.goto_next_sibling() || inside.end <= right.node().start_byte())
}

/// Where the last child before `byte` ends that both have.
fn end_of_same_before(mut old: TreeCursor, mut new: TreeCursor, byte: usize) -> Option<usize> {
    let byte = byte.saturating_sub(1);
    old.goto_first_child_for_byte(byte)?;
    new.goto_first_child_for_byte(byte)?;
    loop {
        let (before, now) = (old.node(), new.node());
        if now.end_byte() <= byte && is_same(before, now) {
            return Some(now.end_byte());
        }
        let (a, b) = (before.start_byte(), now.start_byte());
        if (a >= b && !old.goto_previous_sibling()) || (b >= a && !new.goto_previous_sibling()) {
            return None;
        }
    }
}

/// Where the first child behind `byte` starts that both have.
fn start_of_same_behind(mut old: TreeCursor, mut new: TreeCursor, byte: usize) -> Option<usize> {
    old.goto_first_child_for_byte(byte + 1)?;
    new.goto_first_child_for_byte(byte + 1)?;
    loop {
        let (before, now) = (old.node(), new.node());
        if now.start_byte() > byte && is_same(before, now) {
            return Some(now.start_byte());
        }
        let (a, b) = (before.end_byte(), now.end_byte());
        if (a <= b && !old.goto_next_sibling()) || (b <= a && !new.goto_next_sibling()) {
            return None;
        }
    }
}

/// `inside` without the children at its ends that were read anew and came out as they were. O(what was read).
fn without_equals(
    (old, new): (&TreeCursor, &TreeCursor),
    inside: Range<usize>,
    edit: &Range<usize>,
) -> Range<usize> {
    let (before, now) = (children_in(old, &inside), children_in(new, &inside));
    let first = before.iter().zip(&now);
    let first = first.take_while(|(a, b)| b.end_byte() < edit.start && is_equal(**a, **b));
    let start = first.last().map_or(inside.start, |(_, b)| b.end_byte());
    let last = before.iter().rev().zip(now.iter().rev());
    let last = last.take_while(|(a, b)| b.start_byte() > edit.end && is_equal(**a, **b));
    let end = last.last().map_or(inside.end, |(_, b)| b.start_byte());
    start..end
}

/// The children of the node that the cursor is at which lie in `range`.
fn children_in<'tree>(parent: &TreeCursor<'tree>, range: &Range<usize>) -> Vec<Node<'tree>> {
    let mut cursor = parent.clone();
    let mut more = cursor.goto_first_child_for_byte(range.start).is_some();
    std::iter::from_fn(|| {
        let child = more.then(|| cursor.node())?;
        more = cursor.goto_next_sibling();
        Some(child)
    })
    .take_while(|child| child.start_byte() < range.end)
    .collect()
}

/// Whether two nodes are made of the same nodes at the same places. O(what of them was read anew).
fn is_equal(old: Node, new: Node) -> bool {
    let (mut old, mut new) = (old.walk(), new.walk());
    loop {
        let (before, now) = (old.node(), new.node());
        let alike = before.kind_id() == now.kind_id()
            && before.byte_range() == now.byte_range()
            && old.field_id() == new.field_id();
        if !alike {
            return false;
        }
        if !(is_same(before, now) && begins_with_a_token(before)) {
            match (old.goto_first_child(), new.goto_first_child()) {
                (true, true) => continue,
                (false, false) => {}
                _ => return false,
            }
        }
        loop {
            match (old.goto_next_sibling(), new.goto_next_sibling()) {
                (true, true) => break,
                (false, false) if old.goto_parent() && new.goto_parent() => {}
                (false, false) => return true,
                _ => return false,
            }
        }
    }
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
