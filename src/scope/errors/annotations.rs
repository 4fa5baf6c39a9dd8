//! What can't stand in an annotation scope (PEP 649, PEP 695), nor, from 3.10, in an annotation that
//! becomes a string (PEP 563).

use tree_sitter::Node;

use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::Kind;

impl Checker<'_, '_> {
    /// Assignment expressions, `yield` and `await` in an annotation scope; in 3.12 also what opens a scope
    /// in one that sees a class.
    pub(super) fn check_annotation_scope(&mut self, node: Node<'_>, kind: Kind) {
        let what = match kind {
            Kind::NamedExpression => "named expression",
            Kind::Yield | Kind::YieldFrom => "yield expression",
            Kind::Await => "await expression",
            Kind::Lambda => return self.check_class_annotation_scope(node, "lambda"),
            kind if kind.is_comprehension() => {
                return self.check_class_annotation_scope(node, "comprehension");
            }
            _ => return,
        };
        let Some(frame) = self.frames.get(self.current) else {
            return;
        };
        if !frame.kind.is_annotation_scope() {
            return;
        }
        let place = frame.what;
        let message = if self.rules.has_type_scopes() {
            format!("{what} cannot be used within {place}")
        } else {
            format!("'{what}' can not be used within {place}")
        };
        let error = NameError::new(
            Stage::Visit,
            "not-in-annotation",
            &node.byte_range(),
            message,
        );
        self.report(error);
    }

    fn check_class_annotation_scope(&mut self, node: Node<'_>, what: &str) {
        let sees_class = self
            .frames
            .get(self.current)
            .is_some_and(|frame| frame.sees_class);
        if sees_class && !self.rules.nests_scopes_in_class_annotations() {
            let message = format!("Cannot use {what} in annotation scope within class scope");
            let error = NameError::new(
                Stage::Visit,
                "scope-in-class-annotation",
                &node.byte_range(),
                message,
            );
            self.report(error);
        }
    }
}
