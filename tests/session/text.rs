//! The text in step with the editor's: edits, encodings, and what can't be.

use serde_json::{Value, json};

use crate::support::Client;

const URI: &str = "file:///a.cella";

/// Opens `before`, makes one edit, and asks for the name at a place: `[line, column]`.
fn hover_after(
    encoding: &str,
    before: &str,
    edit: [u32; 4],
    new: &str,
    place: [u32; 2],
) -> (Client, Value) {
    let capabilities = json!({ "general": { "positionEncodings": [encoding] } });
    let mut client = Client::initialized(&capabilities);
    client.open(URI, "cella", before);
    client.change(URI, 2, Some(edit), new);
    let hover = client.at("textDocument/hover", URI, place[0], place[1]);
    (client, hover)
}

#[test]
fn columns_count_what_was_agreed_on() {
    for (encoding, column) in [("utf-8", 7), ("utf-16", 5), ("utf-32", 4)] {
        // `name` begins after `"😀";` and moves by one when an `x` comes before it.
        let before = "\"😀\";name = 1\n";
        let (client, hover) = hover_after(
            encoding,
            before,
            [0, column, 0, column],
            "x",
            [0, column + 1],
        );
        assert_eq!(
            hover["range"]["start"]["character"], column,
            "{encoding}: {hover}"
        );
        assert_eq!(hover["range"]["end"]["character"], column + 5, "{encoding}");
        client.shut_down();
    }
}

#[test]
fn only_lsp_s_line_ends_end_a_line() {
    let text = "a = '\u{b}\u{c}\u{85}\u{2028}'\rb = 1\r\nc = 2\nd = 3";
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", text);
    for (line, name) in [(1, "b"), (2, "c"), (3, "d")] {
        let hover = client.at("textDocument/hover", URI, line, 0);
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(
            text.contains(&format!("variable {name}")),
            "{name}: {hover}"
        );
    }
    assert_eq!(client.at("textDocument/hover", URI, 4, 0), Value::Null);
    client.shut_down();
}

#[test]
fn several_changes_in_one_notification() {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", "");
    let place = |line: u32, column: u32| json!({ "line": line, "character": column });
    let insert = |line, column, text: &str| {
        let at = place(line, column);
        json!({ "range": { "start": at, "end": at }, "text": text })
    };
    let changes = [
        insert(0, 0, "a = 1\n"),
        insert(1, 0, "b = 2\n"),
        insert(0, 0, "# x\n"),
    ];
    let params = json!({
        "textDocument": { "uri": URI, "version": 2 },
        "contentChanges": changes,
    });
    client.notify("textDocument/didChange", params);
    let hover = client.at("textDocument/hover", URI, 2, 0);
    assert!(hover.to_string().contains("variable b"), "{hover}");
    client.shut_down();
}

#[test]
fn an_edit_that_can_t_be_is_told_once_and_healed() {
    let capabilities = json!({ "experimental": { "cella": { "outOfStep": true } } });
    let mut client = Client::initialized(&capabilities);
    client.open(URI, "cella", "a = 1\n");
    assert_ne!(client.at("textDocument/hover", URI, 0, 0), Value::Null);
    client.change(URI, 2, Some([7, 0, 8, 0]), "x");
    let told = client.notification("window/showMessage");
    assert!(told["message"].as_str().unwrap().contains(URI), "{told}");
    assert_eq!(client.notification("cella/outOfStep")["uri"], URI);
    assert_eq!(client.at("textDocument/hover", URI, 0, 0), Value::Null);
    client.change(URI, 3, Some([9, 0, 9, 0]), "x");
    client.change(URI, 4, None, "b = 1\n");
    assert_ne!(client.at("textDocument/hover", URI, 0, 0), Value::Null);
    assert!(
        client
            .notifications
            .iter()
            .all(|it| it["method"] != "window/showMessage")
    );
    client.shut_down();
}

#[test]
fn a_change_that_can_t_be_read_is_an_edit_that_can_t_be() {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", "a = 1\n");
    let params = json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": [{}] });
    client.notify("textDocument/didChange", params);
    client.notification("window/showMessage");
    assert_eq!(client.at("textDocument/hover", URI, 0, 0), Value::Null);
    client.open(URI, "cella", "a = 1\n");
    assert_ne!(client.at("textDocument/hover", URI, 0, 0), Value::Null);
    client.shut_down();
}

#[test]
fn versions_that_are_missing_or_go_down_are_taken() {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", "a = 1\n");
    client.change(URI, -5, Some([0, 0, 0, 1]), "b");
    let params =
        json!({ "textDocument": { "uri": URI }, "contentChanges": [{ "text": "cd = 1" }] });
    client.notify("textDocument/didChange", params);
    let hover = client.at("textDocument/hover", URI, 0, 0);
    assert_eq!(hover["range"]["end"]["character"], 2, "{hover}");
    client.shut_down();
}

/// The two halves of a surrogate pair, typed one after the other, as some editors do.
#[test]
fn a_pair_that_comes_in_two_edits() {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", "\"\";name = 1\n");
    for (version, column, half) in [(2, 1, "\\ud83d"), (3, 2, "\\ude00")] {
        let place = json!({ "line": 0, "character": column });
        let range = json!({ "start": place, "end": place });
        let document = json!({ "uri": URI, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": "?" }] });
        let message =
            json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params });
        client.body(message.to_string().replace('?', half).as_bytes());
    }
    // Each half still counts one unit.
    let hover = client.at("textDocument/hover", URI, 0, 5);
    assert_eq!(hover["range"]["start"]["character"], 5, "{hover}");
    client.shut_down();
}

