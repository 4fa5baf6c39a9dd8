//! A scope of one snapshot, and its way out to the module.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::{Name, Occurrence, PythonVersion, Resolution, ScopeKind, Scopes, Variable};
use crate::text::{Offset, Range};

/// One scope of one snapshot, seen with the eyes of one Python version, with its way out to the module.
/// Cheap to clone. Equal if it is the same scope of the same text; handles of different snapshots or
/// versions must not be compared.
#[derive(Clone)]
pub struct Scope(Arc<Place>);

struct Place {
    scopes: Scopes,
    version: PythonVersion,
    parent: Option<Scope>,
    kind: ScopeKind,
    start: Offset,
}

impl Scope {
    pub(super) fn module(scopes: Scopes, version: PythonVersion) -> Self {
        Self(Arc::new(Place {
            scopes,
            version,
            parent: None,
            kind: ScopeKind::Module,
            start: Offset(0),
        }))
    }

    /// The analysis that it is a part of.
    pub fn scopes(&self) -> &Scopes {
        &self.0.scopes
    }

    /// The version whose rules hold.
    pub fn version(&self) -> PythonVersion {
        self.0.version
    }

    /// What kind of scope it is.
    pub fn kind(&self) -> ScopeKind {
        self.0.kind
    }

    /// Whether it can own and take cells: every scope but the module and classes.
    pub fn is_function_like(&self) -> bool {
        self.kind().is_function_like()
    }

    /// The name of a `def`, `class` or `type` statement or type parameter.
    pub fn name(&self) -> Option<Name> {
        None
    }

    /// `co_qualname` (PEP 3155): `raise_to.<locals>.raise_to_exp`.
    pub fn qualname(&self) -> String {
        "<module>".to_owned()
    }

    /// From `def` to the end of the body; decorators stand before it.
    pub fn range(&self) -> Range {
        Range::at(self.0.start)
    }

    /// The identifier after `def` or `class`; the `lambda` keyword of a lambda.
    pub fn name_range(&self) -> Option<Range> {
        None
    }

    /// `def` up to and with its colon; `lambda` up to and with its colon; the whole of a comprehension.
    pub fn header(&self) -> Range {
        self.range()
    }

    /// `async def`, or a comprehension with `async for`.
    pub fn is_async(&self) -> bool {
        false
    }

    /// Whether it is a generator: it contains `yield`, or is a generator expression.
    pub fn is_generator(&self) -> bool {
        false
    }

    /// Whether it has no code object of its own, but is a part of the enclosing one's (PEP 709, from 3.12).
    pub fn inlined(&self) -> bool {
        false
    }

    /// Whether it is an annotation that is never evaluated (`from __future__ import annotations`, PEP 563).
    pub fn detached(&self) -> bool {
        false
    }

    /// The scope it stands in; `None` for the module.
    pub fn parent(&self) -> Option<Self> {
        self.0.parent.clone()
    }

    /// The scopes nested directly in it, in source order, those that exist in this version.
    pub fn children(&self) -> Vec<Self> {
        Vec::new()
    }

    /// The occurrences that are evaluated directly in it, in source order.
    pub fn occurrences(&self) -> Vec<Occurrence> {
        Vec::new()
    }

    /// What limits the answers in it.
    pub fn knowable(&self) -> Knowable {
        Knowable::default()
    }

    /// The variable that `name` means here; `None` for a builtin, and for what this file doesn't bind.
    pub fn variable(&self, name: Name) -> Option<Variable> {
        self.resolve(name).variable().cloned()
    }

    /// What `name`, as written, means where it is used here.
    pub fn resolve(&self, _name: Name) -> Resolution {
        Resolution::Builtin
    }

    /// The variables that it owns, in the order in which they first occur.
    pub fn variables(&self) -> Vec<Variable> {
        Vec::new()
    }

    /// `co_freevars`, in CPython's order; each with its owner.
    pub fn free_variables(&self) -> Vec<Variable> {
        Vec::new()
    }

    /// `co_cellvars`, in CPython's order. Implicit ones (`__class__`) are among them.
    pub fn cell_variables(&self) -> Vec<Variable> {
        Vec::new()
    }
}

impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.start, self.0.kind) == (other.0.start, other.0.kind)
    }
}

impl Eq for Scope {}

impl Hash for Scope {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.start, self.0.kind).hash(state);
    }
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:?} {} at {}",
            self.kind(),
            self.qualname(),
            self.0.start.0
        )
    }
}

/// What in a scope limits what can be known of its names. All `false`: everything is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Knowable {
    /// `from … import *`: any name may come from there.
    pub star_import: bool,
    /// A call of `exec` or `eval`: code that can't be seen reads, and at module level binds, any name.
    pub exec: bool,
    /// A call of `locals`, `globals` or `vars`: names are reached through a dictionary.
    pub namespace: bool,
    /// A module's `__getattr__` (PEP 562), or `__builtins__` touched.
    pub hooks: bool,
}

impl Knowable {
    /// Whether nothing limits the answers.
    pub fn is_all(self) -> bool {
        self == Self::default()
    }
}
