//! What can be asked of a scope.

use std::ops::ControlFlow;

use super::cells::{Cells, Storage};
use super::facts::RegionKind;
use super::place::Content;
use super::resolve::Meaning;
use super::table::{Flags, spellings};
use super::walk::{Step, Want, walk_until};
use super::{Name, Resolution, Scope, ScopeKind, Variable, Why};

impl Scope {
    /// Reads its whole table of names once, and keeps it with this handle, which those of nested scopes
    /// hold. For whoever asks about most of a scope: names are looked up then that would else be searched
    /// for one by one. O(its own text).
    pub fn read_names(&self) {
        self.table();
    }

    /// What `name`, as written, means where it is used here. O(depth × what is bound under that name).
    pub fn resolve(&self, name: Name) -> Resolution {
        let symbol = self.symbol(name);
        match self.meaning(symbol) {
            // A class body looks in its namespace first, and something is put there unseen.
            Meaning::Free(_) | Meaning::GlobalImplicit
                if self.kind() == ScopeKind::Class && self.limits().written =>
            {
                Resolution::Unknown(Why::Namespace)
            }
            Meaning::Local if self.kind() == ScopeKind::Module => self.resolve_global(symbol),
            Meaning::Local => {
                let variable = Variable::new(self.clone(), symbol);
                if variable.is_cell() {
                    Resolution::Cell(variable)
                } else {
                    Resolution::Local(variable)
                }
            }
            Meaning::Free(Some(owner)) => Resolution::Free(Variable::new(owner, symbol)),
            Meaning::InClass(class) => Resolution::Free(Variable::new(class, symbol)),
            Meaning::Free(None) => Resolution::Builtin,
            Meaning::GlobalExplicit | Meaning::GlobalImplicit => self.resolve_global(symbol),
        }
    }

    fn resolve_global(&self, symbol: Name) -> Resolution {
        let mut module = self;
        while let Some(parent) = module.parent_ref() {
            module = parent;
        }
        let bound = module
            .binding_flags(symbol)
            .has(Flags::BOUND | Flags::GLOBAL);
        let variable = || Variable::new(module.clone(), symbol);
        if bound {
            let here = self.kind() == ScopeKind::Module;
            return if here {
                Resolution::Local(variable())
            } else {
                Resolution::Global(variable())
            };
        }
        let knowable = module.limits();
        if knowable.star_import {
            Resolution::Unknown(Why::StarImport)
        } else if knowable.exec {
            Resolution::Unknown(Why::Exec)
        } else if knowable.written {
            Resolution::Unknown(Why::Namespace)
        } else {
            Resolution::Builtin
        }
    }

    /// The variable that `name` means here; `None` for a builtin, and for what this file doesn't bind.
    /// As [`resolve`](Self::resolve), without asking whether it is a cell.
    pub fn variable(&self, name: Name) -> Option<Variable> {
        let symbol = self.symbol(name);
        let owner = match self.meaning(symbol) {
            Meaning::Local if self.kind() != ScopeKind::Module => Some(self.clone()),
            Meaning::Free(owner) => owner,
            Meaning::InClass(class) => Some(class),
            _ => return self.resolve_global(symbol).variable().cloned(),
        };
        owner.map(|owner| Variable::new(owner, symbol))
    }

    /// The names that may stand in the text of this file for what `name` means here: more than one where
    /// private names are mangled.
    pub fn spellings(&self, name: Name) -> Vec<Name> {
        spellings(self.symbol(name))
    }

    /// The variables that it owns, in the order in which they first occur.
    pub fn variables(&self) -> Vec<Variable> {
        let names = self.table().iter().filter(|(name, flags)| {
            !name.as_str().starts_with('.') && self.meaning_of(**name, **flags) == Meaning::Local
        });
        names
            .map(|(name, _)| Variable::new(self.clone(), *name))
            .collect()
    }

    /// `co_freevars`, in CPython's order; each with its owner. Of an inlined comprehension: what it takes
    /// from outside itself. O(its text).
    pub fn free_variables(&self) -> Vec<Variable> {
        let cells = Cells::of(self);
        let Some(node) = cells.get(0) else {
            return Vec::new();
        };
        let owner = |name: Name| {
            node.owners
                .get(&name)
                .cloned()
                .or_else(|| self.parent_ref()?.binder(name))
        };
        let names = node.free_variables().into_iter();
        names
            .filter_map(|name| Some(Variable::new(owner(name)?, name)))
            .collect()
    }

