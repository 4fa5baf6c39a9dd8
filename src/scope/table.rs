//! The symbol table of one scope: what its own text says of each name. CPython's `ste_symbols` as its
//! first pass leaves it.

use std::ops::{BitAnd, BitOr, BitOrAssign, ControlFlow};

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::facts::{Item, Mention, Region, RegionKind, Traits};
use super::rules::Standing;
use super::walk::{Step, Want, walk, walk_until};
use super::{Name, Role, Scope, ScopeKind};
use crate::scope::place::Content;

/// By symbol: the name, mangled where CPython mangles it. In the order in which they first occur.
pub(super) type Table = IndexMap<Name, Flags, FxBuildHasher>;

/// What a scope says of one name: CPython's `DEF_…` and `USE` flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(pub u16);

impl Flags {
    pub const GLOBAL: Self = Self(1);
    pub const LOCAL: Self = Self(2);
    pub const PARAM: Self = Self(4);
    pub const NONLOCAL: Self = Self(8);
    pub const USE: Self = Self(16);
    pub const FREE_CLASS: Self = Self(64);
    pub const IMPORT: Self = Self(128);
    pub const ANNOT: Self = Self(256);
    pub const COMP_ITER: Self = Self(512);
    pub const TYPE_PARAM: Self = Self(1024);
    pub const COMP_CELL: Self = Self(2048);
    pub const BOUND: Self = Self(Self::LOCAL.0 | Self::PARAM.0 | Self::IMPORT.0);

    /// Whether it has any of `other`'s.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What one occurrence says.
    pub fn of(role: Role) -> Self {
        match role {
            Role::Use => Self::USE,
            Role::Bracketed => Self(0),
            Role::Parameter => Self::PARAM,
            Role::Import | Role::ImportFrom => Self::IMPORT,
            Role::AnnAssign | Role::Annotated => Self::ANNOT | Self::LOCAL,
            Role::TypeParam => Self::TYPE_PARAM | Self::LOCAL,
            Role::Global => Self::GLOBAL,
            Role::Nonlocal => Self::NONLOCAL,
            _ => Self::LOCAL,
        }
    }
}

impl BitOr for Flags {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Flags {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOrAssign for Flags {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Private names (language reference, 6.2.1): `__x` in the class `C` is `_C__x`.
pub(super) fn mangle(class: Name, name: Name) -> Name {
    let text = name.as_str();
    let class = class.as_str().trim_start_matches('_');
    if !text.starts_with("__") || text.ends_with("__") || class.is_empty() {
        return name;
    }
    Name::new(&format!("_{class}{text}"))
}

/// The names that may stand in the text where `symbol` is meant: itself, and what would mangle to it.
pub(super) fn spellings(symbol: Name) -> Vec<Name> {
    let text = symbol.as_str();
    let mut spellings = vec![symbol];
    if text.starts_with('_') && !text.ends_with("__") {
        let tails = text.match_indices("__").filter(|(at, _)| *at > 1);
        spellings.extend(tails.filter_map(|(at, _)| text.get(at..)).map(Name::new));
    }
    if text == "__class__" {
        spellings.push(Name::new("super"));
    }
    spellings
}

impl Scope {
    /// The symbol that `name`, written here, stands for.
    pub(super) fn symbol(&self, name: Name) -> Name {
        match self.privacy() {
            (Some(class), None) => mangle(class, name),
            (Some(class), Some(only)) if only.contains(&name) => mangle(class, name),
            _ => name,
        }
    }

    /// What this scope's own text says of `symbol`. O(its occurrences here).
    pub(super) fn flags(&self, symbol: Name) -> Flags {
        if let Some(table) = self.table_cell().get() {
            return table.get(&symbol).copied().unwrap_or_default();
        }
        let spellings = spellings(symbol);
        self.read(Want::Names(&spellings))
            .get(&symbol)
            .copied()
            .unwrap_or_default()
    }

    /// Whether this scope's own text makes `symbol` one of its own. O(what binds it here).
    pub(super) fn binding_flags(&self, symbol: Name) -> Flags {
        if let Some(table) = self.table_cell().get() {
            return table.get(&symbol).copied().unwrap_or_default();
        }
        let spellings = spellings(symbol);
        self.read(Want::Binds(&spellings))
            .get(&symbol)
            .copied()
            .unwrap_or_default()
    }

