//! Real editors' `initialize` requests, in `clients/`, and what each editor gets for them.
//!
//! Those of editors that run on a build machine are recorded; the others' are written from the
//! capabilities that their published source declares. Each file says which.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use crate::support::{Client, at};

const URI: &str = "file:///home/user/examples/raise_to.cella";
const PROGRAM: &str = include_str!("../../examples/raise_to.cella");

/// What the editor gets, in a word each.
fn session(recorded: &str) -> String {
    let recorded: Value = serde_json::from_str(recorded).unwrap();
    let mut params = recorded["params"].clone();
    if params["processId"].is_number() {
        params["processId"] = json!(std::process::id());
    }
    let mut client = Client::start(&["serve", "--stdio"]);
    let can = client.call("initialize", params)["capabilities"].clone();
    client.notify("initialized", json!({}));
    client.open(URI, "cella", PROGRAM);
    let hover = client.at("textDocument/hover", URI, 0, 13);
    let definition = client.at("textDocument/definition", URI, 2, 22);
    let symbols = client.about("textDocument/documentSymbol", URI);
    let tokens = client.about("textDocument/semanticTokens/full", URI);
    let diagnostics = if can.get("diagnosticProvider").is_some() {
        client.about("textDocument/diagnostic", URI);
        "asked for"
    } else {
        client.notification("textDocument/publishDiagnostics");
        "sent"
    };
    let got = [
        can["positionEncoding"].to_string(),
        hover["contents"]["kind"].to_string(),
        format!("diagnostics {diagnostics}"),
        format!("links {}", definition[0].get("targetUri").is_some()),
        format!("tree {}", symbols[0].get("selectionRange").is_some()),
        format!("token deltas {}", tokens.get("resultId").is_some()),
    ];
    client.change(URI, 2, Some([0, 0, 0, 0]), "\n");
    let moved = client.call("textDocument/hover", at(URI, 1, 13));
    assert_eq!(moved["range"]["start"]["line"], 1, "{moved}");
    let mut asked: Vec<_> = client
        .asked
        .iter()
        .map(|it| it["method"].to_string())
        .collect();
    asked.sort();
    asked.dedup();
    client.shut_down();
    let name = recorded["client"].as_str().unwrap();
    format!("{name}: {}\nasked: {}\n", got.join(", "), asked.join(", ")).replace('"', "")
}

macro_rules! clients {
    ($($name:ident: $file:literal, $expected:expr;)*) => {
        $(#[test]
        fn $name() {
            let expected: Expect = $expected;
            expected.assert_eq(&session(include_str!(concat!("clients/", $file, ".json"))));
        })*
    };
}

clients! {
    vscode: "vscode", expect![[r#"
        Visual Studio Code 1.139 (code-server), with Cella's extension: utf-16, markdown, diagnostics asked for, links true, tree true, token deltas true
        asked: client/registerCapability, workspace/configuration
    "#]];
    neovim: "neovim", expect![[r#"
        Neovim 0.11.4: utf-8, markdown, diagnostics asked for, links true, tree true, token deltas true
        asked: workspace/configuration
    "#]];
    eglot: "eglot", expect![[r#"
        Emacs 28.2 with eglot 1.9: utf-16, markdown, diagnostics sent, links true, tree true, token deltas false
        asked: client/registerCapability, workspace/configuration
    "#]];
    lsp_mode: "lsp-mode", expect![[r#"
        Emacs 28.2 with lsp-mode 8.0: utf-16, markdown, diagnostics sent, links true, tree true, token deltas false
        asked: workspace/configuration
    "#]];
    helix: "helix", expect![[r#"
        Helix: utf-8, markdown, diagnostics sent, links false, tree false, token deltas false
        asked: client/registerCapability, workspace/configuration
    "#]];
    zed: "zed", expect![[r#"
        Zed: utf-16, markdown, diagnostics asked for, links true, tree false, token deltas false
        asked: client/registerCapability, workspace/configuration
    "#]];
    sublime: "sublime", expect![[r#"
        Sublime Text with LSP: utf-16, markdown, diagnostics sent, links true, tree true, token deltas true
        asked: client/registerCapability, workspace/configuration
    "#]];
    coc: "coc", expect![[r#"
        Vim with coc.nvim: utf-16, markdown, diagnostics asked for, links true, tree true, token deltas true
        asked: client/registerCapability, workspace/configuration
    "#]];
}
