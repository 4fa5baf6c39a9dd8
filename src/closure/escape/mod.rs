//! Escape: how a closure leaves the call that made it, or that it doesn't.
//!
//! The value is followed forward from the place where it is made: through local names, conditionals and
//! containers, to whatever takes it: a `return`, an attribute, another call. What can't be followed to
//! its end makes the answer incomplete ([`Fate::complete`]); a value that only may be the closure makes
//! the escape uncertain ([`Escape::certain`]).
//!
//! ```python
//! def make(log):
//!     def show(x): log.append(x)    # taken by `run`, which is returned: it escapes
//!     def run(xs): list(map(show, xs))
//!     return run                    # returned
//! ```

mod steps;
mod trace;

use super::nesting::made_in;
use super::program::Program;
use crate::scope::{Scope, Variable};
use crate::text::Range;

/// What becomes of a closure.
#[derive(Clone, Debug, Default)]
pub struct Fate {
    /// The ways out: its own before a holder's, the certain and strong ones first.
    pub escapes: Vec<Escape>,
    /// Whether there are no ways but these.
    pub complete: bool,
    /// Whether a name that it goes by has too many uses to follow it.
    pub exhausted: bool,
    /// Whether it went by no name: what it was made in took it at once.
    pub nameless: bool,
}

impl Fate {
    /// Whether it is certainly used up by the expression that it stands in.
    pub fn used_up_at_once(&self) -> bool {
        self.ends_with_call() && self.nameless
    }

    /// Whether it certainly ends with the call that made it.
    pub fn ends_with_call(&self) -> bool {
        self.escapes.is_empty() && self.complete
    }
}

/// One way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escape {
    /// How.
    pub way: Way,
    /// The expression that carries it out.
    pub at: Range,
    /// Whether it is certain that it goes there: this closure whenever that place is reached, or, where its
    /// name is bound in several branches, whenever the closure was made.
    pub certain: bool,
    /// The function or class that took the closure and goes there in its stead.
    pub holder: Option<Scope>,
}

/// The ways out, the strongest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By `return`, or as the value of a lambda.
    Returned,
    /// By `yield`.
    Yielded,
    /// Bound to a global variable.
    Global(Variable),
    /// Bound to an enclosing function's variable.
    Nonlocal(Variable),
    /// Stored in an attribute; the range is the target, `self.f`.
    Attribute(Range),
    /// Stored in an item of the object at this range.
    Item(Range),
    /// Handed to the decorator at this range.
    Decorated(Range),
    /// Passed to the callable at this range.
    Passed(Range),
    /// Returned by a nested function that took it.
    HandedOn,
}

impl Way {
    /// Whether the closure is then certainly alive when the call that made it is over.
    pub fn outlives_call(&self) -> bool {
        matches!(self, Self::Returned)
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Returned => 0,
            Self::Yielded => 1,
            Self::Global(_) | Self::Nonlocal(_) => 2,
            Self::Attribute(_) | Self::Item(_) => 3,
            Self::Decorated(_) => 4,
            Self::Passed(_) => 5,
            Self::HandedOn => 6,
        }
    }
}

/// What becomes of the closure whose scope is `closure`. O(uses of the names it goes by × depth).
pub fn fate(program: Program<'_>, closure: &Scope) -> Fate {
    if made_in(closure).is_none() {
        return Fate::default();
    }
    let mut fate = trace::trace(program, closure);
    fate.escapes.sort_by_key(|escape| {
        (
            escape.holder.is_some(),
            !escape.certain,
            escape.way.rank(),
            escape.at.start,
        )
    });
    fate.escapes.dedup();
    fate
}
