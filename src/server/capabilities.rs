//! What the server answers to `initialize`: what it can do, as far as the client can use it.

use tower_lsp::ls_types as lsp;

use super::client::Abilities;
use crate::ide;

/// The answer to `initialize`.
pub fn initialize_result(client: &Abilities) -> lsp::InitializeResult {
    lsp::InitializeResult {
        capabilities: capabilities(client),
        server_info: Some(lsp::ServerInfo {
            name: "cella".into(),
            version: Some(env!("CARGO_PKG_VERSION").into()),
        }),
        ..lsp::InitializeResult::default()
    }
}

fn capabilities(client: &Abilities) -> lsp::ServerCapabilities {
    let sync = lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
        ..lsp::TextDocumentSyncOptions::default()
    };
    let diagnostics = lsp::DiagnosticOptions {
        identifier: Some("cella".into()),
        ..lsp::DiagnosticOptions::default()
    };
    lsp::ServerCapabilities {
        position_encoding: Some(client.encoding_kind()),
        text_document_sync: Some(lsp::TextDocumentSyncCapability::Options(sync)),
        notebook_document_sync: Some(lsp::OneOf::Left(notebooks())),
        hover_provider: Some(lsp::HoverProviderCapability::Simple(true)),
        inlay_hint_provider: Some(lsp::OneOf::Left(true)),
        definition_provider: Some(lsp::OneOf::Left(true)),
        declaration_provider: Some(lsp::DeclarationCapability::Simple(true)),
        references_provider: Some(lsp::OneOf::Left(true)),
        rename_provider: Some(renames(client)),
        document_highlight_provider: Some(lsp::OneOf::Left(true)),
        document_symbol_provider: Some(lsp::OneOf::Left(true)),
        code_lens_provider: Some(lsp::CodeLensOptions {
            resolve_provider: Some(false),
        }),
        semantic_tokens_provider: client.tokens.then(|| semantic_tokens(client).into()),
        diagnostic_provider: client
            .pulls_diagnostics
            .then_some(lsp::DiagnosticServerCapabilities::Options(diagnostics)),
        ..lsp::ServerCapabilities::default()
    }
}

/// Options are only for clients that ask before they rename.
fn renames(client: &Abilities) -> lsp::OneOf<bool, lsp::RenameOptions> {
    if !client.prepares_rename {
        return lsp::OneOf::Left(true);
    }
    lsp::OneOf::Right(lsp::RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
    })
}

/// Notebooks of every kind, as far as their cells are in a language of ours.
fn notebooks() -> lsp::NotebookDocumentSyncOptions {
    let cell = |language: &str| lsp::NotebookCellSelector {
        language: language.into(),
    };
    lsp::NotebookDocumentSyncOptions {
        notebook_selector: vec![lsp::NotebookSelector::ByCells {
            notebook: None,
            cells: vec![cell("python"), cell("cella")],
        }],
        save: None,
    }
}

fn semantic_tokens(client: &Abilities) -> lsp::SemanticTokensOptions {
    let types = ide::TokenKind::ALL.iter().map(|kind| kind.name().into());
    let modifiers = ide::Modifiers::NAMES.iter().map(|&name| name.into());
    lsp::SemanticTokensOptions {
        legend: lsp::SemanticTokensLegend {
            token_types: types.collect(),
            token_modifiers: modifiers.collect(),
        },
        range: Some(true),
        full: Some(lsp::SemanticTokensFullOptions::Delta {
            delta: Some(client.token_deltas),
        }),
        ..lsp::SemanticTokensOptions::default()
    }
}
