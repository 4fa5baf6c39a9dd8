//! The open documents: text and analysis in step with the editor's, or a confession that they aren't.
//!
//! LSP has no way to ask for a text again. An edit that can't be (a line that isn't there, an end
//! before its start, half a character) means that the editor's text is another one. Then the
//! document is out of step: it isn't asked any more, until the editor sends the whole text.

mod large;
mod notebooks;
mod revision;
mod tokens;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::{BoxFuture, Shared};
use tower_lsp::ls_types as lsp;

use large::Large;
pub use revision::{Clock, Revision};
pub use tokens::{Tokens, edits};

use super::edit;
use super::notebook::{Layout, Notebook};
use super::project::Project;
use super::settings::Settings;
use crate::document::{Change, Document, Snapshot};
use crate::ide::Language;
use crate::text::{Encoding, Range, Text};

/// How long one edit may hold up what comes after it. What is left to parse is parsed on a worker.
const BUDGET: Duration = Duration::from_millis(20);

/// Texts up to this many bytes are parsed at once when they are opened.
const SMALL: usize = 256 << 10;

/// Open documents by URI.
#[derive(Default)]
pub struct Documents {
    open: HashMap<String, Entry>,
    /// By URI; what a notebook's cells say together is the entry of that name.
    notebooks: HashMap<String, Notebook>,
    /// The notebook of each cell's document.
    cells: HashMap<String, String>,
    /// How many results have got a name.
    results: u64,
}

/// One open document.
pub struct Entry {
    /// By which rules it is read.
    pub language: Language,
    /// The settings file that holds for it.
    pub project: Project,
    /// That, with the editor's settings over it.
    pub settings: Settings,
    /// The client's number for this text, if it gave one.
    pub version: Option<i32>,
    /// Which text it is.
    pub clock: Clock,
    /// This text parsed to the end, while a worker is at it.
    pub finishing: Option<Finishing>,
    /// Where the cells stand, if this is a notebook's.
    pub layout: Option<Arc<Layout>>,
    sent: tokens::Sent,
    state: State,
}

/// A version parsed to the end, some time; nothing if that failed.
pub type Finishing = Shared<BoxFuture<'static, Option<Snapshot>>>;

enum State {
    Analysed(Document),
    /// Not analysed, since it's larger than the settings allow.
    TooLarge(Large),
    OutOfStep,
}

/// Something that the user should know, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The editor's text and ours differ; why.
    OutOfStep(String),
    /// The document is larger than this many bytes.
    TooLarge(u64),
}

impl Documents {
    /// Takes a document on, or takes over its text if it is open already.
    pub fn open(
        &mut self,
        item: lsp::TextDocumentItem,
        project: Project,
        settings: Settings,
    ) -> Option<Trouble> {
        let language = language(&item.language_id, item.uri.as_str());
        let (state, trouble) = State::new(&item.text, settings.max_file_size.0);
        let entry = Entry {
            language,
            project,
            settings,
            version: Some(item.version),
            clock: Clock::default(),
            finishing: None,
            layout: None,
            sent: tokens::Sent::default(),
            state,
        };
        self.open.insert(item.uri.as_str().to_owned(), entry);
        trouble
    }

    /// Forgets a document.
    pub fn close(&mut self, uri: &lsp::Uri) {
        self.open.remove(uri.as_str());
    }

    /// Applies changes, each to the result of the one before. O(log n) for each, and the analysis.
    pub fn change(
        &mut self,
        params: lsp::DidChangeTextDocumentParams,
        encoding: Encoding,
    ) -> Option<Trouble> {
        let lsp::VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let Some(entry) = self.open.get_mut(uri.as_str()) else {
            tracing::warn!(
                "a change of {}, which isn't open, is left aside",
                uri.as_str()
            );
            return None;
        };
        if entry.version.is_some_and(|before| version <= before) {
            tracing::warn!(
                "version {version} of {} follows {:?}; it is taken all the same",
                uri.as_str(),
                entry.version
            );
        }
        entry.clock.tick();
        entry.version = Some(version);
        entry.finishing = None;
        let max_size = entry.settings.max_file_size.0;
        let mut first = None;
        for change in params.content_changes {
            let trouble = entry.state.change(&change, encoding, max_size);
            first = first.or(trouble);
        }
        first
    }

