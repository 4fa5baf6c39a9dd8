//! Parameters and type parameters that are named twice, and their order.

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
