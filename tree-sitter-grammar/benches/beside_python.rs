//! The grammar beside tree-sitter-python, on the same texts in the same run:
//! `cargo bench -p tree-sitter-cella --bench beside_python [-- FILTER]`, with Criterion's filters:
//! `reparse/.*/100000`, `cold`, `size`.
//!
//! - `reparse`: a letter typed and deleted again. Time, and what the parser's log counts.
//! - `cold`: the first parse of the standard library's files.
//! - `size`: states of the parser, and what a tree takes of memory.
//!
//! Times are the processor's. Of them only the ratios mean something elsewhere, and a table at the end has
//! those; counts and sizes are exact.

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
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Bencher, BenchmarkGroup, Criterion, SamplingMode, Throughput};
use shapes::{PLACES, SHAPES, edit, place};
use steps::Steps;
use tree_sitter::{Language, Parser, Tree};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// Files of the standard library.
const FILES: usize = 150;

/// Ours and theirs, with so many samples of each: a reparse of theirs can take a second.
const GRAMMARS: [(&str, usize); 2] = [("cella", 40), ("tree-sitter-python", 10)];

fn main() {
    memory::count();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut filters = words.iter().filter(|word| !word.starts_with('-'));
    if filters.clone().next().is_none() || filters.any(|word| word == "size") {
        size();
    }
    let mut criterion = Criterion::default()
        .with_measurement(Processor)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(500))
        .configure_from_args();
    let speeds = cold(&mut criterion);
    let rows = reparse(&mut criterion);
    criterion.final_summary();
    print_tables(speeds, &rows);
}

/// The processor's time: a busy machine doesn't count.
struct Processor;

impl Measurement for Processor {
    type Intermediate = Clock;
    type Value = Duration;

    fn start(&self) -> Clock {
        Clock::start()
    }

    fn end(&self, start: Clock) -> Duration {
        start.elapsed()
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, time: &Duration) -> f64 {
        time.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

type Group<'a> = BenchmarkGroup<'a, Processor>;

/// Measures the two grammars with what `make` makes of each. What a filter leaves out is never made.
fn beside<T>(
    mut group: Group,
    make: impl Fn(&Language) -> T,
    measure: impl Fn(&mut T, &mut Bencher<Processor>),
) -> Option<[T; 2]> {
    group.sampling_mode(SamplingMode::Flat);
    let mut made = [None, None];
    for ((made, language), (name, samples)) in made.iter_mut().zip(languages()).zip(GRAMMARS) {
        group.sample_size(samples);
        group.bench_function(name, |bencher| {
            measure(made.get_or_insert_with(|| make(&language)), bencher);
        });
    }
    group.finish();
    let [ours, theirs] = made;
    Some([ours?, theirs?])
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

/// A place in a text, and what ours and theirs took.
struct Row {
    place: String,
    took: [Took; 2],
}

struct Took {
    median: Duration,
    p95: Duration,
    /// Of the last keystroke.
    steps: Steps,
}

fn reparse(criterion: &mut Criterion<Processor>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, shape) in SHAPES {
        for lines in SIZES {
            let text = shape(lines);
            for (at, share) in PLACES {
                let byte = place(&text, share);
                let group = criterion.benchmark_group(format!("reparse/{name}/{lines}/{at}"));
                let make = |language: &Language| Typist::new(language, &text, byte);
                let typists = beside(group, make, |typist, bencher| {
                    bencher.iter_custom(|turns| (0..turns).map(|_| typist.turn()).sum());
                });
                rows.extend(typists.map(|typists| Row {
                    place: format!("{name} | {lines} | {at}"),
                    took: typists.map(Typist::took),
                }));
            }
        }
    }
    rows
}

/// Types a letter and deletes it again, over and over.
struct Typist {
    parser: Parser,
    /// With the letter, and without it.
    texts: [String; 2],
    byte: usize,
    tree: Tree,
    times: Vec<Duration>,
}

impl Typist {
    fn new(language: &Language, text: &str, byte: usize) -> Self {
        let mut parser = parser(language);
        let mut typed = text.to_owned();
        typed.insert(byte, 'q');
        Self {
            tree: parser.parse(text, None).expect("nothing cancels it"),
            parser,
            texts: [typed, text.to_owned()],
            byte,
            times: Vec::new(),
        }
    }

    /// Edits the tree as the next keystroke does; the text behind that.
    fn type_on(&mut self) -> &str {
        let deletes = self.times.len() % 2;
        let edit = edit(&self.texts[1], self.byte, deletes, 1 - deletes);
        self.tree.edit(&edit);
        &self.texts[deletes]
    }

    fn turn(&mut self) -> Duration {
        self.type_on();
        let text = &self.texts[self.times.len() % 2];
        let start = Clock::start();
        let tree = self.parser.parse(text, Some(&self.tree));
        self.times.push(start.elapsed());
        self.tree = tree.expect("nothing cancels it");
        self.times[self.times.len() - 1]
    }

    fn took(mut self) -> Took {
        let text = self.type_on().to_owned();
        let steps = steps::count(&mut self.parser, &text, Some(&self.tree)).1;
        self.times.sort_unstable();
        let at = |percent: usize| self.times[(self.times.len() - 1) * percent / 100];
        Took {
            median: at(50),
            p95: at(95),
            steps,
        }
    }
}

/// The median times of a first parse of all files, ours and theirs.
fn cold(criterion: &mut Criterion<Processor>) -> Option<[Duration; 2]> {
    let files = corpus::stdlib(FILES);
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let mut group = criterion.benchmark_group("cold");
    group.throughput(Throughput::Bytes(bytes as u64));
    let make = |language: &Language| (language.clone(), Vec::new());
    let times = beside(group, make, |(language, times), bencher| {
        bencher.iter_custom(|turns| {
            let turn = |_| {
                let start = Clock::start();
                for (_, text) in &files {
                    parser(language).parse(text, None);
                }
                times.push(start.elapsed());
                times[times.len() - 1]
            };
            (0..turns).map(turn).sum()
        });
    })?;
    Some(times.map(|(_, mut times)| {
        times.sort_unstable();
        times[times.len() / 2]
    }))
}

fn print_tables(cold: Option<[Duration; 2]>, rows: &[Row]) {
    let ratio = |ours: Duration, theirs: Duration| theirs.as_secs_f64() / ours.as_secs_f64();
    if let Some([ours, theirs]) = cold {
        println!("\nfirst parse: {:.2} times as fast", ratio(ours, theirs));
    }
    if rows.is_empty() {
        return;
    }
    println!(
        "\n| shape | lines | letter at | median | p95 | tokens read, nodes built, taken over | theirs: median | tokens read, nodes built, taken over | ratio |"
    );
    println!("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for Row { place, took } in rows {
        let [ours, theirs] = took;
        println!(
            "| {place} | {:.3} ms | {:.3} ms | {} | {:.3} ms | {} | {:.0} |",
            millis(ours.median),
            millis(ours.p95),
            shown(ours.steps),
            millis(theirs.median),
            shown(theirs.steps),
            ratio(ours.median, theirs.median),
        );
    }
}

fn shown(steps: Steps) -> String {
    format!("{}, {}, {}", steps.tokens, steps.built, steps.reused)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
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
