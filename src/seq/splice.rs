//! Making sequences: of items, and of another sequence of which some items are replaced.

use std::ops::Range;
use std::sync::Arc;

use super::index::{Id, Index};
use super::{CHUNK, Chunk, Item, Seq};
use crate::text::Rel;

impl<T: Item + Clone> Seq<T> {
    /// This sequence with the items of `range` replaced by `new`. O(spine + items changed).
    pub fn splice(&self, range: Range<usize>, new: impl IntoIterator<Item = T>) -> Self {
        let end = range.end.min(self.len());
        let start = range.start.min(end);
        let first = self
            .spine
            .partition_point(|chunk| chunk.index + chunk.items.len() < start);
        let last = self
            .spine
            .partition_point(|chunk| chunk.index < end)
            .max(first);
        // With nothing to remove, the chunk that the new items stand beside takes them in.
        let last = (last + usize::from(last == first)).min(self.spine.len());
        let touched = self.spine.get(first..last).unwrap_or_default();

        let mut items = Vec::new();
        let old = || touched.iter().flat_map(Chunk::placed);
        items.extend(
            old()
                .take_while(|placed| placed.index < start)
                .map(|placed| placed.item.clone()),
        );
        let before = items.len();
        items.extend(new);
        let came = before..items.len();
        items.extend(
            old()
                .skip_while(|placed| placed.index < end)
                .map(|placed| placed.item.clone()),
        );

        let mut chunks = Vec::new();
        push_chunks(&mut chunks, items);
        if let Some(index) = &self.index {
            // Those that stand for old ones take their numbers, the others free ones.
            let ids = touched.iter().map(|chunk| chunk.id).chain(index.free());
            (chunks.iter_mut().zip(ids)).for_each(|(chunk, id)| chunk.id = id);
        }
        let index = self
            .index
            .as_ref()
            .map(|index| match (touched, &chunks[..]) {
                // What stays in its chunk stays in the index.
                ([old], [new]) => {
                    index.change(old.keys(start - old.index..end - old.index), new.keys(came))
                }
                _ => index.change(
                    touched.iter().flat_map(all_keys),
                    chunks.iter().flat_map(all_keys),
                ),
            });

        let mut spine = Vec::with_capacity(self.spine.len() + chunks.len());
        spine.extend_from_slice(self.spine.get(..first).unwrap_or_default());
        spine.extend(chunks);
        spine.extend_from_slice(self.spine.get(last..).unwrap_or_default());
        Self::from_chunks(spine, index)
    }

    fn from_chunks(mut spine: Vec<Chunk<T>>, index: Option<Index<T::Key>>) -> Self {
        let (mut before, mut items) = (Rel(0), 0);
        let mut summary = T::Summary::default();
        for (place, chunk) in (0..).zip(&mut spine) {
            (chunk.before, chunk.index) = (before, items);
            before = before + chunk.bytes;
            items += chunk.items.len();
            summary |= chunk.summary;
            if index.is_none() {
                chunk.id = place;
            }
        }
        let index = (spine.len() > 1).then(|| {
            let index = index.unwrap_or_else(|| Index::new(spine.iter().flat_map(all_keys)));
            Arc::new(index.of(spine.iter().map(|chunk| chunk.id)))
        });
        Self {
            spine: spine.into(),
            summary,
            index,
        }
    }
}

fn all_keys<T: Item>(chunk: &Chunk<T>) -> Vec<(T::Key, Id)> {
    chunk.keys(0..chunk.items.len())
}

/// Cuts `items` into chunks of even size.
fn push_chunks<T: Item>(spine: &mut Vec<Chunk<T>>, items: Vec<T>) {
    let chunks = items.len().div_ceil(CHUNK);
    let mut left = items.len();
    let mut items = items.into_iter();
    for n in (1..=chunks).rev() {
        let size = left.div_ceil(n);
        left -= size;
        spine.push(Chunk::new(items.by_ref().take(size).collect()));
    }
}

impl<T: Item + Clone> FromIterator<T> for Seq<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut spine = Vec::new();
        push_chunks(&mut spine, items.into_iter().collect());
        Self::from_chunks(spine, None)
    }
}
