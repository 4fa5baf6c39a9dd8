//! What a keystroke costs while people type: `typing/lines.txt` typed letter by letter, with its slips, into
//! the middle of 100,000 lines.
//!
//! `cargo bench --bench typing [-- --lines N --passes N --peer SECONDS --program NAME]`. Each keystroke is timed through
//! `Syntax::edit`, in processor time of all threads; of `passes` runs over the same keystrokes the quickest
//! counts, since what disturbs a machine disturbs other keystrokes each time. tree-sitter-python reparses the whole file, as it would in an
//! editor, for so many of the same keystrokes as fit into `SECONDS` for each program. Times are of this
//! machine; the ratios are not.
//!
//! A report and no benchmark of Criterion's: each keystroke is another one, and the percentiles are over all
//! of them, where Criterion repeats one thing to find its mean.

#![allow(clippy::expect_used, clippy::indexing_slicing)] // What it reads, it has made itself.

#[path = "typing/clock.rs"]
mod clock;
#[path = "../tests/support/corpus.rs"]
mod corpus;
#[path = "typing/peer.rs"]
mod peer;
#[path = "../tests/support/places.rs"]
mod places;
#[path = "support/programs.rs"]
mod programs;
#[path = "typing/script.rs"]
mod script;

use std::time::{Duration, Instant};

use cella::syntax::{Edit, NEVER, Syntax, kind};
use cella::text::{Offset, Range, Rel, Text};
use clock::Clock;
use peer::Peer;
use places::{Around, Place};
use programs::Shape;
use script::{Key, Topic};

/// Modules of the standard library that the programs are made of: long and short, functions and classes.
const MODULES: &[&str] = &[
    "argparse.py",
    "ast.py",
    "configparser.py",
    "dataclasses.py",
    "functools.py",
    "inspect.py",
    "mock.py",
    "pathlib.py",
    "subprocess.py",
    "tarfile.py",
    "threading.py",
    "typing.py",
];

/// What the server allows a keystroke; what is left then is parsed on a worker.
const BUDGET: Duration = Duration::from_millis(20);

fn main() {
    let lines = argument("--lines", 100_000);
    let passes = argument("--passes", 3);
    let peer = Duration::from_secs(argument("--peer", 3) as u64);
    let topics = script::topics(include_str!("typing/lines.txt"));
    println!(
        "| program | keystrokes | p50 | p99 | worst | over budget | tree-sitter-python: keystrokes | p50 | p99 | worst | ratio p50 | ratio p99 |"
    );
    println!("| --- |{}", " ---: |".repeat(11));
    let mut slowest = Vec::new();
    for program in programs(lines).into_iter().filter(is_wanted) {
        let topics: Vec<&Topic> = topics
            .iter()
            .filter(|topic| topic.is_elements() == program.in_list)
            .collect();
        let (quoted, strokes) = measure(&program, &topics, passes)
            .into_iter()
            .partition::<Vec<_>, _>(|stroke| stroke.in_triple_quote);
        let (peer_quoted, peer) = measure_peer(&program, &topics, peer)
            .into_iter()
            .partition::<Vec<_>, _>(|stroke| stroke.in_triple_quote);
        print_row(program.name, &strokes, &peer);
        if !quoted.is_empty() {
            print_row("– a triple quote open", &quoted, &peer_quoted);
        }
        slowest.extend(strokes.into_iter().map(|stroke| (program.name, stroke)));
    }
    print_slowest(slowest);
}

fn argument(name: &str, default: usize) -> usize {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    let value = arguments.nth(1).and_then(|value| value.parse().ok());
    value.unwrap_or(default)
}

/// Whether no program was named, or this one.
fn is_wanted(program: &Program) -> bool {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--program");
    let name = arguments.nth(1);
    name.is_none_or(|name| program.name.contains(&name))
}

/// A text and where to type in it.
struct Program {
    name: &'static str,
    source: String,
    offset: usize,
    indent: String,
    in_list: bool,
}

