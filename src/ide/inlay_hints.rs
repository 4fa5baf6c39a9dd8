//! Inlay hints: cells at their bindings, closures at their headers, factories at their calls.

use super::config::Config;
use super::markup::Markup;
use crate::document::Snapshot;
use crate::text::{Offset, Range};

/// A few words shown inside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlayHint {
    /// Where it is shown: the end of a token or of a header line. The caller pads on its left.
    pub at: Offset,
    /// The label, in pieces.
    pub parts: Vec<HintPart>,
    /// More words, and last the name of the setting that rules the hint.
    pub tooltip: Markup,
    /// Which of the switches rules it.
    pub kind: HintKind,
}

/// A piece of a hint's label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HintPart {
    /// What is shown.
    pub text: String,
    /// Where it leads.
    pub target: Option<Range>,
}

/// The kinds of hints, each with a switch of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintKind {
    /// Who takes the cell that is bound here.
    Cell,
    /// What the function closes over.
    Closure,
    /// What a factory filled the cells with.
    Factory,
    /// The owner of a captured name.
    Use,
}

/// The hints that lie in `within`, in the text's order. O(what is shown).
pub fn inlay_hints(_snapshot: &Snapshot, _within: Range, _config: &Config) -> Vec<InlayHint> {
    Vec::new()
}
