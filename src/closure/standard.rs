//! Names of the builtins and of the standard library, as the text imports them.
//!
//! `ft.partial`, after `import functools as ft`, and `partial`, after `from functools import partial`, are
//! both `functools.partial`. A name that this file binds otherwise is none of them.

use super::place::Part;
use super::program::Program;
use crate::scope::{Occurrence, Resolution, Role};
use crate::syntax::{Field, Kind};

/// The full name of what `expression` names: `sorted`, `functools.partial`. O(bindings of its first name).
pub fn full_name(program: Program<'_>, expression: Part<'_>) -> Option<String> {
    let mut attributes = Vec::new();
    let mut root = expression;
    while root.kind() == Kind::Attribute {
        attributes.push(program.text(root.field(Field::Attribute)?.range()));
        root = root.field(Field::Object)?;
    }
    if root.kind() != Kind::Identifier {
        return None;
    }
    let mut name = match program.occurrence_at(root.range().start)?.resolve() {
        Resolution::Builtin => program.text(root.range()).into_owned(),
        resolution => {
            let bindings = resolution.variable()?.bindings();
            let first = imported(program, bindings.first()?)?;
            let same = |binding| imported(program, binding).as_ref() == Some(&first);
            bindings.iter().all(same).then_some(first)?
        }
    };
    for attribute in attributes.iter().rev() {
        name.push('.');
        name.push_str(attribute);
    }
    Some(name)
}

/// The full name of what an import binds.
fn imported(program: Program<'_>, binding: &Occurrence) -> Option<String> {
    if !matches!(binding.role, Role::Import | Role::ImportFrom) {
        return None;
    }
    let place = program.place(binding.range)?;
    let text = |part: Part<'_>| program.text(part.range()).into_owned();
    let name = match place.enclosing(&[Kind::AliasedImport]) {
        Some(aliased) => text(aliased.field(Field::Name)?),
        None => program.text(binding.range).into_owned(),
    };
    let statement = place.enclosing(&[Kind::ImportStatement, Kind::ImportFromStatement])?;
    if statement.kind() == Kind::ImportStatement {
        return Some(name);
    }
    let module = statement
        .field(Field::Module)
        .filter(|module| module.kind() == Kind::DottedName)?;
    Some(format!("{}.{name}", text(module)))
}

/// Whether calling `callee` with a function gives that function back: `functools.wraps(fn)`.
pub fn is_identity(program: Program<'_>, callee: Part<'_>) -> bool {
    match callee.kind() {
        Kind::Call => wraps(program, callee).is_some(),
        _ => matches!(
            full_name(program, callee).as_deref(),
            Some("typing.final" | "abc.abstractmethod")
        ),
    }
}

/// The function whose name and docstring `functools.wraps(fn)` hands on, all of them and no more.
pub fn wrapped<'s>(program: Program<'s>, decorator: Part<'s>) -> Option<Part<'s>> {
    match wraps(program, decorator)?.children()[..] {
        [only] if !matches!(only.kind(), Kind::Starred | Kind::DoubleStarred) => Some(only),
        _ => None,
    }
}

/// The arguments of a call of `functools.wraps`.
fn wraps<'s>(program: Program<'s>, call: Part<'s>) -> Option<Part<'s>> {
    let callee = call
        .field(Field::Function)
        .filter(|_| call.kind() == Kind::Call)?;
    let wraps = full_name(program, callee)? == "functools.wraps";
    wraps.then(|| call.field(Field::Arguments))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Snapshot;
    use crate::scope::PythonVersion;
    use crate::text::{Offset, Range};

    #[track_caller]
    fn check(imports: &str, expression: &str, expected: Option<&str>) {
        let snapshot = Snapshot::new(&format!("{imports}\n{expression}"));
        let program = Program {
            snapshot: &snapshot,
            version: PythonVersion::default(),
        };
        let start = Offset::from_usize(imports.len() + 1);
        let range = Range::new(start, snapshot.text.range().end);
        let part = program.place(range).and_then(|place| place.part()).unwrap();
        assert_eq!(full_name(program, part).as_deref(), expected);
    }

    #[test]
    fn names_as_they_are_imported() {
        check("", "sorted", Some("sorted"));
        check(
            "import functools",
            "functools.wraps",
            Some("functools.wraps"),
        );
        check(
            "import functools as ft",
            "ft.wraps",
            Some("functools.wraps"),
        );
        check("import os.path", "os.path.join", Some("os.path.join"));
        check("import os.path as p", "p.join", Some("os.path.join"));
        check(
            "from functools import wraps",
            "wraps",
            Some("functools.wraps"),
        );
        check(
            "from functools import (wraps as w,)",
            "w",
            Some("functools.wraps"),
        );
    }

    #[test]
    fn what_the_file_binds_itself_is_no_standard_name() {
        check("def sorted(): pass", "sorted", None);
        check("from functools import wraps\nwraps = 1", "wraps", None);
        check("from .functools import wraps", "wraps", None);
        check("try: from a import f\nexcept E: from b import f", "f", None);
        check("def f(): pass", "f().x", None);
    }
}
