//! Where a reparse changed a tree.
//!
//! tree-sitter's own comparison goes through all children of a node that changed (12,500 methods, for a letter
//! in one of them), and where it recovered from errors it takes nodes of equal size for equal. It's enough to
//! look beside the edit: a child that was taken over ends what changed, for the parser reads what follows it as
//! it did before. Where there are errors that holds of a long run of such children only, for there it follows
//! several readings side by side, and one that is worse by however little is given up after 1,800 nodes at most
//! (`MAX_COST_DIFFERENCE` in its `parser.c`). What was read anew is compared node by node, since most of that
//! came out as it was.

use std::num::NonZeroU16;
use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use super::parse::Replaced;
use crate::text::Rel;

/// So many nodes without an error that were taken over, in a row, are read in one way in both trees.
const SETTLED: usize = 2_000;

/// How far from the edit they are looked for, in bytes; if in vain, all children are looked at.
const REACHES: [usize; 2] = [16 << 10, 256 << 10];

/// Two nodes' children that may differ: those of the old one, and of the new one.
#[derive(Default)]
struct Between<'tree> {
    old: Vec<Child<'tree>>,
    new: Vec<Child<'tree>>,
    /// Where the nearest child before them ends that both have, and where the nearest one behind starts.
    start: Option<usize>,
    end: Option<usize>,
}

/// Where the structure of two trees differs; `old` was edited as the text was. O(depth), but for what was read
/// anew and, with errors, [`SETTLED`] nodes on both sides; where those aren't alike, what lies within reach.
pub(super) fn changed_range(old: &Tree, new: &Tree, edit: Replaced) -> Range<Rel> {
    let edit = edit.start.to_usize()..edit.new_end.to_usize();
    let errors = old.root_node().has_error() || new.root_node().has_error();
    let mut cursors = [old.walk(), new.walk()];
    let (near, levels) = around(old, new, &edit, |old, new| {
        between_same(&mut cursors, old, new, &edit)
    });
    let changed = if !errors || is_settled(&levels, &near) {
        near
    } else {
        around(old, new, &edit, |old, new| between_settled(old, new, &edit)).0
    };
    debug_assert!(covers_all(&changed, old, new, &edit), "{changed:?}");
    Rel::from_usize(changed.start)..Rel::from_usize(changed.end)
}

/// Whether everything outside is as it was, by a look at all of it; without errors also by the parser's own. O(n).
fn covers_all(changed: &Range<usize>, old: &Tree, new: &Tree, edit: &Range<usize>) -> bool {
    let errors = old.root_node().has_error() || new.root_node().has_error();
    let theirs = old.changed_ranges(new).filter(|_| !errors);
    let theirs = theirs.map(|range| range.start_byte..range.end_byte);
    let (all, _) = around(old, new, edit, |old, new| between(old, new, None, None));
    let mut found = theirs.chain([all]);
    found.all(|range| changed.start <= range.start && range.end <= changed.end)
}

/// A node before and now.
type Pair<'tree> = [Node<'tree>; 2];

