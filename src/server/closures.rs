//! `cella/closures`: a request of our own, for editors that draw a document's closures.
//!
//! Its params are those of `textDocument/documentSymbol`. Scopes name each other by their index.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::view::View;
use crate::ide;

/// The request's name.
pub const METHOD: &str = "cella/closures";

/// Which document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    /// The document.
    pub text_document: lsp::TextDocumentIdentifier,
}

/// The answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Closures {
    scopes: Vec<Scope>,
    left_out: usize,
}

/// See [`ide::MapScope`].
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scope {
    name: String,
    qualified_name: String,
    kind: &'static str,
    range: lsp::Range,
    selection_range: lsp::Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
    cells: Vec<Cell>,
    closes_over: Vec<Free>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cell {
    name: &'static str,
    selection_range: lsp::Range,
    taken_by: Vec<Taker>,
}

#[derive(Serialize)]
struct Taker {
    scope: usize,
    how: &'static str,
}

#[derive(Serialize)]
struct Free {
    name: &'static str,
    owner: usize,
}

/// The map of the document's closures.
pub fn closures(view: &View) -> Closures {
    let map = ide::closure_map(&view.snapshot, &view.config);
    Closures {
        scopes: map
            .scopes
            .into_iter()
            .map(|found| scope(view, found))
            .collect(),
        left_out: map.left_out,
    }
}

fn scope(view: &View, scope: ide::MapScope) -> Scope {
    let taker = |(scope, manner)| Taker {
        scope,
        how: match manner {
            ide::Manner::Reads => "reads",
            ide::Manner::Rebinds => "rebinds",
            ide::Manner::PassesOn => "passesOn",
        },
    };
    let cell = |cell: ide::MapCell| Cell {
        name: cell.name,
        selection_range: view.range(cell.focus),
        taken_by: cell.takers.into_iter().map(taker).collect(),
    };
    Scope {
        name: scope.name,
        qualified_name: scope.qualname,
        kind: scope.kind,
        range: view.range(scope.range),
        selection_range: view.range(scope.focus),
        parent: scope.parent,
        cells: scope.cells.into_iter().map(cell).collect(),
        closes_over: scope
            .free
            .into_iter()
            .map(|(name, owner)| Free { name, owner })
            .collect(),
    }
}
