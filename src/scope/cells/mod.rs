//! Which variables become cells, and who takes them: the second half of CPython's `symtable.c`
//! (`analyze_cells`, `inline_comprehension`, `update_symbols`), for the scopes nested in one scope.
//!
//! Asked for one symbol, it leaves out every scope whose summary doesn't have it.

mod node;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::resolve::Meaning;
use super::table::{Flags, Table, spellings};
use super::walk::Want;
use super::{Name, Scope, ScopeKind};
pub(super) use node::Node;

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
            let flags = scope.telling_flags(symbol);
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
