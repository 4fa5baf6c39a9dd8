//! The ways through a code object, as the compiler follows them.
//!
//! One walk in the order of compilation with a stack of its own. Where ways part, a [`Join`] keeps what is
//! known until they meet again.

use tree_sitter::{Node, TreeCursor};

use super::constants::{is_constant, truth};
use super::{Unit, place};
use crate::scope::rules::Rules;
use crate::syntax::{Field, Kind};
use crate::text::{Offset, Range};

pub(super) struct Walk<'tree, 'source> {
    pub(super) source: &'source str,
    pub(super) rules: Rules,
    /// Where the block starts.
    start: Offset,
    /// Bodies of the functions and classes that run, to be walked as units of their own.
    pub units: Vec<Node<'tree>>,
    todo: Vec<Task<'tree>>,
    joins: Vec<Join<'tree>>,
    /// In how many copies of a `finally` the walk is.
    copies: usize,
}

/// Where ways that have parted meet again.
struct Join<'tree> {
    /// Whether the statement runs.
    before: bool,
    /// Whether the way to the next branch is open.
    next: bool,
    /// Whether a way to what follows is open.
    after: bool,
    /// Whether the end of the body of a `try` is reached.
    body: bool,
    is_loop: bool,
    /// What is done on the way out.
    finally: Option<Node<'tree>>,
}

