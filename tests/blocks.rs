//! The document cut into blocks says the same as the document read whole, and the same after any
//! edits as read afresh. `CELLA_FILES` says how many files of the standard library are read.

#[path = "support/corpus.rs"]
mod corpus;

use cella::syntax::{Edit, Kind, NEVER, Syntax, kind};
use cella::text::{Offset, Range, Rel, Text};
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use tree_sitter::{Parser, Tree};

/// A node: kind, start, end, and how deep it is.
type Seen = (Kind, usize, usize, usize);

/// All named nodes below the root, in order; their offsets moved by `base`.
fn nodes(tree: &Tree, base: Offset, into: &mut Vec<Seen>) {
    let mut cursor = tree.walk();
    let mut depth = 0;
    let mut down = cursor.goto_first_child();
    while down {
        depth += 1;
        let node = cursor.node();
        if node.is_named() {
            into.push((
                Kind::of(&node),
                base.to_usize() + node.start_byte(),
                base.to_usize() + node.end_byte(),
                depth,
            ));
        }
        down = cursor.goto_first_child();
        if down {
            continue;
        }
        loop {
            down = cursor.goto_next_sibling();
            if down {
                depth -= 1;
                break;
            }
            if !cursor.goto_parent() {
                return;
            }
            depth -= 1;
            if depth == 0 {
                return;
            }
        }
    }
}

fn of_blocks(syntax: &Syntax) -> Vec<Seen> {
    let mut seen = Vec::new();
    for (start, block) in syntax.blocks() {
        nodes(block.tree().unwrap(), start, &mut seen);
    }
    seen
}

fn of_whole(source: &str) -> (Vec<Seen>, bool) {
    let mut parser = Parser::new();
    parser.set_language(&kind::language()).unwrap();
    let tree = parser.parse(source, None).unwrap();
    let mut seen = Vec::new();
    nodes(&tree, Offset(0), &mut seen);
    (seen, tree.root_node().has_error())
}

fn first_difference(ours: &[Seen], theirs: &[Seen], source: &str) -> Option<String> {
    let at = (0..ours.len().max(theirs.len())).find(|n| ours.get(*n) != theirs.get(*n))?;
    let place = ours.get(at).or(theirs.get(at)).map_or(0, |seen| seen.1);
    let line = source.as_bytes()[..place]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1;
    Some(format!(
        "line {line}: {:?} against {:?}",
        ours.get(at),
        theirs.get(at)
    ))
}

#[test]
fn blocks_are_the_whole_file() {
    let mut wrong = Vec::new();
    let (mut files, mut blocks) = (0, 0);
    let wanted = std::env::var("CELLA_FILES");
    let wanted = wanted.map_or(150, |wanted| wanted.parse().unwrap());
    for (path, source) in corpus::stdlib(wanted) {
        let (whole, has_error) = of_whole(&source);
        if has_error {
            continue;
        }
        let syntax = Syntax::parse(&Text::new(&source));
        files += 1;
        blocks += syntax.len();
        if let Some(difference) = first_difference(&of_blocks(&syntax), &whole, &source) {
            wrong.push(format!("{}: {difference}", path.display()));
        }
    }
    println!("{files} files, {blocks} blocks");
    assert!(
        wrong.is_empty(),
        "{} files differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What people type, and what breaks scanners.
const TYPED: &[&str] = &[
    "x",
    " ",
    "\n",
    "\n    ",
    "\"",
    "'",
    "\"\"\"",
    "f\"{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "{",
    ":",
    "#",
    "\\",
    "\\\n",
    "@d\n",
    "\r",
    "def f():\n    return x\n",
    "class C:\n",
    "else:\n",
    "x = 1\n",
    "import a\n",
    "async ",
    "nonlocal y\n",
    "\t",
    "\x0c",
];

#[test]
fn what_was_stopped_is_finished_later() {
    let mut text = Text::new(&SMALL.repeat(200));
    let syntax = Syntax::parse(&text);
    let old = text.replace(Range::at(Offset(0)), "'''");
    let edit = Edit {
        old,
        new: Range::new(Offset(0), Offset(3)),
    };
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let soon = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 3;
    let (stopped, _) = syntax.edit(&text, edit, &soon);
    assert!(stopped.is_unfinished());
    let (still, _) = stopped.finish(&text, &|| true);
    assert!(still.is_unfinished());
    let (finished, _) = still.finish(&text, NEVER);
    assert!(!finished.is_unfinished());
    let fresh = Syntax::parse(&text);
    assert_eq!(
        first_difference(&of_blocks(&finished), &of_blocks(&fresh), &text.to_string()),
        None
    );
}

#[test]
fn a_large_block_that_was_stopped_waits_to_be_finished() {
    let mut text = Text::new(&SMALL.repeat(2000));
    let mut syntax = Syntax::parse(&text);
    let mut insert = |letters: &str, stop| {
        let old = text.replace(Range::at(Offset(0)), letters);
        let new = Range::new(old.start, old.start + Rel::from_usize(letters.len()));
        syntax = syntax.edit(&text, Edit { old, new }, stop).0;
        (syntax.clone(), text.clone())
    };
    assert!(insert("'''", &|| true).0.is_unfinished());
    let (left, text) = insert("x = ", NEVER);
    assert!(left.is_unfinished());
    assert!(!left.finish(&text, NEVER).0.is_unfinished());
}

fn check(source: &str, edits: &[(prop::sample::Index, usize, prop::sample::Index)]) {
    let mut text = Text::new(source);
    let mut syntax = Syntax::parse(&text);
    for (at, delete, typed) in edits {
        let start = Offset::from_usize(at.index(text.len().to_usize() + 1));
        let new = *typed.get(TYPED);
        let old = text.replace(Range::new(start, start + Rel::from_usize(*delete)), new);
        let edit = Edit {
            old,
            new: Range::new(old.start, old.start + Rel::from_usize(new.len())),
        };
        let (edited, changes) = syntax.edit(&text, edit, NEVER);
        let source = text.to_string();
        for (index, (_, block)) in syntax
            .blocks()
            .enumerate()
            .filter(|(index, _)| !changes.old.contains(index))
        {
            let now = if index < changes.old.start {
                index
            } else {
                index + changes.new.end - changes.old.end
            };
            assert!(
                edited.block(now).unwrap().1.is_same(block),
                "block {index} was taken over"
            );
        }
        let fresh = Syntax::parse(&text);
        let cuts = |syntax: &Syntax| {
            syntax
                .blocks()
                .map(|(start, block)| (start, block.len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(cuts(&edited), cuts(&fresh), "cuts of {source:?}");
        let errors = fresh
            .blocks()
            .any(|(_, block)| block.tree().unwrap().root_node().has_error());
        if !errors {
            assert_eq!(
                first_difference(&of_blocks(&edited), &of_blocks(&fresh), &source),
                None,
                "nodes of {source:?}"
            );
        }
        syntax = edited;
    }
}

const SMALL: &str = "import a\nx = 1\n@d(\n1)\ndef f(y):\n    '''doc\n'''\n    def g():\n        return f\"{y!r:>{x}}\"\n    return g\n\
                     \nclass C:\n    z = [\n1, 2]\n    if z:\n        pass\n    else:\n        del z\nfor i in a:\n    i\nelse:\n    x\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn edited_equals_fresh(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..6, any::<prop::sample::Index>()), 1..12),
    ) {
        check(SMALL, &edits);
    }

    #[test]
    fn edited_equals_fresh_over_many_segments(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..3000, any::<prop::sample::Index>()), 1..6),
    ) {
        check(&SMALL.repeat(40), &edits);
    }
}
