//! `textDocument/prepareRename` and `textDocument/rename`: edits by document, or an error that says why not.

use std::borrow::Cow;
use std::collections::HashMap;

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;

use super::view::View;
use crate::document::Change;
use crate::ide;

/// LSP 3.17, `LSPErrorCodes.RequestFailed`: editors show the message to the user.
const REQUEST_FAILED: i64 = -32803;

/// `textDocument/prepareRename`
pub fn prepare(view: &View, at: lsp::Position) -> Option<Result<lsp::PrepareRenameResponse>> {
    let answer = ide::prepare_rename(&view.snapshot, view.offset(at), &view.config)?;
    let answer = answer.map(|found| lsp::PrepareRenameResponse::RangeWithPlaceholder {
        range: view.range(found.range),
        placeholder: found.name,
    });
    Some(answer.map_err(refused))
}

/// `textDocument/rename`
pub fn rename(view: &View, at: lsp::Position, new: &str) -> Option<Result<lsp::WorkspaceEdit>> {
    let answer = ide::rename(&view.snapshot, view.offset(at), new, &view.config)?;
    Some(
        answer
            .map(|edits| workspace_edit(view, edits))
            .map_err(refused),
    )
}

fn refused(refusal: ide::Refusal) -> Error {
    Error {
        code: ErrorCode::ServerError(REQUEST_FAILED),
        message: Cow::Owned(refusal.reason),
        data: None,
    }
}

/// The edits by document: a notebook's cells are documents of their own.
fn workspace_edit(view: &View, edits: Vec<Change>) -> lsp::WorkspaceEdit {
    let mut documents: Vec<(lsp::Uri, Vec<lsp::TextEdit>)> = Vec::new();
    for edit in edits {
        let lsp::Location { uri, range } = view.location(edit.range);
        let edit = lsp::TextEdit::new(range, edit.text);
        match documents.last_mut().filter(|(last, _)| *last == uri) {
            Some((_, edits)) => edits.push(edit),
            None => documents.push((uri, vec![edit])),
        }
    }
    if !view.client.versioned_edits {
        return lsp::WorkspaceEdit::new(documents.into_iter().collect::<HashMap<_, _>>());
    }
    let versioned = documents.into_iter().map(|(uri, edits)| {
        let version = view.version_of(&uri);
        lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
        }
    });
    lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Edits(versioned.collect())),
        ..lsp::WorkspaceEdit::default()
    }
}
