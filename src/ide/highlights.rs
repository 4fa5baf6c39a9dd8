//! Document highlight: the variable under the cursor, or what a function captures.

use super::config::Config;
use crate::document::Snapshot;
use crate::text::{Offset, Range};

/// A place to light up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The name.
    pub range: Range,
    /// What happens to the variable there.
    pub kind: HighlightKind,
}

/// What happens to a variable at an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HighlightKind {
    /// It is read.
    Read,
    /// It is bound or deleted.
    Write,
    /// It is only named, in `global` and `nonlocal` statements; or it is a keyword.
    Text,
}

/// Every occurrence of the variable at `at`; on `def`, `lambda` or `nonlocal`, of all that is captured
/// there.
pub fn highlights(_snapshot: &Snapshot, _at: Offset, _config: &Config) -> Vec<Highlight> {
    Vec::new()
}
