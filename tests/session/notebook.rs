//! Notebooks: the cells of one are one module, and each answers in its own lines.

use serde_json::{Value, json};

use crate::support::{Client, at};

const BOOK: &str = "file:///a.ipynb";
const FIRST: &str = "vscode-notebook-cell:/a.ipynb#W0";
const PROSE: &str = "vscode-notebook-cell:/a.ipynb#W1";
const SECOND: &str = "vscode-notebook-cell:/a.ipynb#W2";

const MAKE: &str = "%matplotlib inline\ndef raise_to(exp):\n    return lambda x: pow(x, exp)";
const CALL: &str = "square = raise_to(2)\nraise_to";

fn text(uri: &str, language: &str, text: &str) -> Value {
    json!({ "uri": uri, "languageId": language, "version": 1, "text": text })
}

fn cell(uri: &str, kind: u32) -> Value {
    json!({ "kind": kind, "document": uri })
}

fn opened() -> Client {
    let mut client = Client::initialized(&json!({}));
    open(&mut client);
    client
}

fn open(client: &mut Client) {
    let notebook = json!({
        "uri": BOOK,
        "notebookType": "jupyter-notebook",
        "version": 1,
        "cells": [cell(FIRST, 2), cell(PROSE, 1), cell(SECOND, 2)],
    });
    let texts = [
        text(FIRST, "python", MAKE),
        text(PROSE, "markdown", "# def f("),
        text(SECOND, "python", CALL),
    ];
    let params = json!({ "notebookDocument": notebook, "cellTextDocuments": texts });
    client.notify("notebookDocument/didOpen", params);
}

fn change(client: &mut Client, cells: &Value) {
    let params = json!({
        "notebookDocument": { "uri": BOOK, "version": 2 },
        "change": { "cells": cells },
    });
    client.notify("notebookDocument/didChange", params);
}

fn places(locations: &Value) -> Vec<String> {
    let place = |it: &Value| {
        let (start, uri) = (&it["range"]["start"], it["uri"].as_str().unwrap());
        format!(
            "{}:{}:{}",
            &uri[uri.len() - 2..],
            start["line"],
            start["character"]
        )
    };
    locations.as_array().unwrap().iter().map(place).collect()
}

fn references(client: &mut Client, uri: &str, line: u32, column: u32) -> Vec<String> {
    let mut params = at(uri, line, column);
    params["context"] = json!({ "includeDeclaration": true });
    places(&client.call("textDocument/references", params))
}

#[test]
fn a_name_of_one_cell_is_known_in_the_next() {
    let mut client = opened();
    let found = client.at("textDocument/definition", SECOND, 0, 10);
    assert_eq!(places(&found), ["W0:1:4"]);
    assert_eq!(
        references(&mut client, FIRST, 1, 5),
        ["W0:1:4", "W2:0:9", "W2:1:0"]
    );
    let lit = client.at("textDocument/documentHighlight", SECOND, 1, 0);
    let lines: Vec<_> = lit
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["range"]["start"]["line"])
        .collect();
    assert_eq!(lines, [0, 1]);
    client.shut_down();
}

#[test]
fn each_cell_answers_for_itself() {
    let mut client = opened();
    let hover = client.at("textDocument/hover", FIRST, 1, 13);
    assert_eq!(
        hover["range"]["start"],
        json!({ "line": 1, "character": 13 })
    );
    let hover = client.at("textDocument/hover", SECOND, 0, 0);
    assert_eq!(
        hover["range"]["start"],
        json!({ "line": 0, "character": 0 }),
        "{hover}"
    );
    assert_eq!(client.at("textDocument/hover", PROSE, 0, 3), Value::Null);
    let symbols = client.about("textDocument/documentSymbol", FIRST);
    assert_eq!(symbols[0]["location"]["uri"], FIRST);
    assert_eq!(
        client.about("textDocument/documentSymbol", SECOND),
        json!([])
    );
    let everywhere = json!({
        "textDocument": { "uri": SECOND },
        "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } },
    });
    let hints = client.call("textDocument/inlayHint", everywhere);
    assert_eq!(
        hints[0]["position"],
        json!({ "line": 0, "character": 20 }),
        "{hints}"
    );
    client.shut_down();
}

