//! Which scopes have a code object if they run: not those of annotations that are never evaluated.

use super::place::Content;
use super::{Scope, ScopeKind};
use crate::text::Offset;

impl Scope {
    /// Whether the compiler makes a code object of it, if it runs. O(depth).
    pub(super) fn has_code(&self) -> bool {
        let mut around = std::iter::successors(Some(self), |scope| scope.parent_ref());
        self.is_compiled() && around.all(Self::is_evaluated)
    }

    /// Whether it is there at run time, if what it stands in is.
    fn is_evaluated(&self) -> bool {
        let of_function = |parent: &Scope| parent.is_function_like();
        match self.content() {
            // Annotations of a function's variables are never evaluated (PEP 526).
            Content::Annotations if self.parent_ref().is_some_and(of_function) => false,
            Content::Annotations => !self.detached(),
            _ => self.kind() == ScopeKind::Annotation || !self.detached(),
        }
    }

    /// Where its code object is made. The annotations of variables are evaluated for their scope as a
    /// whole.
    pub(super) fn made_at(&self) -> Offset {
        match (self.content(), self.parent_ref()) {
            (Content::Annotations, Some(parent)) => parent.origin(),
            _ => self.origin(),
        }
    }
}
