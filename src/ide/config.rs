//! What an answer depends on besides the text: the settings, as plain values.

use crate::scope::PythonVersion;

/// Settings of the features. The server and the command line fill it in; the defaults are the
/// documented ones. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// The version of Python whose answers are given.
    pub version: PythonVersion,
    /// The language that the editor names the document by.
    pub language: Language,
    /// What hovers answer on.
    pub hover: HoverMode,
    /// Which inlay hints are shown.
    pub hints: HintConfig,
    /// Whether code lenses are shown; off by default.
    pub lens: bool,
}

/// The two names under which a document can be opened. Both are read by the same grammar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// `.cella`: no other server answers here, so every name does.
    #[default]
    Cella,
    /// `.py`: other servers answer too, so Cella speaks only where a closure is involved.
    Python,
}

/// What hovers answer on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoverMode {
    /// Only where a closure is involved: cells, free variables, closures, factories, and the names in
    /// `global` and `nonlocal` statements. The default for Python.
    Captures,
    /// Every name. The default for Cella.
    Everything,
    /// Nothing.
    Off,
}

/// Which inlay hints are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HintConfig {
    /// Rules all the others: `cella.inlayHints.enable`.
    pub enable: bool,
    /// At a binding that is a cell: who takes it. `cella.inlayHints.cells`.
    pub cells: bool,
    /// At a `def` or `lambda`: what it closes over. `cella.inlayHints.closures`.
    pub closures: bool,
    /// At `square = raise_to(2)`: what the cells hold. `cella.inlayHints.factories`.
    pub factories: bool,
    /// At a use in a closure: the owner; off by default. `cella.inlayHints.uses`.
    pub uses: bool,
    /// The most characters a label has; longer ones end in `…`. `cella.inlayHints.maxLength`.
    pub max_length: usize,
}

impl Config {
    /// The defaults for a document of `language`.
    pub fn new(language: Language) -> Self {
        Self {
            version: PythonVersion::default(),
            language,
            hover: match language {
                Language::Cella => HoverMode::Everything,
                Language::Python => HoverMode::Captures,
            },
            hints: HintConfig::default(),
            lens: false,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new(Language::default())
    }
}

impl Default for HintConfig {
    fn default() -> Self {
        Self {
            enable: true,
            cells: true,
            closures: true,
            factories: true,
            uses: false,
            max_length: 40,
        }
    }
}
