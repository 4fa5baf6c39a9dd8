//! Parsing the text of a block, afresh or from the tree that it had.
//!
//! tree-sitter looks for what it can take over of the old tree at the place where the next token is wanted.
//! A node that was read in another state of the scanner it passes over, whole. But line ends, dedents and
//! brackets that aren't there are tokens without a width: where an unfinished bracket now ends its line,
//! the next statement begins at the same place, and is passed over while the bracket still stands open;
//! then so is what follows it, in ever larger nodes, and the rest of the text is read anew. An edit that is
//! said to reach from the line before it to the end of its line keeps them apart, since what follows then
//! begins behind the line end. Where that end is further off (errors, brackets over many lines) the
//! parser does too much work; it is stopped, and the edit said to reach further.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use tree_sitter::{InputEdit, ParseOptions, ParseState, Parser, Point, Tree};

use super::block::Stop;
use super::kind::{Kind, language};
use crate::text::{Offset, Range, Rel, Text};

/// What was replaced, in bytes from the block's start.
#[derive(Clone, Copy)]
pub(super) struct Replaced {
    pub start: Rel,
    pub old_end: Rel,
    pub new_end: Rel,
}

/// How far behind its line an edit is said to reach, and how often the parser may ask whether to go on, which
/// it does after every 100 steps; and so many times more for each block that the edit is in, since all those are
/// put together anew.
const TRIES: [(u32, usize); 2] = [(1, 20), (64, 60)];
const EACH_BLOCK: usize = 4;
const LAST_TRY: u32 = 64;

/// Parses the lines of `range`, from the tree that they had before the edit. `None` if it was stopped.
pub(super) fn reparse(
    text: &Text,
    range: Range,
    (old, edit): (&Tree, Replaced),
    stop: Stop<'_>,
) -> Option<Tree> {
    let wider = |lines| {
        let mut old = old.clone();
        old.edit(&edit.widen(text, range, lines).input_edit());
        old
    };
    // New text has to be read in any case.
    let new = (edit.new_end - edit.start).to_usize() / 100;
    let around = blocks_around(old, edit.start) * EACH_BLOCK;
    for (lines, checks) in TRIES {
        let asked = AtomicUsize::new(0);
        let too_long = || asked.fetch_add(1, Ordering::Relaxed) >= checks + around + new || stop();
        let tree = parse(text, range, Some(&wider(lines)), &too_long);
        if tree.is_some() || stop() {
            return tree;
        }
    }
    parse(text, range, Some(&wider(LAST_TRY)), stop)
}

/// How many blocks a place is in. O(their depth).
fn blocks_around(tree: &Tree, at: Rel) -> usize {
    let mut cursor = tree.walk();
    let mut blocks = 0;
    while cursor.goto_first_child_for_byte(at.to_usize()).is_some() {
        blocks += usize::from(Kind::of(&cursor.node()) == Kind::Block);
    }
    blocks
}

impl Replaced {
    /// This edit, from the last character before the lines that it is in, or are blank before it, up to so
    /// many line ends behind it.
    fn widen(self, text: &Text, block: Range, lines: u32) -> Self {
        let line = text.line_of(block.start + self.start);
        let start = last_above(text, block.start, text.line_start(line)) - block.start;
        let line = text.line_of(block.start + self.new_end);
        let end = text.line_start(line.saturating_add(lines).min(text.line_count()));
        let new_end = (end.min(block.end) - block.start).max(self.new_end);
        Self {
            start: start.min(self.start),
            old_end: self.old_end + (new_end - self.new_end),
            new_end,
        }
    }

    /// The grammar's scanner counts columns itself and nothing here reads a point, so the rows and columns
    /// of the tree need not be kept.
    pub fn input_edit(self) -> InputEdit {
        InputEdit {
            start_byte: self.start.to_usize(),
            old_end_byte: self.old_end.to_usize(),
            new_end_byte: self.new_end.to_usize(),
            start_position: Point::default(),
            old_end_position: Point::default(),
            new_end_position: Point::default(),
        }
    }
}

