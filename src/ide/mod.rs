//! What the server says: one file a feature, each a function of a snapshot.
//!
//! Answers are byte offsets and plain values. Nothing here knows of LSP, of URIs or of files; what a
//! position or a link looks like is settled at the edge.

mod closure_map;
mod code_lens;
mod config;
mod definition;
mod diagnostics;
mod document_symbols;
#[cfg(test)]
mod fixture;
mod highlights;
mod hover;
mod inlay_hints;
mod markup;
mod outline;
mod pages;
mod references;
mod rename;
mod semantic_tokens;
mod words;

pub use closure_map::{ClosureMap, Manner, MapCell, MapScope, closure_map};
pub use code_lens::{Lens, code_lens};
pub use config::{Config, HintConfig, HoverMode, Language};
pub use definition::{Target, Targets, declaration, definition};
pub use diagnostics::{Diagnostic, Related, Severity, diagnostics};
pub use document_symbols::{Symbol, SymbolKind, document_symbols};
pub use highlights::{Highlight, HighlightKind, highlights};
pub use hover::{Hover, hover};
pub use inlay_hints::{HintKind, HintPart, InlayHint, inlay_hints};
pub use markup::{Line, Markup, PageLink, Span};
pub use outline::outline;
pub use pages::{PAGES, Page};
pub use references::references;
pub use rename::{Refusal, Renameable, prepare_rename, rename};
pub use semantic_tokens::{Modifiers, Token, TokenKind, semantic_tokens};
