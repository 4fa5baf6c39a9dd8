//! Messages that clients send a little wrong, put right before the protocol's strict types see them.
//!
//! The library answers a request whose params don't fit its types with an error, and drops such a
//! notification without a word. For some messages that would cost the session.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types as lsp;

/// Our own notification: a change of a document that can't be read. Its params are the URI.
pub const LOST: &str = "$/cella/lost";

/// Puts `request` right where it has to be.
pub fn soften(request: Request) -> Request {
    match request.method() {
        "initialize" => initialize(request),
        "workspace/didChangeConfiguration" => did_change_configuration(request),
        "textDocument/didChange" => did_change(request),
        "notebookDocument/didChange" => notebook_did_change(request),
        _ => request,
    }
}

/// A capability of a newer protocol must not keep the server from starting: all that the client said
/// travels as plain JSON, in the one member that may hold anything.
fn initialize(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let params = json!({ "capabilities": {}, "initializationOptions": params });
    let softened = Request::build(method).params(params);
    if let Some(id) = id {
        softened.id(id).finish()
    } else {
        softened.finish()
    }
}

/// `settings` may be missing altogether.
fn did_change_configuration(request: Request) -> Request {
    let (method, _, params) = request.into_parts();
    let settings = params.and_then(|mut params| Some(params.get_mut("settings")?.take()));
    Request::build(method)
        .params(json!({ "settings": settings }))
        .finish()
}

/// A change that can't be read must not pass unnoticed, for then the editor's text is another one.
/// A version may be missing: it was optional before LSP 3.15.
fn did_change(request: Request) -> Request {
    let (method, _, params) = request.into_parts();
    let mut params = params.unwrap_or_default();
    if let Some(document) = params
        .get_mut("textDocument")
        .and_then(Value::as_object_mut)
        && document.get("version").is_none_or(Value::is_null)
    {
        document.insert("version".into(), json!(0));
    }
    match lsp::DidChangeTextDocumentParams::deserialize(&params) {
        Ok(_) => Request::build(method).params(params).finish(),
        Err(error) => lost(error, params.pointer("/textDocument/uri")),
    }
}

fn notebook_did_change(request: Request) -> Request {
    let params = request.params().unwrap_or(&Value::Null);
    match lsp::DidChangeNotebookDocumentParams::deserialize(params) {
        Ok(_) => request,
        Err(error) => lost(error, params.pointer("/notebookDocument/uri")),
    }
}

fn lost(error: serde_json::Error, uri: Option<&Value>) -> Request {
    tracing::error!("a change of the client's can't be read: {error}");
    let lost = Map::from_iter(uri.map(|uri| ("uri".into(), uri.clone())));
    Request::build(LOST).params(Value::Object(lost)).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(method: &'static str, params: Value, expected: Expect) {
        let softened = soften(Request::build(method).params(params).finish());
        expected.assert_eq(&softened.to_string());
    }

    #[test]
    fn configuration_without_settings() {
        for nothing in [json!(null), json!({}), json!({ "settings": null })] {
            check(
                "workspace/didChangeConfiguration",
                nothing,
                expect![[
                    r#"{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":null}}"#
                ]],
            );
        }
    }

    #[test]
    fn a_change_that_can_t_be_read_is_a_loss() {
        check(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": "file:///a" }, "contentChanges": [{ "text": "" }] }),
            expect![[
                r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a","version":0},"contentChanges":[{"text":""}]}}"#
            ]],
        );
        check(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": "file:///a", "version": 1 }, "contentChanges": [{}] }),
            expect![[r#"{"jsonrpc":"2.0","method":"$/cella/lost","params":{"uri":"file:///a"}}"#]],
        );
        check(
            "textDocument/didChange",
            json!(null),
            expect![[r#"{"jsonrpc":"2.0","method":"$/cella/lost","params":{}}"#]],
        );
    }
}
