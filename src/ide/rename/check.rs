//! Whether the result of a rename means the same.
//!
//! What a name means depends on the occurrences of that name alone, and nothing outside of its owner stands
//! for a variable. So it is enough to look there at every occurrence of the old and of the new name, before
//! and after: each must stand for the same variable, up to the new name. That the text is read as before, and that CPython takes it as before, is asked
//! where the edits are.

use std::collections::HashMap;

use super::edits::{AS, Edit};
use super::subject::Subject;
use super::{Refusal, owner};
use crate::closure::program::Program;
use crate::document::{Change, Snapshot};
use crate::scope::{Name, Occurrence, Role, Scope, ScopeKind, Variable};
use crate::syntax::{Field, Kind};
use crate::text::{Offset, Range, Rel};

/// Refuses the rename to `new` if, after the edits, some name means something else.
pub fn check(subject: &Subject<'_>, new: Name, edits: &[Edit]) -> Result<(), Refusal> {
    let changes: Vec<Change> = edits.iter().map(|edit| edit.change.clone()).collect();
    let after = subject.program.snapshot.edited(&changes);
    let check = Check {
        subject,
        new,
        after: Program {
            snapshot: &after,
            version: subject.program.version,
        },
        moved: Moved::by(edits),
    };
    check.reading(&changes)?;
    check.meanings()?;
    check.early_reads()?;
    check.errors()
}

struct Check<'a, 's> {
    subject: &'a Subject<'s>,
    new: Name,
    after: Program<'a>,
    moved: Moved,
}

/// Who owns a variable, in the text after, and its name.
type Key = (Offset, ScopeKind, Name);

impl Check<'_, '_> {
    /// The text is read as before where it was edited: a new name may be a soft keyword.
    fn reading(&self, changes: &[Change]) -> Result<(), Refusal> {
        let snapshot = self.subject.program.snapshot;
        let block = |change: &Change| {
            let found = snapshot.syntax.block_at(change.range.start);
            found.map(|found| found.0)
        };
        for group in changes.chunk_by(|one, next| block(one) == block(next)) {
            let (Some(first), Some(last)) = (group.first(), group.last()) else {
                continue;
            };
            let range = Range::new(first.range.start, last.range.end);
            let before = occurrences_in(self.subject.program, range);
            let now = Range::new(self.moved.offset(range.start), self.moved.behind(range.end));
            let after = occurrences_in(self.after, now);
            let same = before.len() == after.len()
                && before
                    .iter()
                    .zip(&after)
                    .all(|(old, new)| self.is_moved(old, new));
            if !same {
                let new = self.new;
                let reason = format!("`{new}` would be read as something else than a name");
                return Err(self.subject.refuse(first.range, &reason));
            }
        }
        Ok(())
    }

    /// Whether `after` is the occurrence that `before` has become.
    fn is_moved(&self, before: &Occurrence, after: &Occurrence) -> bool {
        let (start, name) = match self.moved.renamed.get(&before.range.start) {
            Some(start) => (*start, self.new),
            None => (self.moved.offset(before.range.start), before.name),
        };
        let scope = (
            self.moved.offset(before.scope.origin()),
            before.scope.kind(),
        );
        after.range.start == start
            && after.name == name
            && after.role == before.role
            && (after.scope.origin(), after.scope.kind()) == scope
    }

    /// Every occurrence of both names stands for the variable that it stood for.
    fn meanings(&self) -> Result<(), Refusal> {
        let names = self.names();
        let before = self.subject.variable.owner().occurrences_of(&names);
        let after = self.owner_now().occurrences_of(&names);
        let variable = self.renamed(&after);
        for (old, new) in before.iter().zip(&after) {
            let was = old.variable();
            let is = new.variable();
            if was.as_ref() == Some(&self.subject.variable) {
                if is.as_ref().map(key) != variable {
                    return Err(self.hidden(old, is));
                }
            } else if is.as_ref().map(key) == variable && variable.is_some() {
                return Err(self.captured(old, was));
            } else if was.map(|was| self.moved_key(&was)) != is.as_ref().map(key) {
                return Err(self.captured(old, None));
            }
        }
        if before.len() == after.len() {
            Ok(())
        } else {
            let reason = format!("as `{}`, it would be another variable", self.new);
            Err(self.subject.refuse(self.subject.written, &reason))
        }
    }

