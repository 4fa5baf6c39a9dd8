//! Semantic tokens: the colours that no Python server has, captured, cell, rebound, nonlocal, global.

use super::config::Config;
use crate::document::Snapshot;
use crate::text::Range;

/// A coloured name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The name.
    pub range: Range,
    /// LSP's standard type.
    pub kind: TokenKind,
    /// What is more.
    pub modifiers: Modifiers,
}

/// LSP's standard token types, as far as names have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `namespace`: an imported module.
    Namespace,
    /// `class`.
    Class,
    /// `typeParameter`.
    TypeParameter,
    /// `parameter`.
    Parameter,
    /// `variable`.
    Variable,
    /// `function`.
    Function,
    /// `method`: a function bound in a class.
    Method,
}

impl TokenKind {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 7] = [
        Self::Namespace,
        Self::Class,
        Self::TypeParameter,
        Self::Parameter,
        Self::Variable,
        Self::Function,
        Self::Method,
    ];

    /// LSP's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Namespace => "namespace",
            Self::Class => "class",
            Self::TypeParameter => "typeParameter",
            Self::Parameter => "parameter",
            Self::Variable => "variable",
            Self::Function => "function",
            Self::Method => "method",
        }
    }
}

/// A set of token modifiers. Bit `n` is the modifier `NAMES[n]` of the legend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers(pub u32);

impl Modifiers {
    /// The legend. The first is LSP's own.
    pub const NAMES: [&'static str; 6] = [
        "definition",
        "captured",
        "cell",
        "rebound",
        "nonlocal",
        "global",
    ];
    /// A binding.
    pub const DEFINITION: Self = Self(1);
    /// A free variable, where it is used.
    pub const CAPTURED: Self = Self(1 << 1);
    /// Bound here, captured elsewhere.
    pub const CELL: Self = Self(1 << 2);
    /// Rebound after capture.
    pub const REBOUND: Self = Self(1 << 3);
    /// Under a `nonlocal` statement.
    pub const NONLOCAL: Self = Self(1 << 4);
    /// Under a `global` statement.
    pub const GLOBAL: Self = Self(1 << 5);

    /// Both sets.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in it.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The tokens that lie in `within`, in the text's order. For Python only those that carry one of Cella's
/// own modifiers, so that other servers keep their colours.
pub fn semantic_tokens(_snapshot: &Snapshot, _within: Range, _config: &Config) -> Vec<Token> {
    Vec::new()
}
