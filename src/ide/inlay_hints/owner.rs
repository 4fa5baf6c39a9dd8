//! Behind a use in a closure: whose variable it is.

use super::{HintKind, HintPart, InlayHint};
use crate::closure::nesting::is_local_to;
use crate::closure::program::Program;
use crate::closure::rebinding::made_at;
use crate::ide::words::{self, Sentence};
use crate::scope::{Occurrence, ScopeKind};

/// `from raise_to`, behind a use in a closure.
pub(super) fn hint(program: Program<'_>, occurrence: &Occurrence) -> Option<InlayHint> {
    let variable = occurrence
        .variable()
        .filter(|_| !occurrence.role.declares())?;
    let owner = variable.owner();
    if owner.kind() == ScopeKind::Module || is_local_to(&occurrence.scope, owner) {
        return None;
    }
    made_at(&variable, &occurrence.scope)?;
    let part = HintPart {
        text: words::short(owner),
        target: Some(words::anchor(owner)),
    };
    let lines = vec![
        words::owned(
            Sentence::new(program).term("free variable").text(" "),
            &variable,
        )
        .fact(),
    ];
    Some(super::hint(
        program,
        occurrence.range.end,
        vec![super::words("from "), part],
        lines,
        HintKind::Use,
    ))
}
