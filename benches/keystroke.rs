//! What a keystroke costs: a letter typed in the middle of a file, then a hover on a captured name, and
//! the hints and tokens of the 60 lines around it; what questions cost; and what is kept in memory.
//!
//! `cargo bench --bench keystroke`; with words behind `--`, only the shapes whose names have one. Times are
//! the processor's, spent by this process. What says something on every machine are ratios in one run: to
//! 1,000 lines, to a reading of the whole file, to the parser's share.

#[path = "support/allocator.rs"]
mod allocator;
#[path = "typing/clock.rs"]
mod clock;
#[path = "support/programs.rs"]
mod programs;

use std::time::Duration;

use cella::document::{Change, Document, Snapshot};
use cella::ide::{Config, hover, inlay_hints, semantic_tokens};
use cella::scope::{PythonVersion, Scopes};
use cella::syntax::{Edit, NEVER, Syntax};
use cella::text::{Offset, Range, Rel, Text};
use clock::Clock;
use programs::Shape;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// Letters typed into a name: text that stays right.
const LETTERS: &str = "and_some_more_letters";

/// Typed letter by letter; unfinished on most keystrokes, as code is.
const UNFINISHED: &str = "def make(count):\n    step = count + 1\n    return lambda x: f(x[1:], step, f\"{count!r:>{step}}\")\n";

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let shapes: Vec<_> = Shape::ALL
        .into_iter()
        .filter(|(_, name)| wanted.is_empty() || wanted.iter().any(|word| name.contains(&**word)))
        .collect();
    // Counting what trees take costs a seventh of the time, so it comes last. A thread's parser goes with it.
    let all = shapes.clone();
    let timed = std::thread::spawn(move || {
        typing(&all, "letters in a name", LETTERS);
        typing(&all, "a closure, unfinished on the way", UNFINISHED);
        questions(&all);
        cold(&all);
    });
    if timed.join().is_ok() {
        allocator::count_trees();
        memory(&shapes);
    }
}

/// Edit → snapshot → hover.
fn typing(shapes: &[(Shape, &str)], what: &str, typed: &str) {
    println!("\n## {what}\n");
    println!(
        "| shape | lines | edit + hover p50 | p99 | of it reparse p50 | edit p50 | hover p50 | hints p50 | tokens p50 | edit + hover, to 1,000 lines | whole file, to edit + hover |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (shape, name) in shapes {
        let mut smallest = None;
        for lines in SIZES {
            let times = type_into(*shape, lines, typed);
            let base = *smallest.get_or_insert(at(&times.both, 50));
            println!(
                "| {name} | {lines} | {:.3} ms | {:.3} ms | {:.3} ms | {:.3} ms | {:.3} ms | {:.3} ms | {:.3} ms | {:.2} | {:.0} |",
                ms(at(&times.both, 50)),
                ms(at(&times.both, 99)),
                ms(at(&times.reparse, 50)),
                ms(at(&times.edit, 50)),
                ms(at(&times.hover, 50)),
                ms(at(&times.hints, 50)),
                ms(at(&times.tokens, 50)),
                at(&times.both, 50).as_secs_f64() / base.as_secs_f64(),
                times.anew.as_secs_f64() / at(&times.both, 50).as_secs_f64(),
            );
        }
    }
}

#[derive(Default)]
struct Times {
    both: Vec<Duration>,
    reparse: Vec<Duration>,
    edit: Vec<Duration>,
    hover: Vec<Duration>,
    hints: Vec<Duration>,
    tokens: Vec<Duration>,
    /// Reading the whole file.
    anew: Duration,
}

fn type_into(shape: Shape, lines: usize, typed: &str) -> Times {
    let (source, middle) = shape.program(lines);
    let mut document = Document::new(&source);
    let config = Config::default();
    let mut times = Times {
        anew: timed(|| Snapshot::new(&source)).0,
        ..Times::default()
    };
    let statement = typed.contains('\n');
    let typed = if statement {
        indented(typed, shape)
    } else {
        typed.to_owned()
    };
    let name = name_from(&source, middle);
    let start = if statement { middle } else { name + 2 };
    for _ in 0..3 {
        let mut cursor = Offset::from_usize(start);
        for letter in typed.chars() {
            let before = document.snapshot();
            let range = Range::at(cursor);
            let text = letter.to_string();
            cursor = cursor + Rel::from_usize(text.len());
            let (reparse, ()) = timed(|| reparse(&before, range, &text));
            let (edit, ()) = timed(|| document.edit(&[Change { range, text }], NEVER));
            let snapshot = document.snapshot();
            let place = if statement {
                cursor
            } else {
                Offset::from_usize(name)
            };
            let (hovered, _) = timed(|| hover(&snapshot, place, &config));
            let line = snapshot.text.line_of(cursor);
            let visible = Range::new(
                snapshot.text.line_start(line.saturating_sub(30)),
                snapshot.text.line_start(line + 30),
            );
            times
                .hints
                .push(timed(|| inlay_hints(&snapshot, visible, &config)).0);
            times
                .tokens
                .push(timed(|| semantic_tokens(&snapshot, visible, &config)).0);
            times.reparse.push(reparse);
            times.edit.push(edit);
            times.hover.push(hovered);
            times.both.push(edit + hovered);
        }
        let typed = Range::new(Offset::from_usize(start), cursor);
        let text = String::new();
        document.edit(&[Change { range: typed, text }], NEVER);
    }
    times
}

