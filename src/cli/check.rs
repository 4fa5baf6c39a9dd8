//! `cella check`: what is wrong in files and folders, as a compiler would say it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use clap::Args;
use ignore::WalkBuilder;

use super::report::{Format, Report};
use super::{Failure, Outcome, python_version, source};
use crate::document::Document;
use crate::ide;
use crate::scope::PythonVersion;

/// Stack of a thread that checks, in bytes: how deep a program nests is up to whoever wrote it.
const STACK: usize = 256 << 20;

/// Report what is wrong in files and folders
#[derive(Args)]
pub struct Check {
    /// Files, or folders in which to look for .py, .pyw and .cella files; .gitignore is respected
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The Python version whose rules say what a name means; else the project's, else the newest
    #[arg(long, value_name = "X.Y", value_parser = python_version)]
    python_version: Option<PythonVersion>,
}

impl Check {
    /// Prints all that is wrong, file by file in the order of their names.
    pub fn run(self) -> Result<Outcome, Failure> {
        let files = files(&self.paths)?;
        let reports = self.check_all(&files)?;
        let mut unread = None;
        let mut read = Vec::new();
        for report in reports {
            match report {
                Ok(report) => read.push(report),
                Err(failure) => {
                    if let Some(Failure(before)) = unread.replace(failure) {
                        anstream::eprintln!("cella: {before}");
                    }
                }
            }
        }
        self.format.print(&read)?;
        if let Some(failure) = unread {
            return Err(failure);
        }
        let found = read.iter().any(|report| !report.diagnostics.is_empty());
        Ok(if found {
            Outcome::Found
        } else {
            Outcome::Clean
        })
    }

    /// Checks the files on all cores; the reports come in the files' order.
    fn check_all(&self, files: &[PathBuf]) -> Result<Vec<Result<Report, Failure>>, Failure> {
        let cores = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(files.len());
        let queue = Mutex::new(files.iter().enumerate());
        let done = Mutex::new(Vec::with_capacity(files.len()));
        thread::scope(|scope| {
            for _ in 0..cores {
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, || {
                        while let Some((at, file)) = queue.lock().ok().and_then(|mut it| it.next())
                        {
                            let report = self.check(file);
                            if let Ok(mut done) = done.lock() {
                                done.push((at, report));
                            }
                        }
                    })?;
            }
            Ok::<_, std::io::Error>(())
        })?;
        let mut done = done
            .into_inner()
            .map_err(|_| Failure("a thread failed".into()))?;
        done.sort_by_key(|(at, _)| *at);
        Ok(done.into_iter().map(|(_, report)| report).collect())
    }

    fn check(&self, file: &Path) -> Result<Report, Failure> {
        let source = source::read(file)?;
        let snapshot = Document::new(&source).snapshot();
        let config = source::config(file, self.python_version);
        let diagnostics = ide::diagnostics(&snapshot, &config);
        Ok(Report {
            file: file.to_owned(),
            text: snapshot.text,
            diagnostics,
        })
    }
}

/// The files themselves, and those in folders that are Python's or Cella's by name. Sorted, each once.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        for entry in WalkBuilder::new(path).require_git(false).build() {
            let entry = entry?;
            if entry.file_type().is_some_and(|kind| kind.is_file()) && is_program(entry.path()) {
                files.push(entry.into_path());
            }
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn is_program(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("py" | "pyw" | "cella"))
}
