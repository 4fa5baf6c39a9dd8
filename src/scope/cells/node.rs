//! One scope among those that are looked at for cells, and what its code object owns and takes.

use indexmap::IndexMap;

use super::super::table::Flags;
use super::super::{Name, Scope, ScopeKind};
use super::{Cells, Names, Owners, Storage, Symbol, Symbols};

pub(in crate::scope) struct Node {
    pub scope: Scope,
    pub parent: usize,
    /// A part of its parent's code object.
    pub inlined: bool,
    /// An annotation that is thrown away: what stands in it makes no cells outside.
    pub(super) dropped: bool,
    pub symbols: Symbols,
    /// Whose variables the free ones among the symbols are.
    pub owners: Owners,
    /// What is nested directly in its code object.
    pub children: Vec<usize>,
    /// The comprehensions that are a part of its code object, in visiting order.
    pub(super) parts: Vec<usize>,
    pub(super) free: Owners,
    /// Cells that a class makes for its methods.
    pub(super) class_cells: Vec<Name>,
}

impl Node {
    pub(super) fn new(scope: Scope, parent: usize, dropped: bool) -> Self {
        Self {
            scope,
            parent,
            inlined: false,
            dropped,
            symbols: IndexMap::default(),
            owners: IndexMap::default(),
            children: Vec::new(),
            parts: Vec::new(),
            free: IndexMap::default(),
            class_cells: Vec::new(),
        }
    }

    pub(super) fn kind(&self) -> ScopeKind {
        self.scope.kind()
    }

    pub(super) fn inlines(&self, child: &Self) -> bool {
        self.scope
            .rules()
            .inlines(child.kind(), self.scope.sees_class())
    }

    /// `analyze_cells` and `drop_class_free`.
    pub(super) fn make_cells(&mut self, free: &mut Owners, inlined_cells: &Names) {
        let kind = self.kind();
        for (name, symbol) in &mut self.symbols {
            let taken = inlined_cells.contains(name) || free.contains_key(name);
            if kind.is_function_like() && symbol.storage == Storage::Local && taken {
                symbol.storage = Storage::Cell;
                free.shift_remove(name);
            }
            if inlined_cells.contains(name) {
                symbol.flags |= Flags::COMP_CELL;
            }
        }
        if kind == ScopeKind::Class {
            for name in ["__class__", "__classdict__", "__conditional_annotations__"].map(Name::new)
            {
                let needed = free.shift_remove(&name).is_some();
                let by_functions =
                    name.as_str() == "__classdict__" && self.scope.functions_see_class_dict();
                if self.scope.gives_methods(name) && (needed || by_functions) {
                    self.class_cells.push(name);
                }
            }
        }
        let annotations = Name::new("__conditional_annotations__");
        let tracked = self
            .symbols
            .get(&annotations)
            .is_some_and(|symbol| symbol.flags.has(Flags::USE));
        if !kind.is_function_like() && tracked && !self.class_cells.contains(&annotations) {
            self.class_cells.push(annotations);
        }
    }

    /// The last part of `update_symbols`: what nested scopes take from further out.
    pub(super) fn pass_through(&mut self, free: &Owners) {
        let rules = self.scope.rules();
        let is_class =
            self.kind() == ScopeKind::Class || self.scope.sees_class() && rules.has_type_scopes();
        for (name, owner) in free {
            match self.symbols.get_mut(name) {
                Some(symbol) => {
                    let marked = rules.has_type_scopes()
                        || symbol.flags.has(Flags::BOUND)
                        || symbol.flags.has(Flags::GLOBAL);
                    if is_class && marked {
                        symbol.flags |= Flags::FREE_CLASS;
                    }
                }
                None => {
                    let symbol = Symbol {
                        flags: Flags::default(),
                        storage: Storage::Free,
                        leaked: false,
                    };
                    self.symbols.insert(*name, symbol);
                }
            }
            self.owners.entry(*name).or_insert_with(|| owner.clone());
        }
    }

    /// Whether it is a class that makes this cell for its methods.
    pub fn gives(&self, symbol: Name) -> bool {
        self.class_cells.contains(&symbol)
    }

    /// Whether the code object takes `symbol` from further out.
    pub fn takes(&self, symbol: Name) -> bool {
        !self.scope.detached()
            && self.symbols.get(&symbol).is_some_and(|symbol| {
                symbol.storage == Storage::Free || symbol.flags.has(Flags::FREE_CLASS)
            })
    }

    /// `co_freevars`: sorted by name.
    pub fn free_variables(&self) -> Vec<Name> {
        let mut names: Vec<Name> = self
            .symbols
            .keys()
            .copied()
            .filter(|name| self.takes(*name))
            .collect();
        if self.scope.takes_conditional_annotations() {
            names.push(Name::new("__conditional_annotations__"));
        }
        names.sort();
        names.dedup();
        names
    }

    /// Whether its own variable of this name is a cell, rather than one of an inlined comprehension.
    pub fn takes_cell_itself(&self, name: Name, all: &Cells) -> bool {
        let taken = |child: &usize| {
            let child = all.get(*child);
            child.is_some_and(|child| {
                child.takes(name) && child.owners.get(&name) == Some(&self.scope)
            })
        };
        self.gives(name) || self.children.iter().any(taken)
    }

    fn has_cell(&self, symbol: &Symbol) -> bool {
        let inlined = self.scope.rules().has_type_scopes() && symbol.flags.has(Flags::COMP_CELL);
        symbol.storage == Storage::Cell || inlined
    }

    /// `co_cellvars`, in CPython's order.
    pub fn cell_variables(&self, all: &Cells) -> Vec<Name> {
        if self.scope.detached() {
            return Vec::new();
        }
        let cells = self
            .symbols
            .iter()
            .filter(|(_, symbol)| self.has_cell(symbol))
            .map(|(name, _)| *name);
        let mut cells: Vec<Name> = cells.chain(self.class_cells.iter().copied()).collect();
        cells.sort();
        if !self.scope.rules().cells_follow_locals() {
            return cells;
        }
        let mut ordered: Vec<Name> = Vec::new();
        let locals = self.locals_first(all);
        ordered.extend(locals.iter().filter(|name| cells.contains(name)));
        cells.retain(|name| !locals.contains(name));
        ordered.extend(cells);
        ordered
    }

    /// What comes first in `co_varnames` of what also may be a cell: parameters, then the variables of
    /// inlined comprehensions.
    fn locals_first(&self, all: &Cells) -> Names {
        let mut locals = Names::default();
        let parameters = self
            .symbols
            .iter()
            .filter(|(_, symbol)| symbol.flags.has(Flags::PARAM));
        locals.extend(parameters.map(|(name, _)| *name));
        for inner in self.parts.iter().filter_map(|part| all.get(*part)) {
            let bound = |symbol: &Symbol| {
                symbol.flags.has(Flags::LOCAL) && !symbol.flags.has(Flags::NONLOCAL | Flags::GLOBAL)
            };
            let names = inner.symbols.iter().filter(|(_, symbol)| bound(symbol));
            locals.extend(names.map(|(name, _)| *name));
        }
        locals
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::new(Scope::nowhere(), 0, false)
    }
}
