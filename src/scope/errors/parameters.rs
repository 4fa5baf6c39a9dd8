//! Parameters and type parameters that are named twice or stand in the wrong order.

use std::ops::Range;

use tree_sitter::Node;

use super::super::Name;
use super::super::table::Flags;
use super::checker::Checker;
use super::frame::Frame;
use super::{NameError, Pointer, Stage};
use crate::syntax::{Field, Kind};

impl Checker<'_, '_> {
    pub(super) fn duplicate_parameter(
        &self,
        frame: &Frame,
        symbol: Name,
        range: &Range<usize>,
    ) -> Option<NameError> {
        let entry = frame.table.get(&symbol)?;
        let first = entry.first(Flags::PARAM)?;
        let message = format!("duplicate argument '{symbol}' in function definition");
        let old = (!self.rules.has_precise_errors()).then(|| Pointer::at(frame.start));
        let error = NameError::new(Stage::Visit, "duplicate-parameter", range, message);
        Some(error.pointing(old).related(first, "named here before"))
    }

    /// The order of a function's parameters.
    pub(super) fn check_parameter_order(&mut self, function: Node<'_>) {
        let Some(list) = Field::Parameters.child(&function) else {
            return;
        };
        let mut cursor = list.walk();
        let mut order = Order::default();
        let wrong = list
            .named_children(&mut cursor)
            .find_map(|parameter| Some((parameter, order.take(parameter)?)));
        let wrong = wrong.or_else(|| Some((list, order.end()?)));
        if let Some((parameter, message)) = wrong {
            self.report(NameError::new(
                Stage::Parse,
                "parameter-order",
                &parameter.byte_range(),
                message,
            ));
        }
    }

    /// A type parameter, before its name is bound.
    pub(super) fn check_type_parameter(&mut self, node: Node<'_>) {
        let Some(name) = Field::Name
            .child(&node)
            .map(|name| Name::new(self.text(name)))
        else {
            return;
        };
        let Some(frame) = self.frames.get(self.current) else {
            return;
        };
        let symbol = frame.symbol(name);
        let entry = frame.table.get(&symbol);
        let range = node.byte_range();
        let error = if let Some(first) = entry.and_then(|entry| entry.first(Flags::TYPE_PARAM)) {
            let message = format!("duplicate type parameter '{symbol}'");
            let error = NameError::new(Stage::Visit, "duplicate-type-parameter", &range, message);
            Some(error.related(first, "named here before"))
        } else if self.rules.reserves_type_parameter(name) {
            let message = format!("reserved name '{name}' cannot be used for type parameter");
            Some(NameError::new(
                Stage::Visit,
                "reserved-type-parameter",
                &range,
                message,
            ))
        } else {
            None
        };
        if let Some(error) = error {
            self.report(error);
        }
    }

    /// None without a default may follow one with a default (PEP 696).
    pub(super) fn check_type_parameters(&mut self, list: Node<'_>) {
        let mut cursor = list.walk();
        let is_parameter = |node: &Node<'_>| {
            matches!(
                Kind::of(node),
                Kind::TypeVariable | Kind::TypeVariableTuple | Kind::ParameterSpecification
            )
        };
        let mut before: Option<Range<usize>> = None;
        let parameters: Vec<_> = list
            .named_children(&mut cursor)
            .filter(is_parameter)
            .collect();
        for parameter in parameters {
            if Field::Default.child(&parameter).is_some() {
                before.get_or_insert(parameter.byte_range());
                continue;
            }
            let (Some(first), Some(name)) = (&before, Field::Name.child(&parameter)) else {
                continue;
            };
            let name = self.text(name);
            let message =
                format!("non-default type parameter '{name}' follows default type parameter");
            let error = NameError::new(
                Stage::Compile,
                "type-parameter-order",
                &parameter.byte_range(),
                message,
            );
            let error = error.related(first, "has a default");
            self.report(error);
        }
    }
}

/// What has been seen of a list of parameters.
#[derive(Default)]
struct Order {
    any: bool,
    default: bool,
    separator: bool,
    star: bool,
    /// A `*` alone, and nothing behind it yet.
    bare_star: bool,
    double_star: bool,
}

impl Order {
    /// What is wrong with the next one.
    fn take(&mut self, parameter: Node<'_>) -> Option<&'static str> {
        let kind = Kind::of(&parameter);
        let is_one = matches!(
            kind,
            Kind::Parameter
                | Kind::PositionalSeparator
                | Kind::StarParameter
                | Kind::DoubleStarParameter
        );
        if !is_one {
            return None;
        }
        if self.double_star {
            return Some("arguments cannot follow var-keyword argument");
        }
        if self.bare_star && kind == Kind::DoubleStarParameter {
            return Some(NAMED_MUST_FOLLOW);
        }
        let wrong = match kind {
            Kind::PositionalSeparator if self.star => Some("/ must be ahead of *"),
            Kind::PositionalSeparator if self.separator => Some("/ may appear only once"),
            Kind::PositionalSeparator if !self.any => Some("at least one argument must precede /"),
            Kind::StarParameter if self.star => Some("* argument may appear only once"),
            Kind::Parameter => self.defaulted(parameter),
            _ => None,
        };
        self.any = true;
        self.separator |= kind == Kind::PositionalSeparator;
        self.star |= kind == Kind::StarParameter;
        self.bare_star = kind == Kind::StarParameter && Field::Name.child(&parameter).is_none();
        self.double_star |= kind == Kind::DoubleStarParameter;
        wrong
    }

    /// A positional one without a default doesn't follow one that has it.
    fn defaulted(&mut self, parameter: Node<'_>) -> Option<&'static str> {
        let has_default = Field::Default.child(&parameter).is_some();
        let wrong = self.default && !has_default && !self.star;
        self.default |= has_default;
        wrong.then_some("parameter without a default follows parameter with a default")
    }

    fn end(&self) -> Option<&'static str> {
        self.bare_star.then_some(NAMED_MUST_FOLLOW)
    }
}

const NAMED_MUST_FOLLOW: &str = "named arguments must follow bare *";
