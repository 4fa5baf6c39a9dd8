//! An unfinished line costs nobody but itself.
//!
//! Each line of `typing/lines.txt` is put at four places of real programs. Counted is what was there before
//! and is there no more: scopes (definitions, lambdas, comprehensions) and definitions of names, each with
//! its kind, its place and the scope around it. tree-sitter-python is measured beside, in the same way.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

#[path = "support/corpus.rs"]
mod corpus;
#[allow(dead_code)]
#[path = "support/items.rs"]
mod items;
#[path = "support/places.rs"]
mod places;

use std::collections::HashSet;

use cella::syntax::{Edit, NEVER, Syntax, kind};
use cella::text::{Offset, Range, Rel, Text};
use places::{Around, Place};
use tree_sitter::{Language, Parser, Tree};

const LINES: &str = include_str!("typing/lines.txt");

const PLACES: [Around; 4] = [
    Around::Module,
    Around::Function,
    Around::Method,
    Around::Nested,
];

/// Kinds of nodes that are scopes, in either grammar.
const SCOPES: &[&str] = &[
    "function_definition",
    "class_definition",
    "lambda",
    "list_comprehension",
    "set_comprehension",
    "dictionary_comprehension",
    "generator_expression",
];

/// A scope, or the name of a definition: as each grammar sees it, which is compared with itself only.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Seen {
    start: usize,
    is_scope: bool,
    /// Its kind and its parent's.
    kinds: (u16, u16),
    /// Where the scope around it starts.
    scope: Option<usize>,
}