    /// Notes that a worker parses the document to the end.
    pub fn finish(&mut self, uri: &lsp::Uri, finishing: Finishing) {
        if let Some(entry) = self.open.get_mut(uri.as_str()) {
            entry.finishing = Some(finishing);
        }
    }

    /// Takes in what a worker has parsed to the end; false if the text has moved on.
    pub fn adopt(&mut self, uri: &lsp::Uri, finished: Snapshot) -> bool {
        let Some(entry) = self.open.get_mut(uri.as_str()) else {
            return false;
        };
        let State::Analysed(document) = &mut entry.state else {
            return false;
        };
        let adopted = document.adopt(finished);
        if adopted {
            entry.clock.tick();
            entry.finishing = None;
        }
        adopted
    }

    /// Notes that a change of `uri` could not be read at all.
    pub fn lose(&mut self, uri: &str) -> Option<Trouble> {
        let entry = self.open.get_mut(uri)?;
        entry.clock.tick();
        entry.state.lose("a change that can't be read".into())
    }

    /// The document as it is now, if it is open; for a notebook's cell, the notebook's.
    pub fn get(&self, uri: &str) -> Option<&Entry> {
        self.open
            .get(self.cells.get(uri).map_or(uri, String::as_str))
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, uri: &str) -> Option<&mut Entry> {
        self.open
            .get_mut(self.cells.get(uri).map_or(uri, String::as_str))
    }

    /// The open documents, to give them other settings.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = (&str, &mut Entry)> {
        self.open
            .iter_mut()
            .map(|(uri, entry)| (uri.as_str(), entry))
    }

    /// The URIs of all open documents.
    pub fn uris(&self) -> Vec<lsp::Uri> {
        self.open
            .keys()
            .filter_map(|uri| uri.parse().ok())
            .collect()
    }
}

impl Entry {
    /// What can be asked; nothing if the document is out of step or too large.
    pub fn snapshot(&self) -> Option<Snapshot> {
        match &self.state {
            State::Analysed(document) => Some(document.snapshot()),
            State::TooLarge(_) | State::OutOfStep => None,
        }
    }

    /// Text and syntax of a document that is too large for more.
    pub fn large(&mut self) -> Option<&mut Large> {
        match &mut self.state {
            State::TooLarge(large) => Some(large),
            State::Analysed(_) | State::OutOfStep => None,
        }
    }
}

impl State {
    fn new(source: &str, max_size: u64) -> (Self, Option<Trouble>) {
        if source.len() as u64 > max_size {
            (
                Self::TooLarge(Large::new(source)),
                Some(Trouble::TooLarge(max_size)),
            )
        } else {
            (Self::Analysed(analysed(source)), None)
        }
    }

    fn change(
        &mut self,
        change: &lsp::TextDocumentContentChangeEvent,
        encoding: Encoding,
        max_size: u64,
    ) -> Option<Trouble> {
        let text = match self {
            Self::Analysed(document) => Some(document.snapshot().text),
            Self::TooLarge(large) => Some(large.text().clone()),
            Self::OutOfStep => None,
        };
        let counted = |range: &lsp::Range| {
            text.as_ref()
                .is_none_or(|text| !is_everything(text, *range))
        };
        let Some(range) = change.range.filter(counted) else {
            let was_large = matches!(self, Self::TooLarge(_));
            let (state, trouble) = Self::new(&change.text, max_size);
            *self = state;
            return trouble.filter(|_| !was_large);
        };
        match edit::change(&text?, edit::range(range), &change.text, encoding) {
            Ok(edit) => self.apply(edit),
            Err(why) => return self.lose(why),
        }
        None
    }

    /// Applies an edit. Should the analysis panic, it begins anew from the text, so that one bad step
    /// doesn't cost the document.
    fn apply(&mut self, edit: Change) {
        match self {
            Self::Analysed(document) => {
                let mut text = document.snapshot().text;
                let edits = std::slice::from_ref(&edit);
                let deadline = Instant::now() + BUDGET;
                let late = || Instant::now() >= deadline;
                if catch_unwind(AssertUnwindSafe(|| document.edit(edits, &late))).is_err() {
                    text.replace(edit.range, &edit.text);
                    *document = Document::new(&text.to_string());
                }
            }
            Self::TooLarge(large) => large.edit(&edit),
            Self::OutOfStep => {}
        }
    }

    fn lose(&mut self, why: String) -> Option<Trouble> {
        if matches!(self, Self::OutOfStep) {
            return None;
        }
        *self = Self::OutOfStep;
        Some(Trouble::OutOfStep(why))
    }
}

