//! Nothing hangs: what a text does to the parser grows no faster than the text, and a parse can be stopped.
//!
//! Counted by what the parser logs, not by a clock.

use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, Parser};

#[allow(dead_code)] // Nothing is taken over in a first parse.
#[path = "support/steps.rs"]
mod steps;

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_cella::LANGUAGE.into())
        .expect("the language loads");
    parser
}

/// Twice the parts take about twice the steps, and no part takes many.
#[track_caller]
fn grows_with_its_length(name: &str, text: impl Fn(usize) -> String) {
    const PARTS: usize = 1_000;
    let [once, twice] = [PARTS, 2 * PARTS].map(|parts| {
        let text = text(parts);
        let steps = steps::count(&mut parser(), &text, None).1;
        assert!(steps.characters <= 300 * text.len(), "{name}: {steps:?}");
        assert!(
            steps.tokens + steps.built <= 30 * parts,
            "{name}: {steps:?}"
        );
        [steps.characters, steps.tokens, steps.built]
    });
    for (once, twice) in once.into_iter().zip(twice) {
        assert!(twice <= once * 5 / 2 + 100, "{name}: {once}, then {twice}");
    }
}

/// Each thing that can be left open, over and over.
const OPENERS: [&str; 22] = [
    "(",
    "[",
    "{",
    "f(",
    "a[",
    "{a:",
    "[*",
    "(lambda: ",
    "lambda: ",
    "not ",
    "-",
    "await ",
    "a.",
    "a if b else ",
    "a + ",
    "a ** ",
    "a, ",
    "f\"{",
    "f'''{",
    "\"\"\"",
    "x = ",
    "if a: ",
];

#[test]
fn what_is_left_open_over_and_over() {
    for opener in OPENERS {
        grows_with_its_length(opener, |parts| opener.repeat(parts));
    }
}

#[test]
fn what_is_left_open_on_lines_of_their_own() {
    for opener in OPENERS {
        grows_with_its_length(opener, |parts| format!("{opener}\n").repeat(parts));
    }
}

#[test]
fn a_hundred_thousand_openers_are_parsed_to_the_end() {
    for opener in OPENERS {
        let text = opener.repeat(100_000);
        let tree = parser().parse(&text, None).expect("nothing cancels it");
        assert_eq!(tree.root_node().end_byte(), text.len(), "{opener}");
    }
}

#[test]
fn long_chains() {
    grows_with_its_length("elif", |parts| {
        "if a: b\n".to_owned() + &"elif a: b\n".repeat(parts)
    });
    grows_with_its_length("statements on a line", |parts| "a = b; ".repeat(parts));
    grows_with_its_length("targets", |parts| "a = ".repeat(parts) + "b\n");
    grows_with_its_length("words of a string", |parts| "'a' ".repeat(parts) + "\n");
    grows_with_its_length("comments", |parts| "# a\n".repeat(parts));
    grows_with_its_length("rows behind comments", |parts| {
        format!("[\n{}]\n", "a,\n# b\n".repeat(parts))
    });
    grows_with_its_length("backslashes", |parts| "\\\n".repeat(parts));
}

#[test]
fn an_unclosed_quote_above_everything() {
    for quote in ["\"", "'", "\"\"\"", "f'''", "f'''{a", "f\"{a"] {
        grows_with_its_length(quote, |parts| {
            format!(
                "{quote}\n{}",
                "def f(a):\n    return 'a' + b\n".repeat(parts / 2)
            )
        });
    }
}

#[test]
fn a_hundred_thousand_lines_below_an_unclosed_quote_stay_what_they_were() {
    let below = "def f(a):\n    return 'a' + b\n".repeat(50_000);
    for quote in ["\"", "\"\"\"", "f'''{a"] {
        let text = format!("x = {quote}\n{below}");
        let tree = parser().parse(&text, None).expect("nothing cancels it");
        assert_eq!(tree.root_node().named_child_count(), 50_001, "{quote}");
    }
}

#[test]
fn ten_thousand_elifs_are_clauses_of_one_statement() {
    let text = "if a: b\n".to_owned() + &"elif a: b\n".repeat(10_000);
    let tree = parser().parse(&text, None).expect("nothing cancels it");
    assert!(!tree.root_node().has_error());
    let statement = tree.root_node().named_child(0).expect("there is one");
    assert_eq!(statement.named_child_count(), 10_002);
}

#[test]
fn a_million_bytes_on_a_line() {
    let text = format!("x = [{}]\n", "(1, 'a', b), ".repeat(80_000));
    let tree = parser().parse(&text, None).expect("nothing cancels it");
    assert!(!tree.root_node().has_error());
}

#[test]
fn a_parse_stops_when_it_is_told_to_and_goes_on_afterwards() {
    let text = "def f(a):\n    return a + 1\n".repeat(10_000);
    let mut parser = parser();
    let mut read = |byte: usize, _| text.as_bytes().get(byte..).unwrap_or_default();
    let mut asked = 0;
    let mut stop = |_: &_| {
        asked += 1;
        if asked < 3 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let options = ParseOptions::new().progress_callback(&mut stop);
    assert!(
        parser
            .parse_with_options(&mut read, None, Some(options))
            .is_none()
    );
    assert_eq!(asked, 3);
    let tree = parser
        .parse_with_options(&mut read, None, None)
        .expect("it goes on");
    assert_eq!(tree.root_node().named_child_count(), 10_000);
}
