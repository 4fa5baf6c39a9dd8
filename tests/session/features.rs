//! What an editor gets, on the program that every page starts from.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use crate::support::{Client, at};

const URI: &str = "file:///raise_to.cella";
const PROGRAM: &str = include_str!("../../examples/raise_to.cella");

/// A client that can do everything.
pub fn able() -> Value {
    json!({
        "general": {
            "staleRequestSupport": {
                "cancel": true,
                "retryOnContentModified": ["textDocument/inlayHint"],
            },
        },
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "definition": { "linkSupport": true },
            "declaration": { "linkSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "publishDiagnostics": {
                "relatedInformation": true,
                "versionSupport": true,
                "codeDescriptionSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
        },
    })
}

fn opened(capabilities: &Value) -> Client {
    let mut client = Client::initialized(capabilities);
    client.open(URI, "cella", PROGRAM);
    client
}

fn everywhere() -> Value {
    json!({
        "textDocument": { "uri": URI },
        "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } },
    })
}

/// `line:column-line:column`, as the protocol counts.
fn range(range: &Value) -> String {
    let place = |at: &Value| format!("{}:{}", at["line"], at["character"]);
    format!("{}-{}", place(&range["start"]), place(&range["end"]))
}

fn list(items: &Value, line: impl Fn(&Value) -> String) -> String {
    let items = items.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|item| line(item) + "\n").collect()
}

#[track_caller]
fn check(client: Client, answer: &str, expected: Expect) {
    client.shut_down();
    expected.assert_eq(answer);
}

#[test]
fn hover_in_markdown() {
    let mut client = opened(&able());
    let hover = client.at("textDocument/hover", URI, 0, 13);
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert_eq!(range(&hover["range"]), "0:13-0:16");
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(
        text.starts_with("```python\ndef raise_to(exp):\n```\n"),
        "{text}"
    );
    assert!(
        text.contains("[line 2](file:///raise_to.cella#L2)"),
        "{text}"
    );
    client.shut_down();
}

#[test]
fn a_hover_ends_in_a_link_to_a_page_that_is_there() {
    let mut client = opened(&able());
    let hover = client.at("textDocument/hover", URI, 0, 13);
    let text = hover["contents"]["value"].as_str().unwrap();
    let link = text.lines().last().unwrap();
    let file = link
        .strip_prefix("[What is a cell?](file://")
        .and_then(|link| link.strip_suffix(')'))
        .unwrap_or_else(|| panic!("{link}"));
    let page = std::fs::read_to_string(file).unwrap();
    assert_eq!(page, include_str!("../../docs/closures/cell.md"));
    client.shut_down();
}

#[test]
fn hover_in_plain_text() {
    let mut client = opened(&json!({}));
    let hover = client.at("textDocument/hover", URI, 5, 0);
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("square = raise_to(2)\n"), "{text}");
    assert!(!text.contains(['`', '*']) && !text.contains("]("), "{text}");
    client.shut_down();
}

#[test]
fn nothing_to_say_is_null() {
    let mut client = opened(&able());
    assert_eq!(client.at("textDocument/hover", URI, 4, 0), Value::Null);
    assert_eq!(client.at("textDocument/hover", URI, 999, 0), Value::Null);
    assert_eq!(
        client.at("textDocument/hover", "file:///other.py", 0, 13),
        Value::Null
    );
    assert_eq!(client.at("textDocument/definition", URI, 4, 0), Value::Null);
    assert_eq!(
        client.at("textDocument/documentHighlight", URI, 4, 0),
        Value::Null
    );
    client.shut_down();
}

