//! A document after any edits has the trees that it would have if it were read afresh.
//!
//! Random edits (letters, deletions, quotes, brackets, indents, pastes, undo) of files of the standard
//! library. Every block that an edit touches is compared with its text parsed afresh, and the cuts of the
//! document with fresh ones. Trees without errors must be equal; those with errors may differ in how
//! tree-sitter recovered, which is counted. `CELLA_EDITS` says how many edits; each seed is printed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

#[path = "support/corpus.rs"]
mod corpus;

use cella::syntax::{Edit, NEVER, Syntax, kind};
use cella::text::{Offset, Range, Rel, Text};
use tree_sitter::{Parser, Tree};

/// What is typed: what people type, and what breaks scanners.
const TYPED: &[&str] = &[
    "a",
    "x",
    "0",
    " ",
    ".",
    ",",
    ":",
    "=",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "f\"{",
    "}\"",
    "#",
    "\\",
    "\n",
    "\n    ",
    "\n        ",
    "\t",
    "\r",
    "\\\n",
    "@",
    "@d\n",
    ";",
    "*",
    "->",
    ":=",
    "def f():\n",
    "class C:\n",
    "return ",
    "else:\n",
    "async ",
    "match x:\n",
    "case _:\n",
    "lambda: ",
    "for ",
    " in ",
    "if ",
    "import a\n",
    "x = 1\n",
    "nonlocal y\n",
    "é",
];

/// Marsaglia's xorshift: the same edits for the same seed, on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % end.max(1)
    }
}

/// A text that is edited, and its syntax.
struct Edited {
    text: Text,
    syntax: Syntax,
    /// What takes the last edits back: a place, and what stood there.
    undo: Vec<(Range, String)>,
}

impl Edited {
    fn new(source: &str) -> Self {
        let text = Text::new(source);
        Self {
            syntax: Syntax::parse(&text),
            text,
            undo: Vec::new(),
        }
    }

    /// Replaces a range; returns the blocks that this made.
    fn replace(&mut self, range: Range, new: &str) -> std::ops::Range<usize> {
        let before = self.text.clone();
        let old = self.text.replace(range, new);
        let new = Range::new(old.start, old.start + Rel::from_usize(new.len()));
        self.undo.push((new, before.slice(old).into_owned()));
        let (syntax, changes) = self.syntax.edit(&self.text, Edit { old, new }, NEVER);
        self.syntax = syntax;
        changes.new
    }

    fn undo(&mut self) -> std::ops::Range<usize> {
        let Some((range, old)) = self.undo.pop() else {
            return 0..0;
        };
        let changed = self.replace(range, &old);
        self.undo.pop();
        changed
    }

    fn random_edit(&mut self, random: &mut Random) -> std::ops::Range<usize> {
        let len = self.text.len().to_usize();
        let start = Offset::from_usize(random.below(len + 1));
        let until = |bytes: usize| Range::new(start, start + Rel::from_usize(bytes));
        match random.below(8) {
            0 => self.replace(until(1), ""),
            1 => {
                let bytes = random.below(40);
                self.replace(until(bytes), "")
            }
            2 => {
                let from = Offset::from_usize(random.below(len + 1));
                let to = from + Rel::from_usize(random.below(200));
                let pasted = self.text.slice(Range::new(from, to)).into_owned();
                self.replace(until(0), &pasted)
            }
            3 => self.replace(until(1), TYPED[random.below(TYPED.len())]),
            _ => self.replace(until(0), TYPED[random.below(TYPED.len())]),
        }
    }
}

/// Counts over all edits.
#[derive(Default)]
struct Counts {
    edits: usize,
    trees: usize,
    with_errors: usize,
    differ_with_errors: usize,
    examples: Vec<String>,
}

impl Counts {
    /// Compares the blocks that an edit made with their text parsed afresh.
    fn compare(&mut self, edited: &Edited, changed: std::ops::Range<usize>, parser: &mut Parser) {
        self.edits += 1;
        let blocks = edited.syntax.blocks_from(changed.start).take(changed.len());
        for (start, block) in blocks {
            let range = Range::new(start, start + block.len());
            let source = edited.text.slice(range);
            let fresh = parser.parse(source.as_bytes(), None).unwrap();
            self.trees += 1;
            let has_error = fresh.root_node().has_error();
            self.with_errors += usize::from(has_error);
            let Some(at) = first_difference(block.tree().unwrap(), &fresh) else {
                continue;
            };
            assert!(has_error, "differs at {at} without an error:\n{source}");
            self.differ_with_errors += 1;
            if self.examples.len() < 10 && source.len() < 600 {
                self.examples.push(format!("at {at} of {source:?}"));
            }
        }
    }
}

/// Where two trees begin to differ, in bytes.
fn first_difference(ours: &Tree, theirs: &Tree) -> Option<usize> {
    let (mut a, mut b) = (ours.walk(), theirs.walk());
    loop {
        let (left, right) = (a.node(), b.node());
        let same = left.kind_id() == right.kind_id()
            && left.byte_range() == right.byte_range()
            && left.is_missing() == right.is_missing()
            && left.is_extra() == right.is_extra();
        let down = (a.goto_first_child(), b.goto_first_child());
        if !same || down.0 != down.1 {
            return Some(left.start_byte().min(right.start_byte()));
        }
        if down.0 {
            continue;
        }
        loop {
            let next = (a.goto_next_sibling(), b.goto_next_sibling());
            if next.0 != next.1 {
                return Some(a.node().start_byte().min(b.node().start_byte()));
            }
            if next.0 {
                break;
            }
            match (a.goto_parent(), b.goto_parent()) {
                (true, true) => {}
                (false, false) => return None,
                _ => return Some(0),
            }
        }
    }
}

fn cuts(syntax: &Syntax) -> Vec<Offset> {
    syntax.blocks().map(|(start, _)| start).collect()
}

#[test]
fn edited_equals_fresh_over_the_standard_library() {
    let wanted = std::env::var("CELLA_EDITS");
    let wanted: usize = wanted.map_or(1_000, |wanted| wanted.parse().unwrap());
    let mut files = corpus::stdlib(400);
    files.retain(|(_, source)| (2_000..16_000).contains(&source.len()));
    if files.is_empty() {
        return;
    }
    let mut parser = Parser::new();
    parser.set_language(&kind::language()).unwrap();
    let mut counts = Counts::default();
    let mut seed = 1;
    while counts.edits < wanted {
        let (path, source) = &files[seed % files.len()];
        println!("seed {seed}: {}", path.display());
        let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ seed as u64);
        let mut edited = Edited::new(source);
        // A few edits, one on top of the other, then most of them taken back.
        for _ in 0..10 {
            for _ in 0..random.below(8) + 1 {
                let changed = edited.random_edit(&mut random);
                counts.compare(&edited, changed, &mut parser);
            }
            for _ in 0..edited.undo.len() - usize::from(random.below(4) == 0) {
                let changed = edited.undo();
                counts.compare(&edited, changed, &mut parser);
            }
            let fresh = Syntax::parse(&edited.text);
            assert_eq!(cuts(&edited.syntax), cuts(&fresh));
        }
        seed += 1;
    }
    println!(
        "{} edits, {} trees, {} of them with errors; {} of these differ",
        counts.edits, counts.trees, counts.with_errors, counts.differ_with_errors
    );
    for example in &counts.examples {
        println!("{example}");
    }
}
