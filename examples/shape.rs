//! Prints what the trees of Python files say, for `tests/python/shape.py` to compare with CPython's `ast`.
//!
//! `cargo run --release --example shape -- [--whole] FILE|DIR… | python tests/python/shape.py`. The trees
//! are those of the document's blocks, with `--whole` the one tree of the whole file.

#![allow(clippy::indexing_slicing)] // A tree's places are in its source.

#[allow(dead_code)]
#[path = "../tests/support/items.rs"]
mod items;

use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use cella::syntax::{Syntax, kind};
use cella::text::Text;
use tree_sitter::Parser;

fn main() -> std::io::Result<()> {
    let mut whole = false;
    let mut paths = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--whole" => whole = true,
            path => files(Path::new(path), &mut paths),
        }
    }
    let mut out = BufWriter::new(stdout().lock());
    for path in paths {
        let Ok(source) = std::fs::read_to_string(&path) else {
            continue;
        };
        writeln!(out, "file {}", path.display())?;
        print(&source, whole, &mut out)?;
    }
    out.flush()
}

fn print(source: &str, whole: bool, out: &mut impl Write) -> std::io::Result<()> {
    if whole {
        let mut parser = Parser::new();
        if parser.set_language(&kind::language()).is_err() {
            return Ok(());
        }
        if let Some(tree) = parser.parse(source, None) {
            for item in items::items(&tree, source, 0) {
                writeln!(out, "{item}")?;
            }
        }
        return Ok(());
    }
    for (start, block) in Syntax::parse(&Text::new(source)).blocks() {
        let start = start.to_usize();
        if let Some(tree) = block.tree() {
            for item in items::items(tree, &source[start..], start) {
                writeln!(out, "{item}")?;
            }
        }
    }
    Ok(())
}

fn files(path: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(path) else {
        return into.push(path.to_owned());
    };
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() || entry.extension().is_some_and(|ending| ending == "py") {
            files(&entry, into);
        }
    }
}
