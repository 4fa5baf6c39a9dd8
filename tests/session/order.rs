//! Order, cancellation, and being many.

use serde_json::json;

use crate::support::{Client, at};

const URI: &str = "file:///a.py";

#[test]
fn ten_thousand_cancellations() {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "python", "x = 1\n");
    for _ in 0..10_000 {
        let id = client.request("textDocument/hover", at(URI, 0, 0));
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    let mut cancelled = 0;
    for id in 2..10_002 {
        let answer = client.answer(id);
        match answer["error"]["code"].as_i64() {
            None => {}
            Some(-32800) => cancelled += 1,
            Some(other) => panic!("{other}: {answer}"),
        }
    }
    assert!(cancelled > 0);
    client.shut_down();
}

#[test]
fn a_thousand_documents() {
    let mut client = Client::initialized(&json!({}));
    for number in 0..1000 {
        client.open(&format!("file:///{number}.py"), "python", "x = 1\n");
    }
    client.lives();
    client.shut_down();
}
