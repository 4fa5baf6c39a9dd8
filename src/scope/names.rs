//! Which names something speaks of: small enough to be kept with every scope.

use super::Name;

/// Names, exactly while they are few; of what has more, any name.
///
/// A search goes into what may hold any name, and there asks a list of statements, which has an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// Distinct, in the order of their numbers.
    Few(Box<[Name]>),
    Any,
}

/// How many names are kept. What has more is so large that a list of its names would be costly to remake
/// on each edit.
pub(super) const FEW: usize = 128;

impl Default for Names {
    fn default() -> Self {
        Self::Few(Box::default())
    }
}

impl Names {
    pub fn may_hold(&self, name: Name) -> bool {
        let number = |name: &Name| name.number();
        match self {
            Self::Few(names) => names.binary_search_by_key(&name.number(), number).is_ok(),
            Self::Any => true,
        }
    }

    pub fn may_hold_any(&self, names: &[Name]) -> bool {
        names.iter().any(|name| self.may_hold(*name))
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Few(names) if names.is_empty())
    }

    /// The numbers of the names; `None` for any name.
    pub fn numbers(&self) -> impl Iterator<Item = Option<u32>> {
        let (names, any) = match self {
            Self::Few(names) => (&names[..], None),
            Self::Any => (&[][..], Some(None)),
        };
        let numbers = names.iter().map(|name| Some(name.number()));
        numbers.chain(any)
    }
}

/// Names that are being gathered, each as often as it came, and now and then once.
#[derive(Default)]
pub(super) struct Gathered {
    names: Vec<Name>,
    any: bool,
}

impl Gathered {
    pub fn add(&mut self, name: Name) {
        self.extend(&[name]);
    }

    pub fn add_all(&mut self, names: &Names) {
        match names {
            Names::Few(names) => self.extend(names),
            Names::Any => self.any = true,
        }
    }

    fn extend(&mut self, names: &[Name]) {
        if self.any {
            return;
        }
        self.names.extend_from_slice(names);
        if self.names.len() > 4 * FEW {
            self.settle();
        }
    }

    /// Leaves each name once, and none if they are many: that depends on the names alone, not on how often or
    /// in which parts they come.
    fn settle(&mut self) {
        self.names.sort_unstable_by_key(|name| name.number());
        self.names.dedup();
        self.any |= self.names.len() > FEW;
    }

    pub fn finish(mut self) -> Names {
        self.settle();
        if self.any {
            return Names::Any;
        }
        Names::Few(self.names.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(numbers: std::ops::Range<usize>) -> Vec<Name> {
        numbers
            .map(|n| Name::new(&format!("gathered_{n}")))
            .collect()
    }

    #[test]
    fn few_names_are_known_exactly() {
        let mut gathered = Gathered::default();
        named(0..20)
            .into_iter()
            .chain(named(5..9))
            .for_each(|name| gathered.add(name));
        let names = gathered.finish();
        assert!(named(0..20).iter().all(|name| names.may_hold(*name)));
        assert!(!names.may_hold_any(&named(20..99)));
        assert_eq!(names.numbers().count(), 20);
    }

    #[test]
    fn a_name_counts_once_however_often_it_comes() {
        let mut gathered = Gathered::default();
        for name in named(0..FEW).into_iter().cycle().take(20 * FEW) {
            gathered.add(name);
        }
        assert_eq!(gathered.finish().numbers().flatten().count(), FEW);
    }

    #[test]
    fn many_names_may_be_any() {
        let mut gathered = Gathered::default();
        named(0..FEW + 1)
            .into_iter()
            .for_each(|name| gathered.add(name));
        let names = gathered.finish();
        assert_eq!(names, Names::Any);
        assert!(names.may_hold(Name::new("stranger")) && !names.is_empty());
    }
}