    /// What tells whose `symbol` is: what binds it here, or else one of its uses. O(what binds it here).
    pub(super) fn telling_flags(&self, symbol: Name) -> Flags {
        let flags = self.binding_flags(symbol);
        if !flags.is_empty() || self.table_cell().get().is_some() {
            return flags;
        }
        let spellings = spellings(symbol);
        let found = |table: &Table| table.contains_key(&symbol);
        self.read_until(Want::Names(&spellings), found)
            .get(&symbol)
            .copied()
            .unwrap_or_default()
    }

    /// The whole table, kept with this handle. O(the scope's own text).
    pub(super) fn table(&self) -> &Table {
        self.table_cell().get_or_init(|| self.read(Want::All))
    }

    fn read(&self, want: Want<'_>) -> Table {
        self.read_until(want, |_| false)
    }

    /// The same, until it is as `enough` says.
    fn read_until(&self, want: Want<'_>, enough: impl Fn(&Table) -> bool) -> Table {
        let mut reader = Reader {
            scope: self,
            table: Table::default(),
        };
        reader.add_implicit();
        let _ = walk_until(self, want, &mut |step| match step {
            Step::Mention(_, mention, _) if !want.is_of(mention.name) => ControlFlow::Continue(()),
            step => {
                reader.step(&step);
                match enough(&reader.table) {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            }
        });
        if self.kind() == ScopeKind::Module {
            reader.add_globals(want);
        }
        reader.table
    }

    /// The nearest enclosing scope that is no comprehension: where a walrus in one binds (PEP 572).
    pub(super) fn walrus_target(&self) -> &Self {
        let mut scope = self;
        while let Some(parent) = scope
            .parent_ref()
            .filter(|_| scope.kind().is_comprehension())
        {
            scope = parent;
        }
        scope
    }
}

struct Reader<'s> {
    scope: &'s Scope,
    table: Table,
}

impl Reader<'_> {
    fn add(&mut self, symbol: Name, flags: Flags) {
        *self.table.entry(symbol).or_default() |= flags;
    }

    fn add_named(&mut self, symbol: &str, flags: Flags) {
        self.add(Name::new(symbol), flags);
    }

    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Mention(_, _, Standing::Ignored) => {}
            Step::Mention(_, mention, _) => self.mention(mention),
            Step::Scope(_, region, ..) => {
                let comprehension =
                    matches!(region.kind, RegionKind::Scope(kind) if kind.is_comprehension());
                if comprehension && region.summary.traits.has(Traits::WALRUS) {
                    self.walruses(region);
                }
            }
            Step::Annotation(.., in_branch) => {
                if self
                    .scope
                    .rules()
                    .tracks_conditional_annotation(self.scope.kind(), *in_branch)
                {
                    self.add_named("__conditional_annotations__", Flags::USE);
                }
            }
        }
    }

    fn mention(&mut self, mention: &Mention) {
        let scope = self.scope;
        let symbol = scope.symbol(mention.name);
        let mut flags = Flags::of(mention.role);
        if flags.is_empty() {
            return;
        }
        if mention.role == Role::Walrus && scope.kind().is_comprehension() {
            flags |= self.walrus_here(symbol);
        }
        if mention.in_target {
            flags |= Flags::COMP_ITER;
        }
        self.add(symbol, flags);
        let is_super = mention.role == Role::Use && mention.name.as_str() == "super";
        if is_super && scope.rules().super_needs_class(scope.kind()) {
            self.add_named("__class__", Flags::USE);
        }
    }

    /// In a comprehension, a walrus's name is a nonlocal of the function around it, or a global.
    fn walrus_here(&self, symbol: Name) -> Flags {
        let target = self.scope.walrus_target();
        match target.kind() {
            ScopeKind::Function | ScopeKind::Lambda => {
                if target.binding_flags(symbol).has(Flags::GLOBAL) {
                    Flags::GLOBAL
                } else {
                    Flags::NONLOCAL
                }
            }
            ScopeKind::Module => Flags::GLOBAL,
            _ => Flags(0),
        }
    }

