//! Puts the graph of a function's body together, statement by statement.

use super::super::place::Part;
use super::{Flow, Point};
use crate::stop;
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// CPython refuses more than 100 indents; what is nested deeper is one point.
const DEEPEST: u32 = 100;

/// The graph of a function's body; a generator's may be over at each `yield`.
pub(super) fn flow(function: Part<'_>, generator: bool) -> Flow<'_> {
    let mut build = Build {
        flow: Flow::default(),
        loops: Vec::new(),
        raised: Vec::new(),
        generator,
    };
    let entry = build.join(&[]);
    let ends = match function.field(Field::Body) {
        Some(body) => build.block(body, vec![entry], 0),
        None => vec![entry],
    };
    build.flow.ends = ends;
    build.flow
}

struct Build<'s> {
    flow: Flow<'s>,
    loops: Vec<Loop>,
    /// Where an exception goes, innermost last.
    raised: Vec<usize>,
    generator: bool,
}

struct Loop {
    range: Range,
    /// Where `continue` goes.
    head: usize,
    /// The `break`s.
    breaks: Vec<usize>,
}

impl<'s> Build<'s> {
    fn point(&mut self, part: Option<Part<'s>>, before: &[usize]) -> usize {
        stop::check();
        let index = self.flow.points.len();
        let within = self.loops.last().map(|innermost| innermost.range);
        self.flow.points.push(Point {
            part,
            next: Vec::new(),
            within,
            returns: false,
            suspends: self.generator && part.is_some_and(yields),
        });
        self.connect(before, index);
        if let (Some(raised), true) = (self.raised.last().copied(), part.is_some()) {
            self.connect(&[index], raised);
        }
        index
    }

    /// A point at which others meet.
    fn join(&mut self, before: &[usize]) -> usize {
        self.point(None, before)
    }

    fn connect(&mut self, from: &[usize], to: usize) {
        for index in from {
            if let Some(point) = self.flow.points.get_mut(*index)
                && !point.next.contains(&to)
            {
                point.next.push(to);
            }
        }
    }

    /// A block after `before`; returns after which points what follows runs.
    fn block(&mut self, block: Part<'s>, before: Vec<usize>, depth: u32) -> Vec<usize> {
        let mut open = before;
        for statement in block.children() {
            open = self.statement(statement, open, depth);
        }
        open
    }

    /// The block in `part`'s body; without one nothing happens.
    fn body(&mut self, part: Part<'s>, before: Vec<usize>, depth: u32) -> Vec<usize> {
        match part.field(Field::Body) {
            Some(body) => self.block(body, before, depth + 1),
            None => before,
        }
    }

    fn statement(&mut self, statement: Part<'s>, before: Vec<usize>, depth: u32) -> Vec<usize> {
        match statement.kind() {
            _ if depth > DEEPEST => vec![self.point(Some(statement), &before)],
            Kind::IfStatement => self.branches(statement, before, depth),
            Kind::ForStatement | Kind::WhileStatement => self.repeat(statement, before, depth),
            Kind::TryStatement => self.attempt(statement, &before, depth),
            Kind::WithStatement => self.with(statement, before, depth),
            Kind::MatchStatement => self.select(statement, &before, depth),
            Kind::ReturnStatement => {
                let point = self.point(Some(statement), &before);
                if let Some(point) = self.flow.points.get_mut(point) {
                    point.returns = true;
                }
                Vec::new()
            }
            Kind::RaiseStatement => {
                self.point(Some(statement), &before);
                Vec::new()
            }
            Kind::BreakStatement | Kind::ContinueStatement => {
                let point = self.point(Some(statement), &before);
                let head = self.loops.last_mut().map(|innermost| {
                    if statement.kind() == Kind::BreakStatement {
                        innermost.breaks.push(point);
                    }
                    innermost.head
                });
                if let (Some(head), Kind::ContinueStatement) = (head, statement.kind()) {
                    self.connect(&[point], head);
                }
                Vec::new()
            }
            _ => vec![self.point(Some(statement), &before)],
        }
    }

    fn branches(&mut self, statement: Part<'s>, before: Vec<usize>, depth: u32) -> Vec<usize> {
        let mut open = before;
        let mut out = Vec::new();
        let clauses = statement.children();
        let others = clauses
            .iter()
            .filter(|part| matches!(part.kind(), Kind::ElifClause | Kind::ElseClause));
        for clause in std::iter::once(&statement).chain(others) {
            if let Some(condition) = clause.field(Field::Condition) {
                open = vec![self.point(Some(condition), &open)];
            }
            out.extend(self.body(*clause, open.clone(), depth));
            if clause.kind() == Kind::ElseClause {
                open = Vec::new();
            }
        }
        out.extend(open);
        out
    }