/// Reads a text; a large one only as far as the budget goes.
fn analysed(source: &str) -> Document {
    if source.len() <= SMALL {
        return Document::new(source);
    }
    let deadline = Instant::now() + BUDGET;
    let mut document = Document::new("");
    let range = Range::default();
    let text = source.to_owned();
    document.edit(&[Change { range, text }], &|| Instant::now() >= deadline);
    document
}

/// Whether `range` says "the whole text" as editors do that don't count its lines.
fn is_everything(text: &Text, range: lsp::Range) -> bool {
    range.start == lsp::Position::default() && range.end.line > text.line_count()
}

/// The editor's name for the language decides, then the ending of the document's name.
fn language(id: &str, uri: &str) -> Language {
    match id {
        "cella" => Language::Cella,
        "python" => Language::Python,
        _ if uri.ends_with(".py") || uri.ends_with(".pyw") || uri.ends_with(".pyi") => {
            Language::Python
        }
        _ => Language::Cella,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::settings::MaxFileSize;
    use proptest::prelude::*;

    const URI: &str = "file:///a.py";

    fn small() -> Settings {
        Settings {
            max_file_size: MaxFileSize(1000),
            ..Settings::default()
        }
    }

    fn opened(text: &str) -> Documents {
        let mut documents = Documents::default();
        let uri = URI.parse().unwrap();
        let item = lsp::TextDocumentItem::new(uri, "python".into(), 1, text.into());
        assert_eq!(documents.open(item, Project::default(), small()), None);
        documents
    }

    fn event(range: Option<[u32; 4]>, text: &str) -> lsp::TextDocumentContentChangeEvent {
        let range = range.map(|[line, column, end_line, end_column]| {
            let start = lsp::Position::new(line, column);
            lsp::Range::new(start, lsp::Position::new(end_line, end_column))
        });
        lsp::TextDocumentContentChangeEvent {
            range,
            range_length: None,
            text: text.into(),
        }
    }

    fn change(
        documents: &mut Documents,
        encoding: Encoding,
        events: Vec<lsp::TextDocumentContentChangeEvent>,
    ) -> Option<Trouble> {
        let text_document = lsp::VersionedTextDocumentIdentifier::new(URI.parse().unwrap(), 2);
        let params = lsp::DidChangeTextDocumentParams {
            text_document,
            content_changes: events,
        };
        documents.change(params, encoding)
    }

    fn text(documents: &Documents) -> Option<String> {
        Some(documents.get(URI).unwrap().snapshot()?.text.to_string())
    }

    #[track_caller]
    fn check(before: &str, range: [u32; 4], new: &str, after: Option<&str>) {
        let mut documents = opened(before);
        let trouble = change(
            &mut documents,
            Encoding::Utf16,
            vec![event(Some(range), new)],
        );
        assert_eq!(text(&documents).as_deref(), after);
        assert_eq!(trouble.is_some(), after.is_none());
    }

    #[test]
    fn edits_where_editors_make_them() {
        check("a\nb\n", [1, 0, 1, 1], "c", Some("a\nc\n"));
        check("a\nb", [2, 0, 2, 0], "c", Some("a\nbc"));
        check("a\nb", [0, 0, 2, 0], "", Some(""));
        check("a\nb", [0, 0, 4_000_000_000, 0], "c", Some("c"));
        check("a\r\nb", [0, 9, 1, 0], "", Some("ab"));
        check("a\r\nb", [0, 2, 0, 2], "x", Some("ax\r\nb"));
        check("a\rb", [1, 0, 1, 1], "c", Some("a\rc"));
        check("", [0, 0, 0, 0], "x", Some("x"));
    }

    #[test]
    fn a_pair_cut_in_two_keeps_count() {
        check("😀b", [0, 1, 0, 2], "", Some("\u{fffd}b"));
        check("😀b", [0, 0, 0, 1], "", Some("\u{fffd}b"));
        check("😀b", [0, 1, 0, 1], "", Some("😀b"));
        check("😀b", [0, 1, 0, 1], "x", Some("\u{fffd}x\u{fffd}b"));
        check("a😀b", [0, 0, 0, 2], "x", Some("x\u{fffd}b"));
    }

    #[test]
    fn edits_that_can_t_be() {
        check("a\nb", [3, 0, 3, 0], "c", None);
        check("a\nb", [1, 0, 7, 0], "c", None);
        check("a\nb", [1, 1, 1, 0], "c", None);
        let mut documents = opened("é");
        let inside = vec![event(Some([0, 1, 0, 1]), "x")];
        assert!(change(&mut documents, Encoding::Utf8, inside).is_some());
    }

    #[test]
    fn out_of_step_is_told_once_and_healed_by_the_whole_text() {
        let mut documents = opened("a");
        let bad = || vec![event(Some([9, 0, 9, 0]), "x")];
        assert!(change(&mut documents, Encoding::Utf16, bad()).is_some());
        assert_eq!(change(&mut documents, Encoding::Utf16, bad()), None);
        let good = vec![event(Some([0, 0, 0, 0]), "x")];
        assert_eq!(change(&mut documents, Encoding::Utf16, good), None);
        assert_eq!(text(&documents), None);
        assert_eq!(
            change(&mut documents, Encoding::Utf16, vec![event(None, "b")]),
            None
        );
        assert_eq!(text(&documents).as_deref(), Some("b"));
        assert!(documents.lose(URI).is_some());
        assert_eq!(text(&documents), None);
    }

    #[test]
    fn too_large_is_told_once_and_over_when_it_is_small_again() {
        let mut documents = opened("a");
        let large = "a".repeat(1001);
        let whole = |text: &str| vec![event(None, text)];
        let trouble = change(&mut documents, Encoding::Utf16, whole(&large));
        assert_eq!(trouble, Some(Trouble::TooLarge(1000)));
        assert_eq!(change(&mut documents, Encoding::Utf16, whole(&large)), None);
        assert_eq!(text(&documents), None);
        assert_eq!(change(&mut documents, Encoding::Utf16, whole("b")), None);
        assert_eq!(text(&documents).as_deref(), Some("b"));
    }

    #[test]
    fn the_language_comes_from_the_editor_or_the_name() {
        assert_eq!(language("python", "file:///a.cella"), Language::Python);
        assert_eq!(language("cella", "file:///a.py"), Language::Cella);
        assert_eq!(language("plaintext", "file:///a.py"), Language::Python);
        assert_eq!(language("", "untitled:Untitled-1"), Language::Cella);
    }

    /// Columns of every character boundary of each line of `text`, counted by hand.
    fn places(text: &str, encoding: Encoding) -> Vec<(usize, lsp::Position)> {
        let (mut line, mut column, mut found) = (0, 0, Vec::new());
        let mut rest = text.char_indices().peekable();
        while let Some((at, ch)) = rest.next() {
            found.push((at, lsp::Position::new(line, column)));
            let in_crlf = ch == '\r' && rest.peek().is_some_and(|&(_, next)| next == '\n');
            if in_crlf {
                rest.next();
            }
            if matches!(ch, '\r' | '\n') {
                (line, column) = (line + 1, 0);
                continue;
            }
            column += match encoding {
                Encoding::Utf8 => ch.len_utf8(),
                Encoding::Utf16 => ch.len_utf16(),
                Encoding::Utf32 => 1,
            } as u32;
        }
        found.push((text.len(), lsp::Position::new(line, column)));
        found
    }

    proptest! {
        /// Random edits, several in a notification, against a plain string.
        #[test]
        fn as_a_plain_string_would_be(
            start in "[a😀é\r\n\u{2028}\u{b}]{0,20}",
            edits in proptest::collection::vec(
                (any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[a😀é\r\n]{0,4}"), 1..12),
            encoding in prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16), Just(Encoding::Utf32)],
            together in any::<bool>(),
        ) {
            let mut documents = opened(&start);
            let mut model = start;
            let mut events = Vec::new();
            for (one, other, new) in edits {
                let places = places(&model, encoding);
                let (a, b) = (*one.get(&places), *other.get(&places));
                let (a, b) = if a.0 <= b.0 { (a, b) } else { (b, a) };
                model.replace_range(a.0..b.0, &new);
                events.push(event(Some([a.1.line, a.1.character, b.1.line, b.1.character]), &new));
                if !together {
                    prop_assert_eq!(change(&mut documents, encoding, std::mem::take(&mut events)), None);
                }
            }
            prop_assert_eq!(change(&mut documents, encoding, events), None);
            prop_assert_eq!(text(&documents), Some(model));
        }
    }
}
