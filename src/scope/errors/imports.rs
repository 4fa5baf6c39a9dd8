//! Star imports and future imports.

use std::ops::Range;

use tree_sitter::Node;

use super::super::facts::{Item, Traits};
use super::super::rules::Rules;
use super::super::{ScopeKind, Scopes};
use super::checker::Checker;
use super::{NameError, Pointer, Stage, offset_behind, range_behind, range_of};
use crate::syntax::{Field, Kind};
use crate::text::{self, Offset, Text};

/// The features of `__future__` in all versions from 3.8 to 3.14.
const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

/// A `from __future__ import …`.
pub(super) struct Future {
    statement: text::Range,
    /// What it imports that isn't a feature.
    unknown: Option<(text::Range, String)>,
}

impl Future {
    pub fn behind(&self, start: Offset) -> Self {
        let unknown = self.unknown.as_ref();
        Self {
            statement: range_behind(self.statement, start),
            unknown: unknown.map(|(range, name)| (range_behind(*range, start), name.clone())),
        }
    }
}

impl Checker<'_, '_> {
    pub(super) fn check_import(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        let module = Field::Module.child(&node);
        let names: Vec<_> = node
            .named_children(&mut cursor)
            .filter(|child| Some(*child) != module)
            .filter(|child| !matches!(Kind::of(child), Kind::Comment | Kind::LineContinuation))
            .collect();
        let star = names
            .iter()
            .find(|name| Kind::of(name) == Kind::WildcardImport);
        if let Some(star) = star.filter(|_| self.kind() != ScopeKind::Module) {
            let start = self.frames.get(self.current).map_or(0, |frame| frame.start);
            let old = (!self.rules.has_precise_errors()).then(|| Pointer::at(start));
            let message = "import * only allowed at module level";
            let error = NameError::new(Stage::Visit, "star-import", &star.byte_range(), message);
            self.report(error.pointing(old));
        }
        let sound = self
            .frames
            .get(self.current)
            .is_some_and(|frame| frame.sound);
        if sound && module.is_some_and(|module| self.text(module) == "__future__") {
            let unknown = names.iter().find_map(|name| {
                let feature = self.text(Field::Name.child(name).unwrap_or(*name));
                let known = FEATURES.contains(&feature);
                (!known).then(|| (range_of(&name.byte_range()), feature.to_owned()))
            });
            let statement = range_of(&node.byte_range());
            self.checked.futures.push(Future { statement, unknown });
        }
    }
}

/// Where the statements begin before which future imports must stand: behind the docstring and other
/// future imports; and where the last of those starts.
fn first_other_statement(scopes: &Scopes) -> (Offset, Option<Offset>) {
    let mut last = None;
    let mut index = 0;
    for block in scopes.blocks.iter() {
        let body = &block.item.body;
        for piece in body.pieces.iter() {
            let start = offset_behind(Offset(piece.start.0), Offset(block.start.0) + body.at);
            let nests = |item: &Item| matches!(item, Item::Body(_));
            let compound = piece.item.items.iter().any(nests);
            let traits = if compound {
                Traits::default()
            } else {
                piece.item.traits
            };
            let future = traits.has(Traits::FUTURE);
            let docstring = index == 0 && traits.has(Traits::DOCSTRING);
            if !future && !docstring {
                return (start, last);
            }
            if future {
                last = Some(start);
            }
            index += 1;
        }
    }
    (scopes.len(), last)
}

/// Future imports stand at the beginning, and name features that there are. O(future imports), beside those
/// at the beginning.
pub(super) fn settle(
    scopes: &Scopes,
    text: &Text,
    rules: Rules,
    futures: &[Future],
    errors: &mut Vec<NameError>,
) {
    if futures.is_empty() {
        return;
    }
    let (end, last) = first_other_statement(scopes);
    for Future { statement, unknown } in futures {
        let range =
            |range: text::Range| -> Range<usize> { range.start.to_usize()..range.end.to_usize() };
        if statement.start >= end {
            let same_line =
                last.is_some_and(|last| text.line_of(last) == text.line_of(statement.start));
            let (stage, pointer) = if same_line && !rules.has_type_scopes() {
                (Stage::Future, Some(Pointer::FromZero(statement.start)))
            } else if rules.checks_early() {
                (Stage::Visit, None)
            } else {
                (Stage::Compile, None)
            };
            let message = "from __future__ imports must occur at the beginning of the file";
            let error = NameError::new(stage, "late-future-import", &range(*statement), message);
            errors.push(error.pointing(pointer));
        } else if let Some((at, feature)) = unknown {
            let message = match feature.as_str() {
                "braces" => "not a chance".to_owned(),
                feature => format!("future feature {feature} is not defined"),
            };
            let old = (!rules.checks_early()).then_some(Pointer::At(statement.start));
            let error = NameError::new(
                Stage::Future,
                "unknown-future-feature",
                &range(*at),
                message,
            );
            errors.push(error.pointing(old));
        }
    }
}
