//! Diagnostics: one file a rule; CPython's own errors come from the scope analysis.

use super::config::Config;
use crate::document::Snapshot;
use crate::scope::NameError;
use crate::text::Range;

/// Something that is wrong, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where.
    pub range: Range,
    /// Stable, in kebab case.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What, in a sentence.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Whether the text there can go.
    pub unnecessary: bool,
}

/// A place that belongs to a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub range: Range,
    /// What is there.
    pub message: String,
}

/// How bad it is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// CPython refuses the program.
    Error,
    /// It does what its author hardly meant.
    Warning,
    /// It can be said better.
    Information,
    /// It may be worth a look.
    Hint,
}

/// What is wrong in the document, in the text's order.
pub fn diagnostics(snapshot: &Snapshot, config: &Config) -> Vec<Diagnostic> {
    let Snapshot {
        text,
        syntax,
        scopes,
    } = snapshot;
    let errors = scopes.errors(text, syntax, config.version);
    let mut diagnostics: Vec<_> = errors.into_iter().map(refused).collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.range.start);
    diagnostics
}

/// An error with which CPython refuses the program.
fn refused(error: NameError) -> Diagnostic {
    let related = |(range, message)| Related { range, message };
    Diagnostic {
        range: error.range,
        code: error.code,
        severity: Severity::Error,
        message: error.message,
        related: error.related.into_iter().map(related).collect(),
        unnecessary: false,
    }
}
