//! Everything that the analysis says of a file, in CPython's terms: what `cella scopes` prints and what
//! is held against CPython.

use rustc_hash::FxHashMap;

use super::cells::{Cells, Node, Storage};
use super::resolve::Meaning;
use super::table::Flags;
use super::walk::Want;
use super::{Name, Occurrence, PythonVersion, Scope, ScopeKind, Scopes};
use crate::text::Offset;

/// The symbol tables and code objects of a file.
pub struct SymbolTable {
    /// By start; an enclosing scope before what starts at the same place. The first is the module.
    pub scopes: Vec<ScopeEntry>,
    /// By their scopes.
    pub codes: Vec<CodeEntry>,
    /// In source order.
    pub occurrences: Vec<OccurrenceEntry>,
}

/// One scope.
pub struct ScopeEntry {
    /// The scope itself.
    pub scope: Scope,
    /// Index of the enclosing scope.
    pub parent: Option<usize>,
    /// Whether it is a part of another scope's code object (PEP 709).
    pub inlined: bool,
    /// Index of its code object, where it has one.
    pub code: Option<usize>,
    /// Its names with what they are, in alphabetical order.
    pub symbols: Vec<(Name, SymbolEntry)>,
}

/// What a name is in a scope: the words of CPython's flags, `local param referenced`.
pub struct SymbolEntry(pub String);

/// One code object.
pub struct CodeEntry {
    /// Index of its scope.
    pub scope: usize,
    /// Index of the code object that it is a constant of.
    pub parent: Option<usize>,
    /// `co_name`
    pub name: String,
    /// `co_qualname`
    pub qualname: String,
    /// `co_cellvars`
    pub cell_variables: Vec<Name>,
    /// `co_freevars`, each with the index of the scope that owns the cell.
    pub free_variables: Vec<(Name, Option<usize>)>,
}

/// One occurrence of a name.
pub struct OccurrenceEntry {
    /// The occurrence itself.
    pub occurrence: Occurrence,
    /// Index of the scope that it is evaluated in.
    pub scope: usize,
    /// Whose variable it is.
    pub binding: Binding,
    /// How the compiler reaches it there.
    pub access: Access,
    /// Whether its name is mangled.
    pub mangled: bool,
}

/// Whose variable an occurrence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// That of the scope with this index; 0 is the module.
    Scope(usize),
    /// No scope of this file binds it: a builtin, or a global from elsewhere.
    Elsewhere,
}

/// How the compiler reaches a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Access {
    Local,
    Cell,
    Free,
    GlobalExplicit,
    GlobalImplicit,
}

impl Scopes {
    /// Everything at once, as CPython would have it. O(n).
    pub fn symbol_table(&self, version: PythonVersion) -> SymbolTable {
        let cells = Cells::of(&self.module(version));
        let mut order: Vec<usize> = (0..cells.nodes.len()).collect();
        order.sort_by_key(|at| cells.get(*at).map(|node| node.scope.origin()));
        let mut index_of = vec![0; order.len()];
        for (index, at) in order.iter().enumerate() {
            if let Some(slot) = index_of.get_mut(*at) {
                *slot = index;
            }
        }
        let nodes: Vec<&Node> = order.iter().filter_map(|at| cells.get(*at)).collect();
        let by_scope = nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (key(&node.scope), index))
            .collect();
        let tables = Tables {
            cells: &cells,
            nodes,
            index_of,
            by_scope,
        };
        let (codes, code_of) = tables.codes();
        SymbolTable {
            scopes: tables.scopes(&code_of),
            codes,
            occurrences: tables.occurrences(),
        }
    }
}

/// What tells the scopes of one snapshot apart.
fn key(scope: &Scope) -> (Offset, ScopeKind) {
    (scope.origin(), scope.kind())
}

struct Tables<'a> {
    cells: &'a Cells,
    /// In the order of the scopes' indices.
    nodes: Vec<&'a Node>,
    /// From a place among the cells' nodes to the index of its scope.
    index_of: Vec<usize>,
    by_scope: FxHashMap<(Offset, ScopeKind), usize>,
}

