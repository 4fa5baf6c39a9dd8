//! What stands directly in a scope: the scopes nested in it, and names.

use std::ops::ControlFlow;

use super::facts::Mention;
use super::walk::{Step, Want, walk, walk_until};
use super::{Name, Occurrence, Scope};

impl Scope {
    /// The scopes nested directly in it, in source order, those that exist in this version.
    pub fn children(&self) -> Vec<Self> {
        let mut children = self.nested_scopes(Want::All);
        children.sort_by_key(Self::origin);
        children
    }

    /// The scopes nested directly in it, in the order in which CPython's symbol table visits them.
    pub(super) fn nested_scopes(&self, want: Want<'_>) -> Vec<Self> {
        self.some_nested_scopes(want, usize::MAX)
    }

    /// The first of them, so many at most.
    pub(super) fn some_nested_scopes(&self, want: Want<'_>, most: usize) -> Vec<Self> {
        // However often the scope itself has the names.
        let want = match want {
            Want::Names(names) => Want::Nested(names),
            want => want,
        };
        let mut children = Vec::new();
        let mut annotated = false;
        let _ = walk_until(self, want, &mut |step| {
            match step {
                Step::Scope(origin, region, standing) => {
                    children.push(self.nested(origin, region, standing))
                }
                Step::Annotation(origin, region, standing, _) if !annotated => {
                    annotated = true;
                    // The first annotation of all says where the scope is, also if this one isn't that.
                    let first = self.first_annotation(origin + region.at);
                    children.push(self.annotations(first, standing));
                }
                Step::Annotation(..) | Step::Mention(..) => {}
            }
            match children.len() < most {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        children
    }

    /// The occurrences that are evaluated directly in it, in source order.
    pub fn occurrences(&self) -> Vec<Occurrence> {
        let mut occurrences = self.mentions(Want::All);
        occurrences.sort_by_key(|occurrence| occurrence.range.start);
        occurrences
    }

    /// The occurrences that are evaluated directly in it, in the order of CPython's symbol table.
    pub(super) fn mentions(&self, want: Want<'_>) -> Vec<Occurrence> {
        let mut occurrences = Vec::new();
        walk(self, want, &mut |step| {
            if let Step::Mention(origin, mention, standing) = step {
                occurrences.push(Occurrence::new(self, origin, mention, standing));
            }
        });
        occurrences
    }

    /// Whether one of them is as `is` says. O(what is found before it).
    pub(super) fn any_mention(&self, want: Want<'_>, is: impl Fn(&Mention) -> bool) -> bool {
        let found = walk_until(self, want, &mut |step| match step {
            Step::Mention(_, mention, _) if is(mention) => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        });
        found.is_break()
    }

    /// Those of them that are `symbol`, so many at most.
    pub(super) fn some_mentions_of(
        &self,
        symbol: Name,
        want: Want<'_>,
        most: usize,
    ) -> Vec<Occurrence> {
        let mut occurrences = Vec::new();
        let _ = walk_until(self, want, &mut |step| {
            if let Step::Mention(origin, mention, standing) = step
                && self.symbol(mention.name) == symbol
            {
                occurrences.push(Occurrence::new(self, origin, mention, standing));
            }
            match occurrences.len() < most {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        occurrences
    }
}
