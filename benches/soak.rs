//! A long session, typed faster than anyone types: two documents of 10,000 lines, twenty edits a second
//! with every kind of request behind each, cancellations and faults at random. Now and then the answers
//! are compared with those on the same text opened afresh.
//!
//! `cargo bench --bench soak -- SECONDS SEED`; a minute and seed 1 unless told. `CELLA_BIN` names another
//! server. It fails if an answer is wrong, or an error none that the specification has there.

#![allow(missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "soak/typist.rs"]
mod typist;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Client, at};
use typist::{Random, Typist};

const LINES: usize = 10_000;
const BETWEEN_EDITS: Duration = Duration::from_millis(50);
const TO_RETRY: [&str; 4] = [
    "textDocument/inlayHint",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
];

/// About a place, about the lines around it, about the whole document.
const OF_A_PLACE: [&str; 7] = [
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    RENAME,
];
const RENAME: &str = "textDocument/rename";
/// `RequestFailed`: what can't be renamed, and why.
const REFUSED: i64 = -32803;
const OF_LINES: [&str; 2] = [
    "textDocument/inlayHint",
    "textDocument/semanticTokens/range",
];
const OF_ALL: [&str; 5] = [
    "textDocument/semanticTokens/full",
    "textDocument/documentSymbol",
    "textDocument/codeLens",
    "textDocument/diagnostic",
    "cella/closures",
];
const DELTA: &str = "textDocument/semanticTokens/full/delta";

fn main() {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<u64>().ok());
    let seconds = numbers.next().unwrap_or(60);
    let seed = numbers.next().unwrap_or(1);
    let mut soak = Soak::start(seed);
    println!("seed {seed}, server {}", soak.client.id());
    soak.run(Duration::from_secs(seconds));
    soak.report();
    let wrong = soak.wrong.len();
    soak.client.shut_down();
    if wrong > 0 {
        std::process::exit(1);
    }
}

/// A request without an answer.
struct Asked {
    which: usize,
    method: &'static str,
    of_all: bool,
    sent: Instant,
    cancelled: Option<Instant>,
}

#[derive(Default)]
struct Counts {
    edits: u64,
    requests: u64,
    cancelled: u64,
    modified: u64,
    faults: u64,
    comparisons: u64,
    answers_compared: u64,
}

struct Soak {
    client: Client,
    random: Random,
    typists: [Typist; 2],
    open: HashMap<i64, Asked>,
    token_ids: [Value; 2],
    fresh: u32,
    counts: Counts,
    took: HashMap<&'static str, Vec<Duration>>,
    /// Minutes and kilobytes.
    memory: Vec<(u64, u64)>,
    wrong: Vec<String>,
}

impl Soak {
    fn start(seed: u64) -> Self {
        let mut client = Client::initialized(&json!({
            "general": {
                "positionEncodings": ["utf-16"],
                "staleRequestSupport": { "cancel": true, "retryOnContentModified": TO_RETRY },
            },
            "textDocument": {
                "hover": { "contentFormat": ["markdown"] },
                "diagnostic": {},
                "semanticTokens": { "requests": { "full": { "delta": true }, "range": true } },
            },
        }));
        client.patience = Duration::from_secs(600); // Other work may keep the machine busy.
        let settings = json!({ "settings": { "cella": { "codeLens": { "enable": true } } } });
        client.notify("workspace/didChangeConfiguration", settings);
        let typists = [
            Typist::new("file:///one.cella", LINES),
            Typist::new("file:///other.py", LINES),
        ];
        for typist in &typists {
            client.open(typist.uri, typist.language(), &typist.text);
        }
        Self {
            client,
            random: Random(seed.max(1)),
            typists,
            open: HashMap::new(),
            token_ids: [Value::Null, Value::Null],
            fresh: 0,
            counts: Counts::default(),
            took: HashMap::new(),
            memory: Vec::new(),
            wrong: Vec::new(),
        }
    }

    fn run(&mut self, time: Duration) {
        let start = Instant::now();
        let mut next = start;
        let mut minutes = 0;
        while start.elapsed() < time {
            self.edit();
            next += BETWEEN_EDITS;
            while Instant::now() < next {
                self.listen(next.saturating_duration_since(Instant::now()));
            }
            self.listen(Duration::ZERO);
            // Whoever can't be followed is waited for, as editors wait for their users.
            while self.open.len() > 400 {
                self.listen(Duration::from_millis(100));
                next = Instant::now();
            }
            if self.random.one_in(40) {
                self.fault();
            }
            if self.random.one_in(400) {
                self.compare();
                next = Instant::now();
            }
            if start.elapsed().as_secs() / 60 >= minutes {
                self.memory.push((minutes, memory(self.client.id())));
                let (edits, wrong) = (self.counts.edits, self.wrong.len());
                println!("minute {minutes}: {edits} edits, {wrong} wrong");
                minutes += 1;
            }
        }
        self.settle();
        self.compare();
        self.memory
            .push((start.elapsed().as_secs() / 60, memory(self.client.id())));
    }