#[test]
fn inlay_hints() {
    let mut client = opened(&able());
    let hints = client.call("textDocument/inlayHint", everywhere());
    let answer = list(&hints, |hint| {
        let part = |part: &Value| {
            let text = part["value"].as_str().unwrap().to_owned();
            let target = part
                .get("location")
                .map(|target| format!("<{}>", range(&target["range"])));
            text + &target.unwrap_or_default()
        };
        let label: String = hint["label"].as_array().unwrap().iter().map(part).collect();
        let tooltip = hint["tooltip"]["value"].as_str().unwrap();
        let last = tooltip.lines().last().unwrap();
        format!(
            "{}:{} {label} [{last}]",
            hint["position"]["line"], hint["position"]["character"]
        )
    });
    check(
        client,
        &answer,
        expect![[r#"
        0:16 taken by raise_to_exp<1:8-1:20> [setting: `cella.inlayHints.cells`]
        1:24 closes over exp<0:13-0:16> [setting: `cella.inlayHints.closures`]
        5:20 closes over exp (2)<5:18-5:19> [setting: `cella.inlayHints.factories`]
    "#]],
    );
}

#[test]
fn definition_with_links_and_without() {
    let mut client = opened(&able());
    let links = client.at("textDocument/definition", URI, 2, 22);
    let answer = list(&links, |link| {
        let origin = range(&link["originSelectionRange"]);
        let (full, focus) = (&link["targetRange"], &link["targetSelectionRange"]);
        assert_eq!(link["targetUri"], URI);
        format!("{origin} -> {} in {}", range(focus), range(full))
    });
    check(
        client,
        &answer,
        expect![[r#"
        2:22-2:25 -> 0:13-0:16 in 0:13-0:16
    "#]],
    );
    let mut client = opened(&json!({}));
    let places = client.at("textDocument/definition", URI, 2, 22);
    check(
        client,
        &list(&places, |place| range(&place["range"])),
        expect![[r#"
        0:13-0:16
    "#]],
    );
}

#[test]
fn declaration_of_a_nonlocal() {
    let mut client = Client::initialized(&json!({}));
    let text = "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n";
    client.open(URI, "cella", text);
    let places = client.at("textDocument/declaration", URI, 4, 8);
    check(
        client,
        &list(&places, |place| range(&place["range"])),
        expect![[r#"
        3:17-3:18
    "#]],
    );
}

#[test]
fn references() {
    let mut client = opened(&json!({}));
    let mut params = at(URI, 0, 13);
    params["context"] = json!({ "includeDeclaration": true });
    let with = client.call("textDocument/references", params.clone());
    params["context"] = json!({ "includeDeclaration": false });
    let without = client.call("textDocument/references", params);
    let places = |places: &Value| list(places, |place| range(&place["range"]));
    check(
        client,
        &format!("{}without:\n{}", places(&with), places(&without)),
        expect![[r#"
        0:13-0:16
        2:22-2:25
        without:
        2:22-2:25
    "#]],
    );
}

#[test]
fn document_highlight() {
    let mut client = opened(&json!({}));
    let places = client.at("textDocument/documentHighlight", URI, 0, 13);
    let answer = list(&places, |place| {
        format!("{} {}", range(&place["range"]), place["kind"])
    });
    check(
        client,
        &answer,
        expect![[r#"
        0:13-0:16 3
        2:22-2:25 2
    "#]],
    );
}

#[test]
fn document_symbols_as_a_tree_and_as_a_list() {
    let mut client = opened(&able());
    let tree = client.about("textDocument/documentSymbol", URI);
    let outer = &tree[0];
    let inner = &outer["children"][0];
    let symbol =
        |symbol: &Value| format!("{} {} {}", symbol["name"], symbol["kind"], symbol["detail"]);
    check(
        client,
        &format!("{}\n  {}\n", symbol(outer), symbol(inner)),
        expect![[r#"
        "raise_to" 12 null
          "raise_to_exp" 12 "closes over exp"
    "#]],
    );
    let mut client = opened(&json!({}));
    let flat = client.about("textDocument/documentSymbol", URI);
    let answer = list(&flat, |symbol| {
        format!("{} in {}", symbol["name"], symbol["containerName"])
    });
    check(
        client,
        &answer,
        expect![[r#"
        "raise_to" in null
        "raise_to_exp" in "raise_to"
    "#]],
    );
}

#[test]
fn semantic_tokens_of_all_and_of_a_range() {
    let mut client = opened(&able());
    let all = client.about("textDocument/semanticTokens/full", URI);
    let part = client.call("textDocument/semanticTokens/range", everywhere());
    assert_eq!(all["data"], part["data"]);
    let numbers = all["data"].as_array().unwrap();
    let answer: String = numbers
        .chunks(5)
        .map(|token| format!("{}\n", json!(token)))
        .collect();
    check(
        client,
        &answer,
        expect![[r#"
        [0,4,8,5,1]
        [0,9,3,3,5]
        [1,8,12,5,1]
        [0,13,1,3,1]
        [1,19,1,3,0]
        [0,3,3,3,2]
        [1,11,12,5,0]
        [2,0,6,4,1]
        [0,9,8,5,0]
        [1,6,6,4,0]
    "#]],
    );
}

#[test]
fn semantic_tokens_since_the_last_ones() {
    let deltas = json!({ "requests": { "full": { "delta": true } }, "formats": ["relative"] });
    let mut client = opened(&json!({ "textDocument": { "semanticTokens": deltas } }));
    let all = client.about("textDocument/semanticTokens/full", URI);
    let first = all["resultId"].clone();
    let since = |client: &mut Client, id: &Value| {
        let params = json!({ "textDocument": { "uri": URI }, "previousResultId": id });
        client.call("textDocument/semanticTokens/full/delta", params)
    };
    let same = since(&mut client, &first);
    assert_eq!(same["edits"], json!([]));
    client.change(URI, 2, Some([0, 0, 0, 0]), "top = 1\n");
    let edited = since(&mut client, &same["resultId"]);
    // The new name comes first, and what was first is now on the line behind it.
    let edit = json!({ "start": 0, "deleteCount": 5, "data": [0, 0, 3, 4, 1, 1, 4, 8, 5, 1] });
    assert_eq!(edited["edits"], json!([edit]));
    // An id that isn't the last one's gets everything.
    let again = since(&mut client, &first);
    assert_eq!(
        again["data"].as_array().unwrap().len(),
        all["data"].as_array().unwrap().len() + 5
    );
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": URI } }),
    );
    assert_eq!(since(&mut client, &again["resultId"]), Value::Null);
    client.shut_down();
}

#[test]
fn code_lenses_are_a_setting() {
    let mut client = opened(&json!({}));
    assert_eq!(client.about("textDocument/codeLens", URI), Value::Null);
    let settings = json!({ "settings": { "cella": { "codeLens": { "enable": true } } } });
    client.notify("workspace/didChangeConfiguration", settings);
    let lenses = client.about("textDocument/codeLens", URI);
    let answer = list(&lenses, |lens| {
        format!("{} {}", range(&lens["range"]), lens["command"]["title"])
    });
    check(
        client,
        &answer,
        expect![[r#"
        1:8-1:20 "closes over exp"
    "#]],
    );
}

#[test]
fn a_click_on_a_lens_asks_for_what_it_is_about_where_the_client_can_show_it() {
    let capabilities = json!({ "experimental": { "cella": { "showReferences": true } } });
    let options = json!({ "codeLens": { "enable": true } });
    let mut client = Client::configured(&capabilities, options, Value::Null);
    client.open(URI, "cella", PROGRAM);
    let lenses = client.about("textDocument/codeLens", URI);
    let answer = list(&lenses, |lens| lens["command"].to_string());
    check(
        client,
        &answer,
        expect![[r#"
            {"title":"closes over exp","command":"cella.showReferences","arguments":["file:///raise_to.cella",{"line":1,"character":8},[{"uri":"file:///raise_to.cella","range":{"start":{"line":0,"character":13},"end":{"line":0,"character":16}}}]]}
        "#]],
    );
}

#[test]
fn a_python_file_is_quiet_where_no_closure_is() {
    let mut client = Client::initialized(&json!({}));
    client.open("file:///a.py", "python", "x = 1\n");
    client.open("file:///a.cella", "cella", "x = 1\n");
    assert_eq!(
        client.at("textDocument/hover", "file:///a.py", 0, 0),
        Value::Null
    );
    assert_ne!(
        client.at("textDocument/hover", "file:///a.cella", 0, 0),
        Value::Null
    );
    let settings = json!({ "settings": { "hover": { "mode": "everything" } } });
    client.notify("workspace/didChangeConfiguration", settings);
    assert_ne!(
        client.at("textDocument/hover", "file:///a.py", 0, 0),
        Value::Null
    );
    client.shut_down();
}

#[test]
fn the_python_version_is_a_setting() {
    let mut client = Client::configured(&json!({}), json!({ "pythonVersion": "3.8" }), Value::Null);
    // A comprehension is a function of its own before 3.12, so it takes `x` in a cell.
    client.open(URI, "cella", "def f(x):\n    return [x for _ in y]\n");
    let before = client.at("textDocument/hover", URI, 0, 6).to_string();
    let settings = json!({ "settings": { "pythonVersion": "3.14" } });
    client.notify("workspace/didChangeConfiguration", settings);
    let after = client.at("textDocument/hover", URI, 0, 6).to_string();
    assert!(
        before.contains("cell variable") && !after.contains("cell variable"),
        "{before}\n{after}"
    );
    client.shut_down();
}

const WRONG: &str = "def f():\n    nonlocal x\n";

#[test]
fn diagnostics_are_sent_with_their_version() {
    let mut client = Client::initialized(&able());
    client.open(URI, "cella", WRONG);
    let sent = client.notification("textDocument/publishDiagnostics");
    assert_eq!((&sent["uri"], &sent["version"]), (&json!(URI), &json!(1)));
    let wrong = &sent["diagnostics"][0];
    assert_eq!(wrong["message"], "no binding for nonlocal 'x' found");
    assert_eq!(
        (&wrong["severity"], &wrong["source"]),
        (&json!(1), &json!("cella"))
    );
    assert_eq!(range(&wrong["range"]), "1:4-1:14");
    client.change(URI, 2, Some([0, 0, 1, 14]), "");
    let sent = client.notification("textDocument/publishDiagnostics");
    assert_eq!(
        (&sent["version"], &sent["diagnostics"]),
        (&json!(2), &json!([]))
    );
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": URI } }),
    );
    let sent = client.notification("textDocument/publishDiagnostics");
    assert_eq!(sent["diagnostics"], json!([]));
    client.shut_down();
}

#[test]
fn diagnostics_are_asked_for_where_the_client_can() {
    let mut client = Client::initialized(&json!({ "textDocument": { "diagnostic": {} } }));
    client.open(URI, "cella", WRONG);
    let report = client.about("textDocument/diagnostic", URI);
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"].as_array().unwrap().len(), 1);
    let params = json!({ "textDocument": { "uri": URI }, "previousResultId": report["resultId"] });
    let again = client.call("textDocument/diagnostic", params);
    assert_eq!(
        again,
        json!({ "kind": "unchanged", "resultId": report["resultId"] })
    );
    let sent = client
        .notifications
        .iter()
        .any(|it| it["method"] == "textDocument/publishDiagnostics");
    assert!(!sent, "both asked for and sent");
    client.shut_down();
}

#[test]
fn diagnostics_are_a_setting() {
    let options = json!({ "diagnostics": { "enable": false } });
    let mut client = Client::configured(&json!({}), options, Value::Null);
    client.open(URI, "cella", WRONG);
    let sent = client.notification("textDocument/publishDiagnostics");
    assert_eq!(sent["diagnostics"], json!([]));
    client.shut_down();
}
