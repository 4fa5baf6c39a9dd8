//! What the parser does, counted by its log: the same on every machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tree_sitter::{Parser, Tree};

#[derive(Clone, Copy, Debug, Default)]
pub struct Steps {
    /// Tokens that were read from the text,
    pub tokens: usize,
    /// and the characters that were looked at for them, over and over.
    pub characters: usize,
    /// Nodes that were made.
    pub built: usize,
    /// Nodes, tokens among them, that were taken over from the tree before.
    pub reused: usize,
}

/// Parses `text`, which `old` is of but for edits, and counts.
pub fn count(parser: &mut Parser, text: &str, old: Option<&Tree>) -> (Tree, Steps) {
    let counters: Arc<[AtomicUsize; 4]> = Arc::default();
    let [tokens, characters, built, reused] = [0, 1, 2, 3].map(|index| {
        let counters = counters.clone();
        move || counters[index].fetch_add(1, Relaxed)
    });
    parser.set_logger(Some(Box::new(move |_, line| {
        if line.starts_with("consume") || line.starts_with("skip") {
            characters();
        } else if line.starts_with("lexed_lookahead") {
            tokens();
        } else if line.starts_with("reduce") {
            built();
        } else if line.starts_with("reuse_node") {
            reused();
        }
    })));
    let tree = parser.parse(text, old).expect("nothing cancels the parse");
    parser.set_logger(None);
    let [tokens, characters, built, reused] =
        [0, 1, 2, 3].map(|index| counters[index].load(Relaxed));
    (
        tree,
        Steps {
            tokens,
            characters,
            built,
            reused,
        },
    )
}