fn programs(lines: usize) -> Vec<Program> {
    let mut programs = Vec::new();
    let library = library(lines);
    if let Some((source, places)) = &library {
        let middle = source.len() / 2;
        for (around, name) in [
            (Around::Module, "library, top level"),
            (Around::Function, "library, in a function"),
            (Around::Method, "library, in a method"),
            (Around::Class, "library, in a class"),
        ] {
            let behind = |place: &&Place| place.around == around && place.offset > middle;
            if let Some(place) = places.iter().find(behind) {
                programs.push(Program {
                    name,
                    source: source.clone(),
                    offset: place.offset,
                    indent: place.indent.clone(),
                    in_list: false,
                });
            }
        }
    }
    for (shape, name) in Shape::ALL {
        let (source, offset) = shape.program(lines);
        programs.push(Program {
            name,
            source,
            offset,
            indent: shape.indent().to_owned(),
            in_list: shape == Shape::List,
        });
    }
    programs
}

/// Modules of the standard library, one behind the other and all of them again, and the places in it.
fn library(lines: usize) -> Option<(String, Vec<Place>)> {
    let mut modules = corpus::stdlib(usize::MAX);
    modules.retain(|(path, _)| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| MODULES.contains(&name))
    });
    let once: String = modules.into_iter().map(|(_, source)| source).collect();
    let times = lines / once.lines().count().max(1) + 1;
    let source = (!once.is_empty()).then(|| once.repeat(times))?;
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&kind::language()).ok()?;
    let tree = parser.parse(&source, None)?;
    let places = places::places(&tree, &source);
    Some((source, places))
}

/// Someone who types into a text, with a parser that keeps up.
trait Typist {
    /// Replaces `range` by `new` and parses; returns what the parsing took.
    fn replace(&mut self, range: Range, new: &str) -> Duration;
}

struct Ours {
    text: Text,
    syntax: Syntax,
    cost: Cost,
}

impl Ours {
    /// Parses what the budget left, as the server's worker does meanwhile.
    fn finish(&mut self) {
        if self.syntax.is_unfinished() {
            self.syntax = self.syntax.finish(&self.text, NEVER).0;
        }
    }
}

/// What was parsed for a keystroke.
#[derive(Clone, Copy, Default)]
struct Cost {
    bytes: u32,
    old_blocks: usize,
    new_blocks: usize,
}

impl Typist for Ours {
    fn replace(&mut self, range: Range, new: &str) -> Duration {
        let old = self.text.replace(range, new);
        let edit = Edit {
            old,
            new: Range::new(old.start, old.start + Rel::from_usize(new.len())),
        };
        let start = Clock::start();
        let stop = || start.elapsed() > BUDGET;
        let (syntax, changes) = self.syntax.edit(&self.text, edit, &stop);
        let time = start.elapsed();
        let parsed = syntax
            .blocks_from(changes.new.start)
            .take(changes.new.len());
        self.cost = Cost {
            bytes: parsed.map(|(_, block)| block.len().0).sum(),
            old_blocks: changes.old.len(),
            new_blocks: changes.new.len(),
        };
        self.syntax = syntax;
        time
    }
}

/// A keystroke: the line as it stands behind it, and what it took.
struct Stroke {
    time: Duration,
    line: String,
    in_triple_quote: bool,
    cost: Cost,
}

/// Types a topic on a line of its own and clears it away. `typed` is told of each keystroke, and says whether
/// to go on.
fn type_topic<T: Typist>(
    program: &Program,
    topic: &Topic,
    typist: &mut T,
    mut typed: impl FnMut(&mut T, Stroke) -> bool,
) {
    let start = Offset::from_usize(program.offset);
    typist.replace(Range::at(start), &format!("{}\n", program.indent));
    let first = start + Rel::from_usize(program.indent.len());
    let mut written = String::new();
    let mut lengths = Vec::new();
    let mut was_quoted = false;
    for key in &topic.keys {
        let cursor = first + Rel::from_usize(written.len());
        let mut line_end = "";
        let time = match key {
            Key::Letters(letters) => {
                let letters = letters.replace('\n', &format!("\n{}", program.indent));
                lengths.push(written.len());
                written.push_str(&letters);
                typist.replace(Range::at(cursor), &letters)
            }
            Key::Delete => {
                written.truncate(lengths.pop().unwrap_or_default());
                line_end = "⌫";
                typist.replace(
                    Range::new(first + Rel::from_usize(written.len()), cursor),
                    "",
                )
            }
        };
        let line = written.rsplit('\n').next().unwrap_or_default().trim_start();
        let odd = |quotes: &str| written.matches(quotes).count() % 2 == 1;
        let is_quoted = odd("\"\"\"") || odd("'''");
        let stroke = Stroke {
            time,
            line: format!("{line}{line_end}"),
            // The keystroke that closes one, too.
            in_triple_quote: std::mem::replace(&mut was_quoted, is_quoted) || is_quoted,
            cost: Cost::default(),
        };
        if !typed(typist, stroke) {
            break;
        }
    }
    let end = first + Rel::from_usize(written.len() + 1);
    typist.replace(Range::new(start, end), "");
}

