//! Rename: every occurrence of one variable gets another name, and nothing changes its meaning.
//!
//! The edits are made on a copy of the document, and the names of the result are asked again what they
//! mean. Only where each means what it meant before, up to the new name, is the rename done. All else is
//! refused, with the place and the reason.
//!
//! | file | what |
//! | --- | --- |
//! | [`subject`] | whether the variable can be renamed at all |
//! | [`words`] | where else in the text its name stands |
//! | [`edits`] | what has to be written where |
//! | [`keywords`] | calls that pass a parameter by its name |
//! | [`check`] | whether the result means the same |

mod check;
mod edits;
mod keywords;
mod subject;
mod words;

use super::config::Config;
use crate::closure::program::Program;
use crate::document::{Change, Snapshot};
use crate::scope::{Name, ScopeKind, Variable};
use crate::text::{Offset, Range};
use subject::Subject;

/// What would be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renameable {
    /// The name under the cursor.
    pub range: Range,
    /// As it is written there.
    pub name: String,
}

/// Why there is no rename.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// In a sentence without its full stop; it names the line.
    pub reason: String,
    /// The place that stands against it.
    pub at: Range,
}

/// Whether the name at `at` can have another, as far as that doesn't depend on which; `None` where there
/// is no name.
pub fn prepare_rename(
    snapshot: &Snapshot,
    at: Offset,
    config: &Config,
) -> Option<Result<Renameable, Refusal>> {
    let program = program(snapshot, config);
    let subject = Subject::at(program, at)?;
    Some(subject.map(|subject| Renameable {
        range: subject.written,
        name: program.text(subject.written).into_owned(),
    }))
}

/// The edits that give the variable at `at` the name `new`, in the text's order; `None` where there is no
/// name. O(text) to look for its name, O(occurrences of both names) to ask what they mean, and the reparse
/// of the blocks that have one.
pub fn rename(
    snapshot: &Snapshot,
    at: Offset,
    new: &str,
    config: &Config,
) -> Option<Result<Vec<Change>, Refusal>> {
    let program = program(snapshot, config);
    let subject = Subject::at(program, at)?;
    Some(subject.and_then(|subject| {
        let name = new_name(new).map_err(|reason| Refusal {
            reason,
            at: subject.written,
        })?;
        let edits = edits::edits(&subject, name, new)?;
        check::check(&subject, name, &edits)?;
        Ok(edits.into_iter().map(|edit| edit.change).collect())
    }))
}

fn program<'s>(snapshot: &'s Snapshot, config: &Config) -> Program<'s> {
    Program {
        snapshot,
        version: config.version,
    }
}

/// `new` as a name, or why it is none. The grammar is the judge of what a name is.
fn new_name(new: &str) -> Result<Name, String> {
    let alone = Snapshot::new(new);
    let range = alone.text.range();
    let mut found = alone
        .scopes
        .occurrences_in(Config::default().version, range);
    let name = found.next().filter(|found| found.range == range);
    let Some(name) = name.map(|found| found.name) else {
        return Err(format!("{new:?} can't be a name in Python"));
    };
    if is_pythons_own(name.as_str()) {
        return Err(format!("names like `{new}` are Python's own"));
    }
    if name.as_str() == "super" {
        return Err("a function that names `super` gets a cell `__class__` from Python".to_owned());
    }
    Ok(name)
}

/// Whether Python itself looks names like this up.
fn is_pythons_own(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

/// What a scope is called in a reason: `f`, `the module`.
fn owner(variable: &Variable) -> String {
    let scope = variable.owner();
    match scope.kind() {
        ScopeKind::Module => "the module".to_owned(),
        _ => format!("`{}`", scope.qualname()),
    }
}

#[cfg(test)]
mod tests;