    /// One edit, every kind of request behind it, and some second thoughts.
    fn edit(&mut self) {
        let which = self.random.below(2);
        let typist = &mut self.typists[which];
        let change = typist.edit(&mut self.random);
        self.client.notify("textDocument/didChange", change);
        self.counts.edits += 1;
        self.cancel_what_is_old();
        let (line, column) = typist_place(&self.typists[which]);
        self.ask_all(which, line, column);
    }

    fn ask_all(&mut self, which: usize, line: u32, column: u32) {
        let uri = self.typists[which].uri;
        for (method, params) in questions(uri, line, column) {
            self.ask(which, method, params);
        }
        if let Value::String(id) = self.token_ids[which].take() {
            let params = json!({ "textDocument": { "uri": uri }, "previousResultId": id });
            self.ask(which, DELTA, params);
        }
    }

    fn ask(&mut self, which: usize, method: &'static str, params: Value) {
        let id = self.client.request(method, params);
        self.counts.requests += 1;
        let of_all = method == DELTA || OF_ALL.contains(&method);
        let (sent, cancelled) = (Instant::now(), None);
        self.open.insert(
            id,
            Asked {
                which,
                method,
                of_all,
                sent,
                cancelled,
            },
        );
    }

    /// Editors give up what they asked of a text that is no more; and anything, sometimes.
    fn cancel_what_is_old(&mut self) {
        for (&id, asked) in &mut self.open {
            let likely = if asked.of_all { 2 } else { 10 };
            if asked.cancelled.is_none() && self.random.one_in(likely) {
                asked.cancelled = Some(Instant::now());
                self.client.notify("$/cancelRequest", json!({ "id": id }));
            }
        }
    }