    /// The variable's owner in the text after. Outside of it nothing can mean something else.
    fn owner_now(&self) -> Scope {
        let owner = self.subject.variable.owner();
        let origin = self.moved.offset(owner.origin());
        let scopes = &self.after.snapshot.scopes;
        let around = scopes.scopes_in(self.after.version, Range::at(origin));
        let same = |scope: &Scope| (scope.origin(), scope.kind()) == (origin, owner.kind());
        let found = around.into_iter().find(same);
        found.unwrap_or_else(|| scopes.module(self.after.version))
    }

    /// What may be written for either name, here or there.
    fn names(&self) -> Vec<Name> {
        let occurrences = self.subject.occurrences.iter();
        let mut names: Vec<Name> = occurrences
            .flat_map(|found| {
                let mut names = found.scope.spellings(found.name);
                names.extend(found.scope.spellings(self.new));
                names
            })
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The variable as it should be called now: the old one's owner has it.
    fn renamed(&self, after: &[Occurrence]) -> Option<Key> {
        let old = &self.subject.variable;
        let occurrences = &self.subject.occurrences;
        let own = occurrences.iter().find(|found| found.scope == *old.owner());
        let start = self
            .moved
            .renamed
            .get(&own.or(occurrences.first())?.range.start)?;
        let at = after
            .binary_search_by_key(start, |found| found.range.start)
            .ok()?;
        let (origin, kind, _) = self.moved_key(old);
        let symbol = after.get(at)?.variable()?.symbol();
        Some((origin, kind, symbol))
    }

    fn moved_key(&self, variable: &Variable) -> Key {
        let (origin, kind, name) = key(variable);
        (self.moved.offset(origin), kind, name)
    }

    /// An occurrence that would be renamed would stand for `other`.
    fn hidden(&self, occurrence: &Occurrence, other: Option<Variable>) -> Refusal {
        let new = self.new;
        let by = other.and_then(|other| {
            let binding = other.bindings().into_iter().next()?;
            let line = self.after.line(binding.range.start);
            Some(format!(
                " by `{new}` of {}, bound at line {line}",
                owner(&other)
            ))
        });
        let name = self.subject.name();
        let reason = match by {
            Some(by) => format!("here `{name}` would be hidden{by}"),
            None => format!("here `{name}` would be unbound, if it were called `{new}`"),
        };
        self.subject.refuse(occurrence.range, &reason)
    }

    /// An occurrence that has the new name already, of the variable `was` or of none, would stand for the
    /// renamed one, or for yet another.
    fn captured(&self, occurrence: &Occurrence, was: Option<Variable>) -> Refusal {
        let owner = owner(&self.subject.variable);
        let new = occurrence.name;
        let same = was.is_some_and(|was| was.owner() == self.subject.variable.owner());
        let reason = if same {
            format!("{owner} has a variable `{new}` already")
        } else {
            format!("`{new}` would be captured by the variable of {owner}")
        };
        self.subject.refuse(occurrence.range, &reason)
    }

    /// In a class body or the module, a name that isn't bound yet is looked up further out, although the
    /// scope binds it: `x = x`. That a rename would change.
    fn early_reads(&self) -> Result<(), Refusal> {
        let owner = self.subject.variable.owner();
        if owner.is_function_like() {
            return Ok(());
        }
        let looks_further = |scope: &Scope| match owner.kind() {
            ScopeKind::Module => matches!(scope.kind(), ScopeKind::Class | ScopeKind::Module),
            _ => scope == owner,
        };
        let program = self.subject.program;
        let mut names = self.subject.names.clone();
        names.push(self.new);
        let mut occurrences = owner.occurrences_of(&names);
        occurrences.retain(|found| looks_further(&found.scope));
        let mut bound: HashMap<(&Scope, Name), Offset> = HashMap::new();
        for found in &occurrences {
            let place = (&found.scope, found.name);
            if found.role.binds() && !bound.contains_key(&place) {
                bound.insert(place, bound_at(program, found));
            }
        }
        let early = occurrences.iter().find(|found| {
            let bound = bound.get(&(&found.scope, found.name));
            found.role.reads() && bound.is_some_and(|bound| found.range.start < *bound)
        });
        early.map_or(Ok(()), |found| {
            let reason = format!("`{}` may be read here before it is bound", found.name);
            Err(self.subject.refuse(found.range, &reason))
        })
    }

    /// CPython finds no more wrong than before.
    fn errors(&self) -> Result<(), Refusal> {
        let errors = |program: Program<'_>| {
            let Snapshot {
                text,
                syntax,
                scopes,
            } = program.snapshot;
            scopes.errors(text, syntax, program.version)
        };
        let before = errors(self.subject.program).len();
        let after = errors(self.after);
        if after.len() <= before {
            return Ok(());
        }
        let message = after.last().map_or("", |error| &error.message);
        let reason = format!("CPython would say: {message}");
        Err(self.subject.refuse(self.subject.written, &reason))
    }
}

