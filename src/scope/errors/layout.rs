//! What the grammar reads although the text doesn't say so: brackets that aren't closed, colons that aren't
//! there, indentation that fits no block.

use tree_sitter::Node;

use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::{Field, Kind};

/// How wide indentation is with tabs of eight columns, and of one: where only one of them fits, the mix of
/// tabs and blanks would mean something else to another reader.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Width(u32, u32);

impl Width {
    fn of(indentation: &str) -> Self {
        let widen = |Self(wide, narrow), character: char| match character {
            '\t' => Self((wide / 8 + 1) * 8, narrow + 1),
            '\u{c}' => Self(0, 0),
            _ => Self(wide + 1, narrow + 1),
        };
        indentation.chars().fold(Self(0, 0), widen)
    }
}

impl Checker<'_, '_> {
    /// A bracket that nothing closes.
    pub(super) fn check_brackets(&mut self, node: Node<'_>) {
        let last = node.child_count().checked_sub(1);
        let Some(last) = last.and_then(|last| node.child(last)) else {
            return;
        };
        let open = match last.kind() {
            ")" => '(',
            "]" => '[',
            "}" => '{',
            _ => return,
        };
        if last.start_byte() == last.end_byte() {
            let message = format!("'{open}' was never closed");
            self.report_layout(node, "unclosed-bracket", message);
        }
    }

    /// The colon of a compound statement or clause, and the block behind it.
    pub(super) fn check_suite(&mut self, node: Node<'_>, kind: Kind) {
        if !kind.has_suite() {
            return;
        }
        let mut cursor = node.walk();
        let body = Field::Body.child(&node);
        if !node.children(&mut cursor).any(|part| part.kind() == ":") {
            self.report_layout(node, "missing-colon", "expected ':'".to_owned());
        } else if body.is_some_and(|body| body.named_child_count() == 0) {
            let message = "expected an indented block".to_owned();
            self.report_layout(node, "missing-block", message);
        }
        if let Some(body) = body {
            self.check_block(body);
        }
    }

    /// The statements of a block, of which those that begin a line are indented alike.
    pub(super) fn check_block(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        let statements: Vec<_> = node
            .named_children(&mut cursor)
            .filter(|part| !matches!(Kind::of(part), Kind::Comment | Kind::LineContinuation))
            .collect();
        let is_module = Kind::of(&node) == Kind::Module;
        let mut block = is_module.then_some(Width(0, 0));
        for statement in statements {
            let Some(indentation) = self.indentation(statement) else {
                continue;
            };
            let width = Width::of(indentation);
            let Width(wide, narrow) = *block.get_or_insert(width);
            let message = match width {
                Width(own, _) if own > wide => "unexpected indent",
                Width(own, _) if own < wide => {
                    "unindent does not match any outer indentation level"
                }
                Width(_, own) if own != narrow => {
                    "inconsistent use of tabs and spaces in indentation"
                }
                _ => continue,
            };
            return self.report_layout(statement, "indentation", message.to_owned());
        }
    }

    /// What stands before a statement, if it begins its line.
    fn indentation(&self, statement: Node<'_>) -> Option<&str> {
        let before = self.source.get(..statement.start_byte())?;
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let indentation = before.get(line..)?;
        let is_continued = before
            .get(..line)?
            .trim_end_matches(['\r', '\n'])
            .ends_with('\\');
        let is_blank = indentation.trim_matches([' ', '\t', '\u{c}']).is_empty();
        (is_blank && !is_continued).then_some(indentation)
    }

    fn report_layout(&mut self, node: Node<'_>, code: &'static str, message: String) {
        let range = node.byte_range();
        self.report(NameError::new(Stage::Parse, code, &range, message));
    }
}
