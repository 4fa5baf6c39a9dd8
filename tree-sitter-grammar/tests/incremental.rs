//! An incremental parse gives the tree that a fresh one gives: random edits over programs that touch all that the
//! scanner keeps between tokens (indents, brackets, strings) and the edges of chunks.

use tree_sitter::{InputEdit, Parser, Point, Tree};

const PROGRAM: &str = include_str!("program.cella");
/// What is put in: what people type, and what turns a text inside out.
const INSERTED: [&str; 26] = [
    "a",
    "x = 1\n",
    " ",
    "    ",
    "\n",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\"\"\"",
    ":",
    ",",
    "=",
    "#",
    "\\",
    ".",
    "f\"{",
    "if a:\n",
    "def f():\n",
    "return ",
    "lambda: ",
    "match x:\n",
];

#[test]
fn incremental_equals_fresh() {
    let mut random = Random(setting("INCREMENTAL_SEED", 1));
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_cella::LANGUAGE.into())
        .expect("the language loads");
    let long = PROGRAM.repeat(4);
    let whole = parser
        .parse(&long, None)
        .expect("nothing cancels the parse");
    assert!(
        !whole.root_node().has_error(),
        "{}",
        whole.root_node().to_sexp()
    );
    let [mut with_error, mut differing] = [0, 0];
    // More, and others: INCREMENTAL_ROUNDS=10000 INCREMENTAL_SEED=7.
    for _ in 0..setting("INCREMENTAL_ROUNDS", 100) {
        let (mut text, mut tree) = (long.clone(), whole.clone());
        let mut undo = Vec::new();
        for _ in 0..=random.below(4) {
            undo.push(random.change(&text));
            let change = undo.last_mut().expect("just pushed");
            // Typed, then undone: the text is whole again at the end.
            *change = apply(&mut text, &mut tree, change);
            let (same, error) = parse(&mut parser, &text, &mut tree);
            with_error += usize::from(error);
            differing += usize::from(error && !same);
            assert!(same || error, "differs on\n{text}");
        }
        while let Some(change) = undo.pop() {
            apply(&mut text, &mut tree, &change);
            let (same, error) = parse(&mut parser, &text, &mut tree);
            assert!(same || error, "differs on\n{text}");
        }
        assert_eq!(tree.root_node().to_sexp(), whole.root_node().to_sexp());
    }
    // What tree-sitter makes of an error can depend on what it took over.
    eprintln!("{differing} of {with_error} trees with errors differ");
    assert!(
        differing * 20 <= with_error,
        "{differing} of {with_error} trees with errors differ"
    );
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// Parses anew what `tree` is of; whether that is what a fresh parse gives, and whether it has an error.
fn parse(parser: &mut Parser, text: &str, tree: &mut Tree) -> (bool, bool) {
    *tree = parser
        .parse(text, Some(tree))
        .expect("nothing cancels the parse");
    let fresh = parser.parse(text, None).expect("nothing cancels the parse");
    let error = fresh.root_node().has_error() || tree.root_node().has_error();
    (
        tree.root_node().to_sexp() == fresh.root_node().to_sexp(),
        error,
    )
}

/// What stands at `start..end` gives way to `new`.
struct Change {
    start: usize,
    end: usize,
    new: String,
}

/// Applies a change; returns the one that undoes it.
fn apply(text: &mut String, tree: &mut Tree, change: &Change) -> Change {
    let &Change {
        start,
        end,
        ref new,
    } = change;
    let [start_position, old_end_position] = [start, end].map(|byte| point(text, byte));
    let old = text[start..end].to_owned();
    text.replace_range(start..end, new);
    let new_end = start + new.len();
    tree.edit(&InputEdit {
        start_byte: start,
        old_end_byte: end,
        new_end_byte: new_end,
        start_position,
        old_end_position,
        new_end_position: point(text, new_end),
    });
    Change {
        start,
        end: new_end,
        new: old,
    }
}

fn point(text: &str, byte: usize) -> Point {
    let before = &text[..byte];
    Point {
        row: before.matches('\n').count(),
        column: byte - before.rfind('\n').map_or(0, |at| at + 1),
    }
}

/// Xorshift: the same numbers on every machine.
struct Random(u64);

impl Random {
    /// Deletes some characters at a random place, or puts something in, or both.
    fn change(&mut self, text: &str) -> Change {
        let start = self.below(text.len());
        let end = (start + [0, 0, 0, 1, 1, 4, 30][self.below(7)]).min(text.len());
        let new = if end > start && self.below(2) == 0 {
            ""
        } else {
            INSERTED[self.below(INSERTED.len())]
        };
        Change {
            start,
            end,
            new: new.to_owned(),
        }
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
