//! Hover: what a name is, who closes over it, and what follows.

use super::config::Config;
use super::markup::Markup;
use crate::document::Snapshot;
use crate::text::{Offset, Range};

/// What is shown at a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The name it is about.
    pub range: Range,
    /// What is said of it.
    pub content: Markup,
}

/// What is known of the name at `at`.
pub fn hover(_snapshot: &Snapshot, _at: Offset, _config: &Config) -> Option<Hover> {
    None
}
