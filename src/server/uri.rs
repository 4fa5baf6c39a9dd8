//! URIs are opaque: the client's own spelling comes back in every answer.
//!
//! The protocol types insist on RFC 3986, but clients send spaces, brackets, backslashes and
//! letters of every script. Such a URI is percent-encoded on its way in, and gets its own spelling
//! back on its way out. A client that keeps to the RFC costs nothing here.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::ls_types::Uri;

/// Which spelling stands for which encoded URI. Clones share one table.
#[derive(Clone, Default)]
pub struct Spellings(Arc<Mutex<HashMap<String, String>>>);

impl Spellings {
    /// Encodes the URIs in `request` that need it.
    pub fn tame(&self, request: Request) -> Request {
        let (method, id, params) = request.into_parts();
        let mut tamed = Request::build(method);
        if let Some(mut params) = params {
            each_uri(&mut params, &mut |uri| self.encode(uri));
            tamed = tamed.params(params);
        }
        if let Some(id) = id {
            tamed.id(id).finish()
        } else {
            tamed.finish()
        }
    }

    /// Gives the client's spelling back, in an answer.
    pub fn restore(&self, response: Response) -> Response {
        if self.is_empty() || response.is_error() {
            return response;
        }
        let (id, body) = response.into_parts();
        Response::from_parts(
            id,
            body.map(|mut value| {
                self.restore_in(&mut value);
                value
            }),
        )
    }

    /// Gives the client's spelling back, in a message of ours.
    pub fn restore_request(&self, request: Request) -> Request {
        if self.is_empty() {
            return request;
        }
        let (method, id, params) = request.into_parts();
        let mut restored = Request::build(method);
        if let Some(mut params) = params {
            self.restore_in(&mut params);
            restored = restored.params(params);
        }
        if let Some(id) = id {
            restored.id(id).finish()
        } else {
            restored.finish()
        }
    }

    fn restore_in(&self, value: &mut Value) {
        let table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        each_uri(value, &mut |uri| {
            if let Some(spelling) = table.get(uri) {
                uri.clone_from(spelling);
            }
        });
    }

    fn is_empty(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_empty()
    }

    fn encode(&self, uri: &mut String) {
        if Uri::from_str(uri).is_ok() {
            return;
        }
        let spelling = std::mem::take(uri);
        *uri = encoded(&spelling);
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.insert(uri.clone(), spelling);
    }
}

/// Percent-encodes all that no URI may hold; what has no scheme becomes `untitled:`.
fn encoded(spelling: &str) -> String {
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte);
    let escape = |out: &mut String, byte: u8| *out += &format!("%{byte:02X}");
    let mut out = String::new();
    for (at, byte) in spelling.bytes().enumerate() {
        let hex = spelling.as_bytes().get(at + 1..at + 3);
        let escaped = byte == b'%' && hex.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        if escaped || allowed(byte) {
            out.push(byte.into())
        } else {
            escape(&mut out, byte)
        }
    }
    if Uri::from_str(&out).is_ok() {
        return out;
    }
    let mut opaque = String::from("untitled:");
    for byte in spelling.bytes() {
        if byte.is_ascii_alphanumeric() {
            opaque.push(byte.into())
        } else {
            escape(&mut opaque, byte)
        }
    }
    opaque
}

/// Visits the strings that LSP defines as URIs. Depth is bounded by the JSON reader's limit.
fn each_uri(value: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_uri(item, visit)),
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(uri) if is_uri_key(key) => visit(uri),
                    Value::Array(_) | Value::Object(_) => each_uri(member, visit),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// The members that hold a URI in LSP 3.17; `document` and `notebook` are a cell's and its book's.
fn is_uri_key(key: &str) -> bool {
    matches!(
        key,
        "uri"
            | "rootUri"
            | "targetUri"
            | "scopeUri"
            | "oldUri"
            | "newUri"
            | "document"
            | "notebook"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(spelling: &str, expected: &str) {
        let spellings = Spellings::default();
        let params = json!({ "textDocument": { "uri": spelling } });
        let request = Request::build("x").params(params.clone()).id(1).finish();
        let tamed = spellings.tame(request).params().cloned().unwrap();
        assert_eq!(tamed, json!({ "textDocument": { "uri": expected } }));
        let uri = tamed
            .pointer("/textDocument/uri")
            .and_then(Value::as_str)
            .unwrap();
        Uri::from_str(uri).unwrap();
        let answer = Response::from_ok(1.into(), json!([{ "uri": uri }]));
        let restored = spellings.restore(answer);
        assert_eq!(restored.result(), Some(&json!([{ "uri": spelling }])));
    }

    #[test]
    fn every_spelling_comes_back() {
        check("file:///a/b.py", "file:///a/b.py");
        check("file:///c%3A/b.py", "file:///c%3A/b.py");
        check("file:///C:/b.py", "file:///C:/b.py");
        check("untitled:Untitled-1", "untitled:Untitled-1");
        check(
            "vscode-notebook-cell:/a.ipynb#W0sZmlsZQ%3D%3D",
            "vscode-notebook-cell:/a.ipynb#W0sZmlsZQ%3D%3D",
        );
        check(
            "git:/a.py?{\"ref\":\"~\"}",
            "git:/a.py?%7B%22ref%22:%22~%22%7D",
        );
        check("file:///a b/[é].py", "file:///a%20b/%5B%C3%A9%5D.py");
        check("file:///c:\\b.py", "file:///c:%5Cb.py");
        check("100%.py", "untitled:100%25%2Epy");
        check("", "untitled:");
    }
}
