//! `except` clauses.

use tree_sitter::Node;

use super::checker::Checker;
use super::{NameError, Pointer, Stage};
use crate::syntax::{Field, Kind};

impl Checker<'_, '_> {
    pub(super) fn check_handlers(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        let is_clause = |clause: &Node<'_>| Kind::of(clause) == Kind::ExceptClause;
        let clauses: Vec<_> = node.named_children(&mut cursor).filter(is_clause).collect();
        let is_star = |clause: &Node<'_>| Field::Star.child(clause).is_some();
        let first_is_star = clauses.first().is_some_and(is_star);
        if let Some(mixed) = clauses
            .iter()
            .find(|clause| is_star(clause) != first_is_star)
        {
            let message = "cannot have both 'except' and 'except*' on the same 'try'";
            let error = NameError::new(Stage::Parse, "mixed-except", &mixed.byte_range(), message);
            self.report(error);
        }
        for clause in &clauses {
            let caught = Field::Type.child(clause);
            if self.is_bare_tuple(caught) && Field::Name.child(clause).is_some() {
                let message = "multiple exception types must be parenthesized when using 'as'";
                let range = caught.map_or(clause.byte_range(), |caught| caught.byte_range());
                let error = NameError::new(Stage::Parse, "bare-exceptions", &range, message);
                self.report(error);
            }
        }
        let mut before = Field::Body.child(&node);
        let last = clauses.len().saturating_sub(1);
        for (index, clause) in clauses.iter().enumerate() {
            if index < last && Field::Type.child(clause).is_none() && !is_star(clause) {
                let message = "default 'except:' must be last";
                let old = before.filter(|_| !self.rules.has_precise_errors());
                let old = old.map(|body| Pointer::at(last_statement(body).start_byte()));
                let error = NameError::new(
                    Stage::Compile,
                    "default-except-not-last",
                    &clause.byte_range(),
                    message,
                );
                self.report(error.pointing(old));
            }
            before = Field::Body.child(clause);
        }
    }
}

/// The statement of `body` that is compiled last.
fn last_statement(body: Node<'_>) -> Node<'_> {
    let mut last = body;
    let mut cursor = body.walk();
    loop {
        let inner = last.named_children(&mut cursor).last();
        let nests = |node: &Node<'_>| {
            matches!(
                Kind::of(node),
                Kind::Block | Kind::ElseClause | Kind::FinallyClause
            )
        };
        match inner {
            Some(inner) if Kind::of(&last) == Kind::Block || nests(&inner) => last = inner,
            _ => return last,
        }
    }
}
