//! tree-sitter-python on the whole file.

use std::time::Duration;

use cella::text::{Offset, Range, Rel, Text};
use tree_sitter::{InputEdit, Parser, Point, Tree};

use crate::clock::Clock;

pub struct Peer {
    parser: Parser,
    text: Text,
    tree: Option<Tree>,
}

impl Peer {
    pub fn new(text: Text) -> Self {
        let mut parser = Parser::new();
        let language = tree_sitter_python::LANGUAGE.into();
        parser.set_language(&language).expect("the versions agree");
        let tree = parse(&mut parser, &text, None);
        Self { parser, text, tree }
    }
}

impl super::Typist for Peer {
    fn replace(&mut self, range: Range, new: &str) -> Duration {
        let old_end = point(&self.text, range.end);
        let old = self.text.replace(range, new);
        let new_end = old.start + Rel::from_usize(new.len());
        let edit = InputEdit {
            start_byte: old.start.to_usize(),
            old_end_byte: old.end.to_usize(),
            new_end_byte: new_end.to_usize(),
            start_position: point(&self.text, old.start),
            old_end_position: old_end,
            new_end_position: point(&self.text, new_end),
        };
        let start = Clock::start();
        if let Some(tree) = &mut self.tree {
            tree.edit(&edit);
        }
        self.tree = parse(&mut self.parser, &self.text, self.tree.as_ref());
        start.elapsed()
    }
}

fn parse(parser: &mut Parser, text: &Text, old: Option<&Tree>) -> Option<Tree> {
    let mut read = |byte: usize, _: Point| text.chunk_from(Offset::from_usize(byte));
    parser.parse_with_options(&mut read, old, None)
}

fn point(text: &Text, offset: Offset) -> Point {
    let line = text.line_of(offset);
    Point {
        row: line as usize,
        column: (offset - text.line_start(line)).to_usize(),
    }
}
