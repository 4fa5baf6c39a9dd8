//! What a symbol means in a scope: `analyze_name` of CPython's `symtable.c`, asked for one name.
//!
//! CPython goes through all scopes from the outside in and carries the sets of bound and of global names
//! along. Here the question starts inside and walks out, which comes to the same for one name.

use super::table::Flags;
use super::{Name, Scope, ScopeKind};

/// How the compiler sees a symbol in a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Bound here.
    Local,
    /// A variable of this enclosing function; `None` if a `nonlocal` finds none.
    Free(Option<Scope>),
    /// Declared global.
    GlobalExplicit,
    /// Not bound in any function around: a global or builtin.
    GlobalImplicit,
    /// Looked up in this class first, where it is bound, then among the globals (PEP 695).
    InClass(Scope),
}

impl Scope {
    /// What `symbol` means where it is used here. O(depth × what is bound under this name).
    pub(super) fn meaning(&self, symbol: Name) -> Meaning {
        self.meaning_of(symbol, self.binding_flags(symbol))
    }

    /// The same, where what this scope says of the symbol is known.
    pub(super) fn meaning_of(&self, symbol: Name, flags: Flags) -> Meaning {
        if flags.has(Flags::GLOBAL) {
            return Meaning::GlobalExplicit;
        }
        let outer = || self.parent_ref().and_then(|parent| parent.binder(symbol));
        if flags.has(Flags::NONLOCAL) {
            return Meaning::Free(outer());
        }
        if flags.has(Flags::BOUND) {
            return Meaning::Local;
        }
        if let Some(class) = self.class_looked_in() {
            let here = class.binding_flags(symbol);
            if here.has(Flags::GLOBAL) {
                return Meaning::GlobalExplicit;
            }
            if here.has(Flags::BOUND) && !here.has(Flags::NONLOCAL) {
                return Meaning::InClass(class);
            }
        }
        match outer() {
            Some(owner) => Meaning::Free(Some(owner)),
            None => Meaning::GlobalImplicit,
        }
    }

    /// Whose variable `symbol` is for the scopes nested in this one, among the enclosing functions. Class
    /// scopes are skipped, but for the names that a class gives its methods.
    pub(super) fn binder(&self, symbol: Name) -> Option<Self> {
        let mut scope = self;
        loop {
            match scope.kind() {
                ScopeKind::Module => return None,
                ScopeKind::Class => {
                    if scope.gives_methods(symbol) {
                        return Some(scope.clone());
                    }
                }
                _ => {
                    let flags = scope.binding_flags(symbol);
                    if flags.has(Flags::GLOBAL) {
                        return None;
                    }
                    if flags.has(Flags::BOUND) && !flags.has(Flags::NONLOCAL) {
                        return Some(scope.clone());
                    }
                }
            }
            scope = scope.parent_ref()?;
        }
    }

    /// The cells that a class makes for what is nested in it (PEP 3135, PEP 695, PEP 749).
    pub(super) fn gives_methods(&self, symbol: Name) -> bool {
        match symbol.as_str() {
            "__class__" => true,
            "__classdict__" => self.rules().has_type_scopes(),
            "__conditional_annotations__" => self.rules().signature_is_scope(),
            _ => false,
        }
    }

    /// The class that an annotation scope looks names up in first (PEP 695).
    fn class_looked_in(&self) -> Option<Self> {
        let stringified = self.detached() && self.standing_is_ignored();
        if !self.sees_class() && !stringified {
            return None;
        }
        let mut scope = self.parent_ref()?;
        while scope.kind() != ScopeKind::Class {
            if !scope.sees_class() {
                return None;
            }
            scope = scope.parent_ref()?;
        }
        Some(scope.clone())
    }

    fn standing_is_ignored(&self) -> bool {
        self.standing() == super::rules::Standing::Ignored
    }
}
