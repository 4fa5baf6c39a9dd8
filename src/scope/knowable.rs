//! What can't be known of a scope's names, for code that isn't there to be read may bind and read them.

use super::facts::Traits;
use super::{Name, Scope, ScopeKind};
use crate::text::Offset;

/// What in a scope limits what can be known of its names. All `false`: everything is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Knowable {
    /// `from … import *`: any name may come from there.
    pub star_import: bool,
    /// A call of `exec` or `eval`: code that can't be seen reads, and at module level binds, any name.
    pub exec: bool,
    /// A call of `locals`, `globals` or `vars`: names are reached through a dictionary.
    pub namespace: bool,
    /// Something is put into its namespace by `globals()`, `locals()` or `vars()`: names come from there
    /// that no text binds.
    pub written: bool,
    /// A module's `__getattr__` (PEP 562), or `__builtins__` touched.
    pub hooks: bool,
}

impl Knowable {
    /// Whether nothing limits the answers.
    pub fn is_all(self) -> bool {
        self == Self::default()
    }
}

impl Scope {
    /// What limits the answers in it. O(log n).
    pub fn knowable(&self) -> Knowable {
        let named = |name: &str| {
            self.kind() == ScopeKind::Module && !self.flags(Name::new(name)).is_empty()
        };
        Knowable {
            hooks: named("__getattr__") || named("__builtins__"),
            ..self.limits()
        }
    }

    /// The same, without a look for hooks: no name in the text asks them. O(1).
    pub(super) fn limits(&self) -> Knowable {
        let traits = self.traits();
        Knowable {
            star_import: traits.has(Traits::STAR_IMPORT),
            exec: traits.has(Traits::EXEC),
            namespace: traits.has(Traits::NAMESPACE),
            written: match self.kind() {
                ScopeKind::Module => {
                    traits.has(Traits::WRITES_GLOBALS) || traits.has(Traits::WRITES_LOCALS)
                }
                ScopeKind::Class => traits.has(Traits::WRITES_LOCALS),
                // Of a function, `locals()` is a copy (PEP 667).
                _ => false,
            },
            hooks: false,
        }
    }

    /// Whether, in this module, a `from … import *` stands behind `at`, and may bind any name anew.
    /// O(blocks with one).
    pub fn star_import_behind(&self, at: Offset) -> bool {
        let blocks = &self.scopes().blocks;
        let mut blocks = blocks.iter_where(|traits| traits.has(Traits::STAR_IMPORT));
        self.kind() == ScopeKind::Module
            && blocks.any(|block| {
                let start = Offset(block.start.0);
                let mut pieces = block.item.body.pieces.iter();
                pieces.any(|piece| {
                    piece.item.traits.has(Traits::STAR_IMPORT) && start + piece.start > at
                })
            })
    }
}
