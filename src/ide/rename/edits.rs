//! What has to be written where.

use super::subject::Subject;
use super::words::Standing;
use super::{Refusal, keywords};
use crate::document::Change;
use crate::scope::{Name, Occurrence, Role, ScopeKind};
use crate::syntax::Kind;
use crate::text::{Offset, Range};

/// One edit of a rename.
pub struct Edit {
    /// The edit itself.
    pub change: Change,
    /// Where the occurrence that it renames starts; `None` where it renames none.
    pub occurrence: Option<Offset>,
}

/// Stands between what is imported and the name that it gets.
pub const AS: &str = " as ";

/// The edits, in the text's order. `new` is the name as it shall be written, `name` what it is to Python.
pub fn edits(subject: &Subject<'_>, name: Name, new: &str) -> Result<Vec<Edit>, Refusal> {
    let occurrences = subject.occurrences.iter();
    let mut edits: Vec<Edit> = occurrences
        .map(|occurrence| of_occurrence(subject, occurrence, new))
        .collect();
    let exported = subject
        .words
        .iter()
        .filter(|word| word.standing == Standing::String && is_exported(subject, word.range));
    let others = keywords::passed(subject, name)?;
    let others = others.into_iter().chain(exported.map(|word| word.range));
    edits.extend(others.map(|range| Edit {
        change: Change {
            range,
            text: new.to_owned(),
        },
        occurrence: None,
    }));
    edits.sort_by_key(|edit| edit.change.range.start);
    Ok(edits)
}

fn of_occurrence(subject: &Subject<'_>, occurrence: &Occurrence, new: &str) -> Edit {
    let change = if names_what_it_imports(subject, occurrence) {
        Change {
            range: Range::at(occurrence.range.end),
            text: format!("{AS}{new}"),
        }
    } else {
        Change {
            range: occurrence.range,
            text: new.to_owned(),
        }
    };
    Edit {
        change,
        occurrence: Some(occurrence.range.start),
    }
}

/// `import x` and `from a import x`: the name says what to import; that stays, and gets an `as`.
fn names_what_it_imports(subject: &Subject<'_>, occurrence: &Occurrence) -> bool {
    matches!(occurrence.role, Role::Import | Role::ImportFrom)
        && subject
            .program
            .place(occurrence.range)
            .is_some_and(|place| place.outer_kind() == Kind::DottedName)
}

/// Whether a string that holds the name of a variable of the module stands in a statement about `__all__`.
fn is_exported(subject: &Subject<'_>, string: Range) -> bool {
    let program = subject.program;
    let statement = |kind| {
        program
            .place(string)
            .and_then(|place| place.enclosing(&[kind]))
    };
    let statements = [
        Kind::Assignment,
        Kind::AugmentedAssignment,
        Kind::AnnotatedAssignment,
        Kind::Call,
    ];
    subject.variable.owner().kind() == ScopeKind::Module
        && statements
            .into_iter()
            .filter_map(statement)
            .any(|statement| program.text(statement.range()).starts_with("__all__"))
}
