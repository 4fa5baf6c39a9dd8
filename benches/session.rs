//! How long an editor waits, over real pipes: each kind of request right behind a keystroke, in
//! programs of three sizes. `cargo bench --bench session`

#![allow(missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Client, at};

const URI: &str = "file:///bench.py";
/// How often each request is made; fewer times where one takes seconds.
const ROUNDS: usize = 200;
const PATIENCE: Duration = Duration::from_secs(20);

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
    let (mut took, begun) = (Vec::new(), Instant::now());
    for round in 0..ROUNDS {
        // The letter that was typed has to go again.
        if begun.elapsed() > PATIENCE && round % 2 == 0 {
            break;
        }
        let letter = if round % 2 == 0 { "x" } else { "" };
        let end = 4 + u32::from(letter.is_empty());
        let edit = [line, 4, line, if letter.is_empty() { end } else { 4 }];
        let start = Instant::now();
        client.change(URI, round as i32, Some(edit), letter);
        let id = client.request(method, params.clone());
        client.answer(id);
        took.push(start.elapsed());
    }
    took
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}

fn main() {
    println!(
        "{:>8}  {:<34} {:>9} {:>9} {:>9} {:>9}",
        "lines", "request", "median", "p99", "worst", "processor"
    );
    for lines in [1_000, 10_000, 100_000] {
        let text = program(lines);
        let mut client = Client::initialized(&json!({ "textDocument": { "diagnostic": {} } }));
        client.typed = false;
        let lenses = json!({ "settings": { "cella": { "codeLens": { "enable": true } } } });
        client.notify("workspace/didChangeConfiguration", lenses);
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
        for (method, params) in requests(line) {
            let before = processor_time(client.id());
            let took = measure(&mut client, line, method, &params);
            let share = (processor_time(client.id()) - before) / took.len() as f64;
            row(lines, method, took, Some(share));
        }
        let took = cancelled(&mut client, line);
        row(lines, "cancelled behind 1,000 others", took, None);
        behind_a_keystroke(&mut client, lines, line);
        client.shut_down();
    }
    many_documents();
}

/// Every request, about a place in the middle.
fn requests(line: u32) -> Vec<(&'static str, Value)> {
    let place = at(URI, line + 1, 5);
    let mut references = place.clone();
    references["context"] = json!({ "includeDeclaration": true });
    let everything = json!({ "textDocument": { "uri": URI } });
    let places = [
        "textDocument/hover",
        "textDocument/definition",
        "textDocument/declaration",
        "textDocument/documentHighlight",
    ];
    let parts = [
        "textDocument/inlayHint",
        "textDocument/semanticTokens/range",
    ];
    let wholes = [
        "textDocument/diagnostic",
        "textDocument/semanticTokens/full",
        "textDocument/documentSymbol",
        "textDocument/codeLens",
        "cella/closures",
    ];
    let places = places.map(|method| (method, place.clone()));
    let parts = parts.map(|method| (method, everywhere(line)));
    let wholes = wholes.map(|method| (method, everything.clone()));
    let mut renames = place.clone();
    renames["newName"] = json!("renamed");
    let mut all = Vec::from(places);
    all.push(("textDocument/prepareRename", place.clone()));
    all.push(("textDocument/rename", renames));
    all.push(("textDocument/references", references));
    all.extend(parts);
    all.extend(wholes);
    all
}

fn row(lines: usize, what: &str, mut took: Vec<Duration>, processor: Option<f64>) {
    took.sort();
    let at = |share: f64| milliseconds(took[((took.len() - 1) as f64 * share) as usize]);
    let processor = processor.map_or(String::new(), |share| format!("{share:.2}"));
    let (median, p99, worst) = (at(0.5), at(0.99), at(1.0));
    println!("{lines:>8}  {what:<34} {median:>9} {p99:>9} {worst:>9} {processor:>9}");
}

/// The milliseconds that a process has had of the processors, its clock ticking a hundred times a second;
/// zero where the system doesn't say. What else the machine does isn't in it.
fn processor_time(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() * 10.0
}

/// How long each of many cancelled requests takes to be answered, while a thousand others wait and two
/// outlines of the whole are being made.
fn cancelled(client: &mut Client, line: u32) -> Vec<Duration> {
    let outline = json!({ "textDocument": { "uri": URI } });
    let hover = || at(URI, line + 1, 5);
    let mut busy: Vec<_> = (0..1000)
        .map(|_| client.request("textDocument/hover", hover()))
        .collect();
    busy.extend((0..2).map(|_| client.request("textDocument/documentSymbol", outline.clone())));
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let slow = client.request("textDocument/documentSymbol", outline.clone());
        let start = Instant::now();
        client.notify("$/cancelRequest", json!({ "id": slow }));
        client.answer(slow);
        took.push(start.elapsed());
    }
    for id in busy {
        client.answer(id);
    }
    took
}

/// How long ten thousand hovers take that come right behind one keystroke, until the last is answered.
fn behind_a_keystroke(client: &mut Client, lines: usize, line: u32) {
    client.change(URI, 0, Some([line, 4, line, 4]), "x");
    let start = Instant::now();
    let ids: Vec<_> = (0..10_000)
        .map(|_| client.request("textDocument/hover", at(URI, line + 1, 5)))
        .collect();
    for id in ids {
        client.answer(id);
    }
    let took = milliseconds(start.elapsed());
    println!(
        "{lines:>8}  {:<34} {took:>9}",
        "10,000 hovers, the last answer"
    );
    client.change(URI, 0, Some([line, 4, line, 5]), "");
}

/// A thousand documents open: what one more keystroke and its hover take.
fn many_documents() {
    let mut client = Client::initialized(&json!({}));
    let text = program(200);
    let start = Instant::now();
    for number in 0..1000 {
        client.open(&format!("file:///{number}.py"), "python", &text);
    }
    client.lives();
    println!(
        "1,000 documents opened in {} ms",
        milliseconds(start.elapsed())
    );
    client.open(URI, "python", &text);
    let took = measure(&mut client, 0, "textDocument/hover", &at(URI, 1, 5));
    row(200, "hover beside 1,000 documents", took, None);
    client.shut_down();
}
