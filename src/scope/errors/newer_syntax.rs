//! Syntax that the target version doesn't have. CPython's own words for it are its parser's, and say
//! little; these say from which version on it is Python.

use tree_sitter::Node;

use super::super::PythonVersion;
use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::{Field, Kind};

use PythonVersion::{V3_9, V3_10, V3_11, V3_12, V3_13, V3_14};

impl Checker<'_, '_> {
    pub(super) fn check_newer_syntax(&mut self, node: Node<'_>, kind: Kind) {
        if let Some((from, what)) = self.newer_syntax(node, kind) {
            self.check_newer(node, from, what);
        }
    }

    pub(super) fn check_newer(&mut self, node: Node<'_>, from: PythonVersion, what: &str) {
        if self.rules.version < from {
            let message = format!("{what} needs Python {from}");
            self.report(NameError::new(
                Stage::Parse,
                "newer-syntax",
                &node.byte_range(),
                message,
            ));
        }
    }

    /// From which version on a node is Python, and what it is.
    fn newer_syntax(&self, node: Node<'_>, kind: Kind) -> Option<(PythonVersion, &'static str)> {
        let child = |field: Field, kinds: &[Kind]| {
            field
                .child(&node)
                .is_some_and(|child| kinds.contains(&Kind::of(&child)))
        };
        Some(match kind {
            Kind::MatchStatement => (V3_10, "a match statement"),
            Kind::TypeAliasStatement => (V3_12, "a type statement"),
            Kind::TypeParameters => (V3_12, "a type parameter list"),
            Kind::TypeVariable | Kind::TypeVariableTuple | Kind::ParameterSpecification
                if Field::Default.child(&node).is_some() =>
            {
                (V3_13, "a type parameter's default")
            }
            Kind::ExceptClause if Field::Star.child(&node).is_some() => (V3_11, "except*"),
            Kind::ExceptClause if self.is_bare_tuple(Field::Type.child(&node)) => {
                (V3_14, "several exceptions without brackets")
            }
            Kind::Subscript if child(Field::Index, &[Kind::Starred]) => (V3_11, "a starred index"),
            Kind::Subscript if child(Field::Index, &[Kind::NamedExpression]) => {
                (V3_10, "an assignment expression without brackets here")
            }
            Kind::Decorator if !Field::Value.child(&node).is_none_or(is_dotted) => {
                (V3_9, "a decorator that is no dotted name or call")
            }
            Kind::String => self.newer_string(node)?,
            _ => return None,
        })
    }

    fn is_bare_tuple(&self, node: Option<Node<'_>>) -> bool {
        node.is_some_and(|node| Kind::of(&node) == Kind::Tuple && !self.text(node).starts_with('('))
    }

    fn newer_string(&self, node: Node<'_>) -> Option<(PythonVersion, &'static str)> {
        let start = node.child(0).map(|start| self.text(start))?;
        let prefix = start.trim_end_matches(['"', '\'']);
        prefix
            .contains(['t', 'T'])
            .then_some((V3_14, "a template string"))
    }
}

/// Whether an expression is what a decorator could be up to 3.8: a dotted name, or a call of one.
fn is_dotted(node: Node<'_>) -> bool {
    let mut inner = match Kind::of(&node) {
        Kind::Call => Field::Function.child(&node),
        _ => Some(node),
    };
    while let Some(part) = inner {
        match Kind::of(&part) {
            Kind::Attribute => inner = Field::Object.child(&part),
            Kind::Identifier => return true,
            _ => return false,
        }
    }
    true
}
