//! Cella's errors against CPython's, for every version from 3.8 to 3.14: on small programs, one point
//! each, message, line and column of the first error; on an interpreter's own library, that there is no
//! error where CPython has none, and one where it has.
//!
//! The judge of a version is an interpreter of this machine, and beside it what one has said before
//! (`tests/cases/errors/recorded/`). `CELLA_RECORD=1` writes the recorded answers anew,
//! `CELLA_WHOLE_LIBRARY=1` has the whole library judged, `CELLA_PYTHON_3_14=/path` names an interpreter.

#[path = "support/interpreters.rs"]
mod interpreters;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use cella::document::Snapshot;
use cella::scope::PythonVersion;
use interpreters::{interpreter, library};

#[test]
fn cpython_3_8() {
    judge(PythonVersion::V3_8);
}

#[test]
fn cpython_3_9() {
    judge(PythonVersion::V3_9);
}

#[test]
fn cpython_3_10() {
    judge(PythonVersion::V3_10);
}

#[test]
fn cpython_3_11() {
    judge(PythonVersion::V3_11);
}

#[test]
fn cpython_3_12() {
    judge(PythonVersion::V3_12);
}

#[test]
fn cpython_3_13() {
    judge(PythonVersion::V3_13);
}

#[test]
fn cpython_3_14() {
    judge(PythonVersion::V3_14);
}

#[track_caller]
fn judge(version: PythonVersion) {
    let recorded = root().join(format!("tests/cases/errors/recorded/{version}.tsv"));
    let interpreter = interpreter(version);
    let mut sum = Sum::default();
    if let Some(python) = &interpreter {
        let answers = ask(python, &cases());
        if std::env::var_os("CELLA_RECORD").is_some() {
            record(&recorded, &answers);
        }
        sum.compare(version, &answers);
        let all = std::env::var_os("CELLA_WHOLE_LIBRARY").is_some();
        for batch in library(python, if all { 1 } else { 40 }).chunks(200) {
            sum.compare(version, &ask(python, batch));
        }
    }
    let text = std::fs::read_to_string(&recorded).unwrap();
    sum.compare(version, &text.lines().map(answer).collect::<Vec<_>>());
    let judge = interpreter.map_or("recorded answers".to_owned(), |python| {
        python.display().to_string()
    });
    // Past the test harness, which would keep it: which judge was asked must be seen.
    let _ = writeln!(
        std::io::stderr(),
        "Python {version} by {judge}: {} programs, {} rejected, {} differ",
        sum.programs,
        sum.rejected,
        sum.differences.len()
    );
    assert!(sum.rejected > 200, "too little was compared");
    assert!(sum.differences.is_empty(), "{}", sum.differences.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("tests/cases/errors")).unwrap();
    let mut cases: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|ending| ending == "py"));
    cases.sort();
    cases
}

/// What a judge says of one file.
struct Answer {
    file: String,
    verdict: Verdict,
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Accepted,
    /// By the parser, whose words and places aren't compared.
    Parser,
    /// Line and column, message.
    Compiler(String, String),
    /// It gave up.
    None,
}

fn answer(line: &str) -> Answer {
    let mut fields = line.split('\t');
    let file = fields.next().unwrap().to_owned();
    let verdict = match (fields.next().unwrap(), fields.next(), fields.next()) {
        ("accepted", ..) => Verdict::Accepted,
        ("parser", ..) => Verdict::Parser,
        ("compiler", Some(place), Some(message)) => {
            Verdict::Compiler(place.to_owned(), message.to_owned())
        }
        _ => Verdict::None,
    };
    Answer { file, verdict }
}

fn ask(python: &Path, files: &[PathBuf]) -> Vec<Answer> {
    let mut command = Command::new(python);
    let output = command
        .arg(root().join("tests/python/errors.py"))
        .args(files)
        .env("PYTHONIOENCODING", "utf-8:replace")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Answer> = text.lines().map(answer).collect();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        answers.len(),
        files.len(),
        "{} stopped: {complaint}",
        python.display()
    );
    answers
}

fn record(path: &Path, answers: &[Answer]) {
    let mut text = String::new();
    for Answer { file, verdict } in answers {
        let name = file.rsplit('/').next().unwrap();
        let verdict = match verdict {
            Verdict::Accepted => "accepted".to_owned(),
            Verdict::Parser => "parser".to_owned(),
            Verdict::Compiler(place, message) => format!("compiler\t{place}\t{message}"),
            Verdict::None => continue,
        };
        writeln!(text, "tests/cases/errors/{name}\t{verdict}").unwrap();
    }
    std::fs::write(path, text).unwrap();
}

#[derive(Default)]
struct Sum {
    programs: usize,
    rejected: usize,
    differences: Vec<String>,
}

impl Sum {
    fn compare(&mut self, version: PythonVersion, answers: &[Answer]) {
        for Answer { file, verdict } in answers {
            let path = root().join(file.strip_prefix("/host").unwrap_or(file));
            // Other encodings are the command line's business.
            let Ok(source) = std::fs::read_to_string(&path) else {
                continue;
            };
            if *verdict == Verdict::None {
                continue;
            }
            let ours = first_error(&source, version);
            self.programs += 1;
            self.rejected += usize::from(*verdict != Verdict::Accepted);
            let same = match (verdict, &ours) {
                (Verdict::Parser, Some(_)) | (Verdict::Accepted, None) => true,
                (Verdict::Compiler(place, message), Some(ours)) => {
                    *ours == (place.clone(), message.clone())
                }
                _ => false,
            };
            if !same {
                let path = path.display();
                self.differences
                    .push(format!("{path}\n  CPython {verdict:?}\n  Cella   {ours:?}"));
            }
        }
    }
}

/// Line and column, and message.
fn first_error(source: &str, version: PythonVersion) -> Option<(String, String)> {
    let Snapshot {
        text,
        syntax,
        scopes,
    } = Snapshot::new(source.trim_start_matches('\u{feff}'));
    let error = scopes.errors(&text, &syntax, version).into_iter().next()?;
    let (line, offset) = error.line_and_offset(&text);
    Some((format!("{line}:{offset}"), error.message))
}
