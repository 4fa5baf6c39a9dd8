//! What the fuzzers found: for each branch of the program that they reached an input that reaches it, held
//! to what they hold. The inputs are in `fuzz/seeds/`, the checks in `fuzz/checks/`.

#[path = "../fuzz/checks/edits.rs"]
mod edits;
#[path = "../fuzz/checks/framing.rs"]
mod framing;
#[path = "../fuzz/checks/parse.rs"]
mod parse;
#[path = "../fuzz/checks/plain.rs"]
mod plain;
#[path = "../fuzz/checks/positions.rs"]
mod positions;
#[path = "../fuzz/checks/scopes.rs"]
mod scopes;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Holds every input of a fuzzer to its check, and names those that don't pass.
fn holds(fuzzer: &str, check: fn(&[u8])) {
    let folder = Path::new("fuzz/seeds").join(fuzzer);
    let (mut inputs, mut failed) = (0, Vec::new());
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let input = std::fs::read(&path).unwrap();
        inputs += 1;
        if catch_unwind(AssertUnwindSafe(|| check(&input))).is_err() {
            failed.push(path);
        }
    }
    assert!(inputs > 0 && failed.is_empty(), "{inputs}: {failed:?}");
}

#[test]
fn edits() {
    holds("edits", edits::check);
}

#[test]
fn framing() {
    holds("framing", framing::check);
}

#[test]
fn parse() {
    holds("parse", parse::check);
}

#[test]
fn positions() {
    holds("positions", positions::check);
}

#[test]
fn scopes() {
    holds("scopes", scopes::check);
}
