//! A scope that the walk has entered, and what it said of each name up to here: `symtable.c`'s entries.

use std::ops::Range;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use tree_sitter::Node;

use super::super::rules::Rules;
use super::super::table::{Flags, mangle};
use super::super::{Name, ScopeKind};
use super::NameError;
use crate::syntax::{Field, Kind};

/// A scope that the walk has entered.
pub(super) struct Frame {
    pub kind: ScopeKind,
    pub parent: usize,
    /// What it spans.
    pub start: usize,
    pub end: usize,
    pub is_async: bool,
    /// It contains `yield`.
    pub generator: bool,
    /// It contains `await`, or is an asynchronous comprehension.
    pub coroutine: bool,
    /// What is never compiled.
    pub unevaluated: bool,
    /// What the symbol table forgets: annotations that become strings.
    pub ignored: bool,
    /// Its text and that of the scopes around it has no syntax error.
    pub sound: bool,
    /// An annotation scope whose names are looked up in a class first.
    pub sees_class: bool,
    /// What CPython calls the annotation scope.
    pub what: &'static str,
    /// The class that mangles private names here, and, if not all, which names.
    pub privacy: Option<(Name, Option<Vec<Name>>)>,
    pub table: IndexMap<Name, Symbol, FxBuildHasher>,
    /// Statements that declare a symbol.
    pub directives: Vec<(Name, Range<usize>)>,
    /// What is an error if the scope turns out to be an asynchronous generator.
    pub returns: Vec<(u32, NameError)>,
    /// What is an error unless the scope turns out to be a coroutine.
    pub comprehensions: Vec<(u32, NameError)>,
}

/// What a scope says of a name, up to here.
#[derive(Default)]
pub(super) struct Symbol {
    pub flags: Flags,
    /// Where each flag came in.
    firsts: Vec<(Flags, Range<usize>)>,
}

impl Symbol {
    pub fn add(&mut self, flags: Flags, at: &Range<usize>) {
        if self.flags | flags != self.flags {
            self.firsts.push((flags, at.clone()));
            self.flags |= flags;
        }
    }

    /// Where it first got one of `flags`.
    pub fn first(&self, flags: Flags) -> Option<&Range<usize>> {
        self.firsts
            .iter()
            .find_map(|(had, at)| had.has(flags).then_some(at))
    }
}

impl Frame {
    pub fn new(kind: ScopeKind, parent: usize, start: usize) -> Self {
        Self {
            kind,
            parent,
            start,
            end: start,
            is_async: false,
            generator: false,
            coroutine: false,
            unevaluated: false,
            ignored: false,
            sound: true,
            sees_class: false,
            what: "",
            privacy: None,
            table: IndexMap::default(),
            directives: Vec::new(),
            returns: Vec::new(),
            comprehensions: Vec::new(),
        }
    }

    /// The symbol that `name`, written here, stands for.
    pub fn symbol(&self, name: Name) -> Name {
        match &self.privacy {
            Some((class, None)) => mangle(*class, name),
            Some((class, Some(only))) if only.contains(&name) => mangle(*class, name),
            _ => name,
        }
    }

    pub fn flags(&self, symbol: Name) -> Flags {
        self.table
            .get(&symbol)
            .map(|symbol| symbol.flags)
            .unwrap_or_default()
    }

    /// A class mangles the names in it; a generic class those of its type parameters too.
    pub fn enter_class(&mut self, source: &str, rules: Rules, kind: ScopeKind, node: Node<'_>) {
        if Kind::of(&node) != Kind::ClassDefinition {
            return;
        }
        let text = |node: Node<'_>| Name::new(source.get(node.byte_range()).unwrap_or_default());
        let Some(class) = Field::Name.child(&node).map(text) else {
            return;
        };
        let only =
            (kind == ScopeKind::TypeParams && rules.mangles_only_type_parameters()).then(|| {
                let parameters = Field::TypeParameters.child(&node);
                let mut cursor = node.walk();
                let parameters = parameters
                    .iter()
                    .flat_map(|list| list.named_children(&mut cursor).collect::<Vec<_>>());
                parameters
                    .filter_map(|parameter| Field::Name.child(&parameter))
                    .map(text)
                    .collect()
            });
        self.privacy = Some((class, only));
    }
}
