//! From a block's tree to facts.
//!
//! One walk with a stack of its own, so that no nesting is too deep. Each node kind says in which order
//! CPython's `symtable.c` (3.13 and later) visits what it holds; `statements.rs`, `definitions.rs` and
//! `expressions.rs` are those tables. ERROR nodes are walked like any other, so that half-typed code has its names.
//!
//! What the walk meets is handed to a [`Sink`]: [`build`] makes facts of it, [`super::errors`] finds what
//! is wrong.

mod build;
mod definitions;
mod expressions;
mod reuse;
mod statements;

use std::borrow::Cow;
use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use super::facts::{Block, Part, RegionKind, Traits};
use super::{Cost, Name, Role, ScopeKind};
use crate::syntax::{Field, Kind};
use crate::text::{self, Offset, Rel, Text};
use build::Builder;
pub(super) use reuse::Dirty;

/// The facts of a block, and what it took to read them. `source` is its text, `tree` its tree.
pub(super) fn block(source: &str, tree: &Tree) -> (Block, Cost) {
    let (builder, steps) = extract(Source::Whole(source), tree, Builder::new());
    builder.finish(source.len(), steps)
}

/// The facts of the block that `range` of `text` is, where `old` are those of the block before the edit
/// that `dirty` tells of: statements that it didn't touch are taken over.
pub(super) fn block_again(
    text: &Text,
    range: text::Range,
    tree: &Tree,
    (old, dirty): (&Block, Dirty),
) -> (Block, Cost) {
    let source = Source::Rope(text, range.start);
    let (builder, steps) = extract(source, tree, Builder::again(old, dirty));
    builder.finish(range.len().to_usize(), steps)
}

/// Walks a block's tree in the symbol table's order.
pub(super) fn walk<'tree, S: Sink<'tree>>(source: &str, tree: &'tree Tree, sink: S) -> S {
    extract(Source::Whole(source), tree, sink).0
}

fn extract<'tree, S: Sink<'tree>>(source: Source<'_>, tree: &'tree Tree, sink: S) -> (S, usize) {
    let root = tree.root_node();
    let mut extractor = Extractor {
        source,
        cursor: root.walk(),
        todo: Vec::new(),
        sink,
    };
    extractor.body(root, Part::Whole);
    let mut steps = 0;
    while let Some(task) = extractor.todo.pop() {
        extractor.step(task);
        steps += 1;
    }
    (extractor.sink, steps)
}

/// The text of a block: all of it at hand, or what is asked for.
#[derive(Clone, Copy)]
enum Source<'a> {
    Whole(&'a str),
    /// In this text, from here on.
    Rope(&'a Text, Offset),
}

impl<'a> Source<'a> {
    fn get(self, range: Range<usize>) -> Cow<'a, str> {
        match self {
            Self::Whole(source) => Cow::Borrowed(source.get(range).unwrap_or_default()),
            Self::Rope(text, start) => {
                let at = |offset: usize| start + Rel::from_usize(offset);
                text.slice(text::Range::new(at(range.start), at(range.end)))
            }
        }
    }
}

