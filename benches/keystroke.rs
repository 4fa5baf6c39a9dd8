//! What a keystroke costs: a letter typed in the middle of a file, then a hover on a captured name, and
//! the hints and tokens of the 60 lines around it.
//!
//! `cargo bench --bench keystroke`. Times are of this machine; the last columns are ratios, which are
//! not: to the same edit at 1,000 lines, and to the analysis of the whole file anew.

#[path = "support/programs.rs"]
mod programs;

use std::time::{Duration, Instant};

use cella::document::{Change, Document, Snapshot};
use cella::ide::{Config, hover, inlay_hints, semantic_tokens};
use cella::syntax::NEVER;
use cella::text::{Offset, Range};
use programs::Shape;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// Typed letter by letter; unfinished on most keystrokes, as code is.
const TYPED: &str = "def make(count):\n    step = count + 1\n    return lambda x: f(x[1:], step, f\"{count!r:>{step}}\")\n";

fn main() {
    println!(
        "| shape | lines | edit p50 | p99 | worst | hover p50 | hints p50 | tokens p50 | whole file anew | edit, to 1,000 lines | anew, to edit |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (shape, name) in Shape::ALL {
        let mut smallest = None;
        for lines in SIZES {
            let row = measure(shape, lines);
            let base = *smallest.get_or_insert(row.edit.p50);
            let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
            println!(
                "| {name} | {lines} | {:.3} ms | {:.3} ms | {:.3} ms | {:.3} ms | {:.3} ms | {:.3} ms | {:.1} ms | {:.2} | {:.0} |",
                ms(row.edit.p50),
                ms(row.edit.p99),
                ms(row.edit.worst),
                ms(row.hover.p50),
                ms(row.hints.p50),
                ms(row.tokens.p50),
                ms(row.anew),
                ratio(row.edit.p50, base),
                ratio(row.anew, row.edit.p50),
            );
        }
    }
}

struct Row {
    edit: Spread,
    hover: Spread,
    hints: Spread,
    tokens: Spread,
    anew: Duration,
}

struct Spread {
    p50: Duration,
    p99: Duration,
    worst: Duration,
}

impl Spread {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: usize| {
            times
                .get((times.len() * share / 100).min(times.len() - 1))
                .copied()
                .unwrap_or_default()
        };
        Self {
            p50: at(50),
            p99: at(99),
            worst: at(100),
        }
    }
}

fn measure(shape: Shape, lines: usize) -> Row {
    let (source, middle) = shape.program(lines);
    let anew = Spread::of((0..3).map(|_| timed(|| Snapshot::new(&source)).0).collect()).p50;
    let mut document = Document::new(&source);
    let config = Config::default();
    let [mut edits, mut hovers, mut hints, mut tokens] = [const { Vec::new() }; 4];
    let typed = TYPED.replace('\n', &format!("\n{}", shape.indent()));
    let typed = format!("{}{typed}", shape.indent());
    for _ in 0..3 {
        let mut at = Offset::from_usize(middle);
        for letter in typed.chars() {
            let letter = letter.to_string();
            let after = Offset::from_usize(at.to_usize() + letter.len());
            let change = Change {
                range: Range::at(at),
                text: letter,
            };
            edits.push(timed(|| document.edit(&[change], NEVER)).0);
            let snapshot = document.snapshot();
            hovers.push(timed(|| hover(&snapshot, Offset::from_usize(middle + 8), &config)).0);
            let line = snapshot.text.line_of(at);
            let visible = Range::new(
                snapshot.text.line_start(line.saturating_sub(30)),
                snapshot.text.line_start(line + 30),
            );
            hints.push(timed(|| inlay_hints(&snapshot, visible, &config)).0);
            tokens.push(timed(|| semantic_tokens(&snapshot, visible, &config)).0);
            at = after;
        }
        document.edit(
            &[Change {
                range: Range::new(Offset::from_usize(middle), at),
                text: String::new(),
            }],
            NEVER,
        );
    }
    Row {
        edit: Spread::of(edits),
        hover: Spread::of(hovers),
        hints: Spread::of(hints),
        tokens: Spread::of(tokens),
        anew,
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = std::hint::black_box(work());
    (start.elapsed(), result)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
