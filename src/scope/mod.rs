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

mod cells;
mod errors;
mod extract;
mod facts;
mod filter;
mod locate;
mod name;
mod occurrence;
mod place;
mod questions;
mod resolve;
mod role;
mod rules;
mod symbol_table;
mod table;
mod variable;
mod version;
mod walk;

pub use errors::{NameError, Pointer, Stage};
pub use name::Name;
pub use occurrence::{Occurrence, Resolution, Why};
pub use place::{Knowable, Scope};
pub use role::{Role, ScopeKind};
pub use symbol_table::{
    Access, Binding, CodeEntry, OccurrenceEntry, ScopeEntry, SymbolEntry, SymbolTable,
};
pub use variable::{Capture, Variable};
pub use version::{PythonVersion, UnknownVersion};

use std::sync::Arc;

use crate::seq::Seq;
use crate::syntax::{Block, Changes, Syntax};
use crate::text::{Offset, Range, Text};
use facts::Traits;

/// The analysis of one version of a document. Immutable, `Send + Sync`; cloning is O(1).
#[derive(Clone, Default)]
pub struct Scopes {
    blocks: Seq<Arc<facts::Block>>,
}

impl Scopes {
    /// Reads what every block says about names. O(n).
    pub fn new(text: &Text, syntax: &Syntax) -> Self {
        Self {
            blocks: syntax
                .blocks()
                .map(|(start, block)| facts_of(text, start, block))
                .collect(),
        }
    }

    /// The analysis after an edit: `changes` says which blocks were replaced, all others keep their facts.
    pub fn update(&self, text: &Text, syntax: &Syntax, changes: &Changes) -> Self {
        let new = syntax
            .blocks_from(changes.new.start)
            .take(changes.new.len());
        let new: Vec<_> = new
            .map(|(start, block)| facts_of(text, start, block))
            .collect();
        Self {
            blocks: self.blocks.splice(changes.old.clone(), new),
        }
    }

    /// The outermost scope, seen with the eyes of `version`.
    pub fn module(&self, version: PythonVersion) -> Scope {
        Scope::module(self.clone(), version)
    }

    /// Length of the text, in bytes from its start.
    fn len(&self) -> Offset {
        Offset(self.blocks.bytes().0)
    }

    /// Whether annotations are kept as strings (PEP 563): a future import stands before all other
    /// statements, but for the docstring.
    fn stringifies_annotations(&self) -> bool {
        let pieces = self
            .blocks
            .iter()
            .flat_map(|block| block.item.body.pieces.iter());
        for (index, piece) in pieces.enumerate() {
            let traits = piece.item.traits;
            if traits.has(Traits::FUTURE_ANNOTATIONS) {
                return true;
            }
            let docstring = index == 0 && traits.has(Traits::DOCSTRING);
            if !docstring && !traits.has(Traits::FUTURE) {
                return false;
            }
        }
        false
    }
}

fn facts_of(text: &Text, start: Offset, block: &Block) -> Arc<facts::Block> {
    let source = text.slice(Range::new(start, start + block.len()));
    Arc::new(match block.tree() {
        Some(tree) => extract::block(&source, tree),
        None => extract::without_tree(source.len()),
    })
}

impl std::fmt::Debug for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scopes of {} bytes", self.len().0)
    }
}
