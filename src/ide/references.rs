//! References: every occurrence of one variable in the file, and nothing else.

use super::config::Config;
use crate::document::Snapshot;
use crate::text::{Offset, Range};

/// Every occurrence of the variable at `at`, in the text's order; without its bindings, `global` and
/// `nonlocal` statements where `with_declarations` is false.
pub fn references(
    _snapshot: &Snapshot,
    _at: Offset,
    _with_declarations: bool,
    _config: &Config,
) -> Vec<Range> {
    Vec::new()
}
