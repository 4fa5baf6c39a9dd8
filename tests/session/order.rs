//! Order, cancellation, and being many.

use serde_json::{Value, json};

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

/// A program whose outline takes a while.
fn long_program() -> String {
    let function = |n| format!("def f{n}(a):\n    def g():\n        return a\n    return g\n");
    (0..500).map(function).collect()
}

/// A client whose server has this many long answers to make, and their ids.
fn busy(requests: usize) -> (Client, Vec<i64>) {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "python", &long_program());
    client.at("textDocument/hover", URI, 0, 0);
    let outline = json!({ "textDocument": { "uri": URI } });
    let ids = (0..requests).map(|_| client.request("textDocument/documentSymbol", outline.clone()));
    let ids = ids.collect();
    (client, ids)
}

#[test]
fn a_cancelled_request_is_answered_before_those_that_run() {
    let (mut client, ids) = busy(16);
    // The first is at work already, the last not begun.
    for id in [ids[0], ids[15]] {
        client.notify("$/cancelRequest", json!({ "id": id }));
        assert_eq!(client.answer(id)["error"]["code"], -32800);
        assert!(client.unread() < 12, "{} came first", client.unread());
    }
    for &id in &ids[1..15] {
        assert!(client.answer(id)["result"].is_array());
    }
    client.notify("$/cancelRequest", json!({ "id": ids[5] })); // It has its answer.
    client.lives();
    client.shut_down();
}

#[test]
fn what_still_runs_at_the_end_was_not_cancelled() {
    // The end meets a task at work in about one session of four.
    for _ in 0..16 {
        let (mut client, _) = busy(16);
        client.request("shutdown", Value::Null);
        client.notify("exit", Value::Null);
        for (id, answer) in client.last_answers() {
            assert!(answer.get("error").is_none(), "{id}: {answer}");
        }
    }
}

#[test]
fn what_is_cancelled_stops() {
    let (mut client, ids) = busy(400);
    for &id in &ids {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    // Were they all worked off, this one would come after the test's patience.
    client.lives();
    for id in ids {
        let code = client.answer(id)["error"]["code"].clone();
        assert!(matches!(code.as_i64(), None | Some(-32800)), "{code}");
    }
    client.shut_down();
}

/// Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

#[test]
fn whatever_comes_between_each_request_is_answered_once() {
    let methods = [
        "textDocument/hover",
        "textDocument/documentSymbol",
        "textDocument/semanticTokens/full",
        "textDocument/diagnostic",
        "cella/closures",
    ];
    let uris = [URI, "file:///closed.py"];
    let mut random = Random(7);
    let mut client = Client::initialized(&json!({ "textDocument": { "diagnostic": {} } }));
    let program = "def f(a):\n    def g():\n        return a\n    return g\n".repeat(30);
    client.open(URI, "python", &program);
    let mut ids = Vec::new();
    for version in 2..400 {
        match random.below(9) {
            0 => client.change(URI, version, Some([3, 0, 3, 0]), "def f(a): lambda: a\n"),
            1 => client.change(URI, version, Some([3, 0, 4, 0]), ""),
            // Unfinished, so that a worker has the rest to parse; out of step; in step again.
            2 => client.change(URI, version, Some([0, 0, 0, 0]), "\"\"\""),
            3 => client.change(URI, version, Some([9_999, 0, 9_999, 1]), "x"),
            4 => client.change(URI, version, None, &program),
            5 => client.body(b"{"),
            6 | 7 if !ids.is_empty() => {
                let id = ids[random.below(ids.len() as u64) as usize];
                client.notify("$/cancelRequest", json!({ "id": id }));
            }
            _ => {
                let uri = uris[usize::from(random.below(9) == 0)];
                let method = methods[random.below(5) as usize];
                ids.push(client.request(method, at(uri, 1, 8)));
            }
        }
    }
    for id in ids {
        let code = client.answer(id)["error"]["code"].clone();
        assert!(matches!(code.as_i64(), None | Some(-32800)), "{code}");
    }
    // A second answer to any of them would be one to nothing.
    client.lives();
    client.shut_down();
}

#[test]
fn an_answer_speaks_of_the_text_between_two_edits() {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", "a = 1\n");
    let mut ids = Vec::new();
    for (version, name) in ["b", "cd", "efg"].into_iter().enumerate() {
        client.change(URI, version as i32 + 2, None, &format!("{name} = 1\n"));
        ids.push(client.request("textDocument/hover", at(URI, 0, 0)));
    }
    for (id, length) in ids.into_iter().zip([1, 2, 3]) {
        let hover = client.answer(id);
        assert_eq!(
            hover["result"]["range"]["end"]["character"], length,
            "{hover}"
        );
    }
    client.shut_down();
}

/// Asks for all tokens, and types before they can be there.
fn overtaken(retried: &[&str]) -> Value {
    let stale = json!({ "cancel": true, "retryOnContentModified": retried });
    let mut client = Client::initialized(&json!({ "general": { "staleRequestSupport": stale } }));
    client.open(URI, "python", &long_program());
    client.at("textDocument/hover", URI, 0, 0);
    let tokens = json!({ "textDocument": { "uri": URI } });
    let id = client.request("textDocument/semanticTokens/full", tokens);
    client.change(URI, 2, Some([0, 0, 0, 0]), "x\n");
    let answer = client.answer(id);
    client.shut_down();
    answer
}

#[test]
fn an_overtaken_answer_is_content_modified_where_the_client_retries() {
    let answer = overtaken(&["textDocument/semanticTokens/full"]);
    assert_eq!(answer["error"]["code"], -32801, "{answer}");
    let answer = overtaken(&[]);
    assert_eq!(answer["result"], Value::Null, "{answer}");
}

#[test]
fn an_id_that_is_used_twice() {
    let (mut client, ids) = busy(1);
    let again = json!({ "jsonrpc": "2.0", "id": ids[0], "method": "textDocument/hover", "params": at(URI, 0, 0) });
    client.body(again.to_string().as_bytes());
    // The second is refused at once, the first still gets its answer.
    assert_eq!(client.answer(ids[0])["error"]["code"], -32600);
    client.expect(ids[0], "textDocument/documentSymbol");
    assert!(client.answer(ids[0])["result"].is_array());
    client.shut_down();
}

#[test]
fn thousands_of_questions_behind_one_keystroke() {
    let mut client = Client::initialized(&json!({}));
    client.open(URI, "cella", "a = 1\n");
    client.change(URI, 2, Some([0, 0, 0, 1]), "bc");
    let ids: Vec<_> = (0..5000)
        .map(|_| client.request("textDocument/hover", at(URI, 0, 0)))
        .collect();
    client.change(URI, 3, None, "");
    for id in ids {
        assert_eq!(client.answer(id)["result"]["range"]["end"]["character"], 2);
    }
    client.shut_down();
}
