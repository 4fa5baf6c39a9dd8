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
mod code;
mod contents;
mod cost;
mod dead_code;
mod errors;
mod extract;
mod facts;
mod knowable;
mod locate;
mod merge;
mod name;
mod names;
mod occurrence;
mod outline;
mod place;
mod questions;
mod resolve;
mod role;
mod rules;
mod string_places;
mod summary;
mod symbol_table;
mod table;
mod variable;
mod version;
mod walk;

pub use cost::{Cost, Measure, measure_allocations};
pub use errors::{NameError, Pointer, Stage};
pub use knowable::Knowable;
pub use name::Name;
pub use occurrence::{Occurrence, Resolution, Why};
pub use place::Scope;
pub use role::{Role, ScopeKind};
pub use string_places::StringPlaces;
pub use symbol_table::{
    Access, Binding, CodeEntry, OccurrenceEntry, ScopeEntry, SymbolEntry, SymbolTable,
};
pub use variable::{Capture, Captures, Variable};
pub use version::{PythonVersion, UnknownVersion};

use std::sync::Arc;

use crate::seq::Seq;
use crate::syntax::{Block, Changes, Syntax};
use crate::text::{Offset, Range, Text};
use extract::Dirty;
use facts::Traits;

/// The analysis of one version of a document. Immutable, `Send + Sync`; cloning is O(1).
#[derive(Clone, Default)]
pub struct Scopes {
    blocks: Seq<Arc<facts::Block>>,
    cost: Cost,
}

impl Scopes {
    /// Reads what every block says about names. O(n).
    pub fn new(text: &Text, syntax: &Syntax) -> Self {
        let mut cost = Cost::default();
        let facts = syntax
            .blocks()
            .map(|(start, block)| facts_of(text, start, block, None, &mut cost));
        let blocks = facts.collect();
        Self::of(blocks, cost)
    }

    fn of(blocks: Seq<Arc<facts::Block>>, cost: Cost) -> Self {
        Self { blocks, cost }
    }

    /// The analysis after an edit: `changes` says which blocks were replaced, all others keep their facts.
    pub fn update(&self, text: &Text, syntax: &Syntax, changes: &Changes) -> Self {
        let mut updated = Self::default();
        let mut update = || updated = self.updated(text, syntax, changes);
        let allocations = cost::allocations_of(&mut update);
        updated.cost.allocations = allocations;
        updated
    }

    fn updated(&self, text: &Text, syntax: &Syntax, changes: &Changes) -> Self {
        let old = self
            .blocks
            .get(changes.old.start)
            .filter(|_| changes.old.len() == 1);
        let dirty = changes.reparse.as_ref().and_then(Dirty::new);
        let new = syntax
            .blocks_from(changes.new.start)
            .take(changes.new.len());
        let old = old.as_ref().map(|old| old.item.as_ref()).zip(dirty);
        let mut cost = Cost::default();
        let new: Vec<_> = new
            .map(|(start, block)| facts_of(text, start, block, old, &mut cost))
            .collect();
        Self::of(self.blocks.splice(changes.old.clone(), new), cost)
    }

