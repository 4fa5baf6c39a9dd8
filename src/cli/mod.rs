//! The command line: one file a subcommand.
//!
//! Exit codes: 0 all is well, 1 something was found (or nothing, where something was asked for), 2 it
//! could not be done. What could not be done is one line on standard error, naming the file.

mod check;
mod encoding;
mod explain;
mod replay;
mod report;
mod schema;
mod scopes;
mod serve;
mod source;

use std::ffi::OsString;
use std::fmt;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::scope::PythonVersion;

/// A language server for closures: what each name means when functions nest.
///
/// Alone, or with flags that editors pass, it speaks the language server protocol on its standard
/// input and output.
#[derive(Parser)]
#[command(name = "cella", version, max_term_width = 100)]
struct Cella {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Explain(explain::Explain),
    Check(check::Check),
    Scopes(scopes::Scopes),
    Serve(serve::Serve),
    Schema(schema::Schema),
    Record(replay::Record),
    Replay(replay::Replay),
}

/// How a command ended, if it could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Clean,
    /// Exit code 1.
    Found,
}

/// Why a command could not run: one line that says what to do. Exit code 2.
#[derive(Debug)]
pub struct Failure(pub String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Runs the command line; `args` begins with the program's own name.
pub fn run(args: Vec<OsString>) -> ExitCode {
    let outcome = match serve::flags(&args) {
        Some(flags) => serve::run(&flags),
        None => dispatch(&args),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(failure) => {
            anstream::eprintln!("cella: {failure}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(args: &[OsString]) -> Result<Outcome, Failure> {
    let matches = match Cella::command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            error.print()?;
            return if error.use_stderr() {
                std::process::exit(2)
            } else {
                Ok(Outcome::Clean)
            };
        }
    };
    match Cella::from_arg_matches(&matches)?.command {
        Command::Explain(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Scopes(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Record(command) => command.run(),
        Command::Replay(command) => command.run(),
    }
}

/// Reads `--python-version`.
fn python_version(text: &str) -> Result<PythonVersion, String> {
    text.parse()
        .map_err(|error: crate::scope::UnknownVersion| error.to_string())
}