fn occurrences_in(program: Program<'_>, range: Range) -> Vec<Occurrence> {
    let scopes = &program.snapshot.scopes;
    scopes.occurrences_in(program.version, range).collect()
}

fn key(variable: &Variable) -> Key {
    let owner = variable.owner();
    (owner.origin(), owner.kind(), variable.symbol())
}

/// Up to where what a binding evaluates first stands: the value that is assigned, the header of a definition.
fn bound_at(program: Program<'_>, binding: &Occurrence) -> Offset {
    let outer = |kinds: &[Kind]| program.place(binding.range)?.enclosing(kinds);
    let end = match binding.role {
        Role::Assign | Role::AnnAssign | Role::AugAssign => outer(&[
            Kind::Assignment,
            Kind::AnnotatedAssignment,
            Kind::AugmentedAssignment,
        ])
        .map(|statement| statement.range().end),
        Role::Def | Role::Class => outer(&[Kind::FunctionDefinition, Kind::ClassDefinition])
            .and_then(|definition| definition.field(Field::Body))
            .map(|body| body.range().start),
        _ => None,
    };
    end.unwrap_or(binding.range.end)
}

/// Where things are after the edits.
struct Moved {
    /// Where each edit starts and ends in the text before, and where it ends in the text after.
    ends: Vec<(Offset, Offset, Offset)>,
    /// Where the renamed occurrences start in the text after, by their start in the text before.
    renamed: HashMap<Offset, Offset>,
}

impl Moved {
    fn by(edits: &[Edit]) -> Self {
        let mut moved = Self {
            ends: Vec::with_capacity(edits.len()),
            renamed: HashMap::new(),
        };
        for edit in edits {
            let range = edit.change.range;
            let start = moved.offset(range.start);
            let end = start + Rel::from_usize(edit.change.text.len());
            if let Some(occurrence) = edit.occurrence {
                let inserted = range.is_empty();
                let name = start + Rel::from_usize(if inserted { AS.len() } else { 0 });
                moved.renamed.insert(occurrence, name);
            }
            moved.ends.push((range.start, range.end, end));
        }
        moved
    }

    /// Where what stood at `at` stands now; what an edit inserts there comes behind it.
    fn offset(&self, at: Offset) -> Offset {
        self.after_edits(at, self.ends.partition_point(|(start, ..)| *start < at))
    }

    /// The same, but behind what an edit inserts there.
    fn behind(&self, at: Offset) -> Offset {
        self.after_edits(at, self.ends.partition_point(|(start, ..)| *start <= at))
    }

    fn after_edits(&self, at: Offset, edits: usize) -> Offset {
        let last = edits.checked_sub(1).and_then(|last| self.ends.get(last));
        last.map_or(at, |(_, end, now)| *now + (at - *end))
    }
}