    /// Something that no client should say, and what it is to be answered.
    fn fault(&mut self) {
        self.counts.faults += 1;
        match self.random.below(8) {
            0 => self.client.body(b"{\"jsonrpc\":"),
            1 => self.client.body(b"[]"),
            2 => self.client.raw(b"X: y\r\n\r\n"),
            3 => self
                .client
                .notify("$/cancelRequest", json!({ "id": "nobody" })),
            4 => self
                .client
                .body(br#"{"jsonrpc":"2.0","id":9999999,"result":null}"#),
            5 => self
                .client
                .notify("textDocument/didSave", json!({ "textDocument": 3 })),
            6 => {
                assert_eq!(self.client.error("x/unknown", json!({})), -32601);
                let params = json!({ "textDocument": 3 });
                assert_eq!(self.client.error("textDocument/hover", params), -32602);
            }
            _ => {
                // An edit that can't be: nothing is answered until the whole text comes.
                let which = self.random.below(2);
                let typist = &mut self.typists[which];
                let impossible = typist.impossible();
                let whole = typist.whole();
                self.client.notify("textDocument/didChange", impossible);
                self.client.notify("textDocument/didChange", whole);
                self.client.notification("window/showMessage");
            }
        }
    }

    /// Takes in what comes for a while, and looks at the answers.
    fn listen(&mut self, patience: Duration) {
        if !self.client.receive_within(patience) {
            return;
        }
        while self.client.receive_within(Duration::ZERO) {}
        for (id, answer) in self.client.answers() {
            self.look_at(id, &answer);
        }
    }

    fn look_at(&mut self, id: i64, answer: &Value) {
        let code = answer["error"]["code"].as_i64();
        let Some(asked) = self.open.remove(&id) else {
            if id != i64::MIN || !matches!(code, Some(-32700 | -32600)) {
                self.wrong.push(format!("an answer to nothing: {answer}"));
            }
            return;
        };
        match code {
            None => self.take_time(asked.method, asked.sent),
            Some(-32800) if asked.cancelled.is_some() => {
                self.counts.cancelled += 1;
                self.take_time("$/cancelRequest", asked.cancelled.unwrap_or(asked.sent));
            }
            Some(REFUSED) if asked.method.ends_with("ename") => {
                self.take_time(asked.method, asked.sent)
            }
            Some(-32801) if TO_RETRY.contains(&asked.method) => self.counts.modified += 1,
            Some(_) => self.wrong.push(format!("{}: {answer}", asked.method)),
        }
        let tokens = asked.method.starts_with("textDocument/semanticTokens/full");
        if let (true, id @ Value::String(_)) = (tokens, &answer["result"]["resultId"]) {
            self.token_ids[asked.which] = id.clone();
        }
    }

    fn take_time(&mut self, what: &'static str, since: Instant) {
        let took = self.took.entry(what).or_default();
        took.push(since.elapsed());
        if took.len() >= 1 << 16 {
            let mut every_second = false;
            took.retain(|_| {
                every_second = !every_second;
                every_second
            });
        }
    }

    fn settle(&mut self) {
        while !self.open.is_empty() {
            self.listen(Duration::from_millis(100));
        }
    }

    /// Asks of one document and of its text opened afresh, at random places: the same is said.
    fn compare(&mut self) {
        self.settle();
        self.counts.comparisons += 1;
        let typist = &self.typists[self.random.below(2)];
        let (uri, language, text) = (typist.uri, typist.language(), typist.text.clone());
        self.fresh += 1;
        let ending = uri.rsplit('.').next().unwrap_or_default();
        let fresh = format!("file:///fresh-{}.{ending}", self.fresh);
        self.client.open(&fresh, language, &text);
        let lines: Vec<u32> = (0..8).map(|_| self.random.below(LINES) as u32).collect();
        for (round, &line) in lines.iter().enumerate() {
            let column = self.random.below(30) as u32;
            let both = questions(uri, line, column)
                .into_iter()
                .zip(questions(&fresh, line, column));
            for ((method, old), (_, new)) in both {
                if round > 0 && OF_ALL.contains(&method) {
                    continue;
                }
                self.counts.answers_compared += 1;
                let one = self.said(method, old);
                let other = self.said(method, new).replace(&fresh, uri);
                if one != other {
                    let place = format!("{method} at {line}:{column} of {uri}");
                    self.wrong
                        .push(format!("{place}:\n  {one:.2000}\n  {other:.2000}"));
                }
            }
        }
        let closed = json!({ "textDocument": { "uri": fresh } });
        self.client.notify("textDocument/didClose", closed);
    }

    /// An answer, or the refusal of a rename, without the name of the result, which is never the same.
    fn said(&mut self, method: &'static str, params: Value) -> String {
        let id = self.client.request(method, params);
        let mut answer = self.client.answer(id);
        let answer = answer.as_object_mut();
        let mut said = answer.and_then(|it| it.remove("result").or_else(|| it.remove("error")));
        if let Some(members) = said.as_mut().and_then(Value::as_object_mut) {
            members.remove("resultId");
        }
        said.unwrap_or_default().to_string()
    }

    fn report(&mut self) {
        let Counts {
            edits,
            requests,
            cancelled,
            modified,
            faults,
            comparisons,
            answers_compared,
        } = self.counts;
        println!("{edits} edits, {requests} requests, {faults} faults");
        println!("{cancelled} answered RequestCancelled, {modified} ContentModified");
        println!("{answers_compared} answers compared at {comparisons} points");
        println!(
            "{:<44} {:>9} {:>9} {:>9} {:>9}",
            "ms", "answers", "median", "p99", "worst"
        );
        let mut methods: Vec<_> = self.took.iter_mut().collect();
        methods.sort_by_key(|(method, _)| **method);
        for (method, took) in methods {
            took.sort();
            let at =
                |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
            let count = took.len();
            println!(
                "{method:<44} {count:>9} {:>9.2} {:>9.2} {:>9.2}",
                at(0.5),
                at(0.99),
                at(1.0)
            );
        }
        for (minute, kilobytes) in &self.memory {
            println!("minute {minute:>3}: {:>6.1} MB", *kilobytes as f64 / 1024.0);
        }
        println!("{} wrong", self.wrong.len());
        for wrong in self.wrong.iter().take(10) {
            println!("{wrong}");
        }
    }
}

fn typist_place(typist: &Typist) -> (u32, u32) {
    typist.cursor
}

/// Every request that needs no earlier answer.
fn questions(uri: &str, line: u32, column: u32) -> Vec<(&'static str, Value)> {
    let place = |method| {
        let mut params = at(uri, line, column);
        if method == RENAME {
            params["newName"] = json!("renamed");
        }
        if method == "textDocument/references" {
            params["context"] = json!({ "includeDeclaration": true });
        }
        (method, params)
    };
    let lines = |method| {
        let end = |line: u32| json!({ "line": line, "character": 0 });
        let range = json!({ "start": end(line.saturating_sub(30)), "end": end(line + 30) });
        (
            method,
            json!({ "textDocument": { "uri": uri }, "range": range }),
        )
    };
    let all = |method| (method, json!({ "textDocument": { "uri": uri } }));
    let places = OF_A_PLACE.into_iter().map(place);
    let lines = OF_LINES.into_iter().map(lines);
    places
        .chain(lines)
        .chain(OF_ALL.into_iter().map(all))
        .collect()
}

/// What the process holds in memory, in kilobytes; zero where the system doesn't say.
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0)
}