#[test]
fn cells_are_edited_moved_added_and_taken_away() {
    let mut client = opened();
    let inserted = json!({
        "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } },
        "text": "\n\n",
    });
    let document = json!({ "uri": FIRST, "version": 2 });
    change(
        &mut client,
        &json!({ "textContent": [{ "document": document, "changes": [inserted] }] }),
    );
    assert_eq!(
        references(&mut client, SECOND, 1, 0),
        ["W0:3:4", "W2:0:9", "W2:1:0"]
    );

    // The second cell moves to the front.
    let array = json!({ "start": 0, "deleteCount": 3, "cells": [cell(SECOND, 2), cell(FIRST, 2)] });
    let structure = json!({ "array": array, "didClose": [{ "uri": PROSE }] });
    change(&mut client, &json!({ "structure": structure }));
    assert_eq!(
        references(&mut client, FIRST, 3, 5),
        ["W2:0:9", "W2:1:0", "W0:3:4"]
    );

    let third = "vscode-notebook-cell:/a.ipynb#W3";
    let array = json!({ "start": 2, "deleteCount": 0, "cells": [cell(third, 2)] });
    let structure = json!({ "array": array, "didOpen": [text(third, "python", "raise_to")] });
    change(&mut client, &json!({ "structure": structure }));
    assert_eq!(
        references(&mut client, third, 0, 0),
        ["W2:0:9", "W2:1:0", "W0:3:4", "W3:0:0"]
    );

    let array = json!({ "start": 0, "deleteCount": 1 });
    change(
        &mut client,
        &json!({ "structure": { "array": array, "didClose": [{ "uri": SECOND }] } }),
    );
    assert_eq!(references(&mut client, third, 0, 0), ["W0:3:4", "W3:0:0"]);
    client.shut_down();
}

#[test]
fn a_notebook_is_closed_and_opened_again() {
    let mut client = opened();
    let texts = json!([{ "uri": FIRST }, { "uri": PROSE }, { "uri": SECOND }]);
    let params = json!({ "notebookDocument": { "uri": BOOK }, "cellTextDocuments": texts });
    client.notify("notebookDocument/didClose", params);
    assert_eq!(client.at("textDocument/hover", FIRST, 1, 13), Value::Null);
    open(&mut client);
    let found = client.at("textDocument/definition", SECOND, 0, 10);
    assert_eq!(places(&found), ["W0:1:4"]);
    client.shut_down();
}

#[test]
fn changes_that_can_t_be() {
    let mut client = opened();
    let impossible = json!({
        "range": { "start": { "line": 90, "character": 0 }, "end": { "line": 91, "character": 0 } },
        "text": "x",
    });
    let document = json!({ "uri": FIRST, "version": 2 });
    change(
        &mut client,
        &json!({ "textContent": [{ "document": document, "changes": [impossible] }] }),
    );
    client.notification("window/showMessage");
    assert_eq!(client.at("textDocument/hover", FIRST, 1, 13), Value::Null);
    change(
        &mut client,
        &json!({ "structure": { "array": { "start": 99, "deleteCount": 99 } } }),
    );
    client.notify("notebookDocument/didChange", json!({}));
    client.lives();
    client.shut_down();
}

#[test]
fn a_rename_goes_through_all_cells() {
    let mut client = opened();
    let mut params = at(SECOND, 1, 0);
    params["newName"] = json!("power");
    let edit = client.call("textDocument/rename", params);
    let mut places: Vec<String> = Vec::new();
    for (uri, edits) in edit["changes"].as_object().unwrap() {
        for edit in edits.as_array().unwrap() {
            let start = &edit["range"]["start"];
            let cell = &uri[uri.len() - 2..];
            places.push(format!("{cell}:{}:{}", start["line"], start["character"]));
        }
    }
    places.sort();
    assert_eq!(places, ["W0:1:4", "W2:0:9", "W2:1:0"]);
    client.shut_down();
}
