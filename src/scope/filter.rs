//! Which names something may speak of: small enough to be kept with every scope.

use super::Name;

/// A Bloom filter of names: it may say yes wrongly, never no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter([u64; 4]);

/// The bits of one name.
fn bits(name: Name) -> [(usize, u64); 2] {
    let hash = u64::from(name.number()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bit = |shift: u32| {
        let bit = hash >> shift;
        ((bit >> 6) as usize & 3, 1 << (bit & 63))
    };
    [bit(56), bit(40)]
}

impl Filter {
    pub fn insert(&mut self, name: Name) {
        for (word, bit) in bits(name) {
            if let Some(word) = self.0.get_mut(word) {
                *word |= bit;
            }
        }
    }

    pub fn may_hold(&self, name: Name) -> bool {
        bits(name)
            .into_iter()
            .all(|(word, bit)| self.0.get(word).is_some_and(|word| word & bit != 0))
    }

    pub fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_denies_what_was_put_in() {
        let names: Vec<Name> = (0..40)
            .map(|n| Name::new(&format!("filtered_{n}")))
            .collect();
        let mut filter = Filter::default();
        for name in &names {
            assert!(!filter.may_hold(*name) || filter != Filter::default());
            filter.insert(*name);
        }
        assert!(names.iter().all(|name| filter.may_hold(*name)));
        let strangers = (0..1000).filter(|n| filter.may_hold(Name::new(&format!("stranger_{n}"))));
        assert!(strangers.count() < 250);
    }
}
