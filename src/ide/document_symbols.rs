//! Document symbols: the outline, with what each function closes over.

use super::config::Config;
use crate::document::Snapshot;
use crate::text::Range;

/// One line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// As written; a lambda has the name it is assigned to.
    pub name: String,
    /// What is closed over; empty where nothing is.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub range: Range,
    /// Its name.
    pub selection: Range,
    /// What is nested in it, in the text's order.
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A function or a named lambda.
    Function,
    /// A function whose scope is a class.
    Method,
    /// A class.
    Class,
}

/// The outline of the whole document, in the text's order.
pub fn document_symbols(_snapshot: &Snapshot, _config: &Config) -> Vec<Symbol> {
    Vec::new()
}
