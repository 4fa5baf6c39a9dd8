//! `global` and `nonlocal` statements, and annotations of names that they declare.

use std::ops::Range;

use super::super::table::Flags;
use super::super::walk::Want;
use super::super::{Name, Occurrence, PythonVersion, Role, ScopeKind, Scopes};
use super::checker::Checker;
use super::frame::Frame;
use super::{NameError, Stage, offset_behind, range_behind, range_of};
use crate::text::{self, Offset};

/// A `global` or `nonlocal` statement of the module's own, and one of its names.
pub(super) struct OfModule {
    statement: text::Range,
    name_at: Offset,
    name: Name,
    role: Role,
}

impl OfModule {
    pub fn behind(&self, start: Offset) -> Self {
        Self {
            statement: range_behind(self.statement, start),
            name_at: offset_behind(self.name_at, start),
            ..*self
        }
    }
}

fn word(role: Role) -> &'static str {
    if role == Role::Global {
        "global"
    } else {
        "nonlocal"
    }
}

/// What makes the declaration of a name come too late, by what was said of it before.
const TOO_LATE: Flags = Flags(Flags::PARAM.0 | Flags::LOCAL.0 | Flags::USE.0 | Flags::ANNOT.0);

/// The conflict of a declaration with what was said before: which flag, code, message, and what to call
/// the earlier place.
fn conflict(
    before: Flags,
    name: Name,
    role: Role,
) -> Option<(Flags, &'static str, String, &'static str)> {
    let word = word(role);
    let found = if before.has(Flags::PARAM) {
        let message = format!("name '{name}' is parameter and {word}");
        (Flags::PARAM, "declared-parameter", message, "the parameter")
    } else if before.has(Flags::USE) {
        let message = format!("name '{name}' is used prior to {word} declaration");
        (Flags::USE, "used-before-declaration", message, "used here")
    } else if before.has(Flags::ANNOT) {
        let message = format!("annotated name '{name}' can't be {word}");
        (
            Flags::ANNOT,
            "annotated-declaration",
            message,
            "annotated here",
        )
    } else if before.has(Flags::LOCAL) {
        let message = format!("name '{name}' is assigned to before {word} declaration");
        (
            Flags::LOCAL,
            "assigned-before-declaration",
            message,
            "assigned to here",
        )
    } else {
        return None;
    };
    Some(found)
}

impl Checker<'_, '_> {
    /// A name of a `global` or `nonlocal` statement.
    pub(super) fn declare(&mut self, name: Name, role: Role, range: &Range<usize>) {
        let statement = self.statement.clone();
        if self.kind() == ScopeKind::Module {
            if self.frames.first().is_some_and(|module| module.sound) {
                self.checked.declarations.push(OfModule {
                    statement: range_of(&statement),
                    name_at: Offset::from_usize(range.start),
                    name,
                    role,
                });
            }
            return;
        }
        let Some(frame) = self.frame() else { return };
        let symbol = frame.symbol(name);
        let entry = frame.table.entry(symbol).or_default();
        let error = conflict(entry.flags, name, role).map(|(flag, code, message, what)| {
            let error = NameError::new(Stage::Visit, code, &statement, message);
            match entry.first(flag) {
                Some(first) => error.related(first, what),
                None => error,
            }
        });
        let flag = Flags::of(role);
        entry.add(flag, range);
        frame.directives.push((symbol, statement));
        if let Some(error) = error {
            self.report(error);
        }
    }

    /// An annotation of a name that was declared. In a module it is allowed.
    pub(super) fn annotated(
        &self,
        frame: &Frame,
        name: Name,
        symbol: Name,
        statement: &Range<usize>,
    ) -> Option<NameError> {
        let entry = frame.table.get(&symbol)?;
        let declared = Flags::GLOBAL | Flags::NONLOCAL;
        if frame.kind == ScopeKind::Module || !entry.flags.has(declared) {
            return None;
        }
        let word = if entry.flags.has(Flags::GLOBAL) {
            "global"
        } else {
            "nonlocal"
        };
        let message = format!("annotated name '{name}' can't be {word}");
        let error = NameError::new(Stage::Visit, "annotated-declaration", statement, message);
        Some(match entry.first(declared) {
            Some(first) => error.related(first, "declared here"),
            None => error,
        })
    }

