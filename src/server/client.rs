//! What the client can do, read from its `initialize` request.
//!
//! The request is read as plain JSON: a capability of a newer protocol, or a wrong one, must not
//! keep a server from starting.

use serde_json::Value;
use tower_lsp::ls_types as lsp;

use crate::text::Encoding;

/// What the client can do. What it doesn't speak of is off, but for [`tokens`](Self::tokens).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// What columns count: the first that the client lists and we know; all of them are known.
    pub encoding: Encoding,
    /// Hovers in Markdown; plain text otherwise.
    pub markdown: bool,
    /// Hovers shall have no links: where they are shown, nobody can follow one.
    pub without_links: bool,
    /// `LocationLink` as answer to a definition.
    pub definition_links: bool,
    /// `LocationLink` as answer to a declaration.
    pub declaration_links: bool,
    /// A rename may be asked for before its new name is known.
    pub prepares_rename: bool,
    /// Edits may name the version of the text that they are for.
    pub versioned_edits: bool,
    /// A tree as answer to document symbols; a flat list otherwise.
    pub symbol_tree: bool,
    /// The client can read semantic tokens; so may one that says nothing of them.
    pub tokens: bool,
    /// The client asks for what has changed in the tokens.
    pub token_deltas: bool,
    /// The client asks for diagnostics; they are sent unasked otherwise.
    pub pulls_diagnostics: bool,
    /// Diagnostics may point to other places.
    pub related_information: bool,
    /// Diagnostics may be tagged as unnecessary text.
    pub diagnostic_tags: bool,
    /// Diagnostics may link a page.
    pub code_description: bool,
    /// The client can be asked for its settings.
    pub configuration: bool,
    /// The client wants to be asked which settings it should tell of.
    pub registers_configuration: bool,
    /// The client watches files for us.
    pub registers_files: bool,
    /// The client can be asked to ask again, by method.
    pub refresh: Refresh,
    /// The client wants `cella/outOfStep`, to send the whole text again.
    pub resyncs: bool,
    /// The client has the command `cella.showReferences`, for code lenses.
    pub shows_references: bool,
    /// Methods that the client asks again after `ContentModified`.
    pub retries: Vec<String>,
}

/// Which answers the client can be asked to ask for again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refresh {
    /// `workspace/inlayHint/refresh`.
    pub inlay_hints: bool,
    /// `workspace/semanticTokens/refresh`.
    pub semantic_tokens: bool,
    /// `workspace/codeLens/refresh`.
    pub code_lenses: bool,
    /// `workspace/diagnostic/refresh`.
    pub diagnostics: bool,
}

impl Default for Abilities {
    fn default() -> Self {
        Self::new(&Value::Null)
    }
}

impl Abilities {
    /// Reads the params of `initialize`.
    pub fn new(initialize: &Value) -> Self {
        let at = |path: &str| initialize.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| at(path).and_then(Value::as_bool).unwrap_or(false);
        let list = |path: &str| -> Vec<&str> {
            let items = at(path).and_then(Value::as_array).into_iter().flatten();
            items.filter_map(Value::as_str).collect()
        };
        let diagnostics = |path: &str| {
            can(&format!("textDocument/diagnostic/{path}"))
                || can(&format!("textDocument/publishDiagnostics/{path}"))
        };
        let tags = "textDocument/publishDiagnostics/tagSupport";
        Self {
            encoding: list("general/positionEncodings")
                .into_iter()
                .find_map(encoding)
                .unwrap_or_default(),
            markdown: list("textDocument/hover/contentFormat").contains(&"markdown"),
            without_links: can("experimental/cella/withoutLinks"),
            definition_links: can("textDocument/definition/linkSupport"),
            declaration_links: can("textDocument/declaration/linkSupport"),
            prepares_rename: can("textDocument/rename/prepareSupport"),
            versioned_edits: can("workspace/workspaceEdit/documentChanges"),
            symbol_tree: can("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            tokens: at("textDocument/semanticTokens/formats").is_none()
                || list("textDocument/semanticTokens/formats").contains(&"relative"),
            token_deltas: can("textDocument/semanticTokens/requests/full/delta"),
            pulls_diagnostics: at("textDocument/diagnostic").is_some_and(Value::is_object),
            related_information: diagnostics("relatedInformation"),
            diagnostic_tags: at(tags)
                .or(at("textDocument/diagnostic/tagSupport"))
                .is_some(),
            code_description: diagnostics("codeDescriptionSupport"),
            configuration: can("workspace/configuration"),
            registers_configuration: can("workspace/didChangeConfiguration/dynamicRegistration"),
            registers_files: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
            refresh: Refresh {
                inlay_hints: can("workspace/inlayHint/refreshSupport"),
                semantic_tokens: can("workspace/semanticTokens/refreshSupport"),
                code_lenses: can("workspace/codeLens/refreshSupport"),
                diagnostics: can("workspace/diagnostics/refreshSupport")
                    || can("workspace/diagnostic/refreshSupport"),
            },
            resyncs: can("experimental/cella/outOfStep"),
            shows_references: can("experimental/cella/showReferences"),
            retries: list("general/staleRequestSupport/retryOnContentModified")
                .into_iter()
                .map(str::to_owned)
                .collect(),
        }
    }

    /// The encoding as the protocol spells it.
    pub fn encoding_kind(&self) -> lsp::PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
            Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
            Encoding::Utf32 => lsp::PositionEncodingKind::UTF32,
        }
    }
}

fn encoding(name: &str) -> Option<Encoding> {
    match name {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_is_assumed() {
        assert_eq!(
            Abilities::new(&json!({ "capabilities": {} })),
            Abilities::default()
        );
        assert_eq!(
            Abilities::new(&json!({ "capabilities": 3 })),
            Abilities::default()
        );
        assert_eq!(
            Abilities::default().encoding_kind(),
            lsp::PositionEncodingKind::UTF16
        );
    }

    #[test]
    fn the_first_encoding_that_both_know() {
        let abilities = |encodings| {
            Abilities::new(
                &json!({ "capabilities": { "general": { "positionEncodings": encodings } } }),
            )
        };
        assert_eq!(
            abilities(json!(["utf-7", "utf-32", "utf-8"])).encoding,
            Encoding::Utf32
        );
        assert_eq!(
            abilities(json!(["utf-8", "utf-16"])).encoding,
            Encoding::Utf8
        );
        assert_eq!(abilities(json!([])).encoding, Encoding::Utf16);
        assert_eq!(abilities(json!(null)).encoding, Encoding::Utf16);
    }
}
