//! What the client says it can do decides what it gets: each ability, with it and without.

use serde_json::{Value, json};

use crate::support::{Client, at};

const URI: &str = "file:///a.cella";
const PROGRAM: &str = "def f(x):\n    def g():\n        return x\n    return g\n";
const WRONG: &str = "def f():\n    global x\n    x = 1\n    def g():\n        nonlocal x\n";

/// `{"a": {"b": value}}` for the path `a/b`.
fn capability(path: &str, value: Value) -> Value {
    let wrap = |inner, key: &str| json!({ key: inner });
    path.rsplit('/').fold(value, wrap)
}

fn capabilities_for(client: &Value) -> Value {
    let mut server = Client::start(&[]);
    let result = server.call("initialize", json!({ "capabilities": client }));
    server.shut_down();
    result["capabilities"].clone()
}

/// What stands at `pointer` in the server's capabilities, with the ability at `path` and without it.
#[track_caller]
fn offers(path: &str, value: Value, pointer: &str, without: Value, with: Value) {
    let offered = |client: &Value| capabilities_for(client).pointer(pointer).cloned();
    assert_eq!(
        offered(&json!({})).unwrap_or_default(),
        without,
        "without {path}"
    );
    let client = capability(path, value);
    assert_eq!(offered(&client).unwrap_or_default(), with, "with {path}");
}

/// What `method` answers on `PROGRAM`, at a pointer, with the ability at `path` and without it.
#[track_caller]
fn answers(
    path: &str,
    value: Value,
    method: &'static str,
    pointer: &str,
    without: bool,
    with: bool,
) {
    let answer = |client: &Value| {
        let mut client = Client::initialized(client);
        client.open(URI, "cella", PROGRAM);
        let mut params = at(URI, 2, 15);
        params["context"] = json!({ "includeDeclaration": true });
        let answer = client.call(method, params);
        client.shut_down();
        answer.pointer(pointer).is_some()
    };
    assert_eq!(answer(&json!({})), without, "without {path}");
    assert_eq!(answer(&capability(path, value)), with, "with {path}");
}

#[test]
fn position_encodings() {
    let path = "general/positionEncodings";
    let pointer = "/positionEncoding";
    for (offered, chosen) in [
        (json!(["utf-8", "utf-16"]), "utf-8"),
        (json!(["utf-16", "utf-8"]), "utf-16"),
        (json!(["utf-32"]), "utf-32"),
        (json!(["utf-64"]), "utf-16"),
    ] {
        offers(path, offered, pointer, json!("utf-16"), json!(chosen));
    }
}

#[test]
fn diagnostics_are_asked_for_or_sent() {
    let pointer = "/diagnosticProvider/identifier";
    offers(
        "textDocument/diagnostic",
        json!({}),
        pointer,
        Value::Null,
        json!("cella"),
    );
    for (client, sent) in [
        (json!({}), true),
        (json!({ "textDocument": { "diagnostic": {} } }), false),
    ] {
        let mut client = Client::initialized(&client);
        client.open(URI, "cella", WRONG);
        let closed = json!({ "textDocument": { "uri": URI } });
        if sent {
            let first = client.notification("textDocument/publishDiagnostics");
            assert_ne!(first["diagnostics"], json!([]));
            client.notify("textDocument/didClose", closed);
            let last = client.notification("textDocument/publishDiagnostics");
            assert_eq!(last["diagnostics"], json!([]));
        } else {
            client.about("textDocument/diagnostic", URI);
            client.notify("textDocument/didClose", closed);
            client.lives();
            assert!(client.notifications.is_empty());
        }
        client.shut_down();
    }
}

#[test]
fn semantic_tokens() {
    let full = "/semanticTokensProvider/full/delta";
    let deltas = "textDocument/semanticTokens/requests/full/delta";
    offers(deltas, json!(true), full, json!(false), json!(true));
    let formats = "textDocument/semanticTokens/formats";
    let range = "/semanticTokensProvider/range";
    offers(
        formats,
        json!(["relative"]),
        range,
        json!(true),
        json!(true),
    );
    offers(formats, json!(["other"]), range, json!(true), Value::Null);
}

