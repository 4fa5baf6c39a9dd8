//! Reads the server's messages and checks them: the JSON-RPC envelope, and each result and params
//! against the protocol's types, both ways, so that a member that isn't theirs is noticed.

use std::io::BufRead;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp::ls_types::notification::{self, Notification};
use tower_lsp::ls_types::request::{self, Request};

/// Reads one message; its header has to be as the specification spells it.
pub fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    output.read_line(&mut header).ok()?;
    let length = header
        .strip_prefix("Content-Length: ")?
        .strip_suffix("\r\n")?;
    let length: usize = length.parse().ok()?;
    let mut empty = String::new();
    output.read_line(&mut empty).ok()?;
    assert_eq!(empty, "\r\n", "one header, then an empty line");
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}

/// JSON-RPC 2.0, sections 4 and 5.
pub fn check_envelope(message: &Value) {
    let object = message.as_object().expect("an object");
    assert_eq!(message["jsonrpc"], "2.0", "{message}");
    let allowed: &[&str] = if object.contains_key("method") {
        &["jsonrpc", "method", "params", "id"]
    } else {
        assert!(object.contains_key("id"), "{message}");
        assert_ne!(
            object.contains_key("result"),
            object.contains_key("error"),
            "{message}"
        );
        &["jsonrpc", "result", "error", "id"]
    };
    for member in object.keys() {
        assert!(allowed.contains(&member.as_str()), "{member} in {message}");
    }
    if let Some(error) = object.get("error") {
        assert!(
            error["code"].is_i64() && error["message"].is_string(),
            "{message}"
        );
    }
}

/// The result of a request of ours.
pub fn check_answer(method: &str, message: &Value) {
    let Some(result) = message.get("result") else {
        return;
    };
    macro_rules! results {
        ($($request:ident,)*) => {
            match method {
                $(request::$request::METHOD => {
                    fits::<<request::$request as Request>::Result>(method, result);
                })*
                "cella/closures" => assert!(result.is_null() || result["scopes"].is_array()),
                _ => panic!("no type for the result of {method}"),
            }
        };
    }
    results! {
        Initialize, Shutdown, HoverRequest, InlayHintRequest, GotoDefinition, GotoDeclaration,
        References, PrepareRenameRequest, Rename, DocumentHighlightRequest, DocumentSymbolRequest,
        SemanticTokensFullRequest, SemanticTokensFullDeltaRequest, SemanticTokensRangeRequest,
        CodeLensRequest, DocumentDiagnosticRequest,
    }
}

/// A request of the server's.
pub fn check_request(message: &Value) {
    let (method, params) = (
        message["method"].as_str().expect("a method"),
        &message["params"],
    );
    match method {
        "workspace/configuration" => {
            fits::<tower_lsp::ls_types::ConfigurationParams>(method, params)
        }
        "client/registerCapability" => {
            fits::<tower_lsp::ls_types::RegistrationParams>(method, params);
        }
        "workspace/inlayHint/refresh"
        | "workspace/semanticTokens/refresh"
        | "workspace/codeLens/refresh"
        | "workspace/diagnostic/refresh" => assert!(params.is_null(), "{message}"),
        _ => panic!("the server asks {message}"),
    }
}

/// A notification of the server's.
pub fn check_notification(message: &Value) {
    let (method, params) = (
        message["method"].as_str().expect("a method"),
        &message["params"],
    );
    match method {
        notification::ShowMessage::METHOD => {
            fits::<tower_lsp::ls_types::ShowMessageParams>(method, params);
        }
        notification::LogMessage::METHOD => {
            fits::<tower_lsp::ls_types::LogMessageParams>(method, params);
        }
        notification::PublishDiagnostics::METHOD => {
            fits::<tower_lsp::ls_types::PublishDiagnosticsParams>(method, params);
        }
        notification::LogTrace::METHOD => {
            fits::<tower_lsp::ls_types::LogTraceParams>(method, params);
        }
        "cella/outOfStep" => {
            fits::<tower_lsp::ls_types::TextDocumentIdentifier>(method, params);
        }
        _ => panic!("the server says {message}"),
    }
}

fn fits<T: DeserializeOwned + Serialize>(what: &str, value: &Value) {
    let typed: T = serde_json::from_value(value.clone())
        .unwrap_or_else(|error| panic!("{what}: {error} in {value}"));
    let again = serde_json::to_value(typed).expect("JSON");
    assert_eq!(&again, value, "{what} holds what the protocol doesn't know");
}
