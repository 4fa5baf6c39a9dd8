//! `return`, `break`, `continue`, `yield`, `await` and `async` where they can't stand.

use std::ops::Range;

use tree_sitter::Node;

use super::super::ScopeKind;
use super::checker::{Checker, Context, ContextKind};
use super::{NameError, Pointer, Stage};
use crate::syntax::{Field, Kind};

/// What is found on the way from a statement out of the blocks that it leaves.
struct Way {
    loops: bool,
    star_handler: bool,
    /// Something is cleaned up on the way; CPython then no longer knows where it came from.
    cleanup: bool,
}

impl Checker<'_, '_> {
    pub(super) fn check_control_flow(&mut self, node: Node<'_>, kind: Kind) {
        match kind {
            Kind::ForStatement | Kind::WhileStatement => {
                self.check_async(node, "async for");
                self.open(node, Field::Body.child(&node), ContextKind::Loop);
            }
            Kind::WithStatement => {
                self.check_async(node, "async with");
                self.open(node, Field::Body.child(&node), ContextKind::Cleanup);
            }
            Kind::TryStatement => self.open_try(node),
            Kind::ExceptClause if Field::Star.child(&node).is_some() => {
                self.open(node, Field::Body.child(&node), ContextKind::StarHandler);
            }
            Kind::ReturnStatement => self.check_return(node),
            Kind::BreakStatement => self.check_jump(node, "'break' outside loop"),
            Kind::ContinueStatement => self.check_jump(node, "'continue' not properly in loop"),
            Kind::Yield | Kind::YieldFrom => self.check_yield(node, kind == Kind::YieldFrom),
            Kind::Await => self.check_await(node),
            kind if kind.is_comprehension() => self.open_comprehension(node),
            _ => {}
        }
    }

    fn open(&mut self, node: Node<'_>, inside: Option<Node<'_>>, kind: ContextKind) {
        let inside = inside.map(|inside| inside.byte_range());
        self.contexts.extend(inside.map(|inside| Context {
            whole: node.byte_range(),
            inside,
            kind,
        }));
    }

    fn open_try(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        let mut clauses = node.named_children(&mut cursor);
        let finally = clauses.find(|clause| Kind::of(clause) == Kind::FinallyClause);
        self.contexts.extend(finally.map(|finally| Context {
            whole: node.byte_range(),
            inside: node.start_byte()..finally.start_byte(),
            kind: ContextKind::Cleanup,
        }));
    }

    fn open_comprehension(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        let clauses = node.named_children(&mut cursor);
        let iterables = clauses.filter(|clause| Kind::of(clause) == Kind::ForClause);
        let iterables = iterables.filter_map(|clause| Field::Iterable.child(&clause));
        let iterables = iterables.map(|iterable| iterable.byte_range()).collect();
        self.open(node, Some(node), ContextKind::Comprehension(iterables));
    }

    fn way_out(&self, from: usize, leaves_loops: bool) -> Way {
        let mut way = Way {
            loops: false,
            star_handler: false,
            cleanup: false,
        };
        let around = self.contexts.iter().rev();
        for context in around.filter(|context| context.inside.contains(&from)) {
            match context.kind {
                ContextKind::Loop if !leaves_loops => {
                    way.loops = true;
                    break;
                }
                ContextKind::StarHandler => {
                    way.star_handler = true;
                    break;
                }
                ContextKind::Cleanup => way.cleanup = true,
                ContextKind::Scope => break,
                ContextKind::Loop | ContextKind::Comprehension(_) => {}
            }
        }
        way
    }

    fn check_jump(&mut self, node: Node<'_>, message: &str) {
        let way = self.way_out(node.start_byte(), false);
        if way.star_handler {
            self.leaves_star_handler(node, &way, None);
        } else if !way.loops {
            let error = NameError::new(Stage::Compile, "outside-loop", &node.byte_range(), message);
            self.report(error);
        }
    }

    fn check_return(&mut self, node: Node<'_>) {
        let range = node.byte_range();
        if self.kind() != ScopeKind::Function {
            let message = "'return' outside function";
            return self.report(NameError::new(
                Stage::Compile,
                "outside-function",
                &range,
                message,
            ));
        }
        let value = Field::Value.child(&node);
        if value.is_some() {
            let message = "'return' with value in async generator";
            let error =
                NameError::new(Stage::Compile, "return-in-async-generator", &range, message);
            let order = self.order();
            if let Some(frame) = self.frame() {
                frame.returns.push((order, error));
            }
        }
        let way = self.way_out(node.start_byte(), true);
        if way.star_handler {
            self.leaves_star_handler(node, &way, value.map(|value| value.start_byte()));
        }
    }

    fn leaves_star_handler(&mut self, node: Node<'_>, way: &Way, value: Option<usize>) {
        let message = "'break', 'continue' and 'return' cannot appear in an except* block";
        let pointer = if way.cleanup {
            Some(Pointer::Nowhere(-1, 0))
        } else {
            value.map(Pointer::at)
        };
        let error = NameError::new(
            Stage::Compile,
            "leaves-except-star",
            &node.byte_range(),
            message,
        );
        self.report(error.pointing(pointer));
    }

