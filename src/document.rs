//! A document: the writer's side, and the snapshots that its readers keep.

use crate::scope::{Cost, Scopes};
use crate::syntax::{Edit, NEVER, Stop, Syntax};
use crate::text::{Range, Rel, Text};

/// One open document, as its only writer sees it. Every edit makes a new [`Snapshot`]; whoever reads
/// an older one goes on undisturbed.
pub struct Document {
    current: Snapshot,
    cost: Cost,
}

/// One version of a document. Immutable; `Clone` is O(1).
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Its text.
    pub text: Text,
    /// Its blocks and their trees.
    pub syntax: Syntax,
    /// What its names mean.
    pub scopes: Scopes,
}

/// A replacement of text that an editor asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced.
    pub range: Range,
    /// By what.
    pub text: String,
}

impl Document {
    /// Reads a whole text. O(n).
    pub fn new(source: &str) -> Self {
        Self {
            current: Snapshot::new(source),
            cost: Cost::default(),
        }
    }

    /// Applies changes one after the other, each to the result of the one before. Each costs what it
    /// touches. Once `stop` says so, what is left to parse is left to [`Snapshot::finish`].
    pub fn edit(&mut self, changes: &[Change], stop: Stop<'_>) {
        self.cost = Cost::default();
        for change in changes {
            let Snapshot {
                text,
                syntax,
                scopes,
            } = &mut self.current;
            let old = text.replace(change.range, &change.text);
            let new = Range::new(old.start, old.start + Rel::from_usize(change.text.len()));
            let (edited, changes) = syntax.edit(text, Edit { old, new }, stop);
            *scopes = scopes.update(text, &edited, &changes);
            *syntax = edited;
            self.cost += scopes.cost();
        }
    }

    /// What the last [`Document::edit`] took the analysis, all its changes together.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    /// The current version. O(1).
    pub fn snapshot(&self) -> Snapshot {
        self.current.clone()
    }

    /// Takes a finished version of the text in; `false`, and nothing done, if the text has moved on.
    pub fn adopt(&mut self, finished: Snapshot) -> bool {
        let current = finished.text.is_same(&self.current.text);
        if current {
            self.current = finished;
        }
        current
    }
}

impl Snapshot {
    /// Reads a whole text. O(n).
    pub fn new(source: &str) -> Self {
        let text = Text::new(source);
        let syntax = Syntax::parse(&text);
        let scopes = Scopes::new(&text, &syntax);
        Self {
            text,
            syntax,
            scopes,
        }
    }

    /// This version with `changes`, which are in the text's order and don't overlap, their places those of
    /// this text. Each block that they touch is parsed once.
    pub fn edited(&self, changes: &[Change]) -> Self {
        let block = |change: &Change| {
            self.syntax
                .block_at(change.range.start)
                .map(|found| found.0)
        };
        let groups = changes.chunk_by(|one, next| block(one) == block(next));
        // From the end, so that the places of those before still hold.
        let joined: Vec<Change> = groups.rev().map(|group| self.joined(group)).collect();
        let mut document = Document {
            current: self.clone(),
            cost: Cost::default(),
        };
        document.edit(&joined, NEVER);
        document.current
    }

    /// One change that does what all of these do.
    fn joined(&self, changes: &[Change]) -> Change {
        let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
            return Change {
                range: Range::default(),
                text: String::new(),
            };
        };
        let range = Range::new(first.range.start, last.range.end);
        let mut text = String::new();
        let mut at = range.start;
        for change in changes {
            text += &self.text.slice(Range::new(at, change.range.start));
            text += &change.text;
            at = change.range.end;
        }
        Change { range, text }
    }

    /// Whether an edit left some of it unparsed. Nothing is said of the names there until it's finished.
    pub fn is_unfinished(&self) -> bool {
        self.syntax.is_unfinished()
    }

    /// This version with all of it parsed, as far as `stop` lets it. Meant to run beside the writer.
    pub fn finish(&self, stop: Stop<'_>) -> Self {
        let (syntax, changes) = self.syntax.finish(&self.text, stop);
        let scopes = self.scopes.update(&self.text, &syntax, &changes);
        Self {
            text: self.text.clone(),
            syntax,
            scopes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Offset;

    #[test]
    fn many_changes_at_once() {
        let before = Snapshot::new("a = 1\n\ndef f():\n    return a + a\n\na\n");
        let source = before.text.to_string();
        let starts = source.match_indices('a').map(|(at, _)| at);
        let change = |at| Change {
            range: Range::new(Offset::from_usize(at), Offset::from_usize(at + 1)),
            text: "long".to_owned(),
        };
        let changes: Vec<Change> = starts.map(change).collect();
        let after = before.edited(&changes);
        assert_eq!(after.text.to_string(), source.replace('a', "long"));
        let fresh = Snapshot::new(&after.text.to_string());
        assert_eq!(format!("{:?}", after.syntax), format!("{:?}", fresh.syntax));
        assert!(before.edited(&[]).text.is_same(&before.text));
    }

    #[test]
    fn blocks_that_no_change_touches_are_taken_over() {
        let function = |n| format!("def f{n}(a):\n    return a\n\n");
        let source: String = (0..1000).map(function).collect();
        let before = Snapshot::new(&source);
        let last = source.rfind("a\n").unwrap();
        let change = |at| Change {
            range: Range::at(Offset::from_usize(at)),
            text: "b".to_owned(),
        };
        let after = before.edited(&[change(source.find("a)").unwrap()), change(last)]);
        let blocks = before.syntax.blocks().zip(after.syntax.blocks());
        let parsed = blocks.filter(|((_, old), (_, new))| !old.is_same(new));
        assert_eq!(parsed.count(), 2);
    }
}