/// Edits at places where editors have come to grief: `[line, column, end line, end column]`.
#[test]
fn edits_at_the_edges() {
    let cases: [(&str, [u32; 4], &str, [u32; 2]); 12] = [
        ("", [0, 0, 0, 0], "name", [0, 0]),
        ("x", [0, 1, 0, 1], "\nname", [1, 0]),
        ("x\n", [1, 0, 1, 0], "name", [1, 0]),
        ("x\n", [2, 0, 2, 0], "name", [1, 0]), // One line past the last.
        ("x\r\n", [0, 99, 0, 99], "\nname", [1, 0]), // Past the end of the line.
        ("x\r\nname", [0, 1, 1, 0], "\n", [1, 0]),
        ("x\ry", [1, 0, 1, 1], "name", [1, 0]),
        ("x\r\n\n\r\ry", [4, 0, 4, 1], "name", [4, 0]),
        ("😀x😀", [0, 2, 0, 3], "\nname\n", [1, 0]),
        ("a = '😀'", [0, 5, 0, 7], "'\nname = '", [1, 0]),
        ("\u{feff}x", [0, 1, 0, 2], "name", [0, 1]),
        ("x = 1\ny = 2\n", [0, 0, 2, 0], "name", [0, 0]), // All of it.
    ];
    let mut client = Client::initialized(&json!({}));
    for (text, edit, new, [line, column]) in cases {
        client.open(URI, "cella", text);
        client.change(URI, 2, Some(edit), new);
        let hover = client.at("textDocument/hover", URI, line, column);
        let start = &hover["range"]["start"];
        let found = (
            &start["line"],
            &start["character"],
            &hover["range"]["end"]["character"],
        );
        assert_eq!(
            found,
            (&json!(line), &json!(column), &json!(column + 4)),
            "{text:?} {edit:?}: {hover}"
        );
    }
    client.shut_down();
}

#[test]
fn done_and_undone_over_and_over() {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", "def f(x):\n    return lambda: x\n");
    for version in 1..500 {
        client.change(URI, version * 2, Some([0, 0, 1, 4]), "\"\"\"");
        client.change(URI, version * 2 + 1, Some([0, 0, 0, 3]), "def f(x):\n    ");
    }
    let hover = client.at("textDocument/hover", URI, 0, 6);
    assert!(hover.to_string().contains("cell variable"), "{hover}");
    client.change(URI, 2000, Some([0, 0, 2, 0]), "");
    assert_eq!(client.at("textDocument/hover", URI, 0, 0), Value::Null);
    client.shut_down();
}

#[test]
fn texts_of_every_shape() {
    let options = json!({ "maxFileSize": 50_000_000 });
    let mut client = Client::configured(&json!({}), options, Value::Null);
    let texts = [
        String::new(),
        "\u{feff}x = 1".into(),
        "x = '\0'\n".into(),
        "\n".repeat(1_000_000),
        format!("x = '{}'", "a".repeat(20_000_000)),
        format!("x = [{}]", "1, ".repeat(200_000)),
        format!("x = {}1{}", "(".repeat(201), ")".repeat(201)),
        "[".repeat(100_000),
        "not ".repeat(100_000),
        "f\"{".repeat(10_000),
        "def f(): pass\n".repeat(1000),
        format!("x = {}{}", "(".repeat(100_000), ")".repeat(100_000)),
        "(".repeat(100_000),
        "lambda: ".repeat(20_000),
        format!("x = {}1", "-".repeat(100_000)),
        format!("x{}", ".a".repeat(100_000)),
        (0..200)
            .map(|depth| format!("{}def f{depth}():\n", " ".repeat(depth)))
            .collect(),
    ];
    for (number, text) in texts.into_iter().enumerate() {
        client.open(URI, "python", &text);
        for method in [
            "textDocument/documentSymbol",
            "textDocument/semanticTokens/full",
        ] {
            client.about(method, URI);
        }
        client.at("textDocument/hover", URI, 0, 0);
        client.at("textDocument/hover", URI, u32::MAX, u32::MAX);
        client.change(
            URI,
            2,
            Some([0, 0, 0, 0]),
            "def f(x):\n    return lambda: x\n",
        );
        let hover = client.at("textDocument/hover", URI, 0, 6);
        assert!(
            hover.to_string().contains("cell variable"),
            "text {number}: {hover}"
        );
    }
    client.shut_down();
}

#[test]
fn a_document_that_is_too_large_has_an_outline_and_is_told_once() {
    let options = json!({ "maxFileSize": 30 });
    let mut client = Client::configured(&json!({}), options, Value::Null);
    client.open(
        URI,
        "cella",
        "class C:\n    def method(self):\n        return lambda: self\n",
    );
    let told = client.notification("window/showMessage");
    let message = told["message"].as_str().unwrap();
    assert!(
        message.contains("30 bytes; for more, raise the setting cella.maxFileSize"),
        "{message}"
    );
    let names = |client: &mut Client| {
        let symbols = client.about("textDocument/documentSymbol", URI);
        let symbols = symbols.as_array().unwrap().iter();
        symbols
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&mut client), ["C", "method"]);
    client.change(URI, 2, Some([0, 0, 0, 0]), "def before(): pass\n");
    assert_eq!(names(&mut client), ["before", "C", "method"]);
    assert_eq!(client.at("textDocument/hover", URI, 2, 20), Value::Null);
    client.change(URI, 3, None, "def f(x): pass\n");
    assert_ne!(client.at("textDocument/hover", URI, 0, 6), Value::Null);
    assert!(
        client
            .notifications
            .iter()
            .all(|it| it["method"] != "window/showMessage")
    );
    client.shut_down();
}
