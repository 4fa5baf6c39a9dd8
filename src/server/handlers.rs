//! One handler a message. Each takes what it needs at once, and leaves the work to [`Session`].

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::request::{GotoDeclarationParams, GotoDeclarationResponse};

use super::session::Session;
use super::workers::NEVER;
use super::{answers, capabilities, closures, rename};

/// The handlers of one session.
pub struct Handlers(pub Arc<Session>);

impl Handlers {
    /// Our own notification `$/cella/lost`, see [`super::lenient`].
    pub async fn lost(&self, params: Value) {
        let uri = params
            .get("uri")
            .and_then(Value::as_str)
            .and_then(|uri| uri.parse().ok());
        self.0.lose(uri);
    }

    /// `$/setTrace` has taken effect where the messages pass, see [`super::trace`].
    pub async fn set_trace(&self, _: Value) {}

    /// Our own request `cella/closures`, see [`closures`].
    pub async fn closures(&self, params: closures::Params) -> Result<Option<closures::Closures>> {
        let uri = params.text_document.uri;
        self.0
            .ask(&uri, |view| Some(closures::closures(view)))
            .await
    }
}

impl LanguageServer for Handlers {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let sent = params.initialization_options.unwrap_or_default(); // See `lenient::soften`.
        if !sent.is_object() {
            return Err(Error::invalid_params("initialize takes an object"));
        }
        Ok(capabilities::initialize_result(&self.0.initialize(&sent)))
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        self.0.initialized();
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        self.0.open(params.text_document);
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        self.0.change(params);
    }

    async fn did_save(&self, _: lsp::DidSaveTextDocumentParams) {}

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        self.0.close(params.text_document.uri);
    }

    async fn notebook_did_open(&self, params: lsp::DidOpenNotebookDocumentParams) {
        self.0.open_notebook(params);
    }

    async fn notebook_did_change(&self, params: lsp::DidChangeNotebookDocumentParams) {
        self.0.change_notebook(params);
    }

    async fn notebook_did_save(&self, _: lsp::DidSaveNotebookDocumentParams) {}

    async fn notebook_did_close(&self, params: lsp::DidCloseNotebookDocumentParams) {
        self.0.close_notebook(&params.notebook_document.uri);
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        self.0.settings_changed(&params.settings);
    }

    async fn did_change_workspace_folders(&self, _: lsp::DidChangeWorkspaceFoldersParams) {}

    async fn did_change_watched_files(&self, _: lsp::DidChangeWatchedFilesParams) {
        self.0.project_changed();
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        let (uri, at) = place(params.text_document_position_params);
        self.0.ask(&uri, move |view| answers::hover(view, at)).await
    }

    async fn inlay_hint(
        &self,
        params: lsp::InlayHintParams,
    ) -> Result<Option<Vec<lsp::InlayHint>>> {
        let (uri, range) = (params.text_document.uri, params.range);
        let method = "textDocument/inlayHint";
        self.0
            .ask_current(method, &uri, move |view| answers::inlay_hints(view, range))
            .await
    }

    async fn goto_definition(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        let (uri, at) = place(params.text_document_position_params);
        self.0
            .ask(&uri, move |view| answers::definition(view, at))
            .await
    }

    async fn goto_declaration(
        &self,
        params: GotoDeclarationParams,
    ) -> Result<Option<GotoDeclarationResponse>> {
        let (uri, at) = place(params.text_document_position_params);
        self.0
            .ask(&uri, move |view| answers::declaration(view, at))
            .await
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        let (uri, at) = place(params.text_document_position);
        let declarations = params.context.include_declaration;
        self.0
            .ask(&uri, move |view| {
                answers::references(view, at, declarations)
            })
            .await
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        let (uri, at) = place(params);
        let answer = self.0.ask(&uri, move |view| rename::prepare(view, at));
        answer.await?.transpose()
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let (uri, at) = place(params.text_document_position);
        let new = params.new_name;
        let answer = self.0.ask(&uri, move |view| rename::rename(view, at, &new));
        answer.await?.transpose()
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        let (uri, at) = place(params.text_document_position_params);
        self.0
            .ask(&uri, move |view| answers::highlights(view, at))
            .await
    }

    async fn document_symbol(
        &self,
        params: lsp::DocumentSymbolParams,
    ) -> Result<Option<lsp::DocumentSymbolResponse>> {
        self.0.symbols(&params.text_document.uri).await
    }

    async fn semantic_tokens_full(
        &self,
        params: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        let uri = params.text_document.uri;
        let data = self.0.tokens("textDocument/semanticTokens/full", &uri);
        let data = data.await?;
        Ok(data.map(|data| self.0.keep_tokens(&uri, data).into()))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: lsp::SemanticTokensDeltaParams,
    ) -> Result<Option<lsp::SemanticTokensFullDeltaResult>> {
        let uri = params.text_document.uri;
        let data = self
            .0
            .tokens("textDocument/semanticTokens/full/delta", &uri);
        let data = data.await?;
        Ok(data.map(|data| self.0.tokens_since(&uri, &params.previous_result_id, data)))
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        let (uri, range) = (params.text_document.uri, params.range);
        let answer = self
            .0
            .ask_current("textDocument/semanticTokens/range", &uri, move |view| {
                Some(answers::semantic_tokens(view, view.within(range)))
            });
        let tokens = |data| lsp::SemanticTokens {
            result_id: None,
            data,
        };
        Ok(answer.await?.map(|data| tokens(data).into()))
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        let uri = params.text_document.uri;
        self.0.ask(&uri, answers::code_lenses).await
    }

    async fn diagnostic(
        &self,
        params: lsp::DocumentDiagnosticParams,
    ) -> Result<lsp::DocumentDiagnosticReportResult> {
        let (items, _) = self.0.diagnostics(&params.text_document.uri, NEVER).await?;
        let result_id = fingerprint(&items);
        if params.previous_result_id.as_ref() == Some(&result_id) {
            let unchanged = lsp::UnchangedDocumentDiagnosticReport { result_id };
            let report = lsp::RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: unchanged,
            };
            return Ok(lsp::DocumentDiagnosticReport::Unchanged(report).into());
        }
        let full = lsp::FullDocumentDiagnosticReport {
            result_id: Some(result_id),
            items,
        };
        let report = lsp::RelatedFullDocumentDiagnosticReport {
            full_document_diagnostic_report: full,
            ..lsp::RelatedFullDocumentDiagnosticReport::default()
        };
        Ok(lsp::DocumentDiagnosticReport::Full(report).into())
    }
}

fn place(params: lsp::TextDocumentPositionParams) -> (lsp::Uri, lsp::Position) {
    (params.text_document.uri, params.position)
}

/// The same for the same diagnostics, whenever they are asked for.
fn fingerprint(items: &[lsp::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items)
        .unwrap_or_default()
        .hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
