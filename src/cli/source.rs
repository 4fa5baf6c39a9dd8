//! Reading a program from a file, with an error that says what is wrong with it.

use std::io::Read;
use std::path::Path;

use serde_json::Value;

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
        std::io::stdin()
            .lock()
            .take(MAX_SIZE + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_SIZE + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| failure(&reason(&error)))?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(failure("is larger than 1 GiB"));
    }
    if bytes.contains(&0) {
        return Err(failure("is a binary file: it holds a NUL byte"));
    }
    let source = String::from_utf8(bytes).map_err(|error| {
        failure(&format!(
            "isn't UTF-8 at byte {}",
            error.utf8_error().valid_up_to()
        ))
    })?;
    Ok(source
        .strip_prefix('\u{feff}')
        .map_or_else(|| source.clone(), str::to_owned))
}

/// What the system says, without its number.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or_default()
        .to_owned()
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
