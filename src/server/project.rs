//! Settings of a project: `cella.toml`, or `[tool.cella]` in `pyproject.toml`.
//!
//! The nearest such file counts, from a program's folder upwards. Its names are those of the editor's
//! settings in TOML's way, `python-version` for `cella.pythonVersion`; `pythonVersion` is read too.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::settings::{self, Settings};

/// The settings files by name; the first that is found in a folder counts.
pub const FILES: [&str; 2] = ["cella.toml", "pyproject.toml"];

/// What a settings file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The section, named as the editor's settings are; `null` without a file.
    pub section: Value,
    /// What is wrong with the file, a sentence each that names it.
    pub wrong: Vec<String>,
}

impl Project {
    /// Reads the settings that hold for the program `file`. Reads files of every folder above it.
    pub fn of(file: &Path) -> Self {
        let folders = file.ancestors().skip(1);
        folders
            .into_iter()
            .find_map(Self::in_folder)
            .unwrap_or_default()
    }

    fn in_folder(folder: &Path) -> Option<Self> {
        FILES.iter().find_map(|name| {
            let path = folder.join(name);
            let source = std::fs::read_to_string(&path).ok()?;
            let nested = *name == "pyproject.toml";
            Self::read(&path, &source, nested)
        })
    }

    /// Reads a file's text; `nested` asks for the table `tool.cella`, and gives nothing without one.
    fn read(path: &Path, source: &str, nested: bool) -> Option<Self> {
        // Another tool's broken file isn't ours to speak of.
        if nested && !source.contains("tool.cella") {
            return None;
        }
        let table: Value = match toml::from_str(source) {
            Ok(table) => table,
            Err(error) => {
                let before = error.span().and_then(|span| source.get(..span.start));
                let line = before.map_or(1, |before| before.matches('\n').count() + 1);
                let wrong = vec![format!("{}:{line}: {}", path.display(), error.message())];
                return Some(Self {
                    section: Value::Null,
                    wrong,
                });
            }
        };
        let section = if nested {
            table.pointer("/tool/cella")?.clone()
        } else {
            table
        };
        let section = renamed(section);
        let (_, wrong) = settings::read(section.clone());
        let name = |sentence| format!("{}: {sentence}", path.display());
        Some(Self {
            section,
            wrong: wrong.into_iter().map(name).collect(),
        })
    }

    /// These settings, with the editor's laid over them. What the editor leaves at its default
    /// counts as not set, for some editors send all they have.
    pub fn under(&self, editor: &Value) -> (Settings, Vec<String>) {
        let mut merged = self.section.clone();
        if merged.is_null() {
            merged = Value::Object(serde_json::Map::new());
        }
        settings::merge(&mut merged, &without_defaults(editor));
        let (settings, _) = settings::read(merged);
        (settings, settings::read(editor.clone()).1)
    }
}

/// Names in TOML's way become those of the editor's settings. Depth is bounded by the reader's limit.
fn renamed(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let renamed = members
                .into_iter()
                .map(|(name, value)| (camel(&name), self::renamed(value)));
            Value::Object(renamed.collect())
        }
        other => other,
    }
}

/// `python-version` as `pythonVersion`.
fn camel(name: &str) -> String {
    let mut upper = false;
    let mut out = String::with_capacity(name.len());
    for ch in name.chars() {
        if matches!(ch, '-' | '_') {
            upper = true;
        } else {
            out.extend(upper.then(|| ch.to_ascii_uppercase()).or(Some(ch)));
            upper = false;
        }
    }
    out
}

/// Where the file of a `file:` URI is; no other scheme becomes a path.
pub fn path(uri: &tower_lsp::ls_types::Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    let path = is_file.then(|| uri.to_file_path()).flatten()?;
    path.is_absolute().then(|| path.into_owned())
}

fn without_defaults(editor: &Value) -> Value {
    let defaults = serde_json::to_value(Settings::default()).unwrap_or_default();
    less(editor, &defaults).unwrap_or_default()
}

