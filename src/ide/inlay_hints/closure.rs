//! At the end of a header: what the function closes over.

use super::{HintKind, HintPart, InlayHint};
use crate::closure::program::Program;
use crate::closure::rebinding::Rebindings;
use crate::ide::config::{Config, Language};
use crate::ide::hover::rebound;
use crate::ide::markup::Line;
use crate::ide::words::{self, Sentence};
use crate::scope::{Role, Scope, ScopeKind, Variable};
use crate::text::Offset;

/// `closes over exp`, at the end of the header.
pub(super) fn hint<'s>(
    program: Program<'s>,
    rebindings: &Rebindings<'s>,
    scope: &Scope,
    config: &Config,
) -> Option<InlayHint> {
    if !matches!(scope.kind(), ScopeKind::Function | ScopeKind::Lambda) {
        return None;
    }
    let mut free = scope.free_variables();
    if config.language == Language::Python {
        // Every method with `super()` closes over `__class__`: where other servers speak too, that is noise.
        free.retain(|variable| !variable.is_implicit());
    }
    let notes: Vec<Line> = free
        .iter()
        .flat_map(|variable| notes(program, rebindings, variable, scope))
        .collect();
    if free.is_empty() || (is_plain(program, scope, &free) && notes.is_empty()) {
        return None;
    }
    let mut parts = vec![super::words("closes over ")];
    parts.extend(super::row(free.iter().map(|variable| {
        let target = variable.bindings().first().map(|binding| binding.range);
        HintPart {
            text: variable.name().to_owned(),
            target: target.or(variable.owner().name_range()),
        }
    })));
    let mut lines: Vec<Line> = free
        .iter()
        .enumerate()
        .take(words::LISTED)
        .map(|(index, variable)| {
            let sentence = Sentence::new(program)
                .code(&format!("__closure__[{index}]"))
                .text(" is ");
            words::owned(sentence, variable).fact()
        })
        .collect();
    lines.extend(notes);
    Some(super::hint(
        program,
        scope.header().end,
        parts,
        lines,
        HintKind::Closure,
    ))
}

/// Whether the capture can be read off the lines beside the header: the whole function stands on it, or a
/// `nonlocal` statement with all the names follows.
fn is_plain(program: Program<'_>, scope: &Scope, free: &[Variable]) -> bool {
    let line = |offset: Offset| program.line(offset);
    let explicit = free.iter().all(|variable| !variable.is_implicit());
    if line(scope.range().start) == line(scope.range().end) {
        return explicit;
    }
    let below = line(scope.header().end) + 1;
    let declared = scope
        .occurrences()
        .into_iter()
        .take_while(|found| line(found.range.start) <= below);
    let declared: Vec<Variable> = declared
        .filter(|found| found.role == Role::Nonlocal)
        .filter_map(|found| found.variable())
        .collect();
    free.iter().all(|variable| declared.contains(variable))
}

/// What a reader of the closure's header wouldn't guess: that a cell is rebound after capture.
pub(super) fn notes<'s>(
    program: Program<'s>,
    rebindings: &Rebindings<'s>,
    variable: &Variable,
    scope: &Scope,
) -> Vec<Line> {
    let seen = rebindings.seen(variable, scope);
    let surprising = seen.iter().filter(|found| found.again);
    surprising
        .take(2)
        .map(|rebinding| {
            rebound(
                Sentence::new(program).code(variable.name()).text(" is "),
                rebinding,
                scope,
            )
            .fact()
        })
        .collect()
}
