//! Reading a program from a file, with an error that says what is wrong with it.

use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use super::{Failure, encoding};
use crate::ide::{Config, Language};
use crate::scope::PythonVersion;
use crate::server::project::Project;

/// Largest file that is read, in bytes.
const MAX_SIZE: u64 = 1 << 30;

/// Reads a program. `-` is standard input.
pub fn read(path: &Path) -> Result<String, Failure> {
    text_of(path, bytes(path)?)
}

/// The text of a program, without a byte order mark.
pub fn text_of(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    let source = encoding::decode(bytes).map_err(|why| failure(path, &why))?;
    Ok(source
        .strip_prefix('\u{feff}')
        .map_or_else(|| source.clone(), str::to_owned))
}

fn failure(path: &Path, why: &str) -> Failure {
    Failure(format!("{}: {why}", path.display()))
}

/// The bytes of a program. `-` is standard input.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin()
            .lock()
            .take(MAX_SIZE + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_SIZE + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| failure(path, &reason(&error)))?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(failure(
            path,
            "is larger than 1 GiB, and more isn't read; leave it out",
        ));
    }
    if bytes.contains(&0) {
        return Err(failure(
            path,
            "is a binary file, for it holds a NUL byte; name a text file",
        ));
    }
    Ok(bytes)
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