fn measure(program: &Program, topics: &[&Topic], passes: usize) -> Vec<Stroke> {
    let text = Text::new(&program.source);
    let mut typist = Ours {
        syntax: Syntax::parse(&text),
        text,
        cost: Cost::default(),
    };
    let mut strokes: Vec<Stroke> = Vec::new();
    for topic in topics {
        let first = strokes.len();
        for _ in 0..passes {
            let mut n = first;
            type_topic(program, topic, &mut typist, |typist, stroke| {
                typist.finish();
                match strokes.get_mut(n) {
                    Some(before) => before.time = before.time.min(stroke.time),
                    None => strokes.push(Stroke {
                        cost: typist.cost,
                        ..stroke
                    }),
                }
                n += 1;
                true
            });
        }
    }
    strokes
}

/// The same on the whole file with tree-sitter-python until `budget` is spent: of each topic the first
/// keystrokes, so that all of them have their share.
fn measure_peer(program: &Program, topics: &[&Topic], budget: Duration) -> Vec<Stroke> {
    const OF_EACH: usize = 40;

    let mut peer = Peer::new(Text::new(&program.source));
    let start = Instant::now();
    let mut strokes = Vec::new();
    for topic in topics.iter().take_while(|_| start.elapsed() < budget) {
        let mut left = OF_EACH;
        type_topic(program, topic, &mut peer, |_, stroke| {
            strokes.push(stroke);
            left -= 1;
            left > 0 && start.elapsed() < budget
        });
    }
    strokes
}

fn print_row(name: &str, strokes: &[Stroke], peer: &[Stroke]) {
    let ours = Spread::of(strokes);
    let theirs = Spread::of(peer);
    let ratio = |theirs: Duration, ours: Duration| theirs.as_secs_f64() / ours.as_secs_f64();
    println!(
        "| {name} | {} | {:.3} ms | {:.3} ms | {:.3} ms | {} | {} | {:.1} ms | {:.1} ms | {:.1} ms | {:.0} | {:.0} |",
        strokes.len(),
        ms(ours.p50),
        ms(ours.p99),
        ms(ours.worst),
        strokes.iter().filter(|stroke| stroke.time > BUDGET).count(),
        peer.len(),
        ms(theirs.p50),
        ms(theirs.p99),
        ms(theirs.worst),
        ratio(theirs.p50, ours.p50),
        ratio(theirs.p99, ours.p99),
    );
}

fn print_slowest(mut strokes: Vec<(&str, Stroke)>) {
    strokes.sort_by_key(|(_, stroke)| std::cmp::Reverse(stroke.time));
    println!(
        "\nThe slowest without a triple quote open: the line as it stands behind the keystroke.\n"
    );
    println!("| time | bytes parsed | blocks before | after | program | line |");
    println!("| ---: | ---: | ---: | ---: | --- | --- |");
    for (program, stroke) in strokes.iter().take(argument("--slowest", 20)) {
        let Stroke {
            time, cost, line, ..
        } = stroke;
        println!(
            "| {:.2} ms | {} | {} | {} | {program} | `{line}` |",
            ms(*time),
            cost.bytes,
            cost.old_blocks,
            cost.new_blocks
        );
    }
}

struct Spread {
    p50: Duration,
    p99: Duration,
    worst: Duration,
}

impl Spread {
    fn of(strokes: &[Stroke]) -> Self {
        let mut times: Vec<Duration> = strokes.iter().map(|stroke| stroke.time).collect();
        times.sort_unstable();
        let at = |share: usize| {
            let index = (times.len() * share / 100).min(times.len().saturating_sub(1));
            times.get(index).copied().unwrap_or_default()
        };
        Self {
            p50: at(50),
            p99: at(99),
            worst: at(100),
        }
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