/// What the walk hands its findings to. Offsets are those of the tree.
pub(super) trait Sink<'tree> {
    /// A statement, clause, expression or pattern is about to be visited.
    fn visit(&mut self, _node: Node<'tree>) {}
    /// A target, or a part of one, is about to be visited.
    fn target(&mut self, _node: Node<'tree>, _role: Role) {}
    /// An occurrence of a name.
    fn mention(&mut self, start: usize, end: usize, name: Name, role: Role);
    /// Whether what follows is the target of a comprehension's `for`.
    fn set_in_target(&mut self, on: bool);
    fn open_region(&mut self, opening: &Opening<'tree>, name: Option<(Name, Range<usize>)>);
    fn close_region(&mut self);
    fn add_trait(&mut self, _found: Traits) {}
    fn open_body(&mut self, _start: usize, _part: Part) {}
    /// Where the statements of a body are that have to be walked, if not all of them.
    fn plan(&mut self, _start: usize, _end: usize, _part: Part) -> Option<Range<usize>> {
        None
    }
    /// The plan can't be kept: all statements will be walked.
    fn drop_plan(&mut self) {}
    fn close_body(&mut self, _end: usize) {}
    fn open_piece(&mut self, _start: usize) {}
    fn close_piece(&mut self) {}
    /// Whether the items of a long list in brackets are wanted as a body.
    fn wants_rows(&self) -> bool {
        false
    }
    /// Whether the `else` of a `try` comes before its handlers, as it did up to 3.12.
    fn wants_try_else_first(&self) -> bool {
        false
    }
}

/// What is still to be done; the last one is next.
enum Task<'tree> {
    /// A statement, or an expression that is evaluated.
    Visit(Node<'tree>),
    /// An expression that is a target.
    Target(Node<'tree>, Role),
    /// An identifier with this role.
    Name(Node<'tree>, Role),
    InTarget(bool),
    Trait(Traits),
    OpenRegion(Box<Opening<'tree>>),
    CloseRegion,
    /// The statements of a block.
    Body(Node<'tree>, Part),
    OpenBody(usize, Part),
    CloseBody(usize),
    OpenPiece(usize),
    ClosePiece,
}

/// A region that is about to be walked.
#[derive(Clone)]
pub(super) struct Opening<'tree> {
    pub kind: RegionKind,
    pub node: Node<'tree>,
    /// What it spans.
    pub start: usize,
    end: usize,
    /// Where its header ends.
    head: usize,
    name: Option<Node<'tree>>,
    inside: Vec<Range<usize>>,
    pub is_async: bool,
}

impl<'tree> Opening<'tree> {
    /// The whole of `node`, evaluated inside; brackets around it are no part of it.
    fn all_of(mut node: Node<'tree>, kind: RegionKind) -> Self {
        while let Some(inner) = node
            .named_child(0)
            .filter(|_| Kind::of(&node) == Kind::ParenthesizedExpression)
        {
            node = inner;
        }
        let (start, end) = (node.start_byte(), node.end_byte());
        Self {
            kind,
            node,
            start,
            end,
            head: start,
            name: None,
            inside: Vec::new(),
            is_async: false,
        }
    }

    /// Another scope of the same extent.
    fn with_inside(&self, kind: ScopeKind, inside: Vec<Range<usize>>) -> Self {
        Self {
            kind: RegionKind::Scope(kind),
            inside,
            is_async: false,
            ..self.clone()
        }
    }
}

struct Extractor<'tree, 'source, S> {
    source: Source<'source>,
    cursor: TreeCursor<'tree>,
    todo: Vec<Task<'tree>>,
    sink: S,
}

impl<'tree, S: Sink<'tree>> Extractor<'tree, '_, S> {
    fn step(&mut self, task: Task<'tree>) {
        match task {
            Task::Visit(node) => self.visit(node),
            Task::Target(node, role) => self.target(node, role),
            Task::Name(node, role) => self.name(node, role),
            Task::InTarget(on) => self.sink.set_in_target(on),
            Task::Trait(found) => self.add_trait(found),
            Task::OpenRegion(opening) => {
                let name = opening
                    .name
                    .map(|node| (self.text(node), node.byte_range()));
                self.sink.open_region(&opening, name);
            }
            Task::CloseRegion => self.sink.close_region(),
            Task::Body(node, part) => self.body(node, part),
            Task::OpenBody(start, part) => self.sink.open_body(start, part),
            Task::CloseBody(end) => self.sink.close_body(end),
            Task::OpenPiece(start) => self.sink.open_piece(start),
            Task::ClosePiece => self.sink.close_piece(),
        }
    }

    /// Does `tasks` next, in their order.
    fn next(&mut self, tasks: impl DoubleEndedIterator<Item = Task<'tree>>) {
        self.todo.extend(tasks.rev());
    }

    /// The statements of a `module` or `block`; or the items of a long list.
    fn body(&mut self, node: Node<'tree>, part: Part) {
        let start = self
            .first_child(node)
            .map_or(node.start_byte(), |first| first.start_byte());
        let planned = self.sink.plan(start, node.end_byte(), part);
        let statements = match planned.map(|range| self.children_in(node, start, range)) {
            Some(Some(statements)) => statements,
            Some(None) => {
                self.sink.drop_plan();
                self.children(node)
            }
            None => self.children(node),
        };
        self.todo.push(Task::CloseBody(node.end_byte()));
        for statement in statements.into_iter().rev() {
            self.todo.extend([
                Task::ClosePiece,
                Task::Visit(statement),
                Task::OpenPiece(statement.start_byte()),
            ]);
        }
        self.todo.push(Task::OpenBody(start, part));
    }

    fn first_child(&mut self, node: Node<'tree>) -> Option<Node<'tree>> {
        node.named_children(&mut self.cursor)
            .find(|node| !is_extra(node))
    }

    /// The named children of `node` that fill `range`, of which the first of all starts at `start`; `None` where
    /// children don't begin and end with it.
    fn children_in(
        &mut self,
        node: Node<'tree>,
        start: usize,
        range: Range<usize>,
    ) -> Option<Vec<Node<'tree>>> {
        let mut children = Vec::new();
        if range.is_empty() {
            return Some(children);
        }
        let cursor = &mut self.cursor;
        cursor.reset(node);
        // To find it by its place would miss children without a width there.
        let found = if range.start == start {
            cursor.goto_first_child()
        } else {
            cursor.goto_first_child_for_byte(range.start).is_some()
        };
        if !found {
            return None;
        }
        let to_end = node.end_byte() <= range.end;
        loop {
            let child = cursor.node();
            let counts = child.is_named() && !is_extra(&child) && child.start_byte() >= range.start;
            if counts && child.start_byte() >= range.end && !to_end {
                // What follows was there before, and starts where it is said to.
                let meets = child.start_byte() == range.end;
                return (meets && fills(&children, &range)).then_some(children);
            }
            if counts {
                children.push(child);
            }
            if !cursor.goto_next_sibling() {
                return (to_end && fills(&children, &range)).then_some(children);
            }
        }
    }

    /// The named children of `node`, without comments.
    fn children(&mut self, node: Node<'tree>) -> Vec<Node<'tree>> {
        node.named_children(&mut self.cursor)
            .filter(|node| !is_extra(node))
            .collect()
    }

    fn name(&mut self, node: Node<'tree>, role: Role) {
        let name = self.text(node);
        if !name.as_str().is_empty() {
            self.sink
                .mention(node.start_byte(), node.end_byte(), name, role);
        }
    }

    fn text(&self, node: Node<'tree>) -> Name {
        Name::new(&self.source.get(node.byte_range()))
    }

    fn add_trait(&mut self, found: Traits) {
        self.sink.add_trait(found);
    }

    /// A target: the names in it are bound, what it is an attribute or item of is read.
    fn target(&mut self, node: Node<'tree>, role: Role) {
        self.sink.target(node, role);
        match Kind::of(&node) {
            Kind::Identifier => self.name(node, role),
            Kind::Tuple | Kind::List | Kind::Starred | Kind::ParenthesizedExpression => {
                let parts = self.children(node);
                self.next(parts.into_iter().map(|part| Task::Target(part, role)));
            }
            _ => {
                if Kind::of(&node) == Kind::Subscript {
                    self.note_namespace(Field::Object.child(&node));
                }
                self.visit(node);
            }
        }
    }

    fn visit(&mut self, node: Node<'tree>) {
        self.sink.visit(node);
        if !self.statement(node) && !self.expression(node) {
            let children = self.children(node);
            self.next(children.into_iter().map(Task::Visit));
        }
    }
}

fn is_extra(node: &Node<'_>) -> bool {
    matches!(Kind::of(node), Kind::Comment | Kind::LineContinuation)
}

/// Whether the first of `children` begins with `range`, and the last ends in it.
fn fills(children: &[Node<'_>], range: &Range<usize>) -> bool {
    children
        .first()
        .is_some_and(|first| first.start_byte() == range.start)
        && children
            .last()
            .is_some_and(|last| last.end_byte() <= range.end)
}

fn rel(at: usize, origin: usize) -> Rel {
    Rel::from_usize(at.saturating_sub(origin))
}

/// An empty block, of text that has no tree.
pub(super) fn without_tree(len: usize) -> Block {
    Builder::new().finish(len, 0).0
}
