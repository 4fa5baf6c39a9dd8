//! What a request sees: one version of one document, and how to say places to this client.

use std::cell::Cell;
use std::sync::Arc;

use tower_lsp::ls_types as lsp;

use super::client::Abilities;
use super::documents::Finishing;
use super::notebook::{Layout, Placed};
use super::pages;
use crate::document::Snapshot;
use crate::ide::{Config, Markup, PageLink};
use crate::text::{AsciiLine, Offset, Position, Range};

/// One version of one document, as a request found it when it arrived.
pub struct View {
    /// The document's name, as the client spells it.
    pub uri: lsp::Uri,
    /// Text and analysis.
    pub snapshot: Snapshot,
    /// The same, parsed to the end, if an edit left something to a worker.
    pub finishing: Option<Finishing>,
    /// Where the cells stand, if the document is one of a notebook's.
    pub layout: Option<Arc<Layout>>,
    /// The settings that hold for it.
    pub config: Config,
    /// Whether diagnostics are wanted: `cella.diagnostics.enable`.
    pub reports: bool,
    /// The client's number for this text.
    pub version: Option<i32>,
    /// What the client can do.
    pub client: Arc<Abilities>,
    /// The line of the place that was named last: the next is often on it too.
    pub line: Cell<Option<AsciiLine>>,
}

impl View {
    /// This version with all of it parsed: what an edit had no time for is waited for.
    pub async fn finished(mut self) -> Self {
        if let Some(finishing) = self.finishing.take()
            && let Some(finished) = finishing.await
        {
            self.snapshot = finished;
            self.line.take();
        }
        self
    }

    /// All of the document: the text, or a notebook's cell in it.
    pub fn whole(&self) -> Range {
        self.cell()
            .map_or(self.snapshot.text.range(), |cell| cell.range)
    }

    /// Whether `range` begins in this document, and not in another cell of its notebook.
    pub fn holds(&self, range: Range) -> bool {
        self.whole().touches(range.start)
    }

    fn cell(&self) -> Option<&Placed> {
        self.layout.as_ref()?.cell(&self.uri)
    }

    /// The offset of a position of the client's.
    pub fn offset(&self, at: lsp::Position) -> Offset {
        let line = at
            .line
            .saturating_add(self.cell().map_or(0, |cell| cell.line));
        let position = Position {
            line,
            column: at.character,
        };
        self.snapshot
            .text
            .offset(position, self.client.encoding)
            .min(self.whole().end)
    }

    /// A range of the client's; its ends are swapped if they come in the wrong order.
    pub fn within(&self, range: lsp::Range) -> Range {
        Range::new(self.offset(range.start), self.offset(range.end))
    }

    /// An offset as the client counts.
    pub fn position(&self, at: Offset) -> lsp::Position {
        self.position_in(self.cell(), at)
    }

    fn position_in(&self, cell: Option<&Placed>, at: Offset) -> lsp::Position {
        let (at, first) = cell.map_or((at, 0), |cell| (at.min(cell.range.end), cell.line));
        let Position { line, column } = self.place(at);
        lsp::Position::new(line.saturating_sub(first), column)
    }

    fn place(&self, at: Offset) -> Position {
        let on = |line: Option<AsciiLine>| line?.position(at);
        let text = &self.snapshot.text;
        on(self.line.get())
            .or_else(|| {
                self.line.set(text.ascii_line(at));
                on(self.line.get())
            })
            .unwrap_or_else(|| text.position(at, self.client.encoding))
    }

    /// A range as the client counts.
    pub fn range(&self, range: Range) -> lsp::Range {
        lsp::Range::new(self.position(range.start), self.position(range.end))
    }

    /// A place in this document, or in another cell of its notebook.
    pub fn location(&self, range: Range) -> lsp::Location {
        let cell = self
            .layout
            .as_ref()
            .and_then(|layout| layout.at(range.start));
        let uri = cell.map_or(&self.uri, |cell| &cell.uri).clone();
        let place = |at| self.position_in(cell, at);
        lsp::Location::new(uri, lsp::Range::new(place(range.start), place(range.end)))
    }

    /// The client's number for the text of this document, or of another cell of its notebook.
    pub fn version_of(&self, uri: &lsp::Uri) -> Option<i32> {
        match &self.layout {
            Some(layout) => layout.cell(uri).map(|cell| cell.version),
            None => self.version,
        }
    }

    /// Text in the format that the client shows hovers in.
    pub fn markup(&self, markup: &Markup) -> lsp::MarkupContent {
        if self.client.markdown {
            lsp::MarkupContent {
                kind: lsp::MarkupKind::Markdown,
                value: markup.to_markdown(
                    |target| self.link(target),
                    |name| match self.client.without_links {
                        true => PageLink::Words,
                        false => pages::uri(name).map_or(PageLink::None, PageLink::Uri),
                    },
                ),
            }
        } else {
            lsp::MarkupContent {
                kind: lsp::MarkupKind::PlainText,
                value: markup.to_plain(),
            }
        }
    }

    /// A link to a place in a file: editors take the line after `L`, one-based.
    fn link(&self, target: Range) -> Option<String> {
        let uri = self.uri.as_str();
        if self.client.without_links || !uri.starts_with("file:") || uri.contains('#') {
            return None;
        }
        let line = self.position(target.start).line.saturating_add(1);
        Some(format!(
            "{}#L{line}",
            uri.replace('(', "%28").replace(')', "%29")
        ))
    }
}

/// Where the page of a diagnostic is, if the project says where its repository is.
pub fn diagnostic_page(code: &str) -> Option<lsp::Uri> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let page = format!("{repository}/blob/main/docs/diagnostics/{code}.md");
    page.parse().ok().filter(|_| !repository.is_empty())
}
