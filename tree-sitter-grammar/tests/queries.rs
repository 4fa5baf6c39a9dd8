//! Every query fits the grammar, and those that no other tool tests find what they should.

use tree_sitter::{Language, Parser, Query, QueryCursor, StreamingIterator};

fn language() -> Language {
    tree_sitter_cella::LANGUAGE.into()
}

/// Each capture of `query` in `source`, as `name text`, in the order of the text.
fn captures(query: &str, source: &str) -> Vec<String> {
    let mut parser = Parser::new();
    parser.set_language(&language()).unwrap();
    let tree = parser.parse(source, None).unwrap();
    let query = Query::new(&language(), query).unwrap();
    let mut cursor = QueryCursor::new();
    let mut found = cursor.captures(&query, tree.root_node(), source.as_bytes());
    let mut captures = Vec::new();
    while let Some((matched, index)) = found.next() {
        let capture = matched.captures()[*index];
        let name = query.capture_names()[capture.index as usize];
        captures.push(format!("{name} {}", &source[capture.node.byte_range()]));
    }
    captures
}

fn named<'a>(captures: &'a [String], name: &str) -> Vec<&'a str> {
    captures
        .iter()
        .filter_map(|capture| capture.strip_prefix(name)?.strip_prefix(' '))
        .collect()
}

#[test]
fn every_query_fits() {
    for query in [
        tree_sitter_cella::HIGHLIGHTS_QUERY,
        tree_sitter_cella::LOCALS_QUERY,
        tree_sitter_cella::FOLDS_QUERY,
        tree_sitter_cella::INDENTS_QUERY,
        tree_sitter_cella::TAGS_QUERY,
        tree_sitter_cella::INJECTIONS_QUERY,
    ] {
        Query::new(&language(), query).unwrap();
    }
}

#[test]
fn every_binding_form_is_a_definition() {
    let source = "\
import a, b.c, d as e
from f import g, h as i
j = k, (l, m.n) = [*n, o] = p
bf: bg = 1
for q, (r, s) in t: pass
with u as v, w as [x, y]: pass
try: pass
except z as aa: pass
def ab(ac, *ad, ae=1, **af): pass
class ag[ah, *ai, **aj]: pass
type ak = al
(am := 1)
ao = lambda ap: ap
[aq for ar in at]
match au:
    case [av, *aw, {'x': ax, **ay}] as az: pass
    case ba.bb | bc(bd=be): pass
";
    let captures = captures(tree_sitter_cella::LOCALS_QUERY, source);
    let expected = "a b e g i j k l n o bf q r s v x y aa ab ac ad ae af ag ah ai aj ak am ao ap ar av aw ax ay az be";
    let mut found = named(&captures, "local.definition");
    found.dedup();
    assert_eq!(found.join(" "), expected);
}

#[test]
fn functions_lambdas_classes_and_comprehensions_are_scopes() {
    let source = "def f(): [1 for a in b]\nclass C: x = lambda: {}\n";
    let captures = captures(tree_sitter_cella::LOCALS_QUERY, source);
    let scopes = named(&captures, "local.scope");
    assert_eq!(
        scopes[1..],
        [
            "def f(): [1 for a in b]",
            "[1 for a in b]",
            "class C: x = lambda: {}",
            "lambda: {}"
        ]
    );
}

#[test]
fn patterns_of_regular_expressions_are_injected() {
    let captures = captures(
        tree_sitter_cella::INJECTIONS_QUERY,
        "re.sub(r'a+', 'b')\nre.escape('c')  # d\n",
    );
    assert_eq!(named(&captures, "injection.content"), ["a+", "# d"]);
}

#[test]
fn bodies_brackets_runs_of_imports_and_comments_fold() {
    let captures = captures(
        tree_sitter_cella::FOLDS_QUERY,
        "import a\nimport b\n\n# c\n# d\ndef e(f):\n    if g:\n        h\n    else:\n        i\n",
    );
    let mut folds = named(&captures, "fold");
    folds.dedup(); // A run of comments matches from each of its parts on.
    assert_eq!(
        folds,
        [
            "import a",
            "import b",
            "# c",
            "# d",
            "def e(f):\n    if g:\n        h\n    else:\n        i",
            "(f)",
            "if g:\n        h\n    else:\n        i",
            "else:\n        i",
        ]
    );
}

#[test]
fn headers_and_brackets_go_in_clauses_stay_and_a_return_goes_out() {
    let captures = captures(
        tree_sitter_cella::INDENTS_QUERY,
        "if a:\n    return [b]\nelse:\n    \"c\"\n",
    );
    assert_eq!(
        captures,
        [
            "indent.begin if a:\n    return [b]\nelse:\n    \"c\"",
            "indent.dedent return [b]",
            "indent.begin [b]",
            "indent.branch ]",
            "indent.end ]",
            "indent.branch else:\n    \"c\"",
            "indent.auto \"c\"",
        ]
    );
}

#[test]
fn definitions_and_calls_are_tagged_a_method_first_as_such() {
    let captures = captures(
        tree_sitter_cella::TAGS_QUERY,
        "class A:\n    def b(self): c()\ndef d(): pass\nE = lambda: f\n",
    );
    let kinds: Vec<_> = captures
        .iter()
        .filter(|capture| !capture.starts_with("name"))
        .filter_map(|capture| capture.split([' ', '\n']).next())
        .collect();
    assert_eq!(
        kinds,
        [
            "definition.class",
            "definition.method",
            "definition.function",
            "reference.call",
            "definition.function",
            "definition.function",
            "definition.constant",
        ]
    );
}
