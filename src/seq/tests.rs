//! A sequence is what a vector would be, however it was put together.

use std::collections::BTreeSet;

use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};

use super::*;

#[derive(Clone, Debug, PartialEq)]
struct Word(u32);

/// A last digit, and whether it's 0.
impl Key for u32 {
    fn kind(self) -> usize {
        usize::from(self == 0)
    }
}

impl Item for Word {
    type Summary = u32;
    type Key = u32;
    fn bytes(&self) -> Rel {
        Rel(self.0)
    }
    fn keys(&self, each: &mut dyn FnMut(u32)) {
        each(self.0 % 10);
    }
    fn summary(&self) -> u32 {
        self.0
    }
}

/// Every question, asked of some places.
#[track_caller]
fn check(seq: &Seq<Word>, model: &[Word]) {
    let numbers = |found: &mut dyn Iterator<Item = Placed<'_, Word>>| -> Vec<u32> {
        found.map(|placed| placed.item.0).collect()
    };
    let all: Vec<u32> = model.iter().map(|word| word.0).collect();
    assert_eq!(numbers(&mut seq.iter()), all);
    assert_eq!(seq.len(), model.len());
    let mut start = 0;
    for (index, word) in model.iter().enumerate() {
        if index % (1 + model.len() / 64) == 0 {
            check_at(seq, index, start, word);
        }
        start += word.0;
    }
    assert_eq!(seq.bytes(), Rel(start));
    assert!(seq.get(model.len()).is_none());
    let last = seq.find(Rel(start)).map(|placed| placed.index);
    assert_eq!(last, model.len().checked_sub(1));
    let those = |has: &dyn Fn(u32) -> bool| -> Vec<u32> {
        all.iter().copied().filter(|number| has(*number)).collect()
    };
    for digit in 0..10 {
        let has = |number: u32| number % 10 == digit;
        let mut found = numbers(&mut seq.iter_with([digit..=digit], |_| true));
        found.retain(|number| has(*number));
        assert_eq!(found, those(&has));
    }
    let is_large = |bits: u32| bits & 64 > 0;
    let mut large = numbers(&mut seq.iter_where(is_large));
    large.retain(|number| is_large(*number));
    assert_eq!(large, those(&is_large));
    let digits: BTreeSet<u32> = all.iter().map(|number| number % 10).collect();
    let told = seq.few_keys(1..=9, 9);
    assert!(told.is_none_or(|told| told.iter().eq(digits.range(1..))));
    check_node(&seq.root);
}

#[track_caller]
fn check_at(seq: &Seq<Word>, index: usize, start: u32, word: &Word) {
    let placed = seq.get(index).unwrap();
    let place = (placed.index, placed.start, placed.item);
    assert_eq!(place, (index, Rel(start), word));
    for byte in [start, start + word.0 - 1] {
        let found = seq.find(Rel(byte)).unwrap();
        assert_eq!((found.index, found.start), (index, Rel(start)));
    }
    assert_eq!(seq.iter_from(index).next().unwrap().index, index);
    let back = seq.iter_back_where(index, |_| true);
    assert!(back.map(|placed| placed.index).eq((0..=index).rev()));
}

/// Whether the tree is as high everywhere, nothing in it empty or too full; returns its height.
#[track_caller]
fn check_node(node: &Node<Word>) -> usize {
    match &node.below {
        Below::Items(_, items) => {
            assert!(items.len() <= LEAF && items.len() == node.size.items);
            0
        }
        Below::Nodes(nodes) => {
            assert!((1..=NODE).contains(&nodes.len()));
            assert!(nodes.iter().all(|node| node.size.items > 0));
            let size = nodes
                .iter()
                .fold(Size::default(), |size, node| size + node.size);
            assert_eq!(
                (size.items, size.leaves),
                (node.size.items, node.size.leaves)
            );
            let heights: BTreeSet<usize> = nodes.iter().map(check_node).collect();
            assert_eq!(heights.len(), 1);
            1 + heights.first().unwrap()
        }
    }
}

/// Where how many are replaced, and by what.
type Splice = (usize, usize, Vec<u32>);

/// A list of up to so many words, and what becomes of it.
fn spliced(most: usize) -> impl Strategy<Value = (Vec<u32>, Vec<Splice>)> {
    let words = |most| prop::collection::vec(1u32..100, 0..most);
    let splice = (0..2 * most, 0..most, words(most));
    (words(most), prop::collection::vec(splice, 0..8))
}

#[track_caller]
fn check_splices(first: Vec<u32>, splices: Vec<Splice>) {
    let mut model: Vec<Word> = first.into_iter().map(Word).collect();
    let mut seq: Seq<Word> = model.iter().cloned().collect();
    check(&seq, &model);
    for (at, count, new) in splices {
        let start = at.min(model.len());
        let end = (start + count).min(model.len());
        let new: Vec<Word> = new.into_iter().map(Word).collect();
        seq = seq.splice(start..end, new.clone());
        model.splice(start..end, new);
        check(&seq, &model);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn splices_as_a_vector_does((first, splices) in spliced(200)) {
        check_splices(first, splices);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn splices_as_a_vector_does_in_nodes_of_nodes((first, splices) in spliced(5_000)) {
        check_splices(first, splices);
    }
}

#[test]
fn a_key_leads_to_its_leaf_and_no_other() {
    let word = |n: u32| Word(if n == 4000 { 3 } else { 10 * n });
    let seq: Seq<Word> = (1..=6400).map(word).collect();
    let found: Vec<u32> = seq.iter_with([3..=3], |_| true).map(|p| p.item.0).collect();
    assert_eq!(found.len(), LEAF);
    assert_eq!(found.iter().filter(|number| **number == 3).count(), 1);
    let without = seq.splice(3999..4000, []);
    assert_eq!(without.iter_with([1..=9], |_| true).count(), 0);
    assert_eq!(without.few_keys(1..=9, 5), Some(vec![]));
    // Once, in however many leaves.
    assert_eq!(without.few_keys(0..=0, 1), Some(vec![0]));
    assert_eq!(without.few_keys(0..=0, 0), None);
}

#[test]
fn what_an_edit_does_not_touch_is_shared() {
    let seq: Seq<Word> = (1..=6400).map(Word).collect();
    let edited = seq.splice(3200..3201, [Word(7)]);
    let leaves = |seq: &Seq<Word>| -> Vec<*const Word> {
        let leaves = seq.leaves(0, |_| true);
        let firsts = leaves.filter_map(|leaf| leaf.placed().next());
        firsts.map(|first| std::ptr::from_ref(first.item)).collect()
    };
    let (old, new) = (leaves(&seq), leaves(&edited));
    let kept = old.iter().filter(|leaf| new.contains(leaf));
    assert_eq!(kept.count(), old.len() - 1);
}
