//! The settings: one set of types for the editor's settings, the JSON schema and the documents.
//!
//! An editor's settings are read leniently: a wrong value is named with its place and left out, the
//! rest counts. Names that aren't known are left alone, since clients keep settings of their own in
//! the same section.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tracing::level_filters::LevelFilter;

use crate::ide::{self, Language};
use crate::scope;

/// Cella's settings, section `cella`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// The Python version whose rules say what becomes a cell.
    pub python_version: PythonVersion,
    /// What hovers answer on.
    pub hover: Hover,
    /// Inlay hints: what is captured, shown between the lines' own text.
    pub inlay_hints: InlayHints,
    /// Lines above functions that say what they close over.
    pub code_lens: CodeLens,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// Larger documents, in bytes, have an outline and nothing else.
    pub max_file_size: MaxFileSize,
    /// How much the server writes to its log, where its command line doesn't say.
    pub log_level: LogLevel,
}

/// The Python version whose rules say what becomes a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub enum PythonVersion {
    #[serde(rename = "3.8")]
    V3_8,
    #[serde(rename = "3.9")]
    V3_9,
    #[serde(rename = "3.10")]
    V3_10,
    #[serde(rename = "3.11")]
    V3_11,
    #[serde(rename = "3.12")]
    V3_12,
    #[serde(rename = "3.13")]
    V3_13,
    #[default]
    #[serde(rename = "3.14")]
    V3_14,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum LogLevel {
    Off,
    Error,
    #[default]
    Warn,
    Info,
    Debug,
    Trace,
}

/// What hovers answer on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Hover {
    /// Which names have a hover.
    pub mode: HoverMode,
}

/// Which names have a hover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HoverMode {
    /// `captures` in Python files, beside other servers; `everything` in Cella files.
    #[default]
    Auto,
    /// Only names that a closure is involved with.
    Captures,
    /// Every name.
    Everything,
    /// None.
    Off,
}

/// Inlay hints: what is captured, shown between the lines' own text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct InlayHints {
    /// Whether there are hints at all.
    pub enable: bool,
    /// At a variable that closures take: who takes it.
    pub cells: bool,
    /// At a function: what it closes over, in the order of `__closure__`.
    pub closures: bool,
    /// At a name bound to a factory's closure: what its cells hold.
    pub factories: bool,
    /// At a captured variable's uses: whose it is.
    pub uses: bool,
    /// The longest hint, in characters; the rest becomes `…`.
    pub max_length: MaxLength,
}

/// Lines above functions that say what they close over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CodeLens {
    /// Whether there are code lenses.
    pub enable: bool,
}

/// Errors and warnings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Diagnostics {
    /// Whether anything is reported.
    pub enable: bool,
}

/// A number of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MaxLength(#[schemars(range(min = 1))] pub u32);

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MaxFileSize(pub u64);

impl Default for InlayHints {
    fn default() -> Self {
        let defaults = ide::HintConfig::default();
        Self {
            enable: defaults.enable,
            cells: defaults.cells,
            closures: defaults.closures,
            factories: defaults.factories,
            uses: defaults.uses,
            max_length: MaxLength(u32::try_from(defaults.max_length).unwrap_or(u32::MAX)),
        }
    }
}

impl Default for Diagnostics {
    fn default() -> Self {
        Self { enable: true }
    }
}

impl Default for MaxFileSize {
    fn default() -> Self {
        Self(10_000_000)
    }
}

impl From<LogLevel> for LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Off => Self::OFF,
            LogLevel::Error => Self::ERROR,
            LogLevel::Warn => Self::WARN,
            LogLevel::Info => Self::INFO,
            LogLevel::Debug => Self::DEBUG,
            LogLevel::Trace => Self::TRACE,
        }
    }
}

impl From<PythonVersion> for scope::PythonVersion {
    fn from(version: PythonVersion) -> Self {
        match version {
            PythonVersion::V3_8 => Self::V3_8,
            PythonVersion::V3_9 => Self::V3_9,
            PythonVersion::V3_10 => Self::V3_10,
            PythonVersion::V3_11 => Self::V3_11,
            PythonVersion::V3_12 => Self::V3_12,
            PythonVersion::V3_13 => Self::V3_13,
            PythonVersion::V3_14 => Self::V3_14,
        }
    }
}

impl Settings {
    /// What the features are to know, for a document of `language`.
    pub fn config(&self, language: Language) -> ide::Config {
        let defaults = ide::Config::new(language);
        ide::Config {
            version: self.python_version.into(),
            hover: match self.hover.mode {
                HoverMode::Auto => defaults.hover,
                HoverMode::Captures => ide::HoverMode::Captures,
                HoverMode::Everything => ide::HoverMode::Everything,
                HoverMode::Off => ide::HoverMode::Off,
            },
            hints: ide::HintConfig {
                enable: self.inlay_hints.enable,
                cells: self.inlay_hints.cells,
                closures: self.inlay_hints.closures,
                factories: self.inlay_hints.factories,
                uses: self.inlay_hints.uses,
                max_length: self.inlay_hints.max_length.0 as usize,
            },
            lens: self.code_lens.enable,
            ..defaults
        }
    }
}