/// The scopes and the definitions of a tree that starts at `base`; `names` are the starts of definitions.
fn survey(tree: &Tree, base: usize, names: &HashSet<usize>, into: &mut HashSet<Seen>) {
    let mut cursor = tree.walk();
    let mut scopes: Vec<(u32, usize)> = Vec::new();
    let mut parents: Vec<u16> = Vec::new();
    loop {
        let node = cursor.node();
        let depth = cursor.depth();
        while scopes.last().is_some_and(|(above, _)| *above >= depth) {
            scopes.pop();
        }
        parents.truncate(depth as usize);
        let start = base + node.start_byte();
        let is_scope = node.is_named() && SCOPES.contains(&node.kind());
        if is_scope || (node.kind() == "identifier" && names.contains(&start)) {
            into.insert(Seen {
                start,
                is_scope,
                kinds: (node.kind_id(), parents.last().copied().unwrap_or_default()),
                scope: scopes.last().map(|(_, start)| *start),
            });
        }
        if is_scope {
            scopes.push((depth, start));
        }
        parents.push(node.kind_id());
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}

/// A program that lines are put into.
struct Program {
    source: String,
    text: Text,
    syntax: Syntax,
    places: Vec<Place>,
    names: HashSet<usize>,
    ours: HashSet<Seen>,
    theirs: HashSet<Seen>,
}

impl Program {
    fn new(source: String, python: &mut Parser) -> Option<Self> {
        let whole = parser(&kind::language()).parse(&source, None)?;
        let other = python.parse(&source, None)?;
        if whole.root_node().has_error() || other.root_node().has_error() {
            return None;
        }
        let places = places::places(&whole, &source);
        let all = |around| places.iter().any(|place| place.around == around);
        if !PLACES.into_iter().all(all) {
            return None;
        }
        let text = Text::new(&source);
        let syntax = Syntax::parse(&text);
        let names = items::definitions(&whole, &source).into_iter().collect();
        let mut theirs = HashSet::new();
        survey(&other, 0, &names, &mut theirs);
        Some(Self {
            ours: of_blocks(&syntax, &names),
            source,
            text,
            syntax,
            places,
            names,
            theirs,
        })
    }

    /// The `n`th place of its kind, counted round.
    fn place(&self, around: Around, n: usize) -> &Place {
        let places: Vec<_> = self
            .places
            .iter()
            .filter(|place| place.around == around)
            .collect();
        places[n % places.len()]
    }

    /// What a line costs at a place: ours, theirs.
    fn cost(&self, place: &Place, line: &str, python: &mut Parser) -> (Cost, Cost) {
        let line = format!("{}{line}\n", place.indent);
        let inserted = Inserted {
            offset: place.offset,
            len: line.len(),
        };
        let names = self
            .names
            .iter()
            .map(|name| inserted.shift(*name))
            .collect();
        let mut text = self.text.clone();
        let at = Offset::from_usize(place.offset);
        text.replace(Range::at(at), &line);
        let edit = Edit {
            old: Range::at(at),
            new: Range::new(at, at + Rel::from_usize(line.len())),
        };
        let ours = of_blocks(&self.syntax.edit(&text, edit, NEVER).0, &names);
        let source = format!(
            "{}{line}{}",
            &self.source[..place.offset],
            &self.source[place.offset..]
        );
        let mut theirs = HashSet::new();
        if let Some(tree) = python.parse(&source, None) {
            survey(&tree, 0, &names, &mut theirs);
        }
        (
            Cost::of(&self.ours, &ours, inserted, place.home),
            Cost::of(&self.theirs, &theirs, inserted, place.home),
        )
    }
}

fn of_blocks(syntax: &Syntax, names: &HashSet<usize>) -> HashSet<Seen> {
    let mut seen = HashSet::new();
    for (start, block) in syntax.blocks() {
        survey(block.tree().unwrap(), start.to_usize(), names, &mut seen);
    }
    seen
}

fn parser(language: &Language) -> Parser {
    let mut parser = Parser::new();
    parser.set_language(language).unwrap();
    parser
}

#[derive(Clone, Copy)]
struct Inserted {
    offset: usize,
    len: usize,
}

impl Inserted {
    fn shift(self, at: usize) -> usize {
        if at < self.offset { at } else { at + self.len }
    }
}

/// How much there was, and how much of it is lost.
#[derive(Clone, Copy, Default)]
struct Cost {
    scopes: usize,
    lost_scopes: usize,
    names: usize,
    lost_names: usize,
    /// Of those, how many are not in the definition that the line was put into.
    strays: usize,
}

impl Cost {
    fn of(
        before: &HashSet<Seen>,
        after: &HashSet<Seen>,
        inserted: Inserted,
        home: Option<(usize, usize)>,
    ) -> Self {
        let mut cost = Self::default();
        for seen in before {
            let now = Seen {
                start: inserted.shift(seen.start),
                scope: seen.scope.map(|scope| inserted.shift(scope)),
                ..*seen
            };
            let lost = usize::from(!after.contains(&now));
            let strays = home.is_some_and(|(start, end)| seen.start < start || seen.start >= end);
            cost.strays += if strays { lost } else { 0 };
            if seen.is_scope {
                cost.scopes += 1;
                cost.lost_scopes += lost;
            } else {
                cost.names += 1;
                cost.lost_names += lost;
            }
        }
        cost
    }

    fn add(&mut self, other: Self) {
        self.scopes += other.scopes;
        self.lost_scopes += other.lost_scopes;
        self.names += other.names;
        self.lost_names += other.lost_names;
        self.strays += other.strays;
    }

    fn lost(self) -> usize {
        self.lost_scopes + self.lost_names
    }
}

/// The costs of the lines of one topic.
#[derive(Default)]
struct Row {
    lines: usize,
    ours: Cost,
    theirs: Cost,
}

/// Programs of the standard library, long enough to have something to lose.
fn programs(python: &mut Parser) -> Vec<Program> {
    const PROGRAMS: usize = 6;
    let readable = corpus::stdlib(400).into_iter();
    let sized = readable.filter(|(_, source)| (6_000..16_000).contains(&source.len()));
    let usable = sized.filter_map(|(_, source)| Program::new(source, python));
    usable.take(PROGRAMS).collect()
}

#[test]
fn an_unfinished_line_costs_nobody_but_itself() {
    let mut python = parser(&tree_sitter_python::LANGUAGE.into());
    let programs = programs(&mut python);
    if programs.is_empty() {
        return;
    }
    let mut rows: Vec<(&str, Row)> = Vec::new();
    let mut worst: Vec<(usize, String)> = Vec::new();
    for (n, line) in LINES.lines().filter(|line| !line.is_empty()).enumerate() {
        if let Some(topic) = line.strip_prefix("## ") {
            rows.push((topic, Row::default()));
            continue;
        }
        let (_, row) = rows.last_mut().unwrap();
        row.lines += 1;
        for (m, around) in PLACES.into_iter().enumerate() {
            let program = &programs[(n + m) % programs.len()];
            let place = program.place(around, n);
            let (ours, theirs) = program.cost(place, line, &mut python);
            row.ours.add(ours);
            row.theirs.add(theirs);
            if ours.lost() > 0 {
                let before = program.source[..place.offset].lines().count();
                let next = program.source[place.offset..].lines().next();
                worst.push((
                    ours.lost(),
                    format!(
                        "{line:24} {around:?} line {before} before {:?}: {} scopes, {} names, {} strays",
                        next.unwrap_or_default(),
                        ours.lost_scopes,
                        ours.lost_names,
                        ours.strays
                    ),
                ));
            }
        }
    }
    let all = report(&rows, worst);
    // At most one in a hundred.
    assert!(all.ours.lost_scopes * 100 <= all.ours.scopes);
    assert!(all.ours.lost_names * 100 <= all.ours.names);
    // And next to nothing outside the definition that the line is in.
    assert!(all.ours.strays * 10_000 <= all.ours.names);
}

fn report(rows: &[(&str, Row)], mut worst: Vec<(usize, String)>) -> Row {
    println!(
        "| topic | lines | scopes lost | names lost | strays | tree-sitter-python: scopes lost | names lost | strays |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut all = Row::default();
    for (topic, row) in rows {
        print_row(topic, row);
        all.lines += row.lines;
        all.ours.add(row.ours);
        all.theirs.add(row.theirs);
    }
    print_row("all", &all);
    worst.sort_by_key(|(lost, _)| std::cmp::Reverse(*lost));
    println!();
    let astray = worst
        .iter()
        .filter(|(_, case)| !case.ends_with(" 0 strays"));
    for (_, case) in astray.chain(worst.iter().take(20)) {
        println!("{case}");
    }
    all
}

fn print_row(topic: &str, row: &Row) {
    let share = |lost: usize, all: usize| {
        format!("{lost} ({:.2} %)", 100.0 * lost as f64 / all.max(1) as f64)
    };
    println!(
        "| {topic} | {} | {} | {} | {} | {} | {} | {} |",
        row.lines,
        share(row.ours.lost_scopes, row.ours.scopes),
        share(row.ours.lost_names, row.ours.names),
        row.ours.strays,
        share(row.theirs.lost_scopes, row.theirs.scopes),
        share(row.theirs.lost_names, row.theirs.names),
        row.theirs.strays,
    );
}
