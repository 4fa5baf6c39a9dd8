//! A snapshot read for one target version: what every question about closures starts from.

use std::borrow::Cow;

use super::place::Place;
use crate::document::Snapshot;
use crate::scope::{Occurrence, PythonVersion, Scope, ScopeKind, Variable};
use crate::syntax::Kind;
use crate::text::{Offset, Range};

/// A snapshot and the version of Python that gives it its meaning. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Program<'s> {
    /// Text, trees and scopes.
    pub snapshot: &'s Snapshot,
    /// The target version.
    pub version: PythonVersion,
}

impl<'s> Program<'s> {
    /// The text of `range`.
    pub fn text(self, range: Range) -> Cow<'s, str> {
        self.snapshot.text.slice(range)
    }

    /// The line of `offset`, counted from one, as people and CPython do.
    pub fn line(self, offset: Offset) -> u32 {
        self.snapshot.text.line_of(offset).saturating_add(1)
    }

    /// The name that a cursor at `offset` touches.
    pub fn occurrence_at(self, offset: Offset) -> Option<Occurrence> {
        self.snapshot.scopes.occurrence_at(self.version, offset)
    }

    /// The variable that the identifier at `range` means.
    pub fn variable_at(self, range: Range) -> Option<Variable> {
        let occurrence = self.occurrence_at(range.start)?;
        if occurrence.range == range {
            occurrence.variable()
        } else {
            None
        }
    }

    /// The innermost node that covers `range`, with its way out.
    pub fn place(self, range: Range) -> Option<Place<'s>> {
        Place::find(self.snapshot, range)
    }

    /// The scope that the function, lambda, class or comprehension at `range` opens. `inside` is an offset
    /// in its body.
    pub fn scope_of(self, range: Range, inside: Offset) -> Option<Scope> {
        let mut scope = self.snapshot.scopes.scope_at(self.version, inside);
        while scope.range() != range || scope.kind() == ScopeKind::TypeParams {
            scope = scope.parent()?;
        }
        Some(scope)
    }

    /// The node of a scope: its definition, lambda or comprehension.
    pub fn place_of(self, scope: &Scope) -> Option<Place<'s>> {
        let kind = match scope.kind() {
            ScopeKind::Function => Kind::FunctionDefinition,
            ScopeKind::Lambda => Kind::Lambda,
            ScopeKind::Class => Kind::ClassDefinition,
            ScopeKind::ListComp => Kind::ListComprehension,
            ScopeKind::SetComp => Kind::SetComprehension,
            ScopeKind::DictComp => Kind::DictionaryComprehension,
            ScopeKind::GenExpr => Kind::GeneratorExpression,
            _ => return None,
        };
        Place::exactly(self.snapshot, scope.range(), kind)
    }
}
