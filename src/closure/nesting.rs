//! Which function's own code a piece of text is part of.

use crate::scope::{Scope, ScopeKind};

/// The function, class bodies skipped, whose call makes `closure`.
pub fn made_in(closure: &Scope) -> Option<Scope> {
    let mut scope = closure.parent()?;
    while scope.kind() == ScopeKind::Class || scope.kind().is_annotation_scope() {
        scope = scope.parent()?;
    }
    (scope.kind() != ScopeKind::Module).then_some(scope)
}

/// Whether what is evaluated in `scope` is evaluated while `owner`'s own code runs: nothing but class
/// bodies and comprehensions lies between.
pub fn is_local_to(scope: &Scope, owner: &Scope) -> bool {
    let mut scope = scope.clone();
    while scope != *owner {
        if !(scope.kind() == ScopeKind::Class || scope.kind().is_comprehension()) {
            return false;
        }
        let Some(parent) = scope.parent() else {
            return false;
        };
        scope = parent;
    }
    true
}

/// Whether no function lies between `scope` and `owner`.
pub fn is_outermost(scope: &Scope, owner: &Scope) -> bool {
    scope
        .parent()
        .is_some_and(|parent| is_local_to(&parent, owner))
}
