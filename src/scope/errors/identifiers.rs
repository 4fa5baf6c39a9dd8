//! Identifiers of characters that no identifier has: the grammar takes all beyond ASCII.

use tree_sitter::Tree;

use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::{Kind, step_over};

impl Checker<'_, '_> {
    /// All of a block's (language reference, 2.3). O(nodes), of text that isn't ASCII.
    pub(super) fn check_identifiers(&mut self, tree: &Tree) {
        if self.source.is_ascii() {
            return;
        }
        let mut cursor = tree.walk();
        loop {
            let node = cursor.node();
            if Kind::of(&node) == Kind::Identifier
                && let Some((at, character)) = wrong_character(self.text(node))
            {
                let start = node.start_byte() + at;
                let range = start..start + character.len_utf8();
                let code = u32::from(character);
                let message = format!("invalid character '{character}' (U+{code:04X})");
                self.report(NameError::new(
                    Stage::Parse,
                    "invalid-character",
                    &range,
                    message,
                ));
            }
            if cursor.goto_first_child() {
                continue;
            }
            if !step_over(&mut cursor) {
                return;
            }
        }
    }
}

/// The first character that can't stand where it stands.
fn wrong_character(name: &str) -> Option<(usize, char)> {
    name.char_indices().find(|&(at, character)| match at {
        0 => character != '_' && !unicode_ident::is_xid_start(character),
        _ => !unicode_ident::is_xid_continue(character),
    })
}