    /// `co_cellvars`, in CPython's order. Implicit ones (`__class__`) are among them, and those of
    /// comprehensions inlined here, with the comprehension as their owner. O(its text).
    pub fn cell_variables(&self) -> Vec<Variable> {
        let cells = Cells::of(self);
        let Some(node) = cells.get(0) else {
            return Vec::new();
        };
        let mut variables = Vec::new();
        for name in node.cell_variables(&cells) {
            let own = node.symbols.get(&name).is_none_or(|symbol| !symbol.leaked);
            let by_self = node.takes_cell_itself(name, &cells);
            if own && by_self {
                variables.push(Variable::new(self.clone(), name));
            }
            let inlined = cells.nodes.iter().skip(1).filter(|node| {
                node.inlined
                    && node
                        .symbols
                        .get(&name)
                        .is_some_and(|symbol| symbol.storage == Storage::Cell)
            });
            let inlined = inlined.filter(|node| node.scope.host() == *self);
            variables.extend(inlined.map(|node| Variable::new(node.scope.clone(), name)));
        }
        variables
    }

    /// `co_qualname` (PEP 3155): `raise_to.<locals>.raise_to_exp`.
    pub fn qualname(&self) -> String {
        let mut parts = vec![self.code_name()];
        let mut scope = self.clone();
        while !scope.is_explicit_global() {
            let Some(mut outer) = scope.parent().map(|parent| parent.host()) else {
                break;
            };
            if outer.is_between() {
                let Some(next) = outer.parent().map(|parent| parent.host()) else {
                    break;
                };
                outer = next;
            }
            match outer.kind() {
                ScopeKind::Module => break,
                ScopeKind::Function | ScopeKind::Lambda | ScopeKind::TypeAlias => {
                    parts.push("<locals>".to_owned());
                }
                _ => {}
            }
            parts.push(outer.code_name());
            scope = outer;
        }
        parts.reverse();
        parts.join(".")
    }

    /// Whether what stands directly in it is named as if it stood one scope further out.
    fn is_between(&self) -> bool {
        match self.kind() {
            ScopeKind::TypeParams | ScopeKind::TypeVar | ScopeKind::TypeVarDefault => true,
            ScopeKind::TypeAlias | ScopeKind::Annotation => self.rules().signature_is_scope(),
            _ => false,
        }
    }

    /// `co_name`.
    pub fn code_name(&self) -> String {
        let name = || self.name().map(Name::as_str).unwrap_or_default();
        match self.kind() {
            ScopeKind::Module => "<module>".to_owned(),
            ScopeKind::Lambda => "<lambda>".to_owned(),
            ScopeKind::ListComp => "<listcomp>".to_owned(),
            ScopeKind::SetComp => "<setcomp>".to_owned(),
            ScopeKind::DictComp => "<dictcomp>".to_owned(),
            ScopeKind::GenExpr => "<genexpr>".to_owned(),
            ScopeKind::TypeParams => format!("<generic parameters of {}>", name()),
            ScopeKind::Annotation => "__annotate__".to_owned(),
            ScopeKind::Function
            | ScopeKind::Class
            | ScopeKind::TypeVar
            | ScopeKind::TypeVarDefault
            | ScopeKind::TypeAlias => name().to_owned(),
        }
    }

    /// Whether a `global` statement around it makes its name one of the module's, which cuts its qualified
    /// name short.
    fn is_explicit_global(&self) -> bool {
        let named = matches!(
            self.kind(),
            ScopeKind::Function | ScopeKind::Class | ScopeKind::TypeAlias
        );
        let (true, Some(name), Some(mut parent)) = (named, self.name(), self.parent_ref()) else {
            return false;
        };
        if parent.kind() == ScopeKind::TypeParams {
            parent = parent.parent_ref().unwrap_or(parent);
        }
        parent.kind() != ScopeKind::Module
            && parent.meaning(parent.symbol(name)) == Meaning::GlobalExplicit
    }

    /// Whether a function stands directly in this class, whose annotations, from 3.14, see it.
    pub(super) fn functions_see_class_dict(&self) -> bool {
        let is_function = |step: Step<'_>| match step {
            Step::Scope(_, region, ..) if region.kind == RegionKind::Scope(ScopeKind::Function) => {
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        };
        self.rules().functions_see_class_dict()
            && walk_until(self, Want::All, &mut { is_function }).is_break()
    }

    /// The annotation scope of a class whose variables are annotated in branches reads which of them ran;
    /// the compiler adds that, the symbol table doesn't have it.
    pub(super) fn takes_conditional_annotations(&self) -> bool {
        let name = Name::new("__conditional_annotations__");
        matches!(self.content(), Content::Annotations)
            && !self.detached()
            && self.parent_ref().is_some_and(|parent| {
                parent.kind() == ScopeKind::Class && parent.flags(name).has(Flags::USE)
            })
    }
}
