//! What answers about closures cost: a variable that a thousand closures take, in a program of 100,000
//! lines, beside a variable that one takes; the hints and tokens of a screen; a million captures;
//! factories that call each other.
//!
//! `cargo bench --bench closures`. CPU time of this thread; the ratios are what counts.

#![allow(clippy::expect_used, clippy::indexing_slicing)] // What it reads, it has made itself.

#[path = "typing/clock.rs"]
mod clock;
#[allow(dead_code)] // Each bench takes the shapes that it measures.
#[path = "support/programs.rs"]
mod programs;

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use cella::document::Snapshot;
use cella::ide::{Config, Language, hover, inlay_hints, semantic_tokens};
use cella::text::{Offset, Range, Rel};
use clock::Clock;
use programs::Shape;

const LINES: usize = 100_000;
const ROUNDS: usize = 25;

fn main() {
    let (snapshot, plain, busy) = crowded(1_000);
    let config = Config::new(Language::Cella);
    let one = median(|| hover(&snapshot, plain, &config));
    let many = median(|| hover(&snapshot, busy, &config));
    row("hover, a variable with 1 capture", one, one);
    row("hover, a variable with 1,000 captures", many, one);
    let inside = busy + Rel::from_usize(20_000);
    for (what, at) in [("code as it is", plain), ("a thousand lambdas", inside)] {
        let screen = screen(&snapshot, at);
        let hints = median(|| inlay_hints(&snapshot, screen, &config));
        row(&format!("hints of 60 lines, {what}"), hints, one);
        let tokens = median(|| semantic_tokens(&snapshot, screen, &config));
        row(&format!("tokens of 60 lines, {what}"), tokens, one);
    }
    let (million, _, busy) = crowded(1_000_000);
    row(
        "hover, a million captures",
        once(|| hover(&million, busy, &config)),
        one,
    );

    let (circle, at) = circle(100);
    row(
        "hover, a hundred factories in a circle",
        median(|| hover(&circle, at, &config)),
        one,
    );

    let whole = snapshot.text.range();
    row(
        "hints of all lines",
        once(|| inlay_hints(&snapshot, whole, &config)),
        one,
    );
    row(
        "tokens of all lines",
        once(|| semantic_tokens(&snapshot, whole, &config)),
        one,
    );
}

fn row(what: &str, took: Duration, one: Duration) {
    let ratio = took.as_secs_f64() / one.as_secs_f64();
    println!(
        "{what:<44} {:>10.3} ms {ratio:>10.1} x",
        took.as_secs_f64() * 1e3
    );
}

/// A long program with a function in its middle of which `closures` lambdas take one variable. A variable
/// of an ordinary function, and that one.
fn crowded(closures: usize) -> (Snapshot, Offset, Offset) {
    let (mut source, middle) = Shape::Functions.program(LINES);
    let mut function = String::from("def crowd(shared):\n    made = []\n");
    for n in 0..closures {
        let _ = writeln!(function, "    made.append(lambda n: n + shared * {n})");
    }
    function.push_str("    return made\n\n");
    source.insert_str(middle, &function);
    let plain = source[..middle].rfind("total = 0").expect("a function");
    let busy = middle + "def crowd(".len();
    let at = Offset::from_usize;
    (Snapshot::new(&source), at(plain), at(busy))
}

/// Factories of which each returns what the next one returns, and the last one what the first one does.
fn circle(length: usize) -> (Snapshot, Offset) {
    let mut source = String::new();
    for n in 0..length {
        let next = (n + 1) % length;
        let _ = writeln!(
            source,
            "def make_{n}(x):\n    return make_{next}(make_{next}(x))"
        );
    }
    source.push_str("made = make_0(1)\n");
    let at = Offset::from_usize(source.len() - "made = make_0(1)\n".len());
    (Snapshot::new(&source), at)
}

fn screen(snapshot: &Snapshot, at: Offset) -> Range {
    let line = snapshot.text.line_of(at).saturating_sub(30);
    Range::new(
        snapshot.text.line_start(line),
        snapshot.text.line_start(line + 60),
    )
}

fn median<T>(mut work: impl FnMut() -> T) -> Duration {
    let mut took: Vec<Duration> = (0..ROUNDS).map(|_| once(&mut work)).collect();
    took.sort_unstable();
    took[ROUNDS / 2]
}

fn once<T>(work: impl FnOnce() -> T) -> Duration {
    let clock = Clock::start();
    black_box(work());
    clock.elapsed()
}