    /// What `nonlocal` names must be bound in an enclosing function: `analyze_name` of `symtable.c`.
    pub(super) fn resolve_nonlocals(&mut self) {
        let mut errors = Vec::new();
        for (index, frame) in self.frames.iter().enumerate() {
            if frame.directives.is_empty() || frame.ignored {
                continue;
            }
            for (symbol, entry) in &frame.table {
                let flags = entry.flags;
                if flags.has(Flags::NONLOCAL) {
                    errors.extend(
                        self.nonlocal_error(index, *symbol, flags)
                            .map(|error| (index, error)),
                    );
                }
            }
        }
        for (index, error) in errors {
            let order = self.order();
            self.report_as_of(order, index, error);
        }
    }

    fn nonlocal_error(&self, index: usize, symbol: Name, flags: Flags) -> Option<NameError> {
        let frame = self.frames.get(index)?;
        let directive = |(name, at): &(Name, Range<usize>)| (*name == symbol).then(|| at.clone());
        let statement = frame.directives.iter().find_map(directive)?;
        let error =
            |code, message: String| Some(NameError::new(Stage::Names, code, &statement, message));
        if flags.has(Flags::GLOBAL) {
            return error(
                "nonlocal-and-global",
                format!("name '{symbol}' is nonlocal and global"),
            );
        }
        for (_, outer) in self.outwards(index).skip(1) {
            if !outer.sound {
                return None;
            }
            let flags = outer.flags(symbol);
            match outer.kind {
                ScopeKind::Module => break,
                ScopeKind::Class if self.rules.is_bound_by_class(symbol) => return None,
                ScopeKind::Class => {}
                _ if flags.has(Flags::GLOBAL) => break,
                _ if flags.has(Flags::NONLOCAL) => {}
                ScopeKind::TypeParams if flags.has(Flags::TYPE_PARAM) => {
                    let message =
                        format!("nonlocal binding not allowed for type parameter '{symbol}'");
                    let found = error("nonlocal-type-parameter", message)?;
                    return Some(
                        match outer
                            .table
                            .get(&symbol)
                            .and_then(|entry| entry.first(flags))
                        {
                            Some(first) => found.related(first, "the type parameter"),
                            None => found,
                        },
                    );
                }
                _ if flags.has(Flags::BOUND) => return None,
                _ => {}
            }
        }
        error(
            "no-binding-for-nonlocal",
            format!("no binding for nonlocal '{symbol}' found"),
        )
    }
}

/// The module's own declarations. They are few, and what was said of their names before may stand in any
/// block. O(declarations × occurrences of their names in the module's own statements).
pub(super) fn settle(
    scopes: &Scopes,
    version: PythonVersion,
    declarations: &[OfModule],
    errors: &mut Vec<NameError>,
) {
    let module = scopes.module(version);
    for declaration in declarations {
        let OfModule {
            statement,
            name_at,
            name,
            role,
        } = declaration;
        let earlier = module.mentions(Want::Names(&[*name]));
        let is_earlier = |at: &&Occurrence| at.name == *name && at.range.start < *name_at;
        let earlier = earlier.iter().filter(is_earlier);
        let before = earlier
            .clone()
            .fold(Flags::default(), |flags, at| flags | Flags::of(at.role));
        let range = statement.start.to_usize()..statement.end.to_usize();
        if let Some((flag, code, message, what)) = conflict(before & TOO_LATE, *name, *role) {
            let mut error = NameError::new(Stage::Visit, code, &range, message);
            if let Some(first) = earlier.clone().find(|at| Flags::of(at.role).has(flag)) {
                let first = first.range;
                error = error.related(&(first.start.to_usize()..first.end.to_usize()), what);
            }
            errors.push(error);
        } else if *role == Role::Nonlocal {
            let message = "nonlocal declaration not allowed at module level";
            errors.push(NameError::new(
                Stage::ModuleNames,
                "nonlocal-at-module-level",
                &range,
                message,
            ));
        }
    }
}