impl Tables<'_> {
    fn scopes(&self, code_of: &[Option<usize>]) -> Vec<ScopeEntry> {
        let entry = |(index, node): (usize, &&Node)| ScopeEntry {
            scope: node.scope.clone(),
            parent: (index > 0)
                .then(|| self.index_of.get(node.parent).copied())
                .flatten(),
            inlined: node.inlined,
            code: code_of.get(index).copied().flatten(),
            symbols: symbols(node),
        };
        self.nodes.iter().enumerate().map(entry).collect()
    }

    fn codes(&self) -> (Vec<CodeEntry>, Vec<Option<usize>>) {
        let mut codes: Vec<CodeEntry> = Vec::new();
        let mut code_of = vec![None; self.nodes.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            if node.inlined || !node.scope.has_code() {
                continue;
            }
            let host = node.scope.parent().map(|parent| parent.host());
            let parent = host.and_then(|host| self.by_scope.get(&key(&host)));
            let owner = |name: Name| {
                node.owners
                    .get(&name)
                    .and_then(|owner| self.by_scope.get(&key(owner)))
                    .copied()
            };
            if let Some(slot) = code_of.get_mut(index) {
                *slot = Some(codes.len());
            }
            codes.push(CodeEntry {
                scope: index,
                parent: parent.and_then(|parent| code_of.get(*parent).copied().flatten()),
                name: node.scope.code_name(),
                qualname: node.scope.qualname(),
                cell_variables: node.cell_variables(self.cells),
                free_variables: node
                    .free_variables()
                    .into_iter()
                    .map(|name| (name, owner(name)))
                    .collect(),
            });
        }
        (codes, code_of)
    }

    fn occurrences(&self) -> Vec<OccurrenceEntry> {
        let mut entries = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            for occurrence in node.scope.mentions(Want::All) {
                entries.push(self.occurrence(index, node, occurrence));
            }
        }
        entries.sort_by_key(|entry| (entry.occurrence.range.start, entry.occurrence.range.end));
        entries
    }

    fn occurrence(&self, index: usize, node: &Node, occurrence: Occurrence) -> OccurrenceEntry {
        let symbol = node.scope.symbol(occurrence.name);
        let owner = match node.scope.meaning(symbol) {
            Meaning::Local => Ok(index),
            Meaning::Free(Some(owner)) => Ok(self.by_scope.get(&key(&owner)).copied().unwrap_or(0)),
            Meaning::InClass(class) if class == node.scope => Ok(index),
            Meaning::InClass(class) => Err((
                Access::GlobalImplicit,
                self.by_scope.get(&key(&class)).copied(),
            )),
            Meaning::Free(None) => Err((Access::Free, None)),
            Meaning::GlobalExplicit => Err((Access::GlobalExplicit, Some(0))),
            Meaning::GlobalImplicit => Err((Access::GlobalImplicit, None)),
        };
        let (binding, access) = match owner {
            Ok(0) | Err((_, None)) => self.global(index, symbol),
            Ok(owner) if owner == index => {
                let is_cell = node
                    .symbols
                    .get(&symbol)
                    .is_some_and(|symbol| symbol.storage == Storage::Cell);
                (
                    Binding::Scope(index),
                    if is_cell { Access::Cell } else { Access::Local },
                )
            }
            Ok(owner) => (Binding::Scope(owner), Access::Free),
            Err((access, Some(owner))) => (Binding::Scope(owner), access),
        };
        OccurrenceEntry {
            mangled: symbol != occurrence.name,
            occurrence,
            scope: index,
            binding,
            access,
        }
    }

    fn global(&self, index: usize, symbol: Name) -> (Binding, Access) {
        let flags = self
            .nodes
            .first()
            .map(|module| module.scope.flags(symbol))
            .unwrap_or_default();
        let binding = if flags.has(Flags::BOUND | Flags::GLOBAL) {
            Binding::Scope(0)
        } else {
            Binding::Elsewhere
        };
        let own = index == 0 && flags.has(Flags::BOUND) && !flags.has(Flags::GLOBAL);
        (
            binding,
            if own {
                Access::Local
            } else {
                Access::GlobalImplicit
            },
        )
    }
}

/// Flags and their words, in the order in which they are printed.
const WORDS: [(Flags, &str); 11] = [
    (Flags::PARAM, "param"),
    (Flags::LOCAL, "assigned"),
    (Flags::USE, "referenced"),
    (Flags::IMPORT, "imported"),
    (Flags::ANNOT, "annotated"),
    (Flags::GLOBAL, "global"),
    (Flags::NONLOCAL, "nonlocal"),
    (Flags::TYPE_PARAM, "type_param"),
    (Flags::COMP_ITER, "comp_iter"),
    (Flags::COMP_CELL, "comp_cell"),
    (Flags::FREE_CLASS, "free_class"),
];

fn symbols(node: &Node) -> Vec<(Name, SymbolEntry)> {
    if node.scope.kind() == ScopeKind::Annotation && node.scope.detached() {
        return Vec::new();
    }
    let mut symbols: Vec<_> = node.symbols.iter().collect();
    symbols.sort_by_key(|(name, _)| **name);
    let entry = |(name, symbol): (&Name, &super::cells::Symbol)| {
        let storage = match symbol.storage {
            Storage::Local => "local",
            Storage::Cell => "cell",
            Storage::Free => "free",
            Storage::GlobalExplicit => "global_explicit",
            Storage::GlobalImplicit => "global_implicit",
        };
        let flags = WORDS
            .iter()
            .filter(|(flag, _)| symbol.flags.has(*flag))
            .map(|(_, word)| *word);
        let leaked = symbol.leaked.then_some("inlined");
        let words: Vec<&str> = [storage].into_iter().chain(flags).chain(leaked).collect();
        (*name, SymbolEntry(words.join(" ")))
    };
    symbols.into_iter().map(entry).collect()
}
