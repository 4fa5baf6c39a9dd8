//! The grammar beside tree-sitter-python, on the same texts in the same run:
//! `cargo bench -p tree-sitter-cella --bench beside_python [-- reparse|cold|size] [LINES …]`.
//!
//! - `reparse`: a letter typed and deleted again. Time, and what the parser's log counts.
//! - `cold`: the first parse of the standard library's files.
//! - `size`: states of the parser, and what a tree takes of memory.
//!
//! Times are the processor's. Of them only the ratios mean something elsewhere; counts and sizes are exact.

#[path = "../../benches/typing/clock.rs"]
mod clock;
#[path = "../../tests/support/corpus.rs"]
mod corpus;
#[path = "memory.rs"]
mod memory;
#[path = "../tests/support/shapes.rs"]
mod shapes;
#[allow(dead_code)] // Characters are counted for the limits.
#[path = "../tests/support/steps.rs"]
mod steps;

use std::time::Duration;

use clock::Clock;
use shapes::{PLACES, SHAPES, edit, place};
use steps::Steps;
use tree_sitter::{Language, Parser};

/// Letters typed and deleted at each place.
const TURNS: usize = 41;
/// Files of the standard library.
const FILES: usize = 150;
/// Times that each is parsed; the quickest counts.
const PASSES: usize = 5;

fn main() {
    memory::count();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |part: &str| {
        let parts = ["reparse", "cold", "size"];
        let named = |name: &str| arguments.iter().any(|argument| argument == name);
        named(part) || !parts.into_iter().any(named)
    };
    let mut lines: Vec<usize> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    if lines.is_empty() {
        lines = vec![1_000, 10_000, 100_000];
    }
    if wanted("size") {
        size();
    }
    if wanted("cold") {
        cold();
    }
    if wanted("reparse") {
        reparse(&lines);
    }
}

/// Ours and theirs.
fn languages() -> [Language; 2] {
    [
        tree_sitter_cella::LANGUAGE.into(),
        tree_sitter_python::LANGUAGE.into(),
    ]
}

fn parser(language: &Language) -> Parser {
    let mut parser = Parser::new();
    parser.set_language(language).expect("the language loads");
    parser
}

fn reparse(lines: &[usize]) {
    println!(
        "| shape | lines | letter at | median | p95 | tokens read, nodes built, taken over | theirs: median | tokens read, nodes built, taken over | ratio |"
    );
    println!("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (name, shape) in SHAPES {
        for &lines in lines {
            let text = shape(lines);
            for (at, share) in PLACES {
                let byte = place(&text, share);
                let [ours, theirs] = languages().map(|language| type_at(&language, &text, byte));
                println!(
                    "| {name} | {lines} | {at} | {:.3} ms | {:.3} ms | {} | {:.3} ms | {} | {:.0} |",
                    millis(ours.median),
                    millis(ours.p95),
                    shown(ours.steps),
                    millis(theirs.median),
                    shown(theirs.steps),
                    theirs.median.as_secs_f64() / ours.median.as_secs_f64(),
                );
            }
        }
    }
}

fn shown(steps: Steps) -> String {
    format!("{}, {}, {}", steps.tokens, steps.built, steps.reused)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

struct Typed {
    median: Duration,
    p95: Duration,
    /// Of the last deletion.
    steps: Steps,
}

/// Types a letter at `byte` and deletes it again, over and over.
fn type_at(language: &Language, text: &str, byte: usize) -> Typed {
    let mut parser = parser(language);
    let mut typed = text.to_owned();
    typed.insert(byte, 'q');
    let mut tree = parser.parse(text, None).expect("nothing cancels it");
    let mut times = Vec::new();
    for turn in 0..TURNS {
        let (now, old, new) = if turn % 2 == 0 {
            (&*typed, 0, 1)
        } else {
            (text, 1, 0)
        };
        tree.edit(&edit(text, byte, old, new));
        let start = Clock::start();
        tree = parser.parse(now, Some(&tree)).expect("nothing cancels it");
        times.push(start.elapsed());
    }
    times.sort_unstable();
    tree.edit(&edit(text, byte, 1, 0));
    Typed {
        median: times[TURNS / 2],
        p95: times[TURNS * 95 / 100],
        steps: steps::count(&mut parser, text, Some(&tree)).1,
    }
}

fn cold() {
    let files = corpus::stdlib(FILES);
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let mut spent = [Duration::ZERO; 2];
    for (_, text) in &files {
        let mut best = [Duration::MAX; 2];
        for _ in 0..PASSES {
            for (language, best) in languages().iter().zip(&mut best) {
                let mut parser = parser(language);
                let start = Clock::start();
                let tree = parser.parse(text, None);
                *best = start.elapsed().min(*best);
                drop(tree);
            }
        }
        spent[0] += best[0];
        spent[1] += best[1];
    }
    let speed = spent.map(|time| bytes as f64 / 1e6 / time.as_secs_f64());
    println!(
        "first parse of {} files, {bytes} bytes: {:.1} MB/s, theirs {:.1} MB/s, ratio {:.2}\n",
        files.len(),
        speed[0],
        speed[1],
        speed[0] / speed[1]
    );
}

fn size() {
    let texts: Vec<_> = corpus::stdlib(FILES);
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    println!("| grammar | states | kinds of nodes | bytes of tree for a byte of text |");
    println!("| --- | ---: | ---: | ---: |");
    for (name, language) in ["ours", "tree-sitter-python"].into_iter().zip(languages()) {
        let mut kept = 0;
        for (_, text) in &texts {
            let mut parser = parser(&language);
            let tree = parser.parse(text, None);
            drop(parser);
            kept += memory::in_use();
            drop(tree);
        }
        println!(
            "| {name} | {} | {} | {:.1} |",
            language.parse_state_count(),
            language.node_kind_count(),
            kept as f64 / bytes as f64
        );
    }
    println!();
}
