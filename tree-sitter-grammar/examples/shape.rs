//! Prints the nodes of files for `tests/python/shape.py`, which holds them against CPython's `ast`: for each path on
//! standard input a line with the path, then a line a named node: kind, start row and column, end row and column
//! (zero-based, in bytes), and the kind of its parent.

use std::io::{BufWriter, Write, stdin, stdout};

use tree_sitter::Parser;

fn main() -> std::io::Result<()> {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_cella::LANGUAGE.into())
        .expect("the language loads");
    let mut out = BufWriter::new(stdout().lock());
    for path in stdin().lines() {
        let path = path?;
        let tree = parser
            .parse(std::fs::read(&path)?, None)
            .expect("nothing cancels the parse");
        writeln!(out, "{path}")?;
        let mut cursor = tree.walk();
        let mut parents = vec![];
        'nodes: loop {
            let node = cursor.node();
            if node.is_named() {
                let (from, to) = (node.start_position(), node.end_position());
                let parent = parents.last().copied().unwrap_or("-");
                let operator = node
                    .child_by_field_name("operator")
                    .map_or("-", |operator| operator.kind());
                writeln!(
                    out,
                    "{} {} {} {} {} {parent} {}",
                    node.kind(),
                    from.row,
                    from.column,
                    to.row,
                    to.column,
                    operator.replace(' ', "_")
                )?;
            }
            if cursor.goto_first_child() {
                parents.push(node.kind());
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    break 'nodes;
                }
                parents.pop();
            }
        }
    }
    Ok(())
}