    fn repeat(&mut self, statement: Part<'s>, before: Vec<usize>, depth: u32) -> Vec<usize> {
        let mut before = before;
        if let Some(iterable) = statement.field(Field::Iterable) {
            before = vec![self.point(Some(iterable), &before)];
        }
        self.loops.push(Loop {
            range: statement.range(),
            head: self.flow.points.len(),
            breaks: Vec::new(),
        });
        let head = self.join(&before);
        let tested = statement.field(Field::Condition);
        let step = tested.or(statement.field(Field::Target));
        let first = self.point(step, &[head]);
        let after_body = self.body(statement, vec![first], depth);
        self.connect(&after_body, head);
        let breaks = self.loops.pop().map_or(Vec::new(), |ended| ended.breaks);
        // `for` ends at the head, before its target is bound again; `while` ends after its test.
        let exhausted = match tested {
            Some(test) if is_always_true(test) => Vec::new(),
            Some(_) => vec![first],
            None => vec![head],
        };
        let mut out = match clause(statement, Kind::ElseClause) {
            Some(otherwise) => self.body(otherwise, exhausted, depth),
            None => exhausted,
        };
        out.extend(breaks);
        out
    }

    fn attempt(&mut self, statement: Part<'s>, before: &[usize], depth: u32) -> Vec<usize> {
        let last = clause(statement, Kind::FinallyClause);
        let left = last.map(|_| self.join(&[]));
        if let Some(left) = left {
            self.raised.push(left);
        }
        let raised = self.join(&[]);
        let start = self.join(before);
        self.connect(&[start], raised);
        self.raised.push(raised);
        let mut open = self.body(statement, vec![start], depth);
        self.raised.pop();
        if let Some(otherwise) = clause(statement, Kind::ElseClause) {
            open = self.body(otherwise, open, depth);
        }
        let mut caught = vec![raised];
        for handler in statement
            .children()
            .into_iter()
            .filter(|part| part.kind() == Kind::ExceptClause)
        {
            for part in [handler.field(Field::Type), handler.field(Field::Name)]
                .into_iter()
                .flatten()
            {
                caught = vec![self.point(Some(part), &caught)];
            }
            open.extend(self.body(handler, caught.clone(), depth));
        }
        let (Some(last), Some(left)) = (last, left) else {
            return open;
        };
        self.raised.pop();
        self.connect(&caught, left);
        self.connect(&open, left);
        let after = self.body(last, vec![left], depth);
        // What raised, returned or broke out goes on after `finally` as it would have without it.
        if let Some(raised) = self.raised.last().copied() {
            self.connect(&after, raised);
        }
        if open.is_empty() { Vec::new() } else { after }
    }

    /// A context manager may swallow an exception, and what follows runs then.
    fn with(&mut self, statement: Part<'s>, before: Vec<usize>, depth: u32) -> Vec<usize> {
        let mut open = before;
        for item in statement
            .children()
            .into_iter()
            .filter(|part| part.kind() == Kind::WithItem)
        {
            open = vec![self.point(Some(item), &open)];
        }
        let swallowed = self.join(&[]);
        let outer = self.raised.last().copied();
        self.raised.push(swallowed);
        open = self.body(statement, open, depth);
        self.raised.pop();
        if let Some(outer) = outer {
            self.connect(&[swallowed], outer);
        }
        open.push(swallowed);
        open
    }

    fn select(&mut self, statement: Part<'s>, before: &[usize], depth: u32) -> Vec<usize> {
        let mut open = match statement.field(Field::Subject) {
            Some(subject) => vec![self.point(Some(subject), before)],
            None => before.to_vec(),
        };
        let mut out = Vec::new();
        for case in statement
            .children()
            .into_iter()
            .filter(|part| part.kind() == Kind::CaseClause)
        {
            let pattern = case.field(Field::Pattern);
            let guard = case.field(Field::Guard);
            for part in [pattern, guard].into_iter().flatten() {
                open = vec![self.point(Some(part), &open)];
            }
            out.extend(self.body(case, open.clone(), depth));
            let always = matches!(
                pattern.map(Part::kind),
                Some(Kind::WildcardPattern | Kind::CapturePattern)
            );
            if always && guard.is_none() {
                open = Vec::new();
            }
        }
        out.extend(open);
        out
    }
}

fn clause(statement: Part<'_>, kind: Kind) -> Option<Part<'_>> {
    statement
        .children()
        .into_iter()
        .find(|part| part.kind() == kind)
}

/// Whether it has a `yield` of its own, not of a function nested in it.
fn yields(part: Part<'_>) -> bool {
    let mut todo = vec![part];
    while let Some(part) = todo.pop() {
        match part.kind() {
            Kind::Yield | Kind::YieldFrom => return true,
            Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition => {}
            _ => todo.extend(part.children()),
        }
    }
    false
}

fn is_always_true(condition: Part<'_>) -> bool {
    matches!(condition.kind(), Kind::True)
}
