//! Says which files don't parse whole: `accept FILE|DIR|- …`, `-` reading paths from standard input. Prints
//! each file that has an ERROR or MISSING node with the place of the first, then the totals. Exit code 1 if
//! there was one.

use std::io::{Read, stdin};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tree_sitter::{Node, Parser, Tree};

fn main() -> ExitCode {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_cella::LANGUAGE.into())
        .expect("the language loads");
    let (mut files, mut rejected, mut bytes, mut spent) = (0, 0, 0, Duration::ZERO);
    for path in paths() {
        let Ok(text) = std::fs::read(&path) else {
            eprintln!("{}: can't be read", path.display());
            continue;
        };
        let start = Instant::now();
        let tree = parser
            .parse(&text, None)
            .expect("nothing cancels the parse");
        spent += start.elapsed();
        files += 1;
        bytes += text.len();
        if let Some(node) = first_error(&tree) {
            rejected += 1;
            let at = node.start_position();
            println!(
                "{}:{}:{} {}",
                path.display(),
                at.row + 1,
                at.column + 1,
                node.to_sexp()
            );
        }
    }
    println!(
        "{files} files, {rejected} rejected, {bytes} bytes, {:.1} MB/s",
        bytes as f64 / 1e6 / spent.as_secs_f64()
    );
    if rejected > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn paths() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for argument in std::env::args().skip(1) {
        if argument == "-" {
            let mut list = String::new();
            stdin()
                .read_to_string(&mut list)
                .expect("standard input is text");
            found.extend(list.lines().map(PathBuf::from));
        } else {
            walk(Path::new(&argument), &mut found);
        }
    }
    found
}

fn walk(path: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(path) else {
        return found.push(path.to_owned());
    };
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir()
            || entry
                .extension()
                .is_some_and(|ending| ending == "py" || ending == "cella")
        {
            walk(&entry, found);
        }
    }
}

/// The first node that the text lacks or has too much, in the order of the text.
fn first_error(tree: &Tree) -> Option<Node<'_>> {
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if node.is_error() || node.is_missing() {
            return Some(node);
        }
        if node.has_error() && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return None;
            }
        }
    }
}