/// The parser's share of an edit.
fn reparse(before: &Snapshot, range: Range, new: &str) {
    let mut text = before.text.clone();
    let old = text.replace(range, new);
    let new = Range::new(old.start, old.start + Rel::from_usize(new.len()));
    std::hint::black_box(before.syntax.edit(&text, Edit { old, new }, NEVER));
}

fn indented(typed: &str, shape: Shape) -> String {
    let lines = typed
        .lines()
        .map(|line| format!("{}{line}\n", shape.indent()));
    lines.collect()
}

/// The first name from the middle on that was made for this.
fn name_from(source: &str, middle: usize) -> usize {
    let names = ["total", "found", "value_", "given_", "name_"];
    let behind = source.get(middle..).unwrap_or_default();
    let found = names.iter().filter_map(|name| behind.find(name)).min();
    middle + found.unwrap_or(0)
}

/// What is asked of scopes, each about what the letters were typed into.
fn questions(shapes: &[(Shape, &str)]) {
    println!("\n## Questions\n");
    println!("| shape | lines | resolve | a global | captures | references | scope at |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (shape, name) in shapes {
        for lines in SIZES {
            let (source, middle) = shape.program(lines);
            let scopes = Document::new(&source).snapshot().scopes;
            let place = Offset::from_usize(name_from(&source, middle));
            let version = PythonVersion::default();
            let Some(occurrence) = scopes.occurrence_at(version, place) else {
                continue;
            };
            let module = scopes.module(version);
            let builtin = cella::scope::Name::new("print");
            let variable = occurrence.variable();
            let variable = variable.as_ref();
            println!(
                "| {name} | {lines} | {:.1} µs | {:.1} µs | {:.1} µs | {:.1} µs | {:.1} µs |",
                each(|| occurrence.resolve()),
                each(|| module.resolve(builtin)),
                each(|| variable.map(|variable| variable.captures())),
                each(|| variable.map(|variable| variable.occurrences())),
                each(|| scopes.scope_at(version, place)),
            );
        }
    }
}

/// Microseconds, the median of many.
fn each<T>(mut ask: impl FnMut() -> T) -> f64 {
    const TOGETHER: u32 = 20;
    let many = || {
        for _ in 0..TOGETHER {
            std::hint::black_box(ask());
        }
    };
    let mut many = many;
    let times: Vec<Duration> = (0..40).map(|_| timed(&mut many).0).collect();
    at(&times, 50).as_secs_f64() * 1e6 / f64::from(TOGETHER)
}

/// Reading a whole file.
fn cold(shapes: &[(Shape, &str)]) {
    println!("\n## A whole file\n");
    println!("| shape | lines | parse | analysis | analysis, to parse |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (shape, name) in shapes {
        for lines in SIZES {
            let text = Text::new(&shape.program(lines).0);
            let (mut parse, mut analysis) = (Vec::new(), Vec::new());
            for _ in 0..(200_000 / lines).min(20) {
                let (took, syntax) = timed(|| Syntax::parse(&text));
                parse.push(took);
                analysis.push(timed(|| Scopes::new(&text, &syntax)).0);
            }
            let (parse, analysis) = (at(&parse, 50), at(&analysis, 50));
            println!(
                "| {name} | {lines} | {:.1} ms | {:.1} ms | {:.2} |",
                ms(parse),
                ms(analysis),
                analysis.as_secs_f64() / parse.as_secs_f64(),
            );
        }
    }
}

/// What is kept of a file.
fn memory(shapes: &[(Shape, &str)]) {
    println!("\n## Memory, for a byte of source\n");
    println!("| shape | lines | text | tree | facts | facts, to tree |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (shape, name) in shapes {
        for lines in SIZES {
            let (source, _) = shape.program(lines);
            let before = allocator::held();
            let text = Text::new(&source);
            let with_text = allocator::held();
            let syntax = Syntax::parse(&text);
            let with_tree = allocator::held();
            let scopes = Scopes::new(&text, &syntax);
            let with_facts = allocator::held();
            drop(scopes);
            let kept = |before: usize, after: usize| {
                after.saturating_sub(before) as f64 / source.len() as f64
            };
            let tree = kept(with_text, with_tree);
            let facts = kept(with_tree, with_facts);
            println!(
                "| {name} | {lines} | {:.2} | {tree:.2} | {facts:.2} | {:.2} |",
                kept(before, with_text),
                facts / tree,
            );
        }
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let clock = Clock::start();
    let result = std::hint::black_box(work());
    (clock.elapsed(), result)
}

/// What so many of a hundred are at most.
fn at(times: &[Duration], percent: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    times
        .get((times.len() * percent / 100).min(last))
        .copied()
        .unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