#[test]
fn links() {
    let link = "/0/targetUri";
    let definition = "textDocument/definition";
    answers(
        "textDocument/definition/linkSupport",
        json!(true),
        definition,
        link,
        false,
        true,
    );
    answers(
        "textDocument/definition/linkSupport",
        json!(true),
        definition,
        "/0/uri",
        true,
        false,
    );
    let declaration = "textDocument/declaration";
    answers(
        "textDocument/declaration/linkSupport",
        json!(true),
        declaration,
        link,
        false,
        true,
    );
}

#[test]
fn trees_and_markdown() {
    let path = "textDocument/documentSymbol/hierarchicalDocumentSymbolSupport";
    let symbols = "textDocument/documentSymbol";
    answers(path, json!(true), symbols, "/0/selectionRange", false, true);
    let mut client = Client::initialized(&capability(
        "textDocument/hover/contentFormat",
        json!(["plaintext", "markdown"]),
    ));
    client.open(URI, "cella", PROGRAM);
    let hover = client.at("textDocument/hover", URI, 2, 15);
    assert_eq!(hover["contents"]["kind"], "markdown");
    client.shut_down();
}

/// The diagnostic of a name that is assigned to before it's declared, as it is sent to a client with
/// these abilities.
fn diagnostic(abilities: Value) -> Value {
    let path = "textDocument/publishDiagnostics";
    let mut client = Client::initialized(&capability(path, abilities));
    client.open(URI, "cella", "def f():\n    x = 1\n    global x\n");
    let sent = client.notification(path);
    client.shut_down();
    sent["diagnostics"][0].clone()
}

#[test]
fn what_a_diagnostic_may_have() {
    let bare = diagnostic(json!({}));
    let members = ["relatedInformation", "tags", "codeDescription"];
    assert!(
        members.iter().all(|member| bare.get(*member).is_none()),
        "{bare}"
    );
    let full = diagnostic(json!({ "relatedInformation": true }));
    assert_eq!(full["message"], bare["message"]);
    let related = &full["relatedInformation"];
    assert_eq!(related.as_array().map(Vec::len), Some(1), "{full}");
    let place = |character| json!({ "line": 1, "character": character });
    let location = json!({ "uri": URI, "range": { "start": place(4), "end": place(5) } });
    assert_eq!(related[0]["location"], location);
    assert_eq!(related[0]["message"], "assigned to here");
}

#[test]
fn what_is_registered_and_asked_for_again() {
    let registers = json!({ "dynamicRegistration": true });
    let able = json!({ "workspace": {
        "didChangeConfiguration": registers,
        "didChangeWatchedFiles": registers,
        "inlayHint": { "refreshSupport": true },
        "semanticTokens": { "refreshSupport": true },
        "codeLens": { "refreshSupport": true },
        "diagnostics": { "refreshSupport": true },
    } });
    let refreshes = [
        "workspace/inlayHint/refresh",
        "workspace/semanticTokens/refresh",
        "workspace/codeLens/refresh",
        "workspace/diagnostic/refresh",
    ];
    let settings = json!({ "settings": { "cella": { "codeLens": { "enable": true } } } });
    let mut client = Client::initialized(&able);
    client.open(URI, "cella", PROGRAM);
    client.notify("workspace/didChangeConfiguration", settings.clone());
    for method in refreshes {
        client.question(method);
    }
    let registered = client
        .asked
        .iter()
        .filter(|it| it["method"] == "client/registerCapability");
    assert_eq!(registered.count(), 2);
    client.shut_down();

    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", PROGRAM);
    client.notify("workspace/didChangeConfiguration", settings);
    client.lives();
    assert_eq!(client.asked, Vec::<Value>::new());
    client.shut_down();
}