/// The last byte of code or comment before a line; the start of the text if there is none, and where it stops
/// looking among very many blank lines.
fn last_above(text: &Text, start: Offset, line: Offset) -> Offset {
    const FAR: u32 = 1024;

    let nearest = line.0.saturating_sub(FAR).max(start.0);
    let is_blank = |at: &u32| {
        let byte = text.chunk_from(Offset(*at)).first();
        byte.is_none_or(u8::is_ascii_whitespace)
    };
    let above = (nearest..line.0).rev().find(|at| !is_blank(at));
    Offset(above.unwrap_or(nearest))
}

thread_local! {
    /// A parser is dear to make and can't be shared while it parses.
    static PARSER: RefCell<Option<Parser>> = RefCell::new(new_parser());
}

fn new_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&language()).ok().map(|()| parser)
}

/// Parses the lines of `range`, afresh or from a tree that was edited as they were. `None` if it was stopped.
pub(super) fn parse(text: &Text, range: Range, old: Option<&Tree>, stop: Stop<'_>) -> Option<Tree> {
    if stop() {
        return None;
    }
    let mut read = |byte: usize, _: Point| {
        let at = range.start + Rel::from_usize(byte);
        let chunk = text.chunk_from(at.min(range.end));
        let left = (range.end - at.min(range.end)).to_usize();
        chunk.get(..left).unwrap_or(chunk)
    };
    let mut progress = |_: &ParseState| {
        if stop() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    PARSER.with_borrow_mut(|parser| {
        let parser = parser.as_mut()?;
        let options = ParseOptions::new().progress_callback(&mut progress);
        let tree = parser.parse_with_options(&mut read, old, Some(options));
        if tree.is_none() {
            parser.reset();
        }
        tree
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::syntax::block::NEVER;

    /// The ids of the nodes inside the statements of the class that is the text: a statement that was taken
    /// over keeps them.
    fn insides(tree: &Tree) -> Vec<HashSet<usize>> {
        let class = tree.root_node().child(0).unwrap();
        let body = class.child_by_field_name("body").unwrap();
        let mut cursor = body.walk();
        let inside = |method: tree_sitter::Node| {
            let mut cursor = method.walk();
            let ids = method.children(&mut cursor).map(|node| node.id());
            ids.collect()
        };
        body.children(&mut cursor).map(inside).collect()
    }

    /// A few chunks of the grammar.
    const FEW: usize = 200;

    /// Types in the middle of a class of 1000 statements, which are as `statement` says with a number for `#`.
    /// Each letter reads anew at most a few of them.
    #[track_caller]
    fn check(statement: &str, typed: &str) {
        let class = |statements: std::ops::Range<usize>| -> String {
            statements
                .map(|n| statement.replace('#', &n.to_string()))
                .collect()
        };
        let mut source = format!("class C:\n{}", class(0..500));
        let mut at = source.len();
        source += &class(500..1000);
        let mut text = Text::new(&source);
        let mut tree = parse(&text, text.range(), None, NEVER).unwrap();
        for letter in std::iter::once("    \n").chain(typed.split_inclusive(|_| true)) {
            let place = Rel::from_usize(at);
            text.replace(Range::at(Offset(place.0)), letter);
            let edit = Replaced {
                start: place,
                old_end: place,
                new_end: place + Rel::from_usize(letter.len()),
            };
            let new = reparse(&text, text.range(), (&tree, edit), NEVER).unwrap();
            let before: HashSet<usize> = insides(&tree).into_iter().flatten().collect();
            let anew = insides(&new);
            let anew = anew.iter().filter(|ids| ids.is_disjoint(&before)).count();
            assert!(anew <= FEW, "{anew} statements read anew at {letter:?}");
            tree = new;
            at += if letter.ends_with('\n') {
                letter.len() - 1
            } else {
                letter.len()
            };
        }
    }

    #[test]
    fn what_stands_behind_unfinished_code_is_taken_over() {
        let methods = "    def f#(self):\n        return self\n";
        check(methods, "x = g(a, [b, {c: d}])");
        check(methods, "s = f\"{a!r:>{b}}\" + 'c'");
        check("    x# = 1\n", "y = g(a, [b])");
        check(methods, "if x: y = (1, lambda a, b: c)");
    }
}
