//! References: every occurrence of one variable in the file, and nothing else.

use super::config::Config;
use crate::closure::program::Program;
use crate::document::Snapshot;
use crate::scope::Role;
use crate::text::{Offset, Range};

/// Every occurrence of the variable at `at`, in the text's order. Where `with_declarations` is false, what
/// gives it a value without reading it, and `global` and `nonlocal` statements, are left out.
pub fn references(
    snapshot: &Snapshot,
    at: Offset,
    with_declarations: bool,
    config: &Config,
) -> Vec<Range> {
    let program = Program {
        snapshot,
        version: config.version,
    };
    let Some(variable) = program
        .occurrence_at(at)
        .and_then(|occurrence| occurrence.variable())
    else {
        return Vec::new();
    };
    let occurrences = variable.occurrences().into_iter();
    occurrences
        .filter(|found| with_declarations || found.role.reads() || found.role == Role::Delete)
        .map(|found| found.range)
        .collect()
}
