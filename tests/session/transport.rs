//! What comes over the wire, however it comes: the session goes on, and the next answer is right.

use serde_json::{Value, json};

use crate::support::{Client, at};

fn frame(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Sends a body that can't be read; the complaint has this code, and the session goes on.
#[track_caller]
fn check(body: &[u8], code: i64) {
    let mut client = Client::initialized(&json!({}));
    client.body(body);
    assert_eq!(client.complaint(), code);
    client.lives();
    client.shut_down();
}

#[test]
fn bodies_that_are_no_messages() {
    check(b"{", -32700);
    check(b"", -32700);
    check(b"\xff", -32700);
    check(b"[]", -32600);
    check(b"1", -32600);
    check(b"{}", -32600);
    check(br#"{"jsonrpc":"2.0","id":{}}"#, -32600);
    check("[".repeat(1_000_000).as_bytes(), -32700);
}

#[test]
fn headers_in_every_spelling() {
    let mut client = Client::initialized(&json!({}));
    let body = json!({ "jsonrpc": "2.0", "method": "$/x" }).to_string();
    for header in [
        format!("content-length: {}\r\n\r\n", body.len()),
        format!(
            "Content-Length:{}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n",
            body.len()
        ),
        format!(
            "Content-Type: x; charset=utf8\r\nX: y\r\nContent-Length: {}\r\n\r\n",
            body.len()
        ),
    ] {
        client.raw(header.as_bytes());
        client.raw(body.as_bytes());
        client.lives();
    }
    for header in [
        "Content-Length: -1",
        "Content-Length: x",
        "Content-Length: ",
        "X: y",
    ] {
        client.raw(format!("{header}\r\n\r\n").as_bytes());
        assert_eq!(client.complaint(), -32700);
        client.lives();
    }
    client.shut_down();
}

#[test]
fn a_message_too_long_is_left_out() {
    let mut client = Client::initialized(&json!({}));
    let length = (256 << 20) + 1;
    client.raw(format!("Content-Length: {length}\r\n\r\n").as_bytes());
    client.raw(&vec![b' '; length]);
    assert_eq!(client.complaint(), -32700);
    client.lives();
    client.shut_down();
}

#[test]
fn messages_cut_and_joined() {
    let mut client = Client::initialized(&json!({}));
    let ping = |id: i64| {
        let params = at("file:///a.py", 0, 0);
        let method = "textDocument/hover";
        frame(
            &json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string(),
        )
    };
    for id in 1000..=1002 {
        client.expect(id, "textDocument/hover");
    }
    for byte in ping(1000) {
        client.raw(&[byte]);
    }
    client.raw(&[ping(1001), ping(1002)].concat());
    for id in 1000..=1002 {
        assert_eq!(client.answer(id)["result"], Value::Null);
    }
    client.shut_down();
}

#[test]
fn halves_of_surrogate_pairs_are_text_all_the_same() {
    let mut client = Client::initialized(&json!({}));
    let open = r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a.py","languageId":"python","version":1,"text":"\ud83d"}}}"#;
    client.body(open.as_bytes());
    client.body(b"{\"jsonrpc\":\"2.0\",\"method\":\"$/\xff\"}");
    client.lives();
    client.shut_down();
}

#[test]
fn methods_that_nobody_knows() {
    let mut client = Client::initialized(&json!({}));
    assert_eq!(client.error("x/y", json!({})), -32601);
    assert_eq!(client.error("$/x", json!({})), -32601);
    client.notify("x/y", json!({}));
    client.notify("$/x", json!({}));
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.lives();
    client.shut_down();
}

#[test]
fn params_that_do_not_fit() {
    let mut client = Client::initialized(&json!({}));
    assert_eq!(client.error("textDocument/hover", json!({})), -32602);
    assert_eq!(client.error("textDocument/hover", json!([1])), -32602);
    assert_eq!(client.error("textDocument/inlayHint", Value::Null), -32602);
    client.notify("textDocument/didOpen", json!({}));
    client.notify("textDocument/didChange", json!({}));
    client.notify("textDocument/didClose", json!(7));
    client.lives();
    client.shut_down();
}

#[test]
fn an_id_that_is_a_string_and_one_that_is_unknown() {
    let mut client = Client::initialized(&json!({}));
    let asked = r#"{"jsonrpc":"2.0","id":"five","method":"textDocument/hover","params":{}}"#;
    client.body(asked.as_bytes());
    assert_eq!(client.complaint(), -32602);
    client.body(br#"{"jsonrpc":"2.0","id":99999,"result":null}"#);
    client.body(br#"{"jsonrpc":"2.0","id":"x","error":{"code":1,"message":""}}"#);
    client.notify("$/cancelRequest", json!({ "id": "unknown" }));
    client.notify("$/cancelRequest", json!({ "id": 4711 }));
    client.notify("$/cancelRequest", json!({}));
    client.lives();
    client.shut_down();
}

#[test]
fn uris_come_back_as_they_were_spelled() {
    let mut client = Client::initialized(&json!({}));
    client.typed = false;
    for uri in [
        "file:///c%3A/a.py",
        "file:///C:/a.py",
        "untitled:Untitled-1",
        "file:///a b/[é].py",
        "vscode-notebook-cell:/a.ipynb#W0sZmlsZQ%3D%3D",
        "git:/a.py?{\"ref\":\"~\"}",
    ] {
        client.open(uri, "python", "x = 1\n");
        let published = client.notification("textDocument/publishDiagnostics");
        assert_eq!(published["uri"], uri);
    }
    client.shut_down();
}

#[test]
fn a_client_that_does_not_read_is_read() {
    let mut client = Client::initialized(&json!({}));
    let mut ids = Vec::new();
    client.without_reading(|client| {
        let text = format!("x = '{}'\n", "a".repeat(1000));
        for number in 0..2000 {
            let uri = format!("file:///{number}.py");
            client.open(&uri, "python", &text);
            let params = json!({ "textDocument": { "uri": uri } });
            ids.push(client.request("textDocument/documentSymbol", params));
        }
    });
    for id in ids {
        assert!(client.answer(id).get("error").is_none());
    }
    client.shut_down();
}

#[test]
fn numbers_and_members_beyond_the_specification() {
    let mut client = Client::initialized(&json!({}));
    client.open("file:///a.cella", "cella", "x = 1\n");
    let mut params = at("file:///a.cella", 0, 0);
    params["workDoneToken"] = json!("t");
    params["later"] = json!({ "than": "3.17" });
    assert_ne!(client.call("textDocument/hover", params), Value::Null);
    for number in [
        json!(-1),
        json!(1.5),
        json!(4_294_967_296_u64),
        json!("0"),
        json!(null),
    ] {
        let mut params = at("file:///a.cella", 0, 0);
        params["position"]["line"] = number.clone();
        assert_eq!(
            client.error("textDocument/hover", params),
            -32602,
            "{number}"
        );
    }
    client.lives();
    client.shut_down();
}
