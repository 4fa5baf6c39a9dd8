//! A scope of one snapshot, and its way out to the module.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use super::facts::{Item, Region, RegionKind, Traits};
use super::rules::{Rules, Standing};
use super::table::Table;
use super::{Name, PythonVersion, ScopeKind, Scopes};
use crate::text::{Offset, Range, Rel};

/// One scope of one snapshot, seen with the eyes of one Python version, with its way out to the module.
/// Cheap to clone. Equal if it is the same scope of the same text; handles of different snapshots or
/// versions must not be compared.
#[derive(Clone)]
pub struct Scope(Arc<Place>);

struct Place {
    scopes: Scopes,
    rules: Rules,
    parent: Option<Scope>,
    kind: ScopeKind,
    origin: Offset,
    content: Content,
    standing: Standing,
    detached: bool,
    /// Whether it stands in nothing that the symbol table has, but no code.
    compiled: bool,
    private: Option<Name>,
    /// In a generic class's type parameters: the only names that are mangled there.
    mangled: Option<Arc<[Name]>>,
    table: OnceLock<Table>,
}

/// Where a scope's facts are.
pub(super) enum Content {
    Module,
    Region(Arc<Region>),
    /// The annotations of the parent's variables.
    Annotations,
}

impl Scope {
    pub(super) fn module(scopes: Scopes, version: PythonVersion) -> Self {
        let rules = Rules {
            version,
            stringified: scopes.stringifies_annotations(),
        };
        Self(Arc::new(Place {
            scopes,
            rules,
            parent: None,
            kind: ScopeKind::Module,
            origin: Offset(0),
            content: Content::Module,
            standing: Standing::Evaluated,
            detached: false,
            compiled: true,
            private: None,
            mangled: None,
            table: OnceLock::new(),
        }))
    }

    /// The module of an empty text.
    pub(super) fn nowhere() -> Self {
        Self::module(Scopes::default(), PythonVersion::default())
    }

    /// The scope that `region`, which counts from `origin`, is in this one.
    pub(super) fn nested(&self, origin: Offset, region: &Arc<Region>, standing: Standing) -> Self {
        let counts_in_code = standing != Standing::Counted;
        let (kind, standing) = match region.kind {
            RegionKind::Scope(kind) => (kind, (Standing::Evaluated, standing == Standing::Ignored)),
            RegionKind::Signature => (
                ScopeKind::Annotation,
                (standing, standing == Standing::Ignored),
            ),
            RegionKind::Variable => return self.annotations(origin + region.at, standing),
        };
        let mut place = self.inner(
            kind,
            origin + region.at,
            Content::Region(region.clone()),
            standing.0,
        );
        place.detached |= standing.1 && self.0.rules.stringified;
        place.compiled &= counts_in_code;
        match kind {
            ScopeKind::Class => {
                place.private = region.name.as_ref().map(|(name, _)| *name);
                place.mangled = None;
            }
            ScopeKind::TypeParams => place.enter_generic_class(region),
            _ => {}
        }
        Self(Arc::new(place))
    }

    /// The scope of the annotations of this scope's variables, the first of which is at `origin`.
    pub(super) fn annotations(&self, origin: Offset, standing: Standing) -> Self {
        let mut place = self.inner(
            ScopeKind::Annotation,
            origin,
            Content::Annotations,
            standing,
        );
        place.detached |= standing == Standing::Ignored && self.0.rules.stringified;
        Self(Arc::new(place))
    }

    fn inner(
        &self,
        kind: ScopeKind,
        origin: Offset,
        content: Content,
        standing: Standing,
    ) -> Place {
        Place {
            scopes: self.0.scopes.clone(),
            rules: self.0.rules,
            parent: Some(self.clone()),
            kind,
            origin,
            content,
            standing,
            detached: self.0.detached,
            compiled: self.0.compiled,
            private: self.0.private,
            mangled: self.0.mangled.clone(),
            table: OnceLock::new(),
        }
    }

    pub(super) fn content(&self) -> &Content {
        &self.0.content
    }

    pub(super) fn rules(&self) -> Rules {
        self.0.rules
    }

    /// Where it starts; with its kind, that tells it from every other scope of the text.
    pub fn origin(&self) -> Offset {
        self.0.origin
    }

    pub(super) fn standing(&self) -> Standing {
        self.0.standing
    }

    pub(super) fn is_compiled(&self) -> bool {
        self.0.compiled
    }

    pub(super) fn parent_ref(&self) -> Option<&Self> {
        self.0.parent.as_ref()
    }

    pub(super) fn table_cell(&self) -> &OnceLock<Table> {
        &self.0.table
    }

    pub(super) fn region(&self) -> Option<&Arc<Region>> {
        match &self.0.content {
            Content::Region(region) => Some(region),
            Content::Module | Content::Annotations => None,
        }
    }

    /// What its text contains. O(1).
    pub(super) fn traits(&self) -> Traits {
        match &self.0.content {
            Content::Module => self.0.scopes.blocks.summary(),
            Content::Region(region) => region.summary.traits,
            Content::Annotations => Traits::default(),
        }
    }

    /// The class whose name mangles private names here (language reference, 6.2.1), and, in the type
    /// parameters of a generic class, the only names that it mangles.
    pub(super) fn privacy(&self) -> (Option<Name>, Option<&[Name]>) {
        (self.0.private, self.0.mangled.as_deref())
    }

    /// The analysis that it is a part of.
    pub fn scopes(&self) -> &Scopes {
        &self.0.scopes
    }

    /// The version whose rules hold.
    pub fn version(&self) -> PythonVersion {
        self.0.rules.version
    }

