//! What each name means.
//!
//! # The words, on one example
//!
//! ```python
//! def raise_to(exp):
//!     def raise_to_exp(x):
//!         return pow(x, exp)
//!     return raise_to_exp
//! ```
//!
//! There are three *scopes*: the module, the function `raise_to`, and in it the function `raise_to_exp`.
//! The parameter `exp` is a *binding* in `raise_to`, the `exp` in the call is a *use* in `raise_to_exp`.
//! The use resolves to the *variable* `exp`, which `raise_to` *owns*: there it is a *cell* variable, for
//! a function nested in it uses it; in `raise_to_exp` it is *free*, and so `raise_to_exp` is a closure
//! with one *capture*. `pow` resolves to no binding of this file: a builtin.
//!
//! # Facts, then questions
//!
//! What a statement says about names (*facts*) depends on its text alone: positions relative to its
//! start, names as written, no owner, no Python version. What depends on more (the enclosing class for
//! `__mangled` names, the target version, `from __future__ import annotations`, what an outer scope
//! binds) comes in when a question is asked. No resolved name is stored anywhere.

mod name;
mod occurrence;
mod place;
mod role;
mod variable;
mod version;

pub use name::Name;
pub use occurrence::{Occurrence, Resolution, Why};
pub use place::{Knowable, Scope};
pub use role::{Role, ScopeKind};
pub use variable::{Capture, Variable};
pub use version::{PythonVersion, UnknownVersion};

use crate::syntax::{Changes, Syntax};
use crate::text::{Offset, Range, Text};

/// The analysis of one version of a document. Immutable, `Send + Sync`; cloning is O(1).
#[derive(Clone, Debug, Default)]
pub struct Scopes {
    _private: (),
}

impl Scopes {
    /// Reads what every block says about names. O(n).
    pub fn new(_text: &Text, _syntax: &Syntax) -> Self {
        Self::default()
    }

    /// The analysis after an edit: `changes` says which blocks were replaced, all others keep their facts.
    pub fn update(&self, _text: &Text, _syntax: &Syntax, _changes: &Changes) -> Self {
        Self::default()
    }

    /// The outermost scope, seen with the eyes of `version`.
    pub fn module(&self, version: PythonVersion) -> Scope {
        Scope::module(self.clone(), version)
    }

    /// The innermost scope in which an expression at `offset` is evaluated. O(depth × log n).
    pub fn scope_at(&self, version: PythonVersion, _offset: Offset) -> Scope {
        self.module(version)
    }

    /// The occurrence that the cursor at `offset` is in, or right behind. O(depth × log n).
    pub fn occurrence_at(&self, _version: PythonVersion, _offset: Offset) -> Option<Occurrence> {
        None
    }

    /// All occurrences that share a byte with `range`, whatever their scope, in source order.
    pub fn occurrences_in(
        &self,
        _version: PythonVersion,
        _range: Range,
    ) -> impl Iterator<Item = Occurrence> {
        std::iter::empty()
    }

    /// All scopes that share a byte with `range`, in the order of their starts, an enclosing scope
    /// before what starts at the same place. The module is not among them.
    pub fn scopes_in(&self, _version: PythonVersion, _range: Range) -> Vec<Scope> {
        Vec::new()
    }
}
