//! Which ways the compound statements and conditional expressions have, in the order of compilation.

use tree_sitter::{Node, TreeCursor};

use super::constants::is_constant;
use super::ways::{Task, Walk};
use crate::syntax::{Field, Kind};

impl<'tree> Walk<'tree, '_> {
    pub(super) fn plan_comprehension(&mut self, node: Node<'tree>, cursor: &mut TreeCursor<'tree>) {
        let element = Field::Element.child(&node);
        let mut tasks = Vec::new();
        let mut is_first = true;
        for clause in self.children(node, cursor) {
            match Kind::of(&clause) {
                Kind::ForClause => {
                    // The first iterable is evaluated outside.
                    let iterable = Field::Iterable.child(&clause).filter(|_| !is_first);
                    let target = Field::Target.child(&clause);
                    tasks.extend([iterable, target].into_iter().flatten().map(Task::Visit));
                    is_first = false;
                }
                Kind::IfClause => {
                    let condition = Field::Condition.child(&clause);
                    let parts = condition.map(|condition| self.condition(condition, cursor));
                    tasks.extend(parts.into_iter().flatten());
                    tasks.extend(condition.map(Task::Only));
                }
                _ => {}
            }
        }
        tasks.extend(element.map(Task::Visit));
        self.plan(tasks.into_iter());
    }

    /// What a condition evaluates. Its constants are met but not loaded: they say where to go.
    fn condition(
        &self,
        condition: Node<'tree>,
        cursor: &mut TreeCursor<'tree>,
    ) -> Vec<Task<'tree>> {
        let mut tasks = Vec::new();
        let mut todo = vec![condition];
        while let Some(part) = todo.pop() {
            match Kind::of(&part) {
                _ if is_constant(part, self.source) => tasks.push(Task::Constant(part)),
                Kind::NotOperation | Kind::ParenthesizedExpression | Kind::BooleanOperation
                    if self.rules.follows_ways() =>
                {
                    let parts = self.children(part, cursor);
                    todo.extend(parts.into_iter().rev());
                }
                _ => tasks.push(Task::Visit(part)),
            }
        }
        tasks
    }

    pub(super) fn plan_if(&mut self, node: Node<'tree>, cursor: &mut TreeCursor<'tree>) {
        let mut tasks = Vec::new();
        let mut has_else = false;
        let branches = self.children(node, cursor).into_iter();
        let clauses =
            branches.filter(|part| matches!(Kind::of(part), Kind::ElifClause | Kind::ElseClause));
        for branch in [node].into_iter().chain(clauses) {
            let body = Field::Body.child(&branch).map(Task::Visit);
            if let Some(condition) = Field::Condition.child(&branch) {
                tasks.extend(self.condition(condition, cursor));
                tasks.push(Task::Branch(self.truth(condition)));
            }
            has_else |= Kind::of(&branch) == Kind::ElseClause;
            tasks.extend(body);
            tasks.extend([Task::Leave, Task::Otherwise]);
        }
        if !has_else {
            tasks.push(Task::Leave);
        }
        self.plan_ways(false, tasks);
    }

    /// Ways that part, and meet behind `tasks`.
    fn plan_ways(&mut self, is_loop: bool, tasks: Vec<Task<'tree>>) {
        let finally = None;
        let part = [Task::Part { is_loop, finally }].into_iter();
        self.plan(
            part.chain(tasks)
                .chain([Task::Meet])
                .collect::<Vec<_>>()
                .into_iter(),
        );
    }

    pub(super) fn plan_loop(&mut self, node: Node<'tree>, cursor: &mut TreeCursor<'tree>) {
        let condition = Field::Condition.child(&node);
        let truth = condition.and_then(|condition| self.truth(condition));
        let mut tasks = Vec::new();
        match condition {
            Some(condition) => {
                tasks.extend(self.condition(condition, cursor));
                tasks.push(Task::Turn(truth));
            }
            None => {
                let parts = [Field::Iterable, Field::Target];
                let parts = parts.into_iter().filter_map(|part| part.child(&node));
                tasks.extend(parts.map(Task::Visit));
            }
        }
        tasks.extend(Field::Body.child(&node).map(Task::Visit));
        tasks.push(Task::Otherwise);
        let clauses = self.children(node, cursor).into_iter();
        let otherwise = clauses.filter(|part| Kind::of(part) == Kind::ElseClause);
        tasks.extend(otherwise.map(Task::Visit));
        tasks.push(Task::Leave);
        self.plan_ways(true, tasks);
    }

    pub(super) fn plan_try(&mut self, node: Node<'tree>, cursor: &mut TreeCursor<'tree>) {
        let clauses = self.children(node, cursor);
        let of = |kind: Kind| {
            let clauses = clauses.iter().copied();
            clauses.filter(move |clause| Kind::of(clause) == kind)
        };
        let mut tasks: Vec<_> = Field::Body
            .child(&node)
            .map(Task::Visit)
            .into_iter()
            .collect();
        let otherwise = [Task::AfterBody];
        let otherwise = otherwise
            .into_iter()
            .chain(of(Kind::ElseClause).map(Task::Visit));
        let otherwise = otherwise.chain([Task::Leave]);
        let handlers = of(Kind::ExceptClause)
            .flat_map(|handler| [Task::Otherwise, Task::Visit(handler), Task::Leave]);
        tasks.push(Task::EndBody);
        match self.rules.compiles_try_else_last() {
            true => tasks.extend(handlers.chain(otherwise)),
            false => tasks.extend(otherwise.chain(handlers)),
        }
        let Some(finally) = of(Kind::FinallyClause).next() else {
            return self.plan_ways(false, tasks);
        };
        // An exception gets there from anywhere.
        let part = |finally| Task::Part {
            is_loop: false,
            finally,
        };
        let outer = [part(Some(finally)), part(None)];
        let last = [
            Task::Meet,
            Task::Leave,
            Task::Otherwise,
            Task::Visit(finally),
            Task::MeetFinally,
        ];
        let tasks: Vec<_> = outer.into_iter().chain(tasks).chain(last).collect();
        self.plan(tasks.into_iter());
    }

    /// What is raised inside may end there, so that what follows is reached.
    pub(super) fn plan_with(&mut self, node: Node<'tree>, cursor: &mut TreeCursor<'tree>) {
        let parts = self.children(node, cursor);
        let mut tasks: Vec<_> = parts.into_iter().map(Task::Visit).collect();
        tasks.extend([Task::Load("None"), Task::Otherwise, Task::Leave]);
        self.plan_ways(false, tasks);
    }

    pub(super) fn plan_match(&mut self, node: Node<'tree>, cursor: &mut TreeCursor<'tree>) {
        let subject = Field::Subject.child(&node).map(Task::Visit);
        let mut tasks: Vec<_> = subject.into_iter().collect();
        let parts = self.children(node, cursor).into_iter();
        for case in parts.filter(|part| Kind::of(part) == Kind::CaseClause) {
            let pattern = Field::Pattern.child(&case);
            let guard = Field::Guard.child(&case);
            let matches = match guard {
                Some(guard) => self.truth(guard).filter(|holds| !holds),
                None => pattern.is_some_and(matches_all).then_some(true),
            };
            tasks.extend([pattern, guard].into_iter().flatten().map(Task::Visit));
            tasks.push(Task::Branch(matches));
            tasks.extend(Field::Body.child(&case).map(Task::Visit));
            tasks.extend([Task::Leave, Task::Otherwise]);
        }
        tasks.push(Task::Leave);
        self.plan_ways(false, tasks);
    }

    /// `body if condition else alternative`
    pub(super) fn plan_choice(&mut self, node: Node<'tree>, cursor: &mut TreeCursor<'tree>) {
        let mut tasks = Vec::new();
        if let Some(condition) = Field::Condition.child(&node) {
            tasks.extend(self.condition(condition, cursor));
            tasks.push(Task::Branch(self.truth(condition)));
        }
        tasks.extend(Field::Body.child(&node).map(Task::Visit));
        tasks.extend([Task::Leave, Task::Otherwise]);
        tasks.extend(Field::Alternative.child(&node).map(Task::Visit));
        tasks.push(Task::Leave);
        self.plan_ways(false, tasks);
    }

    /// The message is evaluated where the condition doesn't hold; then nothing follows.
    pub(super) fn plan_assert(&mut self, node: Node<'tree>, cursor: &mut TreeCursor<'tree>) {
        let mut parts = self.children(node, cursor).into_iter();
        let mut tasks = Vec::new();
        if let Some(condition) = parts.next() {
            let fails = self.truth(condition).map(|holds| !holds);
            tasks.extend(self.condition(condition, cursor));
            tasks.push(Task::Branch(fails));
        }
        tasks.extend(parts.map(Task::Visit));
        tasks.extend([Task::Otherwise, Task::Leave]);
        self.plan_ways(false, tasks);
    }
}

/// Whether a pattern matches whatever comes.
fn matches_all(mut pattern: Node<'_>) -> bool {
    loop {
        let inner = match Kind::of(&pattern) {
            Kind::CapturePattern | Kind::WildcardPattern => return true,
            Kind::AsPattern => Field::Pattern.child(&pattern),
            Kind::GroupPattern => pattern.named_child(0),
            // Only the last of several may.
            Kind::OrPattern => {
                let mut cursor = pattern.walk();
                pattern.named_children(&mut cursor).last()
            }
            _ => None,
        };
        match inner {
            Some(inner) => pattern = inner,
            None => return false,
        }
    }
}
