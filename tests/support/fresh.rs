//! A document that is edited, held against the same text read anew after every edit: what the random
//! edits of `tests/incremental.rs` and of the fuzzer share.

use cella::document::{Change, Document};
use cella::scope::{PythonVersion, Scopes};
use cella::syntax::{NEVER, Syntax};
use cella::text::{Offset, Range};

/// What is typed: what people type, and what breaks analyses that take things over.
const TYPED: [&str; 48] = [
    "x",
    "self",
    "a",
    " ",
    "\n",
    "\n    ",
    "    ",
    "\t",
    "\r",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ".",
    "=",
    ":=",
    "\"",
    "'''",
    "f\"{",
    "f\"{x}\"",
    "#",
    "\\\n",
    ";",
    "*",
    "é",
    "def f(a):\n    return a\n",
    "class A:\n    x = 1\n",
    "lambda: x",
    "nonlocal x\n",
    "global y\n",
    "\n\n\n",
    "# comment\n",
    "for i in x:\n",
    "x = 1\n",
    "x: int\n",
    "[y for y in x]",
    "else:\n",
    "@d\n",
    "async ",
    "import a\n",
    "del x\n",
    "from __future__ import annotations\n",
    "if 0:\n",
    "match x:\n  case y:\n",
];

/// One thing that is done to a document; as four bytes, so that a fuzzer can make it up.
pub type Act = [u8; 4];

/// A document, its text as a plain string, and what takes the last edits back.
pub struct Edited {
    document: Document,
    text: String,
    undo: Vec<(usize, usize, String)>,
}

impl Edited {
    pub fn new(source: &str) -> Self {
        Self {
            document: Document::new(source),
            text: source.to_owned(),
            undo: Vec::new(),
        }
    }

    /// Does what `act` says: types, deletes, pastes, does several at once, or takes the last one back.
    pub fn act(&mut self, [kind, high, low, extra]: Act) {
        let place = usize::from(u16::from_be_bytes([high, low])) * (self.text.len() + 1) / 65_536;
        let extra = usize::from(extra);
        let typed = TYPED[extra % TYPED.len()];
        match kind % 16 {
            0..=6 => self.replace(&[(place, 0, typed)]),
            7 | 8 => self.replace(&[(place, 1 + extra % 12, "")]),
            9 => self.replace(&[(place, extra % 60, typed)]),
            10 => {
                let start = self.boundary(extra * self.text.len() / 256);
                let end = self.boundary(start + 200);
                let pasted = self.text[start..end].to_owned();
                self.replace(&[(place, 0, &pasted)]);
            }
            // What an editor with several cursors sends.
            11 => self.replace(&[(place, 0, typed), (place / 2, 3, "x"), (place, 1, "")]),
            12 if extra < 8 => self.replace(&[(0, self.text.len(), "")]),
            _ => {
                if let Some((start, len, old)) = self.undo.pop() {
                    self.replace(&[(start, len, &old)]);
                    self.undo.pop();
                }
            }
        }
    }

    /// Replaces, one after the other, so many bytes from a place on, in one change of the document.
    pub fn replace(&mut self, edits: &[(usize, usize, &str)]) {
        let mut changes = Vec::new();
        for (at, len, new) in edits {
            let start = self.boundary(*at);
            let end = self.boundary(start + len);
            let old = self.text[start..end].to_owned();
            self.text.replace_range(start..end, new);
            self.undo.push((start, new.len(), old));
            changes.push(Change {
                range: Range::new(Offset::from_usize(start), Offset::from_usize(end)),
                text: (*new).to_owned(),
            });
        }
        self.document.edit(&changes, NEVER);
    }

    /// The next place that is no part of a character.
    fn boundary(&self, at: usize) -> usize {
        (at..self.text.len())
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(self.text.len())
    }

    /// Whether the document is what it would be if its text were read anew; `ask` chooses the questions.
    pub fn check(&self, ask: u32) -> Result<(), String> {
        let edited = self.document.snapshot();
        let fresh = Syntax::parse(&edited.text);
        same("text", &edited.text.to_string(), &self.text)?;
        let cuts = |syntax: &Syntax| {
            let starts = syntax.blocks().map(|(start, _)| format!("{start:?}\n"));
            starts.collect::<String>()
        };
        same("cuts", &cuts(&edited.syntax), &cuts(&fresh))?;
        for ((at, one), (_, other)) in edited.syntax.blocks().zip(fresh.blocks()) {
            let (Some(one), Some(other)) = (one.tree(), other.tree()) else {
                return Err(format!("the block at {at:?} has no tree"));
            };
            // How tree-sitter recovers from an error may depend on how the text came about.
            if !other.root_node().has_error() {
                let trees = [one, other].map(|tree| tree.root_node().to_sexp());
                same(
                    &format!("tree of the block at {at:?}"),
                    &trees[0],
                    &trees[1],
                )?;
            }
        }
        let anew = Scopes::new(&edited.text, &edited.syntax);
        same("facts", &edited.scopes.outline(), &anew.outline())?;
        // Facts that are the same mostly give the same answers: what may differ is how they are found.
        if ask.is_multiple_of(3) {
            self.ask(&edited.scopes, &anew, ask)?;
        }
        Ok(())
    }

    /// A few questions, by number, to both.
    fn ask(&self, edited: &Scopes, anew: &Scopes, number: u32) -> Result<(), String> {
        let mut number = number | 1;
        for _ in 0..2 {
            number = number.wrapping_mul(0x9E37_79B1).rotate_left(13);
            let at = Offset::from_usize(number as usize % (self.text.len() + 1));
            let version = PythonVersion::ALL[number as usize % PythonVersion::ALL.len()];
            let [one, other] = [edited, anew].map(|scopes| answer(scopes, version, at));
            same(&format!("answer for {version} at {at:?}"), &one, &other)?;
        }
        Ok(())
    }
}

/// What is said of a place: its scope and what that takes and owns, and the variable there with all its
/// occurrences and captures.
fn answer(scopes: &Scopes, version: PythonVersion, at: Offset) -> String {
    let scope = scopes.scope_at(version, at);
    let mut told = format!("{scope:?} {:?}\n", scope.knowable());
    if scope.is_function_like() {
        let (free, cells) = (scope.free_variables(), scope.cell_variables());
        told += &format!("{:?} {free:?} {cells:?}\n", scope.variables());
    }
    if let Some(occurrence) = scopes.occurrence_at(version, at) {
        told += &format!("{occurrence:?} {:?}\n", occurrence.resolve());
        if let Some(variable) = occurrence.variable() {
            told += &format!("{:?}\n{:?}\n", variable.occurrences(), variable.captures());
        }
    }
    told
}

/// The first line in which two texts differ, as an error.
fn same(what: &str, one: &str, other: &str) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    let lines = one
        .lines()
        .zip(other.lines())
        .find(|(one, other)| one != other);
    Err(format!("{what} differ: {lines:?}\n"))
}