    /// What it took to make this version from the one before.
    pub fn cost(&self) -> Cost {
        self.cost
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

/// The facts of a block; from those of the block before an edit, if what it touched is known.
fn facts_of(
    text: &Text,
    start: Offset,
    block: &Block,
    old: Option<(&facts::Block, Dirty)>,
    cost: &mut Cost,
) -> Arc<facts::Block> {
    let range = Range::new(start, start + block.len());
    let (facts, taken) = match (block.tree(), old) {
        (Some(tree), Some(old)) => extract::block_again(text, range, tree, old),
        (Some(tree), None) => extract::block(&text.slice(range), tree),
        (None, _) => (
            extract::without_tree(range.len().to_usize()),
            Cost::default(),
        ),
    };
    *cost += taken;
    Arc::new(facts)
}

impl std::fmt::Debug for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scopes of {} bytes", self.len().0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Change, Document, Snapshot};
    use crate::syntax::block::NEVER;

    fn edit(document: &mut Document, at: usize, new: &str) {
        let range = Range::at(Offset::from_usize(at));
        let text = new.to_owned();
        document.edit(&[Change { range, text }], NEVER);
    }

    /// The statements of the first class.
    fn statements(scopes: &Scopes) -> Vec<Arc<facts::Piece>> {
        let block = scopes.blocks.get(0).unwrap().item;
        let class = block.body.pieces.get(0).unwrap().item;
        let region = class.items.iter().find_map(|item| match item {
            facts::Item::Region(region) => Some(region),
            _ => None,
        });
        let body = region.unwrap().items.iter().find_map(|item| match item {
            facts::Item::Body(body) => Some(body),
            _ => None,
        });
        body.unwrap()
            .pieces
            .iter()
            .map(|placed| placed.item.clone())
            .collect()
    }

    #[test]
    fn a_letter_in_a_method_leaves_the_facts_of_all_others() {
        let method =
            |n| format!("    def m{n}(self, a):\n        b = a\n        return lambda: b\n\n");
        let source = format!("class C:\n{}", (0..1000).map(method).collect::<String>());
        let mut document = Document::new(&source);
        let before = document.snapshot().scopes;
        assert_eq!(statements(&before).len(), 1000);
        edit(
            &mut document,
            source.find("return").unwrap() + source.len() / 2 / 65 * 65,
            "x",
        );
        let after = document.snapshot().scopes;
        let (old, new) = (statements(&before), statements(&after));
        assert_eq!(new.len(), 1000);
        let kept = old
            .iter()
            .zip(&new)
            .filter(|(old, new)| Arc::ptr_eq(old, new))
            .count();
        assert!(kept >= 996, "{kept} kept");
        assert!(after.cost().nodes < 500, "{:?}", after.cost());
    }

    /// What a function's name means changes with the text around it. The function's facts don't: they are the
    /// same in memory, so no answer can be in them.
    #[test]
    fn no_resolved_name_is_stored() {
        let source = "first = 0\ndef outer():\n    value = 1\n    1\n    2\n    def inner():\n        return value\n";
        let mut document = Document::new(source);
        let version = PythonVersion::V3_13;
        let asked = |document: &Document| {
            let Snapshot { text, scopes, .. } = document.snapshot();
            let at = text.to_string().find("return value").unwrap() + "return ".len();
            let occurrence = scopes.occurrence_at(version, Offset::from_usize(at));
            let inner = scopes.scope_at(version, Offset::from_usize(at));
            let resolution = occurrence.unwrap().resolve();
            let owner = resolution.variable().map(|value| value.owner().qualname());
            (inner, owner)
        };
        let (inner, owner) = asked(&document);
        assert_eq!(owner.as_deref(), Some("outer"));
        for (old, new, owner) in [
            ("value = 1", "other = 1", None),
            ("first = 0", "value = 0", Some("<module>")),
            ("other = 1", "value = 1", Some("outer")),
            ("value = 1", "global value", Some("<module>")),
            ("global value", "pass", Some("<module>")),
            ("outer()", "outer(value)", Some("outer")),
        ] {
            let text = document.snapshot().text.to_string();
            let start = text.find(old).unwrap();
            let range = Range::new(
                Offset::from_usize(start),
                Offset::from_usize(start + old.len()),
            );
            let text = new.to_owned();
            document.edit(&[Change { range, text }], NEVER);
            let (now, found) = asked(&document);
            assert_eq!(found.as_deref(), owner, "{new}");
            assert!(now.shares_facts(&inner), "{new}");
        }
    }

    #[test]
    fn a_body_that_moved_keeps_its_statements() {
        let source = "def f(self):          pass\n";
        let mut document = Document::new(source);
        let range = Range::new(Offset(5), Offset(11));
        let text = String::new();
        document.edit(&[Change { range, text }], NEVER);
        let Snapshot {
            text,
            syntax,
            scopes,
        } = document.snapshot();
        assert_eq!(scopes.outline(), Scopes::new(&text, &syntax).outline());
    }

    #[test]
    fn dropping_a_deep_nest_needs_no_deep_stack() {
        let depth = 20_000;
        let source = "lambda: ".repeat(depth) + "x";
        let document = Document::new(&source);
        let innermost = document
            .snapshot()
            .scopes
            .scope_at(PythonVersion::V3_13, Offset::from_usize(source.len()));
        assert_eq!(innermost.kind(), ScopeKind::Lambda);
        drop(document);
        drop(innermost);
    }
}
