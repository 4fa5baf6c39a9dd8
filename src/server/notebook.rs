//! Notebooks: the code cells of one notebook, in their order, are one module.
//!
//! The analysis sees one text, the cells' texts one after the other, so that a name bound in one cell
//! is known in the next. [`Layout`] says where each cell stands in it. What isn't Python in a cell
//! (`%magic`, `!command`, `name?`, a cell of another language) is hidden from the analysis, line by
//! line, so that lines keep their numbers.

use std::sync::Arc;

use tower_lsp::ls_types as lsp;

use crate::text::{Offset, Range, Rel, Text};

/// A notebook's cells.
#[derive(Default)]
pub struct Notebook {
    /// All of them, in order.
    pub cells: Vec<Cell>,
}

/// One cell.
pub struct Cell {
    /// Its text document.
    pub uri: lsp::Uri,
    /// Whether it is code; prose isn't analysed.
    pub is_code: bool,
    /// The text, as the editor has it.
    pub text: Text,
    /// The text, as the analysis gets it.
    pub shown: String,
    /// The client's number for the text.
    pub version: i32,
}

impl Cell {
    /// A cell as the client describes it, and its text document.
    pub fn new(cell: lsp::NotebookCell, document: Option<&lsp::TextDocumentItem>) -> Self {
        let known = document.is_some_and(|it| matches!(&*it.language_id, "python" | "cella"));
        let text = document.map_or("", |document| &document.text);
        Self {
            uri: cell.document,
            is_code: known && cell.kind == lsp::NotebookCellKind::CODE,
            text: Text::new(text),
            shown: hidden(text),
            version: document.map_or(0, |document| document.version),
        }
    }
}

/// Where the cells stand in the joined text.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    placed: Vec<Placed>,
}

/// Where one cell stands in the joined text.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its text document.
    pub uri: lsp::Uri,
    /// Its text, without the line end that parts it from the next.
    pub range: Range,
    /// The zero-based line of the joined text on which it begins.
    pub line: u32,
    /// The client's number for its text.
    pub version: i32,
}

impl Notebook {
    /// The cell of a text document.
    pub fn cell_mut(&mut self, uri: &lsp::Uri) -> Option<&mut Cell> {
        self.cells.iter_mut().find(|cell| cell.uri == *uri)
    }

    /// Cells are added, taken away or moved; a cell that is moved is taken away and added again.
    pub fn rearrange(&mut self, structure: lsp::NotebookDocumentCellChangeStructure) {
        let lsp::NotebookCellArrayChange {
            start,
            delete_count,
            cells,
        } = structure.array;
        let opened = structure.did_open.unwrap_or_default();
        let start = (start as usize).min(self.cells.len());
        let end = start
            .saturating_add(delete_count as usize)
            .min(self.cells.len());
        let mut removed: Vec<Cell> = self.cells.drain(start..end).collect();
        let added: Vec<Cell> = cells
            .unwrap_or_default()
            .into_iter()
            .map(|cell| {
                let document = opened.iter().find(|document| document.uri == cell.document);
                let kept = removed.iter().position(|it| it.uri == cell.document);
                match (document, kept) {
                    (None, Some(at)) => removed.swap_remove(at),
                    _ => Cell::new(cell, document),
                }
            })
            .collect();
        self.cells.splice(start..start, added);
    }

    /// A cell becomes code or prose.
    pub fn set_kind(&mut self, changed: &lsp::NotebookCell) {
        if let Some(cell) = self.cell_mut(&changed.document) {
            cell.is_code = changed.kind == lsp::NotebookCellKind::CODE;
        }
    }

    /// The joined text, as the analysis gets it. O(n).
    pub fn joined(&self) -> String {
        let code = self.cells.iter().filter(|cell| cell.is_code);
        code.map(|cell| cell.shown.clone() + "\n").collect()
    }

    /// Where the cells stand in `joined`. O(cells · log n).
    pub fn layout(&self, joined: &Text) -> Arc<Layout> {
        let mut at = Offset(0);
        let code = self.cells.iter().filter(|cell| cell.is_code);
        let place = |cell: &Cell| {
            let len = Rel::from_usize(cell.shown.len());
            let placed = Placed {
                uri: cell.uri.clone(),
                range: Range::new(at, at + len),
                line: joined.line_of(at),
                version: cell.version,
            };
            at = at + len + Rel(1);
            placed
        };
        Arc::new(Layout {
            placed: code.map(place).collect(),
        })
    }
}

