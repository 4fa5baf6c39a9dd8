//! How long an editor waits, over real pipes: each kind of request right behind a keystroke, in
//! programs of three sizes. `cargo bench --bench session`

#![allow(missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Client, at};

const URI: &str = "file:///bench.py";
const ROUNDS: usize = 200;

const UNIT: &str = "\
def make_counter_N(start, step=1):
    count = start
    def increment(times=1):
        nonlocal count
        for _ in range(times):
            count += step
        return count
    def reset():
        nonlocal count
        count = start
    return increment, reset

class Registry_N:
    def __init__(self):
        self.handlers = {}
    def on(self, event):
        def register(handler):
            self.handlers.setdefault(event, []).append(handler)
            return handler
        return register

increment_N, reset_N = make_counter_N(10)
";

fn program(lines: usize) -> String {
    let units = lines / UNIT.lines().count();
    (0..units)
        .map(|number| UNIT.replace('N', &number.to_string()))
        .collect()
}

fn everywhere(line: u32) -> Value {
    let place = |line: u32| json!({ "line": line, "character": 0 });
    json!({ "textDocument": { "uri": URI }, "range": { "start": place(line), "end": place(line + 60) } })
}

/// Types a letter at the name that `line` begins a function with, and asks.
fn measure(client: &mut Client, line: u32, method: &'static str, params: &Value) -> Vec<Duration> {
    let mut took = Vec::new();
    for round in 0..ROUNDS {
        let letter = if round % 2 == 0 { "x" } else { "" };
        let end = 4 + u32::from(letter.is_empty());
        let edit = [line, 4, line, if letter.is_empty() { end } else { 4 }];
        let start = Instant::now();
        client.change(URI, round as i32, Some(edit), letter);
        let id = client.request(method, params.clone());
        client.answer(id);
        took.push(start.elapsed());
    }
    took.sort();
    took
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}

fn main() {
    println!(
        "{:>8}  {:<34} {:>9} {:>9} {:>9}",
        "lines", "request", "median", "p99", "worst"
    );
    for lines in [1_000, 10_000, 100_000] {
        let text = program(lines);
        let mut client = Client::initialized(&json!({}));
        let start = Instant::now();
        client.open(URI, "python", &text);
        client.at("textDocument/hover", URI, 1, 4);
        println!(
            "{lines:>8}  {:<34} {:>9}",
            "open, then hover",
            milliseconds(start.elapsed())
        );
        let unit = UNIT.lines().count();
        let line = u32::try_from(lines / unit / 2 * unit).unwrap();
        let place = at(URI, line + 1, 5);
        let mut references = place.clone();
        references["context"] = json!({ "includeDeclaration": true });
        let requests = [
            ("textDocument/hover", place.clone()),
            ("textDocument/definition", place.clone()),
            ("textDocument/references", references),
            ("textDocument/documentHighlight", place),
            ("textDocument/inlayHint", everywhere(line)),
            ("textDocument/semanticTokens/range", everywhere(line)),
            (
                "textDocument/semanticTokens/full",
                json!({ "textDocument": { "uri": URI } }),
            ),
            (
                "textDocument/documentSymbol",
                json!({ "textDocument": { "uri": URI } }),
            ),
        ];
        for (method, params) in requests {
            let took = measure(&mut client, line, method, &params);
            let at = |share: f64| milliseconds(took[((took.len() - 1) as f64 * share) as usize]);
            println!(
                "{lines:>8}  {method:<34} {:>9} {:>9} {:>9}",
                at(0.5),
                at(0.99),
                at(1.0)
            );
        }
        cancelled(&mut client, line);
        client.shut_down();
    }
}

/// How long a cancelled request takes to be answered, while a thousand others run.
fn cancelled(client: &mut Client, line: u32) {
    let tokens = json!({ "textDocument": { "uri": URI } });
    let busy: Vec<_> = (0..1000)
        .map(|_| client.request("textDocument/hover", at(URI, line + 1, 5)))
        .collect();
    let slow = client.request("textDocument/documentSymbol", tokens);
    let start = Instant::now();
    client.notify("$/cancelRequest", json!({ "id": slow }));
    let answer = client.answer(slow);
    let took = milliseconds(start.elapsed());
    let code = &answer["error"]["code"];
    println!(
        "{:>8}  {:<34} {took:>9}   ({code})",
        "", "cancelled behind 1,000 others"
    );
    for id in busy {
        client.answer(id);
    }
}
