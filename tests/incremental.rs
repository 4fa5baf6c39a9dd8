//! After any edits, text, trees, facts and answers are what they would be had the text been read anew.
//!
//! Random edits of the cases and of parts of the standard library, the same in every run.
//! `CELLA_EDITS=1000000 cargo test --release --test incremental -- --nocapture` makes so many, of which
//! `CELLA_SEED=7` chooses others.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/fresh.rs"]
mod fresh;

use std::path::Path;

use fresh::{Act, Edited};
use proptest::prelude::{any, prop};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

/// Edits of one text, one on top of the other.
const ROUND: usize = 24;

fn number(variable: &str, or: u64) -> u64 {
    let value = std::env::var(variable).ok();
    value.and_then(|value| value.parse().ok()).unwrap_or(or)
}

/// The cases, as they are and indented in one class, so that most edits stay in one block; and parts of real files.
fn sources() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "py"));
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        let source = std::fs::read_to_string(path).unwrap();
        let indented: String = source.lines().map(|line| format!("    {line}\n")).collect();
        sources.extend([source, format!("class Everything:\n{indented}")]);
    }
    for (_, source) in corpus::stdlib(400) {
        sources.extend(sections(&source).filter(|section| (200..1_500).contains(&section.len())));
    }
    sources
}

/// A module cut before its functions and classes.
fn sections(source: &str) -> impl Iterator<Item = String> {
    let mut sections = vec![String::new()];
    for line in source.split_inclusive('\n') {
        if line.starts_with(['d', 'c', '@', 'a']) {
            sections.push(String::new());
        }
        if let Some(last) = sections.last_mut() {
            last.push_str(line);
        }
    }
    sections.into_iter()
}

/// Types `typed` at `$0`.
#[track_caller]
fn check(source: &str, typed: &str) {
    let at = source.find("$0").unwrap();
    let mut edited = Edited::new(&source.replace("$0", ""));
    edited.replace(&[(at, 0, typed)]);
    assert_eq!(edited.check(0), Ok(()), "{source:?}");
}

#[test]
fn a_statement_without_a_width_is_not_lost() {
    check("for a $0aa and\n(", "x");
}

/// The second statement starts a chunk, by its hash.
#[test]
fn a_first_chunk_that_was_taken_over_says_nothing_of_the_rest() {
    check(
        "def\n  s\n  ode_mblMoc(pe_odType\n  __ c k\n async def $0):(\nexcept",
        "(",
    );
}

/// With the first line in front, the block is less indented, and the last line stands in the `else`.
#[test]
fn a_statement_that_was_read_alike_says_nothing_of_what_follows() {
    check(
        "if y==S\n $0\n        if'':\n         v\n#\n        (\n        if'':\n         m\n        else\n        \\\ns",
        "[",
    );
}

#[test]
fn the_first_statement_of_a_body_is_not_lost() {
    check("$0", "x");
    check("\n $0", "x");
    check("if a:$0\n", "b");
    check("if a:\n    $0", "b");
    check("def f():\n    $0\n", "return a");
    check("class C:\n    $0a\n    b\n", "c\n    ");
    check("class C:\n    $0a; b\n    c\n", "d; ");
}

#[test]
fn random_edits_lead_to_what_a_fresh_reading_says() {
    let sources = sources();
    let edits = usize::try_from(number("CELLA_EDITS", 480)).unwrap();
    let config = Config {
        cases: u32::try_from(edits.div_ceil(ROUND)).unwrap(),
        rng_seed: RngSeed::Fixed(number("CELLA_SEED", 1)),
        failure_persistence: None,
        ..Config::default()
    };
    let acts = prop::collection::vec(any::<Act>(), ROUND);
    let script = (0..sources.len(), acts, any::<u32>());
    let check = |(source, acts, ask): (usize, Vec<Act>, u32)| {
        let mut edited = Edited::new(&sources[source]);
        for (number, act) in (0..).zip(acts) {
            edited.act(act);
            let checked = edited.check(ask ^ number);
            checked.map_err(|difference| {
                TestCaseError::fail(format!("edit {number}: {difference}"))
            })?;
        }
        Ok(())
    };
    TestRunner::new(config).run(&script, check).unwrap();
    println!("{edits} edits of {} texts: nothing differs", sources.len());
}
