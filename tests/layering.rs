//! Each layer knows only those above it in the list, and outside crates stay where they belong.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

/// The layers from the top; the crates that only they, of all layers, may name stand beside them.
const LAYERS: &[(&str, &[&str])] = &[
    ("stop", &[]),
    ("text", &["ropey"]),
    ("seq", &["imbl"]),
    ("syntax", &["tree_sitter", "tree_sitter_cella"]),
    ("scope", &["tree_sitter"]),
    ("document", &[]),
    ("closure", &["tree_sitter"]),
    ("ide", &["tree_sitter"]),
    ("server", &["tower_lsp", "tokio", "tower"]),
    ("cli", &["clap", "tokio"]),
];

/// Crates that belong to some layers and to no other.
fn placed() -> impl Iterator<Item = &'static str> {
    LAYERS.iter().flat_map(|(_, crates)| crates.iter().copied())
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// The first two words of each path that a line of code names: `crate::text` or `ropey`.
fn named(line: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let line = line.split("//").next().unwrap_or_default();
    let paths = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    paths.filter(|path| path.contains("::")).map(|path| {
        let mut words = path.split("::");
        (words.next().unwrap_or_default(), words.next())
    })
}

#[test]
fn each_layer_knows_only_those_above() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let inside = file.strip_prefix(&src).unwrap();
        let layer = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs");
        let Some(rank) = LAYERS.iter().position(|(name, _)| *name == layer) else {
            continue;
        };
        let source = std::fs::read_to_string(file).unwrap();
        // A layer's tests may ask in the words of those below.
        let code = source.lines().take_while(|line| *line != "#[cfg(test)]");
        for (number, line) in code.enumerate() {
            for (first, second) in named(line) {
                let below = first == "crate"
                    && second.is_some_and(|module| {
                        LAYERS[rank + 1..].iter().any(|(name, _)| *name == module)
                    });
                let misplaced =
                    placed().any(|name| name == first) && !LAYERS[rank].1.contains(&first);
                if below || misplaced {
                    wrong.push(format!(
                        "{}:{}: {}",
                        inside.display(),
                        number + 1,
                        line.trim()
                    ));
                }
            }
        }
    }
    assert!(files.len() > 5, "the sources are where this test looks");
    assert!(
        wrong.is_empty(),
        "a layer knows too much:\n{}",
        wrong.join("\n")
    );
}