impl Cell {
    /// Takes a new text in.
    pub fn set(&mut self, text: Text, version: i32) {
        self.shown = hidden(&text.to_string());
        self.text = text;
        self.version = version;
    }
}

impl Layout {
    /// The cells, in order.
    pub fn cells(&self) -> &[Placed] {
        &self.placed
    }

    /// The cell of a text document.
    pub fn cell(&self, uri: &lsp::Uri) -> Option<&Placed> {
        self.placed.iter().find(|placed| placed.uri == *uri)
    }

    /// The cell that holds `offset`. O(log cells).
    pub fn at(&self, offset: Offset) -> Option<&Placed> {
        let after = self
            .placed
            .partition_point(|placed| placed.range.start <= offset);
        self.placed.get(after.checked_sub(1)?)
    }
}

/// Magics after which a cell still is Python.
const PYTHON_MAGICS: [&str; 5] = ["time", "timeit", "capture", "prun", "debug"];

/// A cell's text with what isn't Python made a comment. No line is added or taken.
fn hidden(source: &str) -> String {
    let magic = source.trim_start().strip_prefix("%%");
    let magic = magic.map(|rest| rest.split_whitespace().next().unwrap_or_default());
    let foreign = magic.is_some_and(|magic| !PYTHON_MAGICS.contains(&magic));
    source
        .split_inclusive(['\n', '\r'])
        .map(|line| hidden_line(line, foreign))
        .collect()
}

fn hidden_line(line: &str, foreign: bool) -> String {
    let content = line.trim_end_matches(['\n', '\r']);
    let end = line.get(content.len()..).unwrap_or_default();
    let code = content.trim();
    let assigned = code
        .split_once('=')
        .filter(|(_, value)| value.trim_start().starts_with(['!', '%']));
    match assigned {
        _ if foreign => format!("#{end}"),
        _ if code.starts_with(['%', '!', '?']) || is_question(code) => format!("#{end}"),
        // `files = !ls` binds the name all the same.
        Some((name, _)) if is_name(name.trim()) => {
            let indent = content.len() - content.trim_start().len();
            format!(
                "{}{name}= 0{end}",
                content.get(..indent).unwrap_or_default()
            )
        }
        _ => line.to_owned(),
    }
}

/// `name?` and `name??` ask for help.
fn is_question(code: &str) -> bool {
    code.strip_suffix('?')
        .is_some_and(|asked| asked.trim_end_matches('?').split('.').all(is_name))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|ch| ch == '_' || ch.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        assert_eq!(hidden(cell), expected);
        assert_eq!(
            Text::new(cell).line_count(),
            Text::new(expected).line_count()
        );
    }

    #[test]
    fn python_stays_as_it_is() {
        for cell in [
            "",
            "x = 1",
            "x = 1\n\ny = x % 2\r\n",
            "if a != b:\n    x = '%d' % 1\n",
        ] {
            check(cell, cell);
        }
    }

    #[test]
    fn magics_are_hidden() {
        check("%matplotlib inline\nx = 1\n", "#\nx = 1\n");
        check("!pip install y\r\nx = 1", "#\r\nx = 1");
        check("x?\nx.y??\n?x\nf(x)\n", "#\n#\n#\nf(x)\n");
        check(
            "  files = !ls\nt = %timeit -o f()\n",
            "  files = 0\nt = 0\n",
        );
        check("%%time\nx = 1\n", "#\nx = 1\n");
        check("%%bash\nfor x in a; do\ndone\n", "#\n#\n#\n");
    }

    #[test]
    fn cells_find_their_places() {
        let cell = |name: &str, is_code, text: &str| Cell {
            uri: format!("cell:{name}").parse().unwrap(),
            is_code,
            text: Text::new(text),
            shown: hidden(text),
            version: 1,
        };
        let cells = vec![
            cell("a", true, "x = 1\ny"),
            cell("b", false, "# prose"),
            cell("c", true, "z\n"),
        ];
        let notebook = Notebook { cells };
        let joined = notebook.joined();
        assert_eq!(joined, "x = 1\ny\nz\n\n");
        let layout = notebook.layout(&Text::new(&joined));
        let places: Vec<_> = layout
            .cells()
            .iter()
            .map(|it| (it.uri.as_str(), it.line, it.range.start.0, it.range.end.0))
            .collect();
        assert_eq!(places, [("cell:a", 0, 0, 7), ("cell:c", 2, 8, 10)]);
        assert_eq!(layout.at(Offset(7)).unwrap().uri.as_str(), "cell:a");
        assert_eq!(layout.at(Offset(8)).unwrap().uri.as_str(), "cell:c");
    }
}
