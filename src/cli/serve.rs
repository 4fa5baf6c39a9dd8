//! `cella serve`: the language server, with the flags that editors pass.
//!
//! Editors add flags of their own, so a flag that isn't known is logged and left aside; a server
//! that refuses it would be started, and fail, five times. That is why `clap` doesn't read these.

use std::ffi::OsString;
use std::fs::File;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use tracing::level_filters::LevelFilter;

use super::{Failure, Outcome, source};
use crate::server::{self, Channel, Options, log};

/// Speak the language server protocol (also without any subcommand)
#[derive(Args)]
#[command(allow_hyphen_values = true)]
pub struct Serve {
    /// Speak on standard input and output, which is the default
    #[arg(long)]
    stdio: bool,
    /// Connect to a socket file, or a named pipe on Windows
    #[arg(long, value_name = "NAME")]
    pipe: Option<PathBuf>,
    /// Connect to a port of this machine
    #[arg(long, visible_alias = "port", value_name = "PORT")]
    socket: Option<u16>,
    /// End when this process does
    #[arg(long = "clientProcessId", value_name = "ID")]
    client_process: Option<u32>,
    /// What to log: off, error, warn, info, debug or trace; also as CELLA_LOG, or as a setting
    #[arg(long, value_name = "LEVEL")]
    log_level: Option<String>,
    /// Log to a file, not to standard error
    #[arg(long, value_name = "FILE")]
    log_file: Option<PathBuf>,
    /// Keep the session in a file, one message a line; also as CELLA_RECORD
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

impl Serve {
    /// Never called: [`flags`] takes every command line that serves. `clap` only prints the help.
    pub fn run(self) -> Result<Outcome, Failure> {
        run(&Flags::default())
    }
}

/// What the command line says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Flags {
    options: Options,
    log_level: Option<String>,
    log_file: Option<PathBuf>,
    unknown: Vec<String>,
    wrong: Option<String>,
}

/// The flags, if `args` says to serve: `cella`, `cella serve …` or `cella --…`, unless it asks for
/// help or the version.
pub fn flags(args: &[OsString]) -> Option<Flags> {
    let args: Vec<_> = args
        .iter()
        .skip(1)
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    let asks = |arg: &String| matches!(arg.as_str(), "-h" | "--help" | "-V" | "--version");
    let serves = args
        .first()
        .is_none_or(|first| first == "serve" || first.starts_with('-'));
    if !serves || args.iter().any(asks) {
        return None;
    }
    let rest = args.iter().skip(usize::from(
        args.first().is_some_and(|first| first == "serve"),
    ));
    Some(read(rest.map(String::as_str)))
}

fn read<'a>(args: impl Iterator<Item = &'a str>) -> Flags {
    let mut flags = Flags::default();
    let mut args = args.peekable();
    while let Some(arg) = args.next() {
        let (name, joined) = match arg.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (arg, None),
        };
        let mut value = || joined.or_else(|| args.next_if(|next| !next.starts_with('-')));
        match name {
            "--stdio" => flags.options.channel = Channel::Stdio,
            "--pipe" => match value() {
                Some(name) => flags.options.channel = Channel::Pipe(name.into()),
                None => {
                    flags.wrong = Some("--pipe needs a name, as in --pipe=/tmp/editor.sock".into())
                }
            },
            // `--socket --port=N` is one of the spellings.
            "--socket" | "--port" => match value().map(str::parse) {
                Some(Ok(port)) => flags.options.channel = Channel::Socket(port),
                None if name == "--socket" => {}
                _ => {
                    flags.wrong = Some(format!(
                        "{name} needs the number of a port, as in {name}=9257"
                    ))
                }
            },
            "--clientProcessId" => match value().map(str::parse) {
                Some(Ok(process)) => flags.options.client_process = Some(process),
                _ => flags.unknown.push(arg.into()),
            },
            "--node-ipc" => {
                flags.wrong = Some("--node-ipc is for servers in Node; use --stdio".into());
            }
            "--log-level" => flags.log_level = value().map(str::to_owned),
            "--log-file" => flags.log_file = value().map(PathBuf::from),
            "--record" => flags.options.record = value().map(PathBuf::from),
            _ => flags.unknown.push(arg.into()),
        }
    }
    flags
}