/// What of `value` differs from `default`.
fn less(value: &Value, default: &Value) -> Option<Value> {
    match (value, default) {
        (Value::Object(members), Value::Object(defaults)) => {
            let kept = members.iter().filter_map(|(name, value)| {
                let default = defaults.get(name).unwrap_or(&Value::Null);
                Some((name.clone(), less(value, default)?))
            });
            Some(Value::Object(kept.collect()))
        }
        _ => (value != default).then(|| value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(name: &str, source: &str, section: Option<Value>, wrong: &[&str]) {
        let read = Project::read(Path::new(name), source, name == "pyproject.toml");
        let expected = section.map(|section| Project {
            section,
            wrong: wrong.iter().map(|&it| it.to_owned()).collect(),
        });
        assert_eq!(read, expected);
    }

    #[test]
    fn both_files_and_both_ways_to_spell() {
        let section = json!({ "pythonVersion": "3.11", "inlayHints": { "maxLength": 20 } });
        check(
            "cella.toml",
            "python-version = '3.11'\n[inlay-hints]\nmax-length = 20\n",
            Some(section.clone()),
            &[],
        );
        check(
            "pyproject.toml",
            "[tool.cella]\npythonVersion = '3.11'\ninlay_hints = { maxLength = 20 }\n",
            Some(section),
            &[],
        );
        check("pyproject.toml", "[tool.ruff]\n", None, &[]);
        check("pyproject.toml", "[tool.", None, &[]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_file() {
        check(
            "cella.toml",
            "code-lens = { enable = 1 }",
            Some(json!({ "codeLens": { "enable": 1 } })),
            &[
                "cella.toml: setting cella.codeLens.enable: invalid type: integer `1`, expected a boolean",
            ],
        );
        let broken = Project::read(Path::new("cella.toml"), "a = 1\nx = \n", false).unwrap();
        assert!(broken.wrong[0].starts_with("cella.toml:2: "), "{broken:?}");
        assert_eq!(broken.section, Value::Null);
    }

    #[test]
    fn the_editor_wins_where_it_says_something() {
        let section = json!({ "pythonVersion": "3.11", "codeLens": { "enable": true } });
        let project = Project {
            section,
            wrong: Vec::new(),
        };
        let mut editor = serde_json::to_value(Settings::default()).unwrap();
        let (settings, _) = project.under(&editor);
        assert_eq!(settings.python_version, settings::PythonVersion::V3_11);
        assert!(settings.code_lens.enable);
        editor["pythonVersion"] = json!("3.12");
        let (settings, wrong) = project.under(&editor);
        assert_eq!(settings.python_version, settings::PythonVersion::V3_12);
        assert!(settings.code_lens.enable && wrong.is_empty());
    }

    #[test]
    fn the_nearest_file_counts() {
        let root = std::env::temp_dir().join(format!("cella-project-{}", std::process::id()));
        let inner = root.join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(root.join("cella.toml"), "python-version = '3.8'").unwrap();
        std::fs::write(root.join("a/pyproject.toml"), "[project]").unwrap();
        let version = |project: Project| project.section["pythonVersion"].clone();
        assert_eq!(version(Project::of(&inner.join("x.py"))), json!("3.8"));
        std::fs::write(
            root.join("a/pyproject.toml"),
            "[tool.cella]\npython-version = '3.9'",
        )
        .unwrap();
        assert_eq!(version(Project::of(&inner.join("x.py"))), json!("3.9"));
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn only_file_uris_are_paths() {
        let path = |uri: &str| super::path(&uri.parse().unwrap());
        assert_eq!(path("untitled:a"), None);
        assert_eq!(path("git:/a.py"), None);
        assert_eq!(path("file:a.py"), None);
        #[cfg(unix)]
        assert_eq!(path("file:///a%20b.py"), Some("/a b.py".into()));
    }
}
