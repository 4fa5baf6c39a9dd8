//! Facts: what a statement says about names, whatever stands around it.
//!
//! A [`Piece`] is one statement. It lists, in the order in which CPython's `symtable.c` visits them, the
//! [`Mention`]s of names, the nested [`Region`]s, which in some versions are scopes, and the [`Body`]s of
//! statements nested in it that belong to the same scope. All positions count from the start of the
//! piece or region that an item is directly in, so that a piece can be taken over wherever it moves.
//!
//! What a region is in which version, and to whom a name belongs, is settled in [`super::rules`] and
//! [`super::walk`] when a question is asked.

use std::cell::RefCell;
use std::ops::{BitOrAssign, Range};
use std::sync::Arc;

use super::errors;
use super::summary::Summary;
use super::{Name, Role, ScopeKind};
use crate::seq::Seq;
use crate::text::Rel;

/// One statement, and the blanks and comments up to the next.
pub(super) struct Piece {
    pub len: Rel,
    pub traits: Traits,
    pub items: Box<[Item]>,
}

/// What a piece or region is made of.
pub(super) enum Item {
    Mention(Mention),
    Region(Arc<Region>),
    /// Boxed, since most items are mentions, which are small.
    Body(Box<Body>),
}

/// One occurrence of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub at: Rel,
    /// In bytes, as written; normalising may change it.
    pub len: u32,
    pub name: Name,
    pub role: Role,
    /// In the target of a comprehension's `for`.
    pub in_target: bool,
}

/// Statements nested in a statement, of the same scope.
pub(super) struct Body {
    /// Where its first statement starts.
    pub at: Rel,
    pub part: Part,
    pub pieces: Seq<Arc<Piece>>,
    pub summary: Summary,
}

/// Which part of its statement a body is, as far as the visiting order depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The body of a scope: its statements always run.
    Whole,
    /// Any other: its statements run on a condition.
    Branch,
    /// What stands between `try:` and its first clause.
    Try,
    /// The `else:` of a `try`, which up to 3.12 is visited before the `except` clauses.
    TryElse,
    /// No statements but the items of a long list in brackets: an edit in one leaves the facts of the
    /// others, as it does among statements.
    Rows,
}

/// Something that may be a scope.
pub(super) struct Region {
    pub kind: RegionKind,
    pub is_async: bool,
    pub at: Rel,
    pub len: Rel,
    /// Up to and with the colon; 0 where there is none.
    pub head: Rel,
    pub name: Option<(Name, Range<Rel>)>,
    /// What is evaluated inside; empty: all behind `head`.
    pub inside: Box<[Range<Rel>]>,
    pub items: Box<[Item]>,
    pub summary: Summary,
}

/// What kind of scope a region is or would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RegionKind {
    Scope(ScopeKind),
    /// The annotations of a function's parameters and result.
    Signature,
    /// The annotation of a variable; those of one scope make up one annotation scope.
    Variable,
}

/// The statements of one block of the document.
pub(super) struct Block {
    pub len: Rel,
    pub body: Body,
    /// CPython's errors in it, once they were asked for.
    pub errors: errors::Cache,
}

/// What a scope's text contains directly, as a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u16);

impl BitOrAssign for Traits {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Traits {
    pub const YIELD: Self = Self(1);
    pub const STAR_IMPORT: Self = Self(2);
    /// A call of `exec` or `eval`.
    pub const EXEC: Self = Self(4);
    /// A call of `locals`, `globals` or `vars`.
    pub const NAMESPACE: Self = Self(8);
    /// An annotated variable.
    pub const ANNOTATION: Self = Self(16);
    /// `from __future__ import …`
    pub const FUTURE: Self = Self(32);
    /// `from __future__ import annotations`
    pub const FUTURE_ANNOTATIONS: Self = Self(64);
    /// An expression statement that is a string.
    pub const DOCSTRING: Self = Self(128);
    /// In a comprehension: a walrus, also in a comprehension nested in it.
    pub const WALRUS: Self = Self(256);
    /// `globals()[…] = …` or the like, also in a scope nested in it: names come and go unseen.
    pub const WRITES_GLOBALS: Self = Self(2048);
    /// The same by `locals()` or `vars()`, in this scope.
    pub const WRITES_LOCALS: Self = Self(4096);
    /// What may bind a variable of a scope further out, also in a scope nested in it: `nonlocal`, `global`,
    /// or a walrus in a comprehension.
    pub const BINDS_OUTSIDE: Self = Self(8192);
    /// What may be a nested scope, also one in another.
    pub const NESTED: Self = Self(1024);
    /// In type parameters: a keyword-only parameter of their function has a default.
    pub const KEYWORD_DEFAULTS: Self = Self(512);

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Region {
    /// Whether a name bound in it may be one of the scope around it: a walrus in a comprehension
    /// (PEP 572), anything in what isn't a scope in every version.
    pub fn lets_bindings_out(&self) -> bool {
        match self.kind {
            RegionKind::Scope(kind) => kind.is_comprehension(),
            RegionKind::Signature | RegionKind::Variable => true,
        }
    }

    /// What is evaluated inside, from the region's start.
    pub fn inside(&self) -> impl Iterator<Item = Range<Rel>> {
        let rest = self.inside.is_empty().then_some(self.head..self.len);
        self.inside.iter().cloned().chain(rest)
    }
}

impl Mention {
    /// Whether it binds or declares its name, as far as can be seen from it alone.
    pub fn binds(&self) -> bool {
        self.role != Role::Use
    }
}

impl Piece {
    pub fn may_mention(&self, names: &[Name]) -> bool {
        self.items.iter().any(|item| match item {
            Item::Mention(mention) => names.contains(&mention.name),
            Item::Region(region) => region.summary.mentions.may_hold_any(names),
            Item::Body(body) => body.summary.mentions.may_hold_any(names),
        })
    }

    /// Whether it may bind or declare one of them in the scope that it is directly in.
    pub fn may_bind(&self, names: &[Name]) -> bool {
        self.items.iter().any(|item| match item {
            Item::Mention(mention) => mention.binds() && names.contains(&mention.name),
            Item::Region(region) => {
                region.lets_bindings_out() && region.summary.binds.may_hold_any(names)
            }
            Item::Body(body) => body.summary.binds.may_hold_any(names),
        })
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        bury(std::mem::take(&mut self.items));
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        bury(std::mem::take(&mut self.items));
    }
}

thread_local! {
    /// What is still to be dropped, while something is.
    static BURIED: RefCell<Option<Vec<Box<[Item]>>>> = const { RefCell::new(None) };
}

/// Drops `items` without recursion, however deep they nest.
fn bury(items: Box<[Item]>) {
    if items.iter().all(|item| matches!(item, Item::Mention(_))) {
        return;
    }
    let first = BURIED.with_borrow_mut(|buried| match buried {
        Some(buried) => {
            buried.push(items);
            false
        }
        None => {
            *buried = Some(vec![items]);
            true
        }
    });
    if first {
        while let Some(items) = BURIED.with_borrow_mut(|buried| buried.as_mut().and_then(Vec::pop))
        {
            drop(items);
        }
        BURIED.set(None);
    }
}