/// The smallest range around `edit` outside of which the children of each node are as they were, and the nodes
/// around it, from the outside; `between` says which children of two nodes it's enough to look at.
fn around<'tree>(
    old: &'tree Tree,
    new: &'tree Tree,
    edit: &Range<usize>,
    mut between: impl FnMut(Node<'tree>, Node<'tree>) -> Between<'tree>,
) -> (Range<usize>, Vec<Pair<'tree>>) {
    let (mut old, mut new) = (old.root_node(), new.root_node());
    let mut levels = Vec::new();
    let mut inside = old.start_byte().min(new.start_byte())..old.end_byte().max(new.end_byte());
    // How far a node around that ends elsewhere now reaches, or did.
    let mut reach = 0;
    loop {
        levels.push([old, new]);
        let between = between(old, new);
        inside.start = between.start.unwrap_or(inside.start);
        inside.end = between.end.unwrap_or(inside.end);
        let (before, now) = without_equals(&between.old, &between.new, edit, &mut inside);
        inside.end = inside.end.max(reach);
        match (before, now) {
            (&[before], &[now]) if is_around(before, now, edit) => {
                (old, new) = (before.node, now.node)
            }
            _ => return (inside, levels),
        }
        if old.end_byte() != new.end_byte() {
            reach = reach.max(old.end_byte()).max(new.end_byte());
        }
        inside = new.start_byte()..new.end_byte().max(reach);
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

/// Whether what changed may be looked for inside of the two nodes, which are all that differs where they stand.
/// They may end at different places: a statement that comes last or goes moves the end of all that it's the last of.
fn is_around(old: Child, new: Child, edit: &Range<usize>) -> bool {
    old.field == new.field
        && old.node.kind_id() == new.node.kind_id()
        && old.node.start_byte() == new.node.start_byte()
        && new.node.start_byte() < edit.start
}

/// The children between the nearest ones on both sides of `edit` that were taken over. The cursors are to walk
/// with, so that they aren't made anew for each node.
fn between_same<'tree>(
    [before, now]: &mut [TreeCursor<'tree>; 2],
    old: Node<'tree>,
    new: Node<'tree>,
    edit: &Range<usize>,
) -> Between<'tree> {
    before.reset(old);
    now.reset(new);
    let start = last_same_before(before, now, edit.start);
    let mut between = Between {
        start,
        ..Between::default()
    };
    let mut more = match start {
        Some(_) => (before.goto_next_sibling(), now.goto_next_sibling()),
        None => {
            before.reset(old);
            now.reset(new);
            (before.goto_first_child(), now.goto_first_child())
        }
    };
    while more.0 || more.1 {
        let (a, b) = (before.node(), now.node());
        if more == (true, true) && b.start_byte() > edit.end && is_same(a, b) {
            between.end = Some(b.start_byte());
            break;
        }
        // The one that is behind goes on; a child on both sides at once.
        let (old_first, new_first) = (a.end_byte() <= b.end_byte(), b.end_byte() <= a.end_byte());
        if more.0 && (old_first || !more.1) {
            between.old.push(Child::at(before));
            more.0 = before.goto_next_sibling();
        }
        if more.1 && (new_first || !more.0) {
            between.new.push(Child::at(now));
            more.1 = now.goto_next_sibling();
        }
    }
    between
}

/// Moves to the last child before `byte` that both have, and says where it ends.
fn last_same_before(old: &mut TreeCursor, new: &mut TreeCursor, byte: usize) -> Option<usize> {
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

/// Whether what stands beside `changed` on both sides was read in one way in both trees, as far as it has to:
/// looked for from the innermost of `levels` outward. O([`SETTLED`] + levels that it takes).
fn is_settled(levels: &[Pair], changed: &Range<usize>) -> bool {
    let behind = |cursor: &mut TreeCursor| cursor.goto_next_sibling();
    let before = |cursor: &mut TreeCursor| cursor.goto_previous_sibling();
    runs_alike(levels, changed.end, behind, |node| {
        node.start_byte() >= changed.end
    }) && (changed.start == 0
        || runs_alike(levels, changed.start - 1, before, |node| {
            node.end_byte() <= changed.start
        }))
}

/// Whether the children from `byte` on, as `next` goes on from one to the next, are the same in both nodes and
/// have no errors, and so in the nodes around them, until they are many or there are no more. `outside`: of a
/// child that it's none of those that changed, nor around them.
fn runs_alike(
    levels: &[Pair],
    byte: usize,
    next: impl Fn(&mut TreeCursor) -> bool,
    outside: impl Fn(&Node) -> bool,
) -> bool {
    let Some([old, new]) = levels.first() else {
        return true;
    };
    let (mut before, mut now) = (old.walk(), new.walk());
    let mut nodes = 0;
    for [old, new] in levels.iter().rev() {
        before.reset(*old);
        now.reset(*new);
        let first = |cursor: &mut TreeCursor| cursor.goto_first_child_for_byte(byte).is_some();
        let mut more = (first(&mut before), first(&mut now));
        while more == (true, true) {
            let (old, new) = (before.node(), now.node());
            if outside(&new) {
                let is_one = old.id() == new.id() && old.start_byte() == new.start_byte();
                let alike = is_one || is_equal(Child::at(&before), Child::at(&now));
                if new.has_error() || !alike {
                    return false;
                }
                nodes += new.descendant_count();
                if nodes >= SETTLED {
                    return true;
                }
            }
            more = (next(&mut before), next(&mut now));
        }
        if more.0 || more.1 {
            return false;
        }
    }
    true
}

/// The same in trees with errors: between the first ones of settled runs.
fn between_settled<'tree>(
    old: Node<'tree>,
    new: Node<'tree>,
    edit: &Range<usize>,
) -> Between<'tree> {
    let within = |range: &dyn Fn(usize) -> Range<usize>| {
        let mut reaches = REACHES.iter();
        reaches.find_map(|reach| settled(old, new, range(*reach)))
    };
    let first = within(&|reach| edit.start.saturating_sub(reach)..edit.start);
    let last = within(&|reach| edit.end + 1..edit.end + reach);
    between(old, new, first, last)
}

