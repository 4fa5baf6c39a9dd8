//! What can't be assigned to, and starred expressions where they can't stand.

use tree_sitter::Node;

use super::super::{PythonVersion, Role};
use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::{Field, Kind};

/// What CPython calls an expression that is no target.
fn noun(node: Node<'_>) -> Option<&'static str> {
    Some(match Kind::of(&node) {
        Kind::Call => "function call",
        Kind::Lambda => "lambda",
        Kind::True => "True",
        Kind::False => "False",
        Kind::None => "None",
        Kind::Ellipsis => "ellipsis",
        Kind::Integer | Kind::Float | Kind::Imaginary | Kind::String | Kind::ConcatenatedString => {
            "literal"
        }
        Kind::UnaryOperation
        | Kind::NotOperation
        | Kind::BinaryOperation
        | Kind::BooleanOperation => "expression",
        Kind::Comparison => "comparison",
        Kind::ConditionalExpression => "conditional expression",
        Kind::Dictionary => "dict literal",
        Kind::Set => "set display",
        Kind::ListComprehension => "list comprehension",
        Kind::SetComprehension => "set comprehension",
        Kind::DictionaryComprehension => "dict comprehension",
        Kind::GeneratorExpression => "generator expression",
        Kind::Await => "await expression",
        Kind::Yield | Kind::YieldFrom => "yield expression",
        Kind::NamedExpression => "named expression",
        _ => return None,
    })
}

impl Checker<'_, '_> {
    pub(super) fn check_target(&mut self, node: Node<'_>, role: Role) {
        match Kind::of(&node) {
            Kind::Tuple | Kind::List => self.check_unpacking(node, role),
            Kind::Starred if role == Role::Delete && self.rules.has_peg_parser() => {
                self.report_target(node, "cannot delete starred");
            }
            Kind::Starred if role == Role::Delete => self.report_starred(node),
            Kind::Starred => self.check_starred_target(node),
            _ => {
                if let Some(noun) = noun(node) {
                    let verb = if role == Role::Delete {
                        "delete"
                    } else {
                        "assign to"
                    };
                    self.report_target(node, format!("cannot {verb} {noun}"));
                }
            }
        }
    }

    fn report_target(&mut self, node: Node<'_>, message: impl Into<String>) {
        self.report(NameError::new(
            Stage::Parse,
            "invalid-target",
            &node.byte_range(),
            message,
        ));
    }

    /// `a, *b = …`: one may be starred.
    fn check_unpacking(&mut self, node: Node<'_>, role: Role) {
        match role {
            Role::AugAssign => {
                let kind = if Kind::of(&node) == Kind::List {
                    "list"
                } else {
                    "tuple"
                };
                return self.report_target(
                    node,
                    format!("'{kind}' is an illegal expression for augmented assignment"),
                );
            }
            Role::AnnAssign | Role::Annotated | Role::Bracketed => {
                let kind = if Kind::of(&node) == Kind::List {
                    "list"
                } else {
                    "tuple"
                };
                return self.report_target(
                    node,
                    format!("only single target (not {kind}) can be annotated"),
                );
            }
            _ => {}
        }
        let mut cursor = node.walk();
        let starred: Vec<_> = node
            .named_children(&mut cursor)
            .filter(|part| Kind::of(part) == Kind::Starred)
            .collect();
        if let (Some(_), true) = (starred.get(1), role != Role::Delete) {
            let message = self.rules.multiple_starred();
            self.report(NameError::new(
                Stage::Compile,
                "multiple-starred",
                &node.byte_range(),
                message,
            ));
        }
        self.starred.extend(starred.iter().map(Node::start_byte));
    }

    fn check_starred_target(&mut self, node: Node<'_>) {
        if !self.may_be_starred(node) {
            let message = "starred assignment target must be in a list or tuple";
            self.report(NameError::new(
                Stage::Compile,
                "lone-starred-target",
                &node.byte_range(),
                message,
            ));
        }
    }

    fn may_be_starred(&mut self, node: Node<'_>) -> bool {
        self.starred.remove(&node.start_byte())
    }

    /// Starred expressions that are evaluated.
    pub(super) fn check_starred(&mut self, node: Node<'_>, kind: Kind) {
        match kind {
            Kind::Tuple | Kind::List | Kind::Set | Kind::ArgumentList => {
                let mut cursor = node.walk();
                let parts = node.named_children(&mut cursor);
                let starred = parts.filter(|part| Kind::of(part) == Kind::Starred);
                self.starred.extend(starred.map(|part| part.start_byte()));
            }
            Kind::Subscript => self.allow_starred(Field::Index.child(&node)),
            Kind::TypeVariableTuple => self.allow_starred(Field::Default.child(&node)),
            Kind::ListComprehension | Kind::SetComprehension | Kind::GeneratorExpression => {
                let element = Field::Element.child(&node);
                if let Some(element) = element.filter(|element| Kind::of(element) == Kind::Starred)
                {
                    self.allow_starred(Some(element));
                    let message = "iterable unpacking cannot be used in comprehension";
                    self.report(NameError::new(
                        Stage::Parse,
                        "unpacking-in-comprehension",
                        &element.byte_range(),
                        message,
                    ));
                }
            }
            Kind::DictionaryComprehension => {
                if let Some(element) = Field::Element.child(&node) {
                    let message = "dict unpacking cannot be used in dict comprehension";
                    self.report(NameError::new(
                        Stage::Parse,
                        "unpacking-in-comprehension",
                        &element.byte_range(),
                        message,
                    ));
                }
            }
            Kind::Starred if !self.may_be_starred(node) => self.report_starred(node),
            _ => {}
        }
    }

    fn report_starred(&mut self, node: Node<'_>) {
        let message = "can't use starred expression here";
        let range = node.byte_range();
        self.report(NameError::new(
            Stage::Compile,
            "starred-expression",
            &range,
            message,
        ));
    }

    /// `*args: *Ts` (PEP 646)
    pub(super) fn allow_starred_annotations(&mut self, function: Node<'_>) {
        let Some(parameters) = Field::Parameters.child(&function) else {
            return;
        };
        let mut cursor = parameters.walk();
        for parameter in parameters.named_children(&mut cursor) {
            let annotation = Field::Annotation.child(&parameter);
            let starred = annotation.filter(|node| Kind::of(node) == Kind::Starred);
            if let Some(starred) = starred {
                self.allow_starred(annotation);
                self.check_newer(starred, PythonVersion::V3_11, "a starred annotation");
            }
        }
    }

    fn allow_starred(&mut self, node: Option<Node<'_>>) {
        let starred = node.filter(|node| Kind::of(node) == Kind::Starred);
        self.starred.extend(starred.map(|node| node.start_byte()));
    }
}
