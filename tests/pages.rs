//! The pages of `docs/closures/`: their programs run, and Cella shows on them what the pages say.
//!
//! `UPDATE_EXPECT=1 cargo test --test pages` writes what it shows into the pages.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use cella::document::Snapshot;
use cella::ide::{Config, hover};
use cella::text::{Offset, Rel};

fn pages() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/closures");
    let mut pages: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    pages
}

/// A page with what the hovers show now.
fn with_hovers(page: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut program = Snapshot::default();
    let mut shown: Option<String> = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push(line.to_owned());
        if let Some(asked) = line.strip_prefix("Hover `") {
            shown = Some(shown_at(&program, asked));
        }
        if line == "```python" || line == "```text" {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if line == "```python" {
                program = Snapshot::new(&format!("{}\n", body.join("\n")));
                out.extend(body.iter().map(|line| (*line).to_owned()));
            } else {
                out.push(shown.take().expect("a text block stands behind a hover"));
            }
            out.push("```".to_owned());
        }
    }
    out.join("\n") + "\n"
}

/// "exp` in line 1:", asked of the program.
fn shown_at(program: &Snapshot, asked: &str) -> String {
    let (name, rest) = asked.split_once("` in line ").unwrap();
    let line: u32 = rest.trim_end_matches(':').parse().unwrap();
    let start = program.text.line_start(line - 1);
    let text = program.text.to_string();
    let column = text[start.to_usize()..].find(name).unwrap();
    let at: Offset = start + Rel::from_usize(column);
    hover(program, at, &Config::default())
        .expect("an answer")
        .content
        .short()
        .to_plain()
}

#[test]
fn cella_shows_what_the_pages_say() {
    for path in pages() {
        let page = std::fs::read_to_string(&path).unwrap();
        let now = with_hovers(&page);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, now).unwrap();
        } else {
            assert_eq!(page, now, "{}", path.display());
        }
    }
}

#[test]
fn the_programs_run() {
    let found = Command::new("python3")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if !found.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no python3 was found in the path");
        return;
    }
    for path in pages() {
        let page = std::fs::read_to_string(&path).unwrap();
        let programs: Vec<&str> = page
            .split("```python\n")
            .skip(1)
            .filter_map(|part| part.split("```").next())
            .collect();
        assert!(!programs.is_empty(), "{}", path.display());
        for program in programs {
            let output = Command::new("python3")
                .args(["-c", program])
                .output()
                .unwrap();
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {error}", path.display());
        }
    }
}