/// Serves on standard input and output, and keeps the session in `file`.
pub fn record(file: PathBuf) -> Result<Outcome, Failure> {
    let options = Options {
        record: Some(file),
        ..Options::default()
    };
    run(&Flags {
        options,
        ..Flags::default()
    })
}

/// Serves. Exit code 1 if the client ended the session without `shutdown`, as the protocol says.
pub fn run(flags: &Flags) -> Result<Outcome, Failure> {
    if let Some(wrong) = &flags.wrong {
        return Err(Failure(wrong.clone()));
    }
    let level = flags
        .log_level
        .clone()
        .or_else(|| std::env::var("CELLA_LOG").ok());
    let level: Option<LevelFilter> = level.map(|level| parse(&level)).transpose()?;
    let file = flags.log_file.as_deref().map(create).transpose()?;
    let level = log::start(level, file);
    for unknown in &flags.unknown {
        tracing::info!("flag {unknown} is not known and left aside; see cella serve --help");
    }
    if flags.options.channel == Channel::Stdio && std::io::stdin().is_terminal() {
        anstream::eprintln!("cella: waiting for an editor on standard input; see cella --help");
    }
    let mut options = flags.options.clone();
    options.record = options
        .record
        .or_else(|| std::env::var_os("CELLA_RECORD").map(PathBuf::from));
    // What can't be written is told here, where its name is known.
    options.record.as_deref().map(create).transpose()?;
    let orderly = server::serve(options, level).map_err(|error| {
        let channel = match &flags.options.channel {
            Channel::Stdio => return Failure(format!("standard input and output: {error}")),
            Channel::Socket(port) => format!("port {port}"),
            Channel::Pipe(name) => name.display().to_string(),
        };
        let why = source::said(&error);
        Failure(format!(
            "{channel}: {why}; the editor has to listen there before it starts cella"
        ))
    })?;
    Ok(if orderly {
        Outcome::Clean
    } else {
        Outcome::Found
    })
}

fn parse(level: &str) -> Result<LevelFilter, Failure> {
    let wrong = || format!("log level {level}: expected off, error, warn, info, debug or trace");
    level.parse().map_err(|_| Failure(wrong()))
}

fn create(path: &Path) -> Result<File, Failure> {
    let failure = |error| {
        format!(
            "{}: can't be written: {}",
            path.display(),
            source::reason(&error)
        )
    };
    File::create(path).map_err(|error| Failure(failure(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags_of(line: &str) -> Option<Flags> {
        let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        flags(&args)
    }

    #[track_caller]
    fn check(line: &str, channel: Channel, client_process: Option<u32>) {
        let flags = flags_of(line).unwrap();
        assert_eq!(flags.wrong, None);
        assert_eq!(
            flags.options,
            Options {
                channel,
                client_process,
                record: None
            }
        );
    }

    #[test]
    fn every_spelling_that_clients_use() {
        check("cella", Channel::Stdio, None);
        check("cella serve", Channel::Stdio, None);
        check("cella --stdio --clientProcessId=7", Channel::Stdio, Some(7));
        check(
            "cella serve --stdio --clientProcessId 7",
            Channel::Stdio,
            Some(7),
        );
        check("cella --pipe=/tmp/x", Channel::Pipe("/tmp/x".into()), None);
        check(
            "cella serve --pipe /tmp/x --foo",
            Channel::Pipe("/tmp/x".into()),
            None,
        );
        check("cella --socket=5000", Channel::Socket(5000), None);
        check("cella --socket --port=5000", Channel::Socket(5000), None);
        check("cella --port 5000", Channel::Socket(5000), None);
    }

    #[test]
    fn what_is_not_known_is_left_aside() {
        let flags = flags_of("cella --stdio --trace verbose --clientProcessId=x").unwrap();
        assert_eq!(flags.unknown, ["--trace", "verbose", "--clientProcessId=x"]);
    }

    #[test]
    fn other_commands_and_questions_are_not_for_serving() {
        for line in [
            "cella check x",
            "cella --help",
            "cella -V",
            "cella serve --help",
        ] {
            assert_eq!(flags_of(line), None, "{line}");
        }
        assert!(flags_of("cella --node-ipc").unwrap().wrong.is_some());
        assert!(flags_of("cella --port x").unwrap().wrong.is_some());
    }
}