    fn check_yield(&mut self, node: Node<'_>, from: bool) {
        let kind = self.kind();
        let Some(frame) = self.frame() else { return };
        frame.generator = true;
        let (start, is_async) = (frame.start, frame.is_async);
        let range = node.byte_range();
        if kind.is_comprehension() {
            let place = match kind {
                ScopeKind::ListComp => "list comprehension",
                ScopeKind::SetComp => "set comprehension",
                ScopeKind::DictComp => "dict comprehension",
                _ => "generator expression",
            };
            let old = (!self.rules.has_precise_errors()).then(|| Pointer::at(start));
            let message = format!("'yield' inside {place}");
            let error = NameError::new(Stage::Visit, "yield-in-comprehension", &range, message);
            return self.report(error.pointing(old));
        }
        match kind {
            ScopeKind::Module | ScopeKind::Class => {
                let word = if from && self.rules.names_yield_from() {
                    "yield from"
                } else {
                    "yield"
                };
                self.outside_function(&range, Stage::Compile, word);
            }
            ScopeKind::Function if from && is_async => {
                let message = "'yield from' inside async function";
                self.report(NameError::new(
                    Stage::Compile,
                    "yield-from-in-async-function",
                    &range,
                    message,
                ));
            }
            _ => {}
        }
    }

    fn outside_function(&mut self, range: &Range<usize>, stage: Stage, word: &str) {
        let message = format!("'{word}' outside function");
        self.report(NameError::new(stage, "outside-function", range, message));
    }

    fn outside_async_function(&mut self, range: &Range<usize>, stage: Stage, word: &str) {
        let message = format!("'{word}' outside async function");
        self.report(NameError::new(
            stage,
            "outside-async-function",
            range,
            message,
        ));
    }

    /// `await`, and everything else that needs a coroutine, is the symbol table's business from 3.14.
    fn stage_of_async(&self) -> Stage {
        if self.rules.checks_early() {
            Stage::Visit
        } else {
            Stage::Compile
        }
    }

    fn check_await(&mut self, node: Node<'_>) {
        let (kind, stage) = (self.kind(), self.stage_of_async());
        let Some(frame) = self.frame() else { return };
        frame.coroutine = true;
        let is_async = frame.is_async;
        match kind {
            ScopeKind::Module | ScopeKind::Class => {
                self.outside_function(&node.byte_range(), stage, "await");
            }
            ScopeKind::Function | ScopeKind::Lambda if !is_async => {
                self.outside_async_function(&node.byte_range(), stage, "await");
            }
            _ => {}
        }
    }

    /// `async for`, `async with`
    fn check_async(&mut self, node: Node<'_>, word: &str) {
        let is_async = node.child(0).is_some_and(|child| child.kind() == "async");
        let allowed = self
            .frames
            .get(self.current)
            .is_some_and(|frame| frame.kind == ScopeKind::Function && frame.is_async);
        if is_async && !allowed {
            let stage = self.stage_of_async();
            self.outside_async_function(&node.byte_range(), stage, word);
        }
    }

    /// The end of a scope: now it is known whether it is a generator, and whether it is a coroutine.
    pub(super) fn close_coroutine(&mut self, index: usize) {
        let Some(frame) = self.frames.get_mut(index) else {
            return;
        };
        let returns = std::mem::take(&mut frame.returns);
        let comprehensions = std::mem::take(&mut frame.comprehensions);
        let (kind, parent, coroutine) = (frame.kind, frame.parent, frame.coroutine);
        let mut late = Vec::new();
        if frame.is_async && frame.generator && kind == ScopeKind::Function {
            late.extend(returns);
        }
        if !coroutine {
            late.extend(comprehensions);
        }
        for (order, error) in late {
            self.report_as_of(order, index, error);
        }
        if coroutine && kind.is_comprehension() && kind != ScopeKind::GenExpr {
            self.close_async_comprehension(index, parent);
        }
    }

    fn close_async_comprehension(&mut self, index: usize, outer: usize) {
        let stage = self.stage_of_async();
        let old = (!self.rules.has_precise_errors()).then_some(Pointer::Nowhere(0, 1));
        let nests = self.rules.nests_async_comprehensions();
        let order = self.order();
        let Some(range) = self.frames.get(index).map(|frame| frame.start..frame.end) else {
            return;
        };
        let Some(outer_frame) = self.frames.get_mut(outer) else {
            return;
        };
        let message = "asynchronous comprehension outside of an asynchronous function";
        let error = NameError::new(stage, "async-comprehension", &range, message).pointing(old);
        let in_comprehension = outer_frame.kind.is_comprehension();
        if outer_frame.kind == ScopeKind::Function && outer_frame.is_async {
            return;
        }
        if in_comprehension && nests {
            outer_frame.coroutine = true;
        } else if in_comprehension {
            outer_frame.comprehensions.push((order, error));
        } else {
            self.report_as_of(order, outer, error);
        }
    }
}
