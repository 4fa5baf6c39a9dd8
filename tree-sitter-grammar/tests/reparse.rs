//! A letter costs what it changes, whatever the length of the text around it.

use tree_sitter::Parser;

#[path = "support/shapes.rs"]
mod shapes;
#[allow(dead_code)] // Characters are counted for the limits.
#[path = "support/steps.rs"]
mod steps;

use shapes::{PLACES, SHAPES, Shape, edit, place};
use steps::{Steps, count};

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_cella::LANGUAGE.into())
        .expect("the language loads");
    parser
}

/// What a reparse does after a letter was typed.
fn typed(shape: Shape, lines: usize, share: f64) -> Steps {
    let mut text = shape(lines);
    let byte = place(&text, share);
    let mut parser = parser();
    let mut tree = parser.parse(&text, None).expect("nothing cancels it");
    assert!(!tree.root_node().has_error());
    tree.edit(&edit(&text, byte, 0, 1));
    text.insert(byte, 'q');
    count(&mut parser, &text, Some(&tree)).1
}

#[test]
fn a_letter_in_10_000_lines_costs_its_chunk_at_most() {
    let mut tokens = Vec::new();
    for (name, shape) in SHAPES {
        for (at, share) in PLACES {
            let steps = typed(shape, 10_000, share);
            // Where the end of a block moves, the rest of its chunk is read anew.
            assert!(steps.tokens <= 2_500, "{name}, {at}: {steps:?}");
            assert!(steps.built <= 2_500, "{name}, {at}: {steps:?}");
            // A place in the nest is in thirty blocks, and each of them is put together anew.
            let reused = if name == "one nest" { 1_200 } else { 550 };
            assert!(steps.reused <= reused, "{name}, {at}: {steps:?}");
            tokens.push(steps.tokens);
        }
    }
    tokens.sort_unstable();
    assert!(tokens[tokens.len() / 2] <= 60, "{tokens:?}");
}

#[test]
fn chunks_leave_no_trace_in_the_tree() {
    let rows: String = (0..5000).map(|i| format!("    a{i},\n")).collect();
    let pairs = rows.replace(',', ": 1,");
    let statements = rows.replace(',', "");
    for (text, children) in [
        (rows.replace(',', "").replace("    ", ""), 5000),
        (format!("if a:\n{statements}"), 5000),
        (format!("[\n{rows}]"), 10_002),
        (format!("(\n{rows})"), 10_002),
        (format!("{{\n{rows}}}"), 10_002),
        (format!("{{\n{pairs}}}"), 10_002),
        (format!("f(\n{rows})"), 10_002),
        (
            format!("f(\n{}\n)", rows.trim_end().trim_end_matches(',')),
            10_001,
        ),
    ] {
        let tree = parser().parse(&text, None).expect("nothing cancels it");
        assert!(!tree.root_node().has_error());
        let mut cursor = tree.walk();
        let mut most = 0;
        loop {
            most = most.max(cursor.node().child_count());
            if !cursor.goto_last_child() {
                break;
            }
        }
        assert_eq!(most as usize, children, "{}", &text[..20]);
    }
}
