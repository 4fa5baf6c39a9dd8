//! Factories: functions that return a closure that they made.

use super::escape::{self, Way};
use super::nesting::made_in;
use super::program::Program;
use crate::scope::{Scope, ScopeKind};

/// A closure that a factory's call returns.
#[derive(Clone, Debug)]
pub struct Product {
    /// The closure.
    pub closure: Scope,
    /// Whether every call that returns, returns it.
    pub certain: bool,
}

/// The closures that a call of `function` returns, in the text's order; empty if it is no factory.
pub fn products(program: Program<'_>, function: &Scope) -> Vec<Product> {
    if !matches!(function.kind(), ScopeKind::Function | ScopeKind::Lambda)
        || function.is_generator()
    {
        return Vec::new();
    }
    let mut returned = Vec::new();
    for closure in function.children() {
        let candidate = matches!(closure.kind(), ScopeKind::Function | ScopeKind::Lambda);
        if !candidate
            || closure.free_variables().is_empty()
            || made_in(&closure).as_ref() != Some(function)
        {
            continue;
        }
        let fate = escape::fate(program, &closure);
        let leaves = fate
            .escapes
            .iter()
            .find(|found| found.way == Way::Returned && found.holder.is_none());
        returned.extend(leaves.map(|escape| Product {
            closure,
            certain: escape.certain,
        }));
    }
    returned
}
