//! Definition and declaration: from a use to the bindings in the scope that owns the name.

use super::config::Config;
use crate::document::Snapshot;
use crate::text::{Offset, Range};

/// Where a name leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    /// The name that was asked about.
    pub origin: Range,
    /// The places, the likeliest first.
    pub targets: Vec<Target>,
}

/// A place to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The whole: a function, a statement, a parameter.
    pub full: Range,
    /// The name in it.
    pub focus: Range,
}

/// The bindings of the name at `at`, in the scope that owns it.
pub fn definition(_snapshot: &Snapshot, _at: Offset, _config: &Config) -> Option<Targets> {
    None
}

/// The `nonlocal` or `global` statement that rules the name at `at`; without one, its bindings.
pub fn declaration(_snapshot: &Snapshot, _at: Offset, _config: &Config) -> Option<Targets> {
    None
}
