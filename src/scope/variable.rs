//! A variable: a name in the scope that owns it, and who takes it.

use super::{Name, Occurrence, Scope};

/// A variable: a name in the scope that owns it. Equal by owner and mangled name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    owner: Scope,
    symbol: Name,
}

impl Variable {
    /// The scope whose variable it is.
    pub fn owner(&self) -> &Scope {
        &self.owner
    }

    /// As CPython's tables have it: mangled where CPython mangles.
    pub fn name(&self) -> &'static str {
        self.symbol.as_str()
    }

    /// Whether it is a parameter of its owner.
    pub fn is_parameter(&self) -> bool {
        false
    }

    /// Whether a nested function takes it.
    pub fn is_cell(&self) -> bool {
        false
    }

    /// Whether no text binds it: `__class__`, `__classdict__`, `__conditional_annotations__`.
    pub fn is_implicit(&self) -> bool {
        false
    }

    /// What gives it a value or takes it away: in the owner and, by `nonlocal` or `global`, elsewhere; in
    /// source order.
    pub fn bindings(&self) -> Vec<Occurrence> {
        Vec::new()
    }

    /// Every binding, use, `nonlocal` and `global` of it in the file, in source order.
    pub fn occurrences(&self) -> Vec<Occurrence> {
        Vec::new()
    }

    /// Every closure that has it in its `co_freevars`: an outer one before what is nested in it, else in
    /// source order.
    pub fn captures(&self) -> Vec<Capture> {
        Vec::new()
    }
}

/// One closure taking one variable of an enclosing function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The closure.
    pub scope: Scope,
    /// It reads the variable itself.
    pub reads: bool,
    /// It gives it a new value (by `nonlocal`).
    pub rebinds: bool,
    /// It unbinds it.
    pub deletes: bool,
}

impl Capture {
    /// Whether it doesn't touch the variable itself, but hands the cell on to a function nested in it.
    pub fn passes_through(&self) -> bool {
        !(self.reads || self.rebinds || self.deletes)
    }
}
