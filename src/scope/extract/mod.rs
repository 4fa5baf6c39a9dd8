//! From a block's tree to facts.
//!
//! One walk with a stack of its own, so that no nesting is too deep. Each node kind says in which order
//! CPython's `symtable.c` (3.13 and later) visits what it holds; `statements.rs` and `expressions.rs` are
//! those two tables. ERROR nodes are walked like any other, so that half-typed code has its names.

mod build;
mod expressions;
mod statements;

use tree_sitter::{Node, Tree, TreeCursor};

use super::facts::{Block, Part, RegionKind, Traits};
use super::{Name, Role, ScopeKind};
use crate::syntax::Kind;
use crate::text::Rel;
use build::Builder;

/// The facts of a block. `source` is its text, `tree` its tree.
pub(super) fn block(source: &str, tree: &Tree) -> Block {
    let root = tree.root_node();
    let mut extractor = Extractor {
        source,
        cursor: root.walk(),
        todo: Vec::new(),
        build: Builder::new(),
    };
    extractor.body(root, Part::Whole);
    while let Some(task) = extractor.todo.pop() {
        extractor.step(task);
    }
    extractor.build.finish(source.len())
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
struct Opening<'tree> {
    kind: RegionKind,
    /// What it spans.
    start: usize,
    end: usize,
    /// Where its header ends.
    head: usize,
    name: Option<Node<'tree>>,
    inside: Vec<std::ops::Range<usize>>,
    is_async: bool,
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
            start,
            end,
            head: start,
            name: None,
            inside: Vec::new(),
            is_async: false,
        }
    }

    /// Another scope of the same extent.
    fn with_inside(&self, kind: ScopeKind, inside: Vec<std::ops::Range<usize>>) -> Self {
        Self {
            kind: RegionKind::Scope(kind),
            inside,
            is_async: false,
            ..self.clone()
        }
    }
}

struct Extractor<'tree, 'source> {
    source: &'source str,
    cursor: TreeCursor<'tree>,
    todo: Vec<Task<'tree>>,
    build: Builder,
}

impl<'tree> Extractor<'tree, '_> {
    fn step(&mut self, task: Task<'tree>) {
        match task {
            Task::Visit(node) => self.visit(node),
            Task::Target(node, role) => self.target(node, role),
            Task::Name(node, role) => self.name(node, role),
            Task::InTarget(on) => self.build.set_in_target(on),
            Task::Trait(found) => self.add_trait(found),
            Task::OpenRegion(opening) => {
                let name = opening
                    .name
                    .map(|node| (self.text(node), node.byte_range()));
                self.build.open_region(&opening, name);
            }
            Task::CloseRegion => self.build.close_region(),
            Task::Body(node, part) => self.body(node, part),
            Task::OpenBody(start, part) => self.build.open_body(start, part),
            Task::CloseBody(end) => self.build.close_body(end),
            Task::OpenPiece(start) => self.build.open_piece(start),
            Task::ClosePiece => self.build.close_piece(),
        }
    }

    /// Does `tasks` next, in their order.
    fn next(&mut self, tasks: impl DoubleEndedIterator<Item = Task<'tree>>) {
        self.todo.extend(tasks.rev());
    }

    /// The statements of a `module` or `block`.
    fn body(&mut self, node: Node<'tree>, part: Part) {
        let statements = self.children(node);
        let start = statements
            .first()
            .map_or(node.start_byte(), Node::start_byte);
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

    /// The named children of `node`, without comments.
    fn children(&mut self, node: Node<'tree>) -> Vec<Node<'tree>> {
        let extra =
            |node: &Node<'_>| matches!(Kind::of(node), Kind::Comment | Kind::LineContinuation);
        node.named_children(&mut self.cursor)
            .filter(|node| !extra(node))
            .collect()
    }

    fn name(&mut self, node: Node<'tree>, role: Role) {
        let name = self.text(node);
        if !name.as_str().is_empty() {
            self.build
                .mention(node.start_byte(), node.end_byte(), name, role);
        }
    }

    fn text(&self, node: Node<'tree>) -> Name {
        Name::new(self.source.get(node.byte_range()).unwrap_or_default())
    }

    fn add_trait(&mut self, found: Traits) {
        self.build.add_trait(found);
    }

    /// A target: the names in it are bound, what it is an attribute or item of is read.
    fn target(&mut self, node: Node<'tree>, role: Role) {
        match Kind::of(&node) {
            Kind::Identifier => self.name(node, role),
            Kind::Tuple | Kind::List | Kind::Starred | Kind::ParenthesizedExpression => {
                let parts = self.children(node);
                self.next(parts.into_iter().map(|part| Task::Target(part, role)));
            }
            _ => self.visit(node),
        }
    }

    fn visit(&mut self, node: Node<'tree>) {
        if !self.statement(node) && !self.expression(node) {
            let children = self.children(node);
            self.next(children.into_iter().map(Task::Visit));
        }
    }
}

fn rel(at: usize, origin: usize) -> Rel {
    Rel::from_usize(at.saturating_sub(origin))
}

/// The end of the header: behind the colon before `body`.
fn head<'tree>(
    node: Node<'tree>,
    body: Option<Node<'tree>>,
    cursor: &mut TreeCursor<'tree>,
) -> usize {
    let before = body.map_or(node.end_byte(), |body| body.start_byte());
    let colon = node
        .children(cursor)
        .filter(|child| child.kind() == ":" && child.end_byte() <= before);
    colon.last().map_or(before, |colon| colon.end_byte())
}

/// An empty block, of text that has no tree.
pub(super) fn without_tree(len: usize) -> Block {
    Builder::new().finish(len)
}