/// A child that the two trees have, in the old one and in the new one.
type Same<'tree> = (TreeCursor<'tree>, TreeCursor<'tree>);

/// The first child in `range` with which a run of settled children begins.
fn settled<'tree>(old: Node<'tree>, new: Node<'tree>, range: Range<usize>) -> Option<Same<'tree>> {
    let (mut old, mut new) = (old.walk(), new.walk());
    old.goto_first_child_for_byte(range.start)?;
    new.goto_first_child_for_byte(range.start)?;
    let (mut first, mut nodes) = (None, 0);
    loop {
        let (before, now) = (Child::at(&old), Child::at(&new));
        let (a, b) = (before.node.end_byte(), now.node.end_byte());
        if a.max(b) >= range.end {
            return None;
        }
        let starts_inside = now.node.start_byte() >= range.start;
        if starts_inside && !now.node.has_error() && is_equal(before, now) {
            nodes += now.node.descendant_count();
            let first = first.get_or_insert_with(|| (old.clone(), new.clone()));
            if nodes >= SETTLED {
                return Some(first.clone());
            }
        } else {
            (first, nodes) = (None, 0);
        }
        if (a <= b && !old.goto_next_sibling()) || (b <= a && !new.goto_next_sibling()) {
            return None;
        }
    }
}

/// The children of two nodes between two that both have, or from the first ones or up to the last ones.
fn between<'tree>(
    old: Node<'tree>,
    new: Node<'tree>,
    first: Option<Same<'tree>>,
    last: Option<Same<'tree>>,
) -> Between<'tree> {
    let start = first.as_ref().map(|(_, new)| new.node().end_byte());
    let end = last.as_ref().map(|(_, new)| new.node().start_byte());
    let (old_first, new_first) = first.unzip();
    let (old_last, new_last) = last.unzip();
    Between {
        old: children(old, old_first, old_last),
        new: children(new, new_first, new_last),
        start,
        end,
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
    let is_token = |child: Child| child.node.child_count() == 0;
    if is_token(old) && is_token(new) || is_shared(old.node, new.node) {
        return true;
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

/// Whether a child was taken over, whole. Its own children keep their ids then; or it keeps its own, if what it
/// stands in was taken over. A child without children may be any that looks like it.
fn is_same(old: Node, new: Node) -> bool {
    let ends = |node: Node| {
        let last = node.child_count().checked_sub(1)?;
        Some([node.child(0)?.id(), node.child(last)?.id()])
    };
    old.kind_id() == new.kind_id()
        && old.byte_range() == new.byte_range()
        && !old.has_changes()
        && (old.id() == new.id() || ends(old).is_some_and(|ids| ends(new) == Some(ids)))
}
