//! What a corpus file can't hold: other line ends, a byte order mark, NUL.

use tree_sitter::{Parser, Tree};

fn parse(source: &str) -> Tree {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_cella::LANGUAGE.into())
        .unwrap();
    parser.parse(source, None).unwrap()
}

/// The tree of `source` is that of the same text with `\n` at the end of each line.
#[track_caller]
fn check(source: &str) {
    let plain = parse(
        &source
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\u{feff}', ""),
    );
    assert!(
        !plain.root_node().has_error(),
        "{}",
        plain.root_node().to_sexp()
    );
    assert_eq!(
        parse(source).root_node().to_sexp(),
        plain.root_node().to_sexp()
    );
}

const PROGRAM: &str = "def f(a):\n    x = 1 + \\\n      2\n    # comment\n    def g():\n        return f(a,\n  x)\n\n    \
                       return g\ns = '''one\ntwo'''\n";

#[test]
fn carriage_return_and_line_feed() {
    check(&PROGRAM.replace('\n', "\r\n"));
}

#[test]
fn carriage_return_alone() {
    check(&PROGRAM.replace('\n', "\r"));
}

#[test]
fn all_kinds_in_one_text() {
    check("if a:\r    b\n    c\r\nd\r\r\n\ne\n");
}

#[test]
fn a_byte_order_mark_before_the_first_line() {
    check("\u{feff}def f():\n    return 1\n");
}

#[test]
fn an_escaped_line_end_in_a_string() {
    check("s = 'one\\\r\ntwo'\r\nt = 1\r\n");
}

#[test]
fn nul_is_no_end_of_the_text() {
    let tree = parse("x = 1\0\ndef f():\n    return 1\n");
    assert!(tree.root_node().has_error());
    let sexp = tree.root_node().to_sexp();
    assert!(sexp.contains("function_definition"), "{sexp}");
}

#[test]
fn no_text_and_no_last_line_end() {
    check("");
    check("\r");
    check("def f(): pass");
    check("if a:\r    b");
}
