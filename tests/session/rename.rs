//! Rename: edits by document, with its version where the client takes that, or an error that says why not.

use expect_test::expect;
use serde_json::{Value, json};

use crate::support::{Client, at};

const URI: &str = "file:///raise_to.cella";
const PROGRAM: &str = include_str!("../../examples/raise_to.cella");

fn opened(capabilities: &Value) -> Client {
    let mut client = Client::initialized(capabilities);
    client.open(URI, "cella", PROGRAM);
    client
}

fn params(line: u32, column: u32, new: &str) -> Value {
    let mut params = at(URI, line, column);
    params["newName"] = json!(new);
    params
}

#[test]
fn edits_name_the_version_that_they_are_for() {
    let mut client =
        opened(&json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }));
    let edit = client.call("textDocument/rename", params(2, 22, "power"));
    let document = &edit["documentChanges"][0];
    assert_eq!(
        document["textDocument"],
        json!({ "uri": URI, "version": 1 })
    );
    let edits = document["edits"].as_array().unwrap().iter();
    let edits: Vec<_> = edits
        .map(|edit| format!("{} {}", edit["range"]["start"], edit["newText"]))
        .collect();
    expect![[r#"
        {"line":0,"character":13} "power"
        {"line":2,"character":22} "power"
    "#]]
    .assert_eq(&(edits.join("\n") + "\n"));
    client.shut_down();
}

#[test]
fn a_client_without_versions_gets_changes() {
    let mut client = opened(&json!({}));
    let edit = client.call("textDocument/rename", params(0, 13, "power"));
    assert_eq!(edit["changes"][URI].as_array().map(Vec::len), Some(2));
    client.shut_down();
}

#[test]
fn what_is_asked_before_a_rename() {
    let mut client = opened(&json!({ "textDocument": { "rename": { "prepareSupport": true } } }));
    let found = client.at("textDocument/prepareRename", URI, 2, 22);
    assert_eq!(found["placeholder"], "exp");
    assert_eq!(
        found["range"]["start"],
        json!({ "line": 2, "character": 22 })
    );
    let nothing = client.at("textDocument/prepareRename", URI, 4, 0);
    assert_eq!(nothing, Value::Null);
    client.shut_down();
}

#[test]
fn a_refusal_is_an_error_that_editors_show() {
    let mut client = opened(&json!({}));
    assert_eq!(
        client.error("textDocument/rename", params(0, 13, "x")),
        -32803
    );
    assert_eq!(
        client.error("textDocument/rename", params(0, 13, "def")),
        -32803
    );
    // `pow` is a builtin.
    assert_eq!(
        client.error("textDocument/prepareRename", at(URI, 2, 15)),
        -32803
    );
    client.shut_down();
}
