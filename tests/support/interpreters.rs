//! The CPythons of this machine, as judges.

use std::path::{Path, PathBuf};
use std::process::Command;

use cella::scope::PythonVersion;

/// An interpreter of this version: the one that `CELLA_PYTHON_3_14` (or the like) names, or one in pyenv's
/// folder, or in the path.
pub fn interpreter(version: PythonVersion) -> Option<PathBuf> {
    let named = std::env::var_os(format!(
        "CELLA_PYTHON_{}",
        version.as_str().replace('.', "_")
    ));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path =
        std::env::split_paths(&path).map(|folder| folder.join(format!("python{version}")));
    let home = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".pyenv")));
    let installed = home.and_then(|home| std::fs::read_dir(home.join("versions")).ok());
    let installed = installed
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|folder| folder.to_string_lossy().contains(&format!("/{version}.")))
        .map(|folder| folder.join("bin/python"));
    let mut candidates = named
        .map(PathBuf::from)
        .into_iter()
        .chain(installed)
        .chain(in_path);
    // pyenv's shims exist for every version and run only one of them: ask.
    let is_it = |python: &PathBuf| {
        let script = "import sys; print('%d.%d' % sys.version_info[:2])";
        let output = Command::new(python).args(["-c", script]).output();
        output.is_ok_and(|output| output.stdout.trim_ascii() == version.as_str().as_bytes())
    };
    candidates.find(is_it)
}

/// Modules of the interpreter's own library: one of every `step`.
pub fn library(python: &Path, step: usize) -> Vec<PathBuf> {
    let script = "import os; print(os.path.dirname(os.__file__))";
    let output = Command::new(python).args(["-c", script]).output();
    let output = output.map(|output| output.stdout).unwrap_or_default();
    let mut folders = vec![PathBuf::from(String::from_utf8_lossy(&output).trim())];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                let own = path
                    .file_name()
                    .is_some_and(|name| name != "site-packages" && name != "__pycache__");
                folders.extend(own.then_some(path));
            } else if path.extension().is_some_and(|ending| ending == "py") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.into_iter().step_by(step.max(1)).collect()
}
