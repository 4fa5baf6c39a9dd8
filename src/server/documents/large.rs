//! A document above the size limit: its text, and its syntax as far as somebody asked for it.

use crate::document::{Change, Snapshot};
use crate::syntax::{Edit, Syntax};
use crate::text::{Range, Rel, Text};

/// Its text in step with the editor's, cut into blocks; a block is parsed when an outline is asked for.
pub struct Large {
    text: Text,
    syntax: Syntax,
}

impl Large {
    /// Takes a text on, and parses nothing. O(n).
    pub fn new(source: &str) -> Self {
        let mut large = Self {
            text: Text::new(""),
            syntax: Syntax::parse(&Text::new("")),
        };
        let (range, text) = (Range::default(), source.to_owned());
        large.edit(&Change { range, text });
        large
    }

    /// The text as it is now.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Applies an edit; what it touches isn't parsed any more.
    pub fn edit(&mut self, change: &Change) {
        let old = self.text.replace(change.range, &change.text);
        let new = Range::new(old.start, old.start + Rel::from_usize(change.text.len()));
        let later = &|| true;
        (self.syntax, _) = self.syntax.edit(&self.text, Edit { old, new }, later);
    }

    /// Text and syntax, without any names. O(1).
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            text: self.text.clone(),
            syntax: self.syntax.clone(),
            ..Snapshot::default()
        }
    }

    /// Keeps what was parsed of this text.
    pub fn adopt(&mut self, parsed: Snapshot) {
        if parsed.text.is_same(&self.text) {
            self.syntax = parsed.syntax;
        }
    }
}
