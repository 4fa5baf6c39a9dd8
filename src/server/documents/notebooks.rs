//! Open notebooks: what their cells say together is one entry among the documents.

use tower_lsp::ls_types as lsp;

use super::{Documents, State, Trouble};
use crate::document::Change;
use crate::server::edit;
use crate::server::notebook::{Cell, Notebook};
use crate::server::project::Project;
use crate::server::settings::Settings;
use crate::text::{Encoding, Text};

impl Documents {
    /// Takes a notebook on.
    pub fn open_notebook(
        &mut self,
        notebook: lsp::NotebookDocument,
        texts: &[lsp::TextDocumentItem],
        project: Project,
        settings: Settings,
    ) -> Option<Trouble> {
        let uri = notebook.uri.as_str().to_owned();
        self.close_notebook(&uri);
        let cells = notebook.cells.into_iter();
        let cells = cells.map(|cell| Cell::new(cell.clone(), find(texts, &cell.document)));
        let item = lsp::TextDocumentItem::new(notebook.uri, "python".into(), 0, String::new());
        self.open(item, project, settings);
        let opened = Notebook {
            cells: cells.collect(),
        };
        self.notebooks.insert(uri.clone(), opened);
        self.rejoin(&uri)
    }

    /// Applies what a notification says of a notebook's cells.
    pub fn change_notebook(
        &mut self,
        uri: &str,
        change: lsp::NotebookDocumentCellChange,
        encoding: Encoding,
    ) -> Option<Trouble> {
        let notebook = self.notebooks.get_mut(uri)?;
        let mut trouble = None;
        let rearranged = change.structure.is_some() || change.data.is_some();
        if let Some(structure) = change.structure {
            notebook.rearrange(structure);
        }
        for cell in change.data.into_iter().flatten() {
            notebook.set_kind(&cell);
        }
        if rearranged {
            trouble = self.rejoin(uri);
        }
        for changed in change.text_content.into_iter().flatten() {
            let told = self.change_cell(uri, &changed, encoding);
            trouble = trouble.or(told);
        }
        trouble
    }

    /// Forgets a notebook and its cells.
    pub fn close_notebook(&mut self, uri: &str) -> Vec<lsp::Uri> {
        self.open.remove(uri);
        let closed = self.notebooks.remove(uri).unwrap_or_default();
        let cells = closed.cells.into_iter().map(|cell| cell.uri);
        cells
            .inspect(|cell| drop(self.cells.remove(cell.as_str())))
            .collect()
    }

    /// Analyses a notebook anew after its cells were rearranged. O(n).
    fn rejoin(&mut self, uri: &str) -> Option<Trouble> {
        let notebook = self.notebooks.get(uri)?;
        self.cells.retain(|_, of| of != uri);
        let names = notebook
            .cells
            .iter()
            .map(|cell| cell.uri.as_str().to_owned());
        self.cells.extend(names.map(|cell| (cell, uri.to_owned())));
        let entry = self.open.get_mut(uri)?;
        let joined = notebook.joined();
        let (state, trouble) = State::new(&joined, entry.settings.max_file_size.0);
        entry.state = state;
        entry.layout = Some(notebook.layout(&Text::new(&joined)));
        entry.finishing = None;
        entry.clock.tick();
        trouble
    }

    /// Applies the changes of one cell's text.
    fn change_cell(
        &mut self,
        uri: &str,
        changed: &lsp::NotebookDocumentChangeTextContent,
        encoding: Encoding,
    ) -> Option<Trouble> {
        let notebook = self.notebooks.get_mut(uri)?;
        let entry = self.open.get_mut(uri)?;
        entry.clock.tick();
        entry.finishing = None;
        let cell = notebook.cell_mut(&changed.document.uri)?;
        let mut text = cell.text.clone();
        for change in &changed.changes {
            match change
                .range
                .map(|range| edit::change(&text, edit::range(range), &change.text, encoding))
            {
                None => text = Text::new(&change.text),
                Some(Ok(edit)) => drop(text.replace(edit.range, &edit.text)),
                Some(Err(why)) => return entry.state.lose(why),
            }
        }
        cell.set(text, changed.document.version);
        let place = entry
            .layout
            .as_ref()
            .and_then(|layout| layout.cell(&cell.uri));
        if let Some(range) = place.map(|place| place.range) {
            let text = cell.shown.clone();
            entry.state.apply(Change { range, text });
        }
        if let State::Analysed(document) = &entry.state {
            entry.layout = Some(notebook.layout(&document.snapshot().text));
        }
        None
    }
}

fn find<'a>(
    texts: &'a [lsp::TextDocumentItem],
    uri: &lsp::Uri,
) -> Option<&'a lsp::TextDocumentItem> {
    texts.iter().find(|text| text.uri == *uri)
}
