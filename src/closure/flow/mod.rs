//! The ways through a function's body: a small control-flow graph.
//!
//! A point is what runs in one go: a simple statement, or the header of a compound one. An edge says that
//! one may run right after the other. Any statement in a `try` or `with` may raise; an exception that
//! nothing in the function catches leaves it, and isn't followed. Nested functions and classes are one
//! point each. A generator may never be resumed, so at a `yield` its body may be over. Where `finally` joins
//! what a `return` or `break` left, the graph has a few edges too many: what it says can't happen, can't.

mod build;

use super::place::Part;
use super::program::Program;
use crate::scope::Scope;
use crate::syntax::Kind;
use crate::text::{Offset, Range};

/// The graph of one body.
#[derive(Debug, Default)]
pub struct Flow<'s> {
    points: Vec<Point<'s>>,
    /// The points after which the body is over without a `return`.
    ends: Vec<usize>,
}

#[derive(Debug)]
struct Point<'s> {
    /// `None` for a point that only joins others.
    part: Option<Part<'s>>,
    next: Vec<usize>,
    /// The innermost loop that it is in, by index into nothing but its own statement's range.
    within: Option<Range>,
    /// Whether the body is over there.
    returns: bool,
    /// Whether the body may be over there, in its midst: at a `yield`.
    suspends: bool,
}

impl<'s> Flow<'s> {
    /// The graph of a function's body; `None` for any other scope. O(body, nested functions left out).
    pub fn of(program: Program<'s>, scope: &Scope) -> Option<Self> {
        let function = program.place_of(scope)?.part()?;
        let defined = function.kind() == Kind::FunctionDefinition;
        defined.then(|| build::flow(function, scope.is_generator()))
    }

    /// Whether the end of the body is reached without `return`: the value is `None`, then.
    pub fn falls_off_the_end(&self) -> bool {
        let reached = self.reached(&[0], None);
        self.ends
            .iter()
            .any(|end| *end == 0 || reached.contains(end))
    }

    /// The `return` statements that can be reached.
    pub fn returns(&self) -> Vec<Part<'s>> {
        let reached = self.reached(&[0], None);
        let parts = reached
            .iter()
            .filter_map(|index| self.points.get(*index)?.part);
        let mut returns: Vec<Part<'s>> = parts
            .filter(|part| part.kind() == Kind::ReturnStatement)
            .collect();
        returns.sort_by_key(|part| part.range().start);
        returns
    }

    /// The point in which `offset` lies.
    pub fn point_at(&self, offset: Offset) -> Option<usize> {
        self.points
            .iter()
            .position(|point| point.part.is_some_and(|part| part.range().contains(offset)))
    }

    /// Whether `to` may run after `from` has run.
    pub fn reaches(&self, from: usize, to: usize) -> bool {
        self.reached(&[from], None).contains(&to)
    }

    /// Whether every way from `from` to the end of the body, or to a `return`, passes `to`.
    pub fn always_reaches(&self, from: usize, to: usize) -> bool {
        let reached = self.reached(&[from], Some(to));
        let point = |index: &usize| self.points.get(*index);
        let suspends = |index: &usize| point(index).is_some_and(|point| point.suspends);
        let returns = |index: &usize| point(index).is_some_and(|point| point.returns);
        let out = |index: &usize| self.ends.contains(index) || returns(index) || suspends(index);
        !reached.iter().any(out) && !out(&from) && !suspends(&to)
    }

    /// Whether the body is never over before what is at `offset` has run.
    pub fn always_runs(&self, offset: Offset) -> bool {
        self.point_at(offset)
            .is_some_and(|point| self.always_reaches(0, point))
    }

    /// The innermost loop that both points are in.
    pub fn common_loop(&self, one: usize, other: usize) -> Option<Range> {
        let other = self.points.get(other)?.part?.range();
        let mut within = self.points.get(one)?.within;
        while let Some(range) = within {
            if range.covers(other) {
                return Some(range);
            }
            within = self.loop_around(range);
        }
        None
    }

    fn loop_around(&self, inner: Range) -> Option<Range> {
        let around = self.points.iter().filter_map(|point| point.within);
        around
            .filter(|range| range.covers(inner) && *range != inner)
            .min_by_key(|range| range.len())
    }

    /// The points that may run after one of `from` has run, without passing `avoid`.
    fn reached(&self, from: &[usize], avoid: Option<usize>) -> Vec<usize> {
        let mut seen = vec![false; self.points.len()];
        let mut work = from.to_vec();
        let mut reached = Vec::new();
        while let Some(index) = work.pop() {
            for next in self.points.get(index).map_or(&[][..], |point| &point.next) {
                if let Some(seen) = seen.get_mut(*next)
                    && !std::mem::replace(seen, true)
                    && Some(*next) != avoid
                {
                    reached.push(*next);
                    work.push(*next);
                }
            }
        }
        reached
    }
}
