//! From a place in the text to scopes and occurrences.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::facts::{Item, Region, RegionKind, Traits};
use super::walk::{Step, Want, walk, walk_until};
use super::{Name, Occurrence, PythonVersion, Scope, Scopes};
use crate::text::{Offset, Range};

impl Scopes {
    /// The innermost scope in which an expression at `offset` is evaluated.
    /// O(depth × log n), and the statements around it.
    pub fn scope_at(&self, version: PythonVersion, offset: Offset) -> Scope {
        let mut scope = self.module(version);
        while let Some(inner) = scope.inner_at(offset) {
            scope = inner;
        }
        scope
    }

    /// The occurrence that the cursor at `offset` is in, or right behind.
    /// O(depth × log n), and the statements around it.
    pub fn occurrence_at(&self, version: PythonVersion, offset: Offset) -> Option<Occurrence> {
        let touched = self.occurrences_in(version, Range::at(offset));
        let mut found: Option<Occurrence> = None;
        for occurrence in touched {
            // Right behind one and at the start of the next: the next.
            if found
                .as_ref()
                .is_none_or(|found| !found.range.contains(offset))
            {
                found = Some(occurrence);
            }
        }
        found
    }

    /// All occurrences that touch `range`, whatever their scope, in source order.
    pub fn occurrences_in(
        &self,
        version: PythonVersion,
        range: Range,
    ) -> impl Iterator<Item = Occurrence> {
        let mut occurrences = Vec::new();
        let mut scopes = vec![self.module(version)];
        let everything = self.is_all(range);
        while let Some(scope) = scopes.pop() {
            if everything {
                scope.read_names();
            }
            walk(&scope, Want::Touching(range), &mut |step| match step {
                Step::Mention(origin, mention, standing) => {
                    let occurrence = Occurrence::new(&scope, origin, mention, standing);
                    if touch(occurrence.range, range) {
                        occurrences.push(occurrence);
                    }
                }
                Step::Scope(origin, region, standing) => {
                    scopes.push(scope.nested(origin, region, standing))
                }
                Step::Annotation(..) => {}
            });
            if let Some(annotations) = scope.annotations_touching(range) {
                scopes.push(annotations);
            }
        }
        occurrences
            .sort_by_key(|occurrence: &Occurrence| (occurrence.range.start, occurrence.range.end));
        occurrences.into_iter()
    }

    /// All scopes that touch `range`, in the order of their starts, an enclosing scope before what starts
    /// at the same place. The module is not among them.
    pub fn scopes_in(&self, version: PythonVersion, range: Range) -> Vec<Scope> {
        let mut found: Vec<Scope> = vec![self.module(version)];
        let mut at = 0;
        let everything = self.is_all(range);
        while let Some(scope) = found.get(at).cloned() {
            if everything {
                scope.read_names();
            }
            found.extend(scope.nested_scopes(Want::Touching(range)));
            at += 1;
        }
        found.remove(0);
        found.sort_by_key(Scope::origin);
        found
    }

    fn is_all(&self, range: Range) -> bool {
        range.covers(Range::new(Offset(0), self.len()))
    }
}

/// Whether the two share a byte, or one ends where the other begins.
pub(super) fn touch(one: Range, other: Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

impl Scope {
    /// All occurrences of `names` as they are written, whatever they mean, in this scope and in all that
    /// are nested in it, in source order. O(what is found), beside a look at each list of statements.
    pub fn occurrences_of(&self, names: &[Name]) -> Vec<Occurrence> {
        let want = Want::Names(names);
        let mut occurrences = Vec::new();
        let mut scopes = vec![self.clone()];
        while let Some(scope) = scopes.pop() {
            scopes.extend(scope.nested_scopes(want));
            let mut found = scope.mentions(want);
            found.retain(|occurrence| names.contains(&occurrence.name));
            occurrences.append(&mut found);
        }
        occurrences.sort_by_key(|occurrence| occurrence.range.start);
        occurrences
    }

    /// The scope nested directly in this one in which an expression at `offset` is evaluated.
    fn inner_at(&self, offset: Offset) -> Option<Self> {
        let mut inner = None;
        let at = Range::at(offset);
        walk(self, Want::Touching(at), &mut |step| match step {
            Step::Scope(origin, region, standing)
                if evaluates(origin + region.at, region, offset) =>
            {
                inner = Some(self.nested(origin, region, standing));
            }
            Step::Annotation(origin, region, standing, _)
                if evaluates(origin + region.at, region, offset) =>
            {
                inner = Some(self.annotations(self.first_annotation(origin + region.at), standing));
            }
            _ => {}
        });
        inner
    }

    /// Where the scope of the annotations of this scope's variables is said to start.
    pub(super) fn first_annotation(&self, or: Offset) -> Offset {
        self.first_annotation_range()
            .map_or(or, |range| range.start)
    }

    /// The first annotation of this scope's variables. O(log n), and the statements before it in a branch.
    pub(super) fn first_annotation_range(&self) -> Option<Range> {
        let mut first = None;
        let _ = walk_until(self, Want::Annotations, &mut |step| {
            if let Step::Annotation(origin, region, ..) = step {
                let start = origin + region.at;
                first = Some(Range::new(start, start + region.len));
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        first
    }

    fn annotations_touching(&self, range: Range) -> Option<Self> {
        if !self.traits().has(Traits::ANNOTATION) {
            return None;
        }
        let mut found = None;
        walk(self, Want::Touching(range), &mut |step| {
            if let Step::Annotation(origin, region, standing, _) = step {
                found.get_or_insert((origin + region.at, standing));
            }
        });
        let (at, standing) = found?;
        Some(self.annotations(self.first_annotation(at), standing))
    }
}

/// Whether an expression at `offset` is evaluated in the region that starts at `start`.
fn evaluates(start: Offset, region: &Arc<Region>, offset: Offset) -> bool {
    let named = |item: &Item| match item {
        Item::Mention(mention) if region.kind != RegionKind::Variable => {
            let at = start + mention.at;
            Range::new(at, at + crate::text::Rel(mention.len)).touches(offset)
                && mention.role == super::Role::Parameter
        }
        _ => false,
    };
    region
        .inside()
        .any(|part| Range::new(start + part.start, start + part.end).touches(offset))
        || region.items.iter().any(named)
}