    /// What walruses in a comprehension, or in ones nested in it, bind here.
    fn walruses(&mut self, region: &Region) {
        let flags = match self.scope.kind() {
            ScopeKind::Function | ScopeKind::Lambda => Flags::LOCAL,
            ScopeKind::Module => Flags::GLOBAL,
            _ => return,
        };
        let mut regions = vec![region];
        while let Some(region) = regions.pop() {
            for item in &region.items {
                match item {
                    Item::Mention(mention) if mention.role == Role::Walrus => {
                        self.add(self.scope.symbol(mention.name), flags);
                    }
                    Item::Region(inner) if inner.summary.traits.has(Traits::WALRUS) => {
                        if matches!(inner.kind, RegionKind::Scope(kind) if kind.is_comprehension())
                        {
                            regions.push(inner);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// A `global` anywhere makes its name one of the module's.
    fn add_globals(&mut self, want: Want<'_>) {
        let mut scopes = self.scope.nested_scopes(Want::Globals(want.names()));
        while let Some(scope) = scopes.pop() {
            walk(
                &scope,
                Want::Globals(want.names()),
                &mut |step| match step {
                    Step::Mention(_, mention, _) if mention.role == Role::Global => {
                        self.add(scope.symbol(mention.name), Flags::GLOBAL);
                    }
                    Step::Scope(origin, region, standing) => {
                        scopes.push(scope.nested(origin, region, standing))
                    }
                    Step::Mention(..) | Step::Annotation(..) => {}
                },
            );
        }
    }

    /// Names that no text has.
    fn add_implicit(&mut self) {
        let scope = self.scope;
        let sees_class = scope.sees_class();
        match scope.kind() {
            kind if kind.is_comprehension() => self.add_named(".0", Flags::PARAM),
            ScopeKind::TypeParams => {
                if sees_class {
                    self.add_named("__classdict__", Flags::USE);
                }
                self.add_type_params();
                return;
            }
            ScopeKind::Class
                if scope
                    .parent_ref()
                    .is_some_and(|p| p.kind() == ScopeKind::TypeParams) =>
            {
                self.add_named("__type_params__", Flags::LOCAL);
                self.add_named(".type_params", Flags::USE);
            }
            ScopeKind::Annotation
            | ScopeKind::TypeVar
            | ScopeKind::TypeVarDefault
            | ScopeKind::TypeAlias
                if scope.rules().has_format_parameter() =>
            {
                self.add_named(".format", Flags::PARAM | Flags::USE);
            }
            _ => {}
        }
        if sees_class {
            self.add_named("__classdict__", Flags::USE);
        }
    }

    fn add_type_params(&mut self) {
        let Content::Region(region) = self.scope.content() else {
            return;
        };
        let inner = region.items.iter().find_map(|item| match item {
            Item::Region(inner) => match inner.kind {
                RegionKind::Scope(kind @ (ScopeKind::Class | ScopeKind::Function)) => Some(kind),
                _ => None,
            },
            _ => None,
        });
        match inner {
            Some(ScopeKind::Class) => {
                self.add_named(".type_params", Flags::LOCAL | Flags::USE);
                self.add_named(".generic_base", Flags::LOCAL | Flags::USE);
            }
            Some(_) => {
                self.add_named(".defaults", Flags::PARAM);
                if region.summary.traits.has(Traits::KEYWORD_DEFAULTS) {
                    self.add_named(".kwdefaults", Flags::PARAM);
                }
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_names_are_mangled_with_the_class_without_its_underscores() {
        let mangled = |class, name| mangle(Name::new(class), Name::new(name)).as_str();
        assert_eq!(mangled("_C", "__x"), "_C__x");
        assert_eq!(mangled("C", "__x__"), "__x__");
        assert_eq!(mangled("__", "__x"), "__x");
        assert_eq!(mangled("C", "_x"), "_x");
    }

    #[test]
    fn a_symbol_is_found_under_what_mangles_to_it() {
        assert_eq!(
            spellings(Name::new("_C__x")),
            ["_C__x", "__x"].map(Name::new)
        );
        assert_eq!(spellings(Name::new("x")), [Name::new("x")]);
    }
}