    /// What kind of scope it is.
    pub fn kind(&self) -> ScopeKind {
        self.0.kind
    }

    /// Whether it can own and take cells: every scope but the module and classes.
    pub fn is_function_like(&self) -> bool {
        self.kind().is_function_like()
    }

    /// The name of a `def`, `class` or `type` statement or type parameter.
    pub fn name(&self) -> Option<Name> {
        if self.kind() == ScopeKind::Annotation {
            return None;
        }
        self.region()?.name.as_ref().map(|(name, _)| *name)
    }

    /// From `def` to the end of the body; decorators stand before it. Of the annotations of variables: the
    /// first one.
    pub fn range(&self) -> Range {
        match &self.0.content {
            Content::Module => Range::new(Offset(0), self.0.scopes.len()),
            Content::Region(region) => Range::new(self.0.origin, self.0.origin + region.len),
            Content::Annotations => {
                let owner = self.parent_ref();
                let first = owner.and_then(Self::first_annotation_range);
                first.unwrap_or(Range::at(self.0.origin))
            }
        }
    }

    /// The identifier after `def`, `class` or `type`; the `lambda` keyword of a lambda.
    pub fn name_range(&self) -> Option<Range> {
        let region = self.region()?;
        let at = |rel: Rel| self.0.origin + rel;
        match self.0.kind {
            ScopeKind::Lambda => Some(Range::new(at(Rel(0)), at(Rel(6)))),
            ScopeKind::Function
            | ScopeKind::Class
            | ScopeKind::TypeAlias
            | ScopeKind::TypeParams => region
                .name
                .as_ref()
                .map(|(_, range)| Range::new(at(range.start), at(range.end))),
            _ => None,
        }
    }

    /// `def` up to and with its colon; `lambda` up to and with its colon; all else: the whole.
    pub fn header(&self) -> Range {
        match self.region() {
            Some(region) if region.head > Rel(0) => {
                Range::new(self.0.origin, self.0.origin + region.head)
            }
            _ => self.range(),
        }
    }

    /// `async def`, or a comprehension with `async for`.
    pub fn is_async(&self) -> bool {
        self.region().is_some_and(|region| region.is_async)
    }

    /// Whether it is a generator: it contains `yield`, or is a generator expression.
    pub fn is_generator(&self) -> bool {
        let yields = |region: &Arc<Region>| region.summary.traits.has(Traits::YIELD);
        self.0.kind == ScopeKind::GenExpr || self.region().is_some_and(yields)
    }

    /// Whether it has no code object of its own, but is a part of the enclosing one's (PEP 709, from 3.12).
    pub fn inlined(&self) -> bool {
        let parent = self.parent_ref();
        parent.is_some_and(|parent| self.rules().inlines(self.kind(), parent.sees_class()))
    }

    /// The scope whose code object it is a part of: itself, or where it is inlined.
    pub fn host(&self) -> Self {
        let mut host = self;
        while let Some(parent) = host.parent_ref().filter(|_| host.inlined()) {
            host = parent;
        }
        host.clone()
    }

    /// Whether it is an annotation that is never evaluated (`from __future__ import annotations`, PEP 563),
    /// or stands in one.
    pub fn detached(&self) -> bool {
        self.0.detached
    }

    /// The scope it stands in; `None` for the module.
    pub fn parent(&self) -> Option<Self> {
        self.0.parent.clone()
    }

    /// Whether its names are looked up in the class around it first: annotation scopes in a class.
    pub fn sees_class(&self) -> bool {
        let Some(parent) = self.parent_ref() else {
            return false;
        };
        let in_class = parent.kind() == ScopeKind::Class;
        match self.kind() {
            ScopeKind::TypeParams => in_class,
            ScopeKind::TypeAlias => in_class || parent.sees_class(),
            ScopeKind::TypeVar | ScopeKind::TypeVarDefault => parent.sees_class(),
            ScopeKind::Annotation => match self.content() {
                Content::Annotations => in_class && !self.rules().stringified,
                _ => in_class || parent.sees_class(),
            },
            _ => false,
        }
    }

    /// Whether the two are made of the same facts in memory: what an edit that doesn't touch a scope leaves.
    pub fn shares_facts(&self, other: &Self) -> bool {
        match (self.region(), other.region()) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Place {
    /// The type parameters of a class are mangled as in the class itself.
    fn enter_generic_class(&mut self, region: &Region) {
        let class = region.items.iter().find_map(|item| match item {
            Item::Region(inner) if inner.kind == RegionKind::Scope(ScopeKind::Class) => {
                inner.name.as_ref()
            }
            _ => None,
        });
        let Some((class, _)) = class else { return };
        self.private = Some(*class);
        self.mangled = self.rules.mangles_only_type_parameters().then(|| {
            let parameter = |item: &Item| match item {
                Item::Mention(mention) if mention.role == super::Role::TypeParam => {
                    Some(mention.name)
                }
                _ => None,
            };
            region.items.iter().filter_map(parameter).collect()
        });
    }
}

/// Scopes nest as deep as the text does: their ends are dropped one after the other.
impl Drop for Place {
    fn drop(&mut self) {
        let mut next = self.parent.take();
        while let Some(Scope(place)) = next {
            next = Arc::into_inner(place).and_then(|mut place| place.parent.take());
        }
    }
}

impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.origin, self.0.kind) == (other.0.origin, other.0.kind)
    }
}

impl Eq for Scope {}

impl Hash for Scope {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.origin, self.0.kind).hash(state);
    }
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:?} {} at {}",
            self.kind(),
            self.qualname(),
            self.0.origin.0
        )
    }
}
