//! Real Python files to test on: the standard library of a Python on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Up to `limit` readable files of the standard library, spread over it; none where there is no Python.
pub fn stdlib(limit: usize) -> Vec<(PathBuf, String)> {
    let Some(root) = stdlib_root() else {
        eprintln!("no python3 on this machine: its library isn't tested on");
        return Vec::new();
    };
    let mut paths = Vec::new();
    python_files(&root, &mut paths);
    paths.sort();
    let every = paths.len().div_ceil(limit.max(1)).max(1);
    let chosen = paths.into_iter().step_by(every);
    chosen
        .filter_map(|path| Some((path.clone(), std::fs::read_to_string(path).ok()?)))
        .collect()
}

fn stdlib_root() -> Option<PathBuf> {
    let ask = "import sysconfig; print(sysconfig.get_path('stdlib'))";
    let answer = Command::new("python3").args(["-c", ask]).output().ok()?;
    let root = PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim());
    root.is_dir().then_some(root)
}

fn python_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() && name != "site-packages" {
            python_files(&path, into);
        } else if name.ends_with(".py") {
            into.push(path);
        }
    }
}
