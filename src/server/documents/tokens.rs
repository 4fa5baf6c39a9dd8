//! The semantic tokens that the client has, so that next time it gets only what changed.

use std::collections::HashMap;

use tower_lsp::ls_types as lsp;

use super::Documents;

/// A document's tokens in the protocol's encoding, each relative to the one before.
pub type Tokens = Vec<lsp::SemanticToken>;

/// What was sent last for each text document of an entry: one, or a notebook's cells.
#[derive(Default)]
pub struct Sent(HashMap<String, (String, Tokens)>);

impl Documents {
    /// Takes the tokens of `uri` that were sent under `id`, if they were the last that were sent.
    pub fn take_tokens(&mut self, uri: &str, id: &str) -> Option<Tokens> {
        let sent = &mut self.get_mut(uri)?.sent.0;
        sent.get(uri).filter(|(last, _)| last == id)?;
        sent.remove(uri).map(|(_, tokens)| tokens)
    }

    /// Keeps what is sent for `uri`, and names it; a name is never used twice.
    pub fn keep_tokens(&mut self, uri: &str, tokens: Tokens) -> Option<String> {
        self.results += 1;
        let id = self.results.to_string();
        let entry = self.get_mut(uri)?;
        entry.sent.0.insert(uri.to_owned(), (id.clone(), tokens));
        Some(id)
    }
}

/// What makes `new` of `old`: at most one edit, since one keystroke moves only what comes right behind
/// it, and the rest is relative. Numbers, not tokens, are counted, five a token. O(length).
pub fn edits(
    old: &[lsp::SemanticToken],
    new: &[lsp::SemanticToken],
) -> Vec<lsp::SemanticTokensEdit> {
    let same = |pair: &(&lsp::SemanticToken, &lsp::SemanticToken)| pair.0 == pair.1;
    let before = old.iter().zip(new).take_while(same).count();
    let (old, new) = (
        old.get(before..).unwrap_or_default(),
        new.get(before..).unwrap_or_default(),
    );
    let after = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(same)
        .count();
    let (gone, come) = (old.len() - after, new.len() - after);
    if gone == 0 && come == 0 {
        return Vec::new();
    }
    let numbers = |tokens: usize| u32::try_from(tokens * 5).unwrap_or(u32::MAX);
    vec![lsp::SemanticTokensEdit {
        start: numbers(before),
        delete_count: numbers(gone),
        data: new
            .get(..come)
            .filter(|it| !it.is_empty())
            .map(<[_]>::to_vec),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn token(delta_start: u32) -> lsp::SemanticToken {
        lsp::SemanticToken {
            delta_line: 0,
            delta_start,
            length: 1,
            token_type: 0,
            token_modifiers_bitset: 0,
        }
    }

    fn tokens(starts: &[u32]) -> Tokens {
        starts.iter().map(|&start| token(start)).collect()
    }

    #[track_caller]
    fn check(old: &[u32], new: &[u32], expected: Option<(u32, u32, &[u32])>) {
        let expected = expected.map(|(start, delete_count, data)| lsp::SemanticTokensEdit {
            start,
            delete_count,
            data: (!data.is_empty()).then(|| tokens(data)),
        });
        assert_eq!(edits(&tokens(old), &tokens(new)), Vec::from_iter(expected));
    }

    #[test]
    fn one_edit_says_what_changed() {
        check(&[1, 2, 3], &[1, 2, 3], None);
        check(&[1, 2, 3], &[1, 9, 3], Some((5, 5, &[9])));
        check(&[1, 2, 3], &[1, 3], Some((5, 5, &[])));
        check(&[1, 3], &[1, 2, 3], Some((5, 0, &[2])));
        check(&[], &[1], Some((0, 0, &[1])));
        check(&[1, 1], &[1, 1, 1], Some((10, 0, &[1])));
    }

    proptest! {
        #[test]
        fn edits_make_the_new_of_the_old(
            old in proptest::collection::vec(0_u32..3, 0..9),
            new in proptest::collection::vec(0_u32..3, 0..9),
        ) {
            let mut made = tokens(&old);
            for edit in edits(&made.clone(), &tokens(&new)) {
                let (start, count) = (edit.start as usize / 5, edit.delete_count as usize / 5);
                made.splice(start..start + count, edit.data.unwrap_or_default());
            }
            prop_assert_eq!(made, tokens(&new));
        }
    }
}