pub(super) enum Task<'tree> {
    Visit(Node<'tree>),
    /// A constant is met that isn't loaded.
    Constant(Node<'tree>),
    Load(&'static str),
    /// The code object of a function or class is loaded.
    Code(Node<'tree>),
    /// A statement of this kind leaves.
    Jump(Kind),
    /// Ways part; whether at a loop, and what is done on every way out.
    Part {
        is_loop: bool,
        finally: Option<Node<'tree>>,
    },
    /// A `finally` is copied to a jump.
    Copy(Node<'tree>),
    EndCopy,
    /// A branch begins whose condition is known to hold, or not to.
    Branch(Option<bool>),
    /// The same of `while`, whose `else` up to 3.9 is there all the same.
    Turn(Option<bool>),
    /// What comes next is reached where no branch was taken so far; it is no part of a loop.
    Otherwise,
    /// The end of the body of a `try`.
    EndBody,
    /// What comes next comes behind that body.
    AfterBody,
    /// The end of a branch.
    Leave,
    /// Ways meet: what follows runs if one of them gets there.
    Meet,
    /// A `finally` ends: what follows runs if it was on its way there, and the `finally` gets to its end.
    MeetFinally,
    /// The condition of a comprehension: what follows in it doesn't run where it never holds.
    Only(Node<'tree>),
}

impl<'tree, 'source> Walk<'tree, 'source> {
    pub fn new(source: &'source str, rules: Rules, start: Offset) -> Self {
        Self {
            source,
            rules,
            start,
            units: Vec::new(),
            todo: Vec::new(),
            joins: Vec::new(),
            copies: 0,
        }
    }

    /// Walks a module, or what is evaluated in a function, class or comprehension.
    pub fn run(&mut self, root: Node<'tree>, unit: &mut Unit) {
        let mut cursor = root.walk();
        self.begin(root, unit, &mut cursor);
        while let Some(task) = self.todo.pop() {
            self.step(task, unit, &mut cursor);
        }
        let kind = Kind::of(&root);
        if matches!(
            kind,
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::GeneratorExpression
        ) {
            unit.load("None");
        }
    }

    fn begin(&mut self, root: Node<'tree>, unit: &mut Unit, cursor: &mut TreeCursor<'tree>) {
        let kind = Kind::of(&root);
        let parts = match kind {
            kind if kind.is_comprehension() => {
                self.plan_comprehension(root, cursor);
                return;
            }
            Kind::Module => self.children(root, cursor),
            _ => Field::Body.child(&root).into_iter().collect(),
        };
        if kind == Kind::FunctionDefinition {
            let body = Field::Body.child(&root);
            let first = body.and_then(|body| self.children(body, cursor).first().copied());
            let is_docstring = |first: &Node<'_>| {
                Kind::of(first) == Kind::ExpressionStatement && self.is_single_constant(*first)
            };
            match first.filter(is_docstring) {
                Some(docstring) => unit.load(self.text(docstring)),
                None if self.rules.begins_with_docstring() => unit.load("None"),
                None => {}
            }
        } else if kind == Kind::Lambda && self.rules.begins_with_docstring() {
            unit.load("None");
        } else if kind == Kind::ClassDefinition {
            unit.load(Field::Name.child(&root).map_or("", |name| self.text(name)));
        }
        self.plan(parts.into_iter().map(Task::Visit));
    }

    fn step(&mut self, task: Task<'tree>, unit: &mut Unit, cursor: &mut TreeCursor<'tree>) {
        match task {
            Task::Visit(node) => self.visit(node, unit, cursor),
            Task::Constant(node) => unit.constants.load(self.text(node), false),
            Task::Load(constant) => unit.load(constant),
            Task::Code(node) => self.code(node, unit),
            Task::Jump(kind) => self.jump(kind, unit),
            Task::Part { is_loop, finally } => self.joins.push(Join {
                before: unit.live,
                next: unit.live,
                after: false,
                body: false,
                is_loop,
                finally,
            }),
            Task::Copy(finally) => {
                self.copies += 1;
                self.todo.extend([Task::EndCopy, Task::Visit(finally)]);
            }
            Task::EndCopy => self.copies = self.copies.saturating_sub(1),
            Task::Only(condition) => {
                if self.truth(condition) == Some(false) && self.rules.follows_ways() {
                    unit.live = false;
                }
            }
            Task::Meet | Task::MeetFinally => {
                if let Some(join) = self.joins.pop() {
                    let kept = matches!(task, Task::Meet) || unit.live;
                    unit.live = match self.rules.follows_ways() {
                        true => join.after && kept,
                        false => join.before,
                    };
                }
            }
            Task::Branch(_)
            | Task::Turn(_)
            | Task::Otherwise
            | Task::EndBody
            | Task::AfterBody
            | Task::Leave => {
                let stays = matches!(task, Task::Turn(_)) && !self.rules.follows_ways();
                let Some(join) = self.joins.last_mut() else {
                    return;
                };
                match task {
                    Task::Branch(holds) | Task::Turn(holds) => {
                        unit.live = join.next && holds != Some(false);
                        join.next &= holds != Some(true) || stays;
                    }
                    Task::Otherwise => {
                        unit.live = join.next;
                        join.is_loop = false;
                    }
                    Task::EndBody => join.body = unit.live,
                    Task::AfterBody => unit.live = join.body,
                    _ => join.after |= unit.live,
                }
            }
        }
    }

    pub(super) fn plan(&mut self, tasks: impl DoubleEndedIterator<Item = Task<'tree>>) {
        self.todo.extend(tasks.rev());
    }

    pub(super) fn children(
        &self,
        node: Node<'tree>,
        cursor: &mut TreeCursor<'tree>,
    ) -> Vec<Node<'tree>> {
        let extra =
            |part: &Node<'_>| matches!(Kind::of(part), Kind::Comment | Kind::LineContinuation);
        node.named_children(cursor)
            .filter(|part| !extra(part))
            .collect()
    }

    fn text(&self, node: Node<'_>) -> &'source str {
        self.source.get(node.byte_range()).unwrap_or_default()
    }

    pub(super) fn truth(&self, condition: Node<'_>) -> Option<bool> {
        truth(condition, self.source, self.rules)
    }

    fn visit(&mut self, node: Node<'tree>, unit: &mut Unit, cursor: &mut TreeCursor<'tree>) {
        let kind = Kind::of(&node);
        match kind {
            Kind::IfStatement => self.plan_if(node, cursor),
            Kind::WhileStatement | Kind::ForStatement => self.plan_loop(node, cursor),
            Kind::TryStatement => self.plan_try(node, cursor),
            Kind::WithStatement => self.plan_with(node, cursor),
            Kind::MatchStatement => self.plan_match(node, cursor),
            Kind::ConditionalExpression if self.rules.follows_ways() => {
                self.plan_choice(node, cursor);
            }
            Kind::AssertStatement if self.rules.follows_ways() => self.plan_assert(node, cursor),
            Kind::FunctionDefinition | Kind::Lambda => {
                let parts = [Field::Parameters, Field::ReturnType, Field::TypeParameters];
                self.plan_code(node, &parts);
            }
            Kind::ClassDefinition => {
                self.plan_code(node, &[Field::Arguments, Field::TypeParameters]);
            }
            kind if kind.is_comprehension() => {
                let first = self.children(node, cursor).into_iter();
                let mut clauses = first.filter(|part| Kind::of(part) == Kind::ForClause);
                let iterable = clauses
                    .next()
                    .and_then(|clause| Field::Iterable.child(&clause));
                self.code(node, unit);
                self.plan(iterable.map(Task::Visit).into_iter());
            }
            Kind::ExpressionStatement if self.is_single_constant(node) => {}
            _ if is_constant(node, self.source) => unit.load(self.text(node)),
            _ => {
                unit.load_for(node, self.source);
                let leaves = matches!(
                    kind,
                    Kind::ReturnStatement
                        | Kind::RaiseStatement
                        | Kind::BreakStatement
                        | Kind::ContinueStatement
                );
                if leaves {
                    self.plan_jump(kind, unit);
                }
                let children = self.children(node, cursor).into_iter();
                self.plan(children.map(Task::Visit));
            }
        }
    }

    /// What is evaluated where the function or class stands, then its code object.
    fn plan_code(&mut self, node: Node<'tree>, outside: &[Field]) {
        let outside = outside.iter().filter_map(|part| part.child(&node));
        let tasks = outside.map(Task::Visit).collect::<Vec<_>>().into_iter();
        self.plan(tasks.chain([Task::Code(node)]));
    }

    /// A code object of its own.
    fn code(&mut self, node: Node<'tree>, unit: &mut Unit) {
        if self.copies == 0 {
            let at = |byte| place(self.start, byte);
            unit.code(Range::new(at(node.start_byte()), at(node.end_byte())));
            self.units.push(node);
        }
        unit.load_for(node, self.source);
    }

    /// Whether a statement is a constant alone, of which nothing is loaded.
    fn is_single_constant(&self, statement: Node<'_>) -> bool {
        statement.named_child_count() == 1
            && statement
                .named_child(0)
                .is_some_and(|value| is_constant(value, self.source))
    }

    /// A jump does first what the `finally`s around it say: each is compiled once more there. That matters
    /// for the order of constants alone.
    fn plan_jump(&mut self, kind: Kind, unit: &Unit) {
        self.todo.push(Task::Jump(kind));
        if kind == Kind::RaiseStatement
            || !unit.live
            || self.copies > 0
            || !self.rules.trims_constants()
        {
            return;
        }
        let joins = self.joins.iter().rev();
        let left = joins.take_while(|join| kind == Kind::ReturnStatement || !join.is_loop);
        let copied: Vec<_> = left.filter_map(|join| join.finally).collect();
        self.todo.extend(copied.into_iter().rev().map(Task::Copy));
    }

    /// `return`, `raise`, `break` or `continue`: nothing follows there.
    fn jump(&mut self, kind: Kind, unit: &mut Unit) {
        if !self.rules.follows_ways() {
            return;
        }
        if kind == Kind::BreakStatement {
            let mut joins = self.joins.iter_mut().rev();
            if let Some(around) = joins.find(|join| join.is_loop) {
                around.after |= unit.live;
            }
        }
        unit.live = false;
    }
}
