//! Strings that don't end, that can't stand side by side, and bytes that aren't any.

use tree_sitter::Node;

use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::Kind;

impl Checker<'_, '_> {
    /// One string, without those beside it.
    pub(super) fn check_string(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        let parts: Vec<_> = node.children(&mut cursor).collect();
        let quotes = parts.first().map_or("", |start| self.text(*start));
        let ends = parts.last().is_some_and(|end| {
            Kind::of(end) == Kind::StringEnd && end.start_byte() < end.end_byte()
        });
        if !ends {
            let message = if quotes.ends_with("\"\"\"") || quotes.ends_with("'''") {
                "unterminated triple-quoted string literal"
            } else {
                "unterminated string literal"
            };
            self.report_string(node, "unterminated-string", message);
        }
        if quotes.contains(['b', 'B']) && !self.text(node).is_ascii() {
            let message = "bytes can only contain ASCII literal characters";
            self.report_string(node, "bytes-not-ascii", message);
        }
        for conversion in parts
            .iter()
            .filter(|part| Kind::of(part) == Kind::Interpolation)
        {
            self.check_conversion(*conversion);
        }
    }

    /// `f"{x!r}"`: `s`, `r` or `a`.
    fn check_conversion(&mut self, interpolation: Node<'_>) {
        let mut cursor = interpolation.walk();
        let conversion = interpolation
            .named_children(&mut cursor)
            .find(|part| part.kind() == "conversion");
        let is_known = |part: Node<'_>| matches!(self.text(part), "!s" | "!r" | "!a");
        if let Some(wrong) = conversion.filter(|part| !is_known(*part)) {
            let message = "f-string: invalid conversion character: expected 's', 'r', or 'a'";
            self.report_string(wrong, "unknown-conversion", message);
        }
    }

    /// Strings side by side.
    pub(super) fn check_strings(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        let strings = node
            .named_children(&mut cursor)
            .filter(|part| Kind::of(part) == Kind::String);
        let prefixes: Vec<_> = strings
            .filter_map(|string| string.child(0))
            .map(|start| self.text(start))
            .collect();
        let mixes = |letters: [char; 2]| {
            let has = |prefix: &&&str| prefix.contains(letters);
            let count = prefixes.iter().filter(has).count();
            count > 0 && count < prefixes.len()
        };
        let message = if mixes(['b', 'B']) {
            "cannot mix bytes and nonbytes literals"
        } else if mixes(['t', 'T']) {
            "cannot mix t-string literals with string or bytes literals"
        } else {
            return;
        };
        self.report_string(node, "mixed-strings", message);
    }

    fn report_string(&mut self, node: Node<'_>, code: &'static str, message: &str) {
        let range = node.byte_range();
        self.report(NameError::new(Stage::Parse, code, &range, message));
    }
}
