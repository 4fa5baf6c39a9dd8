//! The trees of a document's blocks say what CPython's `ast` says: the same definitions, parameters, targets,
//! names with their use, calls, comprehensions, lambdas, patterns, interpolations, at the same places.
//!
//! On files spread over the standard library of the `python3` on this machine. `examples/shape.rs` compares
//! all the files of any version, and the trees of whole files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

#[path = "support/corpus.rs"]
mod corpus;
#[allow(dead_code)]
#[path = "support/items.rs"]
mod items;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use cella::syntax::Syntax;
use cella::text::Text;

#[test]
fn blocks_say_what_the_ast_of_cpython_says() {
    let mut shown = String::new();
    for (path, source) in corpus::stdlib(120) {
        writeln!(shown, "file {}", path.display()).unwrap();
        for (start, block) in Syntax::parse(&Text::new(&source)).blocks() {
            let start = start.to_usize();
            for item in items::items(block.tree().unwrap(), &source[start..], start) {
                writeln!(shown, "{item}").unwrap();
            }
        }
    }
    if shown.is_empty() {
        eprintln!("no python3 on this machine: nothing to compare with");
        return;
    }
    let mut python = Command::new("python3")
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/python/shape.py"
        ))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = python.stdin.take().unwrap();
    // Beside reading: either end may have to wait for the other.
    let writer = std::thread::spawn(move || input.write_all(shown.as_bytes()));
    let answer = python.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let report = String::from_utf8_lossy(&answer.stdout);
    println!("{report}");
    assert!(answer.status.success(), "{report}");
}
