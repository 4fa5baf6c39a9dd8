//! Reading a program from a file, with an error that says what is wrong with it.

use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use encoding_rs::Encoding;

use super::Failure;
use crate::ide::{Config, Language};
use crate::scope::PythonVersion;
use crate::server::project::Project;

/// Largest file that is read, in bytes.
const MAX_SIZE: u64 = 1 << 30;

/// Reads a program. `-` is standard input.
pub fn read(path: &Path) -> Result<String, Failure> {
    let failure = |why: &str| Failure(format!("{}: {why}", path.display()));
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin()
            .lock()
            .take(MAX_SIZE + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_SIZE + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| failure(&reason(&error)))?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(failure(
            "is larger than 1 GiB, and more isn't read; leave it out",
        ));
    }
    if bytes.contains(&0) {
        return Err(failure(
            "is a binary file, for it holds a NUL byte; name a text file",
        ));
    }
    let source = decode(bytes).map_err(|why| failure(&why))?;
    Ok(source
        .strip_prefix('\u{feff}')
        .map_or_else(|| source.clone(), str::to_owned))
}

/// The text of a program: UTF-8, or what a comment in its first two lines says (PEP 263).
fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let encoding =
        declared_encoding(&bytes).and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(encoding) = encoding.filter(|encoding| *encoding != encoding_rs::UTF_8) {
        let (text, _, wrong) = encoding.decode(&bytes);
        return match wrong {
            false => Ok(text.into_owned()),
            true => Err(format!(
                "isn't {}, as its comment says; save it so, or correct the comment",
                encoding.name()
            )),
        };
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!(
            "isn't UTF-8 at byte {at}; save it as UTF-8, or say in its first line what it is, as in \
             `# coding: latin-1`"
        )
    })
}

/// What stands behind `coding:` or `coding=` in a comment that is all of one of the first two lines, as
/// the Encoding Standard spells it.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return None;
    }
    let lines = bytes.split(|byte| *byte == b'\n').take(2);
    let comments = lines
        .map(|line| line.trim_ascii_start())
        .take_while(|line| matches!(line, [] | [b'#', ..]));
    let comments: Vec<_> = comments.map(String::from_utf8_lossy).collect();
    comments.iter().find_map(|comment| {
        let mut parts = comment
            .match_indices("coding")
            .filter_map(|(at, word)| comment.get(at + word.len()..));
        let named = parts.find_map(|rest| rest.strip_prefix([':', '=']))?;
        let label = named
            .trim_start()
            .split(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c))
            .next()?;
        Some(
            label
                .to_ascii_lowercase()
                .replace('_', "-")
                .replace("latin-", "latin"),
        )
    })
}

/// What the system says, without its number.
pub fn said(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next();
    text.unwrap_or_default().to_owned()
}

/// What the system says of a file, and what to do.
pub fn reason(error: &io::Error) -> String {
    let advice = match error.kind() {
        io::ErrorKind::NotFound => "; paths count from the current folder",
        io::ErrorKind::PermissionDenied => "; see to its permissions",
        io::ErrorKind::IsADirectory => "; name a file",
        _ => "",
    };
    said(error) + advice
}

/// What holds for a file: the settings of its project, and the version asked for on the command line.
pub fn config(path: &Path, version: Option<PythonVersion>) -> Config {
    let project = std::path::absolute(path)
        .map(|path| Project::of(&path))
        .unwrap_or_default();
    for wrong in &project.wrong {
        anstream::eprintln!("cella: {wrong}");
    }
    let (settings, _) = project.under(&Value::Null);
    let config = settings.config(language(path));
    Config {
        version: version.unwrap_or(config.version),
        ..config
    }
}

/// By which rules a file is read: Cella's, unless its name says Python.
fn language(path: &Path) -> Language {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("py" | "pyw" | "pyi") => Language::Python,
        _ => Language::Cella,
    }
}
