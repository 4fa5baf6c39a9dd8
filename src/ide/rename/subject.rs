//! Whether a variable can be renamed at all.

use super::words::{self, Standing, Word};
use super::{Refusal, is_pythons_own};
use crate::closure::place::Part;
use crate::closure::program::Program;
use crate::ide::definition::keyword;
use crate::scope::{Name, Occurrence, Resolution, Role, Scope, ScopeKind, Variable, Why};
use crate::syntax::{Field, Kind};
use crate::text::{Offset, Range};

/// A variable that can be renamed, as far as that doesn't depend on its new name.
pub struct Subject<'s> {
    /// Where it is.
    pub program: Program<'s>,
    /// The variable.
    pub variable: Variable,
    /// All of its occurrences.
    pub occurrences: Vec<Occurrence>,
    /// Its name, in all its spellings.
    pub names: Vec<Name>,
    /// Where else its name stands.
    pub words: Vec<Word>,
    /// The name under the cursor.
    pub written: Range,
}

impl<'s> Subject<'s> {
    /// The variable of the name at `at`; `None` where there is no name.
    pub fn at(program: Program<'s>, at: Offset) -> Option<Result<Self, Refusal>> {
        let (written, occurrence) = match program.occurrence_at(at) {
            Some(occurrence) => (occurrence.range, occurrence),
            None => {
                let targets = keyword(program, at)?;
                let parameter = targets.targets.first()?.focus;
                (targets.origin, program.occurrence_at(parameter.start)?)
            }
        };
        Some(Self::of(program, written, &occurrence))
    }

    fn of(program: Program<'s>, written: Range, occurrence: &Occurrence) -> Result<Self, Refusal> {
        let refuse = |reason| Refusal {
            reason,
            at: written,
        };
        let variable = match occurrence.resolve() {
            Resolution::Local(variable)
            | Resolution::Cell(variable)
            | Resolution::Free(variable)
            | Resolution::Global(variable) => variable,
            unbound => return Err(refuse(why_unbound(occurrence.name, &unbound))),
        };
        if variable.is_implicit() || is_pythons_own(occurrence.name.as_str()) {
            let name = occurrence.name;
            return Err(refuse(format!("Python itself looks `{name}` up")));
        }
        let occurrences = variable.occurrences();
        let mut names: Vec<Name> = occurrences.iter().map(|found| found.name).collect();
        names.sort();
        names.dedup();
        let words = words::words(program, &names);
        let subject = Self {
            program,
            variable,
            occurrences,
            names,
            words,
            written,
        };
        subject.is_known()?;
        Ok(subject)
    }

    /// A refusal that points at `at`; `reason` is what is said of that line.
    pub fn refuse(&self, at: Range, reason: &str) -> Refusal {
        Refusal {
            reason: format!("line {}: {reason}", self.program.line(at.start)),
            at,
        }
    }

    /// The variable's name.
    pub fn name(&self) -> &'static str {
        self.variable.name()
    }

    /// Refuses where the text doesn't say who uses the variable.
    fn is_known(&self) -> Result<(), Refusal> {
        self.dotted_imports()?;
        self.star_imports()?;
        self.namespaces()?;
        self.broken_text()?;
        self.attributes()
    }

    /// `import a.b` binds `a`; with `as`, it would bind something else.
    fn dotted_imports(&self) -> Result<(), Refusal> {
        let imports = self
            .occurrences
            .iter()
            .filter(|occurrence| occurrence.role == Role::Import);
        for import in imports {
            let place = self.program.place(import.range);
            let outer = place.and_then(|place| place.outer());
            let dotted = outer.filter(|outer| outer.kind() == Kind::DottedName);
            if let Some(dotted) = dotted.filter(|dotted| dotted.children().len() > 1) {
                let text = self.program.text(dotted.range());
                let reason = format!("`import {text}` binds `{}` by its own name", self.name());
                return Err(self.refuse(import.range, &reason));
            }
        }
        Ok(())
    }

    /// What `from … import *` brings may be this name too.
    fn star_imports(&self) -> Result<(), Refusal> {
        let owner = self.variable.owner();
        if owner.kind() == ScopeKind::Module && owner.knowable().star_import {
            let reason = format!("`from … import *` may bind `{}` too", self.name());
            return Err(Refusal {
                reason,
                at: self.written,
            });
        }
        Ok(())
    }

    /// `eval` and `locals()` reach variables by strings.
    fn namespaces(&self) -> Result<(), Refusal> {
        for occurrence in &self.occurrences {
            let scope = &occurrence.scope;
            let knowable = scope.knowable();
            let reason = match scope.kind() {
                _ if knowable.exec => "calls `exec` or `eval`, which may use",
                _ if knowable.namespace => "asks for a namespace as a dictionary, which has",
                _ => continue,
            };
            let reason = format!("{} {reason} `{}` by its name", called(scope), self.name());
            return Err(self.refuse(occurrence.range, &reason));
        }
        Ok(())
    }

    /// What can't be parsed may be an occurrence, or move one into another scope.
    fn broken_text(&self) -> Result<(), Refusal> {
        let broken = words::broken(self.program, self.variable.owner().range(), &self.names);
        broken.map_or(Ok(()), |at| {
            let reason = format!(
                "can't be parsed, so nobody knows what `{}` means there",
                self.name()
            );
            Err(self.refuse(at, &reason))
        })
    }

    /// A class's variables are attributes, and who has such an object the text doesn't say.
    fn attributes(&self) -> Result<(), Refusal> {
        let owner = self.variable.owner();
        if owner.kind() != ScopeKind::Class {
            return Ok(());
        }
        let place = self.program.place_of(owner);
        let class = place.as_ref().and_then(|place| place.part());
        let bases = class.and_then(|class| class.field(Field::Arguments));
        if let Some(bases) = bases.filter(|bases| !bases.children().is_empty()) {
            let reason = format!(
                "`{}` may stand for what a base of {} has",
                self.name(),
                called(owner)
            );
            return Err(self.refuse(bases.range(), &reason));
        }
        let decorated = place.filter(|place| place.outer_kind() == Kind::DecoratedDefinition);
        if let Some(decorated) = decorated.and_then(|place| place.outer()) {
            let reason = format!(
                "a decorator of {} may look `{}` up",
                called(owner),
                self.name()
            );
            return Err(self.refuse(decorated.range(), &reason));
        }
        let read = |word: &&Word| matches!(word.standing, Standing::Attribute | Standing::Pattern);
        self.words.iter().find(read).map_or(Ok(()), |word| {
            let reason = format!(
                "this attribute may be that of {}, and only types would tell",
                called(owner)
            );
            Err(self.refuse(word.range, &reason))
        })
    }

    /// The node of the function whose parameter it is.
    pub fn function(&self) -> Option<Part<'s>> {
        self.program.place_of(self.variable.owner())?.part()
    }
}

fn why_unbound(name: Name, resolution: &Resolution) -> String {
    match resolution {
        Resolution::Unknown(Why::StarImport) => {
            format!("`{name}` comes from `from … import *`, or from nowhere in this file")
        }
        Resolution::Unknown(_) => format!("nothing that can be seen binds `{name}` in this file"),
        _ => format!("`{name}` is a builtin, or comes from nowhere in this file"),
    }
}

fn called(scope: &Scope) -> String {
    match scope.kind() {
        ScopeKind::Module => "the module".to_owned(),
        _ => format!("`{}`", scope.code_name()),
    }
}