/// Reads `section`, and says what is wrong with it, a sentence each. `null` sets nothing: so a client
/// answers that has no settings for Cella.
pub fn read(mut section: Value) -> (Settings, Vec<String>) {
    if section.is_null() {
        return (Settings::default(), Vec::new());
    }
    let mut wrong = Vec::new();
    loop {
        match serde_path_to_error::deserialize::<_, Settings>(&section) {
            Ok(settings) => return (settings, wrong),
            Err(error) => {
                let path = error.path().to_string();
                wrong.push(format!("setting cella.{path}: {}", error.inner()));
                if !remove(&mut section, &path) {
                    return (Settings::default(), wrong);
                }
            }
        }
    }
}

/// Takes away what stands at a dotted path.
fn remove(value: &mut Value, path: &str) -> bool {
    let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
    let pointer: String = parent
        .split('.')
        .filter(|key| !key.is_empty())
        .map(|key| format!("/{key}"))
        .collect();
    let parent = value.pointer_mut(&pointer).and_then(Value::as_object_mut);
    parent.is_some_and(|parent| parent.remove(key).is_some())
}

/// The section `cella` in what a client sends as settings: under that key, or the section itself.
/// `None` if what came says nothing of Cella, as `null`, `""` and other servers' settings do.
pub fn section(sent: &Value) -> Option<&Value> {
    let members = sent.as_object()?;
    if let Some(section) = members.get("cella") {
        return section.is_object().then_some(section);
    }
    let known = serde_json::to_value(Settings::default()).ok()?;
    known
        .as_object()?
        .keys()
        .any(|key| members.contains_key(key))
        .then_some(sent)
}

/// Lays `over` on `base`: members one by one, anything else as a whole.
pub fn merge(base: &mut Value, over: &Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (base, over) => base.clone_from(over),
    }
}

/// The JSON schema of the section, for editors.
pub fn schema() -> Value {
    schemars::schema_for!(Settings).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_wrong_setting_is_named_and_the_rest_counts() {
        let (settings, wrong) = read(json!({
            "pythonVersion": "2.7",
            "inlayHints": { "enable": "yes", "uses": true, "maxLength": -1 },
            "codeLens": 3,
            "server": { "path": "x" },
        }));
        assert_eq!(
            wrong,
            [
                "setting cella.pythonVersion: unknown variant `2.7`, expected one of `3.8`, `3.9`, \
                 `3.10`, `3.11`, `3.12`, `3.13`, `3.14`",
                "setting cella.inlayHints.enable: invalid type: string \"yes\", expected a boolean",
                "setting cella.inlayHints.maxLength: invalid value: integer `-1`, expected u32",
                "setting cella.codeLens: invalid type: integer `3`, expected struct CodeLens",
            ]
        );
        let mut expected = Settings::default();
        expected.inlay_hints.uses = true;
        assert_eq!(settings, expected);
    }

    #[test]
    fn no_settings_are_nothing_wrong() {
        assert_eq!(read(Value::Null), (Settings::default(), Vec::new()));
    }

    #[test]
    fn the_section_is_found_in_every_shape_that_clients_send() {
        let inner = json!({ "hover": { "mode": "off" } });
        assert_eq!(section(&json!({ "cella": inner })), Some(&inner));
        assert_eq!(section(&inner), Some(&inner));
        for nothing in [
            json!(null),
            json!(""),
            json!({}),
            json!([]),
            json!({ "cella": null }),
        ] {
            assert_eq!(section(&nothing), None, "{nothing}");
        }
        assert_eq!(section(&json!({ "pyright": { "hover": 1 } })), None);
        assert_eq!(section(&json!({ "cella": {} })), Some(&json!({})));
    }

    #[test]
    fn what_the_editor_leaves_out_or_null_stays() {
        let mut base = json!({ "hover": { "mode": "off" }, "codeLens": { "enable": true } });
        merge(
            &mut base,
            &json!({ "hover": null, "codeLens": { "enable": false } }),
        );
        assert_eq!(
            base,
            json!({ "hover": { "mode": "off" }, "codeLens": { "enable": false } })
        );
    }

    #[test]
    fn the_schema_knows_every_setting_and_its_default() {
        let schema = schema();
        let hints = schema.pointer("/$defs/InlayHints/properties/uses").unwrap();
        assert_eq!(hints.get("default"), Some(&json!(false)));
        assert_eq!(
            hints.get("description"),
            Some(&json!("At a captured variable's uses: whose it is."))
        );
    }
}
