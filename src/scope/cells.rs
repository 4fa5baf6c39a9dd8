//! Which variables become cells, and who takes them: the second half of CPython's `symtable.c`
//! (`analyze_cells`, `inline_comprehension`, `update_symbols`), for the scopes nested in one scope.
//!
//! Asked for one symbol, it leaves out every scope whose summary doesn't have it.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::resolve::Meaning;
use super::table::{Flags, Table, spellings};
use super::walk::Want;
use super::{Name, Scope, ScopeKind};

/// What the compiler makes of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    Local,
    Cell,
    Free,
    GlobalExplicit,
    GlobalImplicit,
}

/// A symbol in a scope, when all is settled.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    pub flags: Flags,
    pub storage: Storage,
    /// It is an inlined comprehension's (PEP 709), not the scope's own.
    pub leaked: bool,
}

type Names = IndexSet<Name, FxBuildHasher>;
type Owners = IndexMap<Name, Scope, FxBuildHasher>;
type Symbols = IndexMap<Name, Symbol, FxBuildHasher>;

/// A scope and the scopes nested in it, however deep.
pub(super) struct Cells {
    /// Outer ones before those nested in them, siblings in visiting order.
    pub nodes: Vec<Node>,
    /// Whether there may be more of them: what is taken by those that are here is taken, and perhaps more.
    pub cut: bool,
}

pub(super) struct Node {
    pub scope: Scope,
    pub parent: usize,
    /// A part of its parent's code object.
    pub inlined: bool,
    /// An annotation that is thrown away: what stands in it makes no cells outside.
    dropped: bool,
    pub symbols: Symbols,
    /// Whose variables the free ones among the symbols are.
    pub owners: Owners,
    /// What is nested directly in its code object.
    pub children: Vec<usize>,
    /// The comprehensions that are a part of its code object, in visiting order.
    parts: Vec<usize>,
    free: Owners,
    /// Cells that a class makes for its methods.
    class_cells: Vec<Name>,
}

impl Cells {
    /// Of `root` and all that is nested in it. O(its text).
    pub fn of(root: &Scope) -> Self {
        Self::new(root, None, usize::MAX)
    }

    /// Of the scopes in `root` that have `symbol`. O(occurrences), beside a look at each summary.
    pub fn of_symbol(root: &Scope, symbol: Name) -> Self {
        Self::new(root, Some(symbol), usize::MAX)
    }

    /// The same, of so many scopes at most, the outer ones first.
    pub fn of_symbol_in_some(root: &Scope, symbol: Name, most: usize) -> Self {
        Self::new(root, Some(symbol), most)
    }

    fn new(root: &Scope, symbol: Option<Name>, most: usize) -> Self {
        let spellings = symbol.map(spellings).unwrap_or_default();
        let want = if symbol.is_some() {
            Want::Names(&spellings)
        } else {
            Want::All
        };
        let mut nodes = vec![Node::new(root.clone(), 0, false)];
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            let scope = node.scope.clone();
            let symbols = settle(&scope, symbol);
            let first = nodes.len();
            let room = most.saturating_sub(first);
            let nested_scopes = match room {
                0 => Vec::new(),
                room => scope.some_nested_scopes(want, room),
            };
            for nested in nested_scopes {
                let dropped = nested.detached() && !scope.detached();
                nodes.push(Node::new(nested, at, dropped));
            }
            let last = nodes.len();
            if let Some(node) = nodes.get_mut(at) {
                node.children = (first..last).collect();
                (node.symbols, node.owners) = symbols;
            }
            at += 1;
        }
        let cut = nodes.len() >= most;
        let mut cells = Self { nodes, cut };
        for at in (0..cells.nodes.len()).rev() {
            cells.finish(at);
        }
        cells
    }

    pub fn get(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    /// `analyze_block` from where the nested scopes are done.
    fn finish(&mut self, at: usize) {
        let Some(mut node) = self.nodes.get_mut(at).map(std::mem::take) else {
            return;
        };
        let mut free = Owners::default();
        let mut inlined_cells = Names::default();
        let mut children = Vec::new();
        for child in std::mem::take(&mut node.children) {
            let Some(mut inner) = self.nodes.get_mut(child).map(std::mem::take) else {
                continue;
            };
            if inner.dropped {
                inner.inlined = node.inlines(&inner);
            } else if node.inlines(&inner) {
                self.inline(&mut node, &mut inner, &mut inlined_cells);
                inner.inlined = true;
                children.extend(inner.children.iter().copied());
                node.parts.push(child);
                node.parts.extend(inner.parts.iter().copied());
            } else {
                children.push(child);
            }
            if !inner.dropped {
                free.extend(
                    inner
                        .free
                        .iter()
                        .map(|(name, owner)| (*name, owner.clone())),
                );
            }
            if let Some(slot) = self.nodes.get_mut(child) {
                *slot = inner;
            }
        }
        node.children = children;
        node.make_cells(&mut free, &inlined_cells);
        node.free = node.owners.clone();
        node.pass_through(&free);
        node.free.extend(free);
        if let Some(slot) = self.nodes.get_mut(at) {
            *slot = node;
        }
    }

    /// `inline_comprehension` (PEP 709): the comprehension's names become the host's.
    fn inline(&self, host: &mut Node, inner: &mut Node, inlined_cells: &mut Names) {
        let host_is_class = host.kind() == ScopeKind::Class;
        let class = Name::new("__class__");
        let symbols: Vec<_> = inner
            .symbols
            .iter()
            .map(|(name, symbol)| (*name, symbol.clone()))
            .collect();
        for (name, symbol) in symbols {
            if symbol.flags.has(Flags::PARAM) {
                continue;
            }
            if symbol.storage == Storage::Cell || symbol.flags.has(Flags::COMP_CELL) {
                inlined_cells.insert(name);
            }
            let mut storage = symbol.storage;
            if storage == Storage::Free && host_is_class && name == class {
                storage = Storage::GlobalImplicit;
                inner.free.shift_remove(&name);
                inner.symbols.shift_remove(&name);
            }
            match host.symbols.get(&name) {
                None => {
                    host.symbols.insert(
                        name,
                        Symbol {
                            flags: symbol.flags,
                            storage,
                            leaked: true,
                        },
                    );
                }
                Some(existing) if existing.flags.has(Flags::BOUND) && !host_is_class => {
                    let taken = inner.children.iter().filter_map(|child| self.get(*child));
                    let is_free = |child: &Node| {
                        child
                            .symbols
                            .get(&name)
                            .is_some_and(|symbol| symbol.storage == Storage::Free)
                    };
                    if !taken.into_iter().any(is_free) {
                        inner.free.shift_remove(&name);
                    }
                }
                Some(_) => {}
            }
        }
    }
}

/// What each symbol of a scope means, before cells are known; and whose the free ones are.
fn settle(scope: &Scope, only: Option<Name>) -> (Symbols, Owners) {
    let mut symbols = IndexMap::default();
    let mut owners = IndexMap::default();
    let filtered: Table;
    let table = match only {
        Some(symbol) => {
            // Where it is bound, its uses don't matter.
            let mut flags = scope.binding_flags(symbol);
            if flags.is_empty() {
                flags = scope.flags(symbol);
            }
            filtered = (!flags.is_empty())
                .then_some((symbol, flags))
                .into_iter()
                .collect();
            &filtered
        }
        None => scope.table(),
    };
    for (&name, &flags) in table {
        let storage = match scope.meaning_of(name, flags) {
            Meaning::Local => Storage::Local,
            Meaning::GlobalExplicit => Storage::GlobalExplicit,
            Meaning::GlobalImplicit | Meaning::InClass(_) => Storage::GlobalImplicit,
            Meaning::Free(owner) => {
                if let Some(owner) = owner {
                    owners.insert(name, owner);
                }
                Storage::Free
            }
        };
        symbols.insert(
            name,
            Symbol {
                flags,
                storage,
                leaked: false,
            },
        );
    }
    (symbols, owners)
}

impl Node {
    fn new(scope: Scope, parent: usize, dropped: bool) -> Self {
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

    fn kind(&self) -> ScopeKind {
        self.scope.kind()
    }

    fn inlines(&self, child: &Self) -> bool {
        self.scope
            .rules()
            .inlines(child.kind(), self.scope.sees_class())
    }

    /// `analyze_cells` and `drop_class_free`.
    fn make_cells(&mut self, free: &mut Owners, inlined_cells: &Names) {
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
    fn pass_through(&mut self, free: &Owners) {
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
