//! Arguments that stand in the wrong order, and keyword arguments that are given twice.

use rustc_hash::FxHashMap;
use tree_sitter::Node;

use super::super::Name;
use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::{Field, Kind};

impl Checker<'_, '_> {
    /// Positional arguments don't follow those with keywords.
    pub(super) fn check_argument_order(&mut self, arguments: Node<'_>) {
        let mut cursor = arguments.walk();
        let mut keywords: Option<Node<'_>> = None;
        let mut unpacking: Option<Node<'_>> = None;
        for argument in arguments.named_children(&mut cursor) {
            let kind = Kind::of(&argument);
            let wrong = match (kind, keywords, unpacking) {
                (Kind::KeywordArgument, ..) => {
                    keywords.get_or_insert(argument);
                    continue;
                }
                (Kind::DoubleStarred, ..) => {
                    unpacking.get_or_insert(argument);
                    continue;
                }
                (Kind::Comment | Kind::LineContinuation | Kind::Error, ..) => continue,
                (Kind::Starred, _, Some(first)) => (
                    first,
                    "iterable argument unpacking follows keyword argument unpacking",
                ),
                (Kind::Starred, ..) | (_, None, None) => continue,
                (_, _, Some(first)) => (
                    first,
                    "positional argument follows keyword argument unpacking",
                ),
                (_, Some(first), None) => (first, "positional argument follows keyword argument"),
            };
            let (first, message) = wrong;
            let range = argument.byte_range();
            let error = NameError::new(Stage::Parse, "argument-order", &range, message);
            return self.report(error.related(&first.byte_range(), "given before"));
        }
    }

    /// The arguments of a call or class.
    pub(super) fn check_keywords(&mut self, arguments: Node<'_>) {
        let mut cursor = arguments.walk();
        let keywords: Vec<_> = arguments
            .named_children(&mut cursor)
            .filter(|argument| Kind::of(argument) == Kind::KeywordArgument)
            .filter_map(|keyword| Some((keyword, Field::Name.child(&keyword)?)))
            .collect();
        let mut firsts = FxHashMap::default();
        let mut errors = Vec::new();
        for (index, (keyword, name)) in keywords.iter().enumerate() {
            if self.is_debug(*name) {
                let call = self.call_start(arguments);
                self.check_debug_keyword(*keyword, call);
            }
            let name = Name::new(self.text(*name));
            let (first, range) = firsts.entry(name).or_insert((index, keyword.byte_range()));
            if *first < index {
                let message = format!("keyword argument repeated: {name}");
                let error = NameError::new(
                    Stage::Compile,
                    "repeated-keyword",
                    &keyword.byte_range(),
                    message,
                );
                errors.push((*first, error.related(range, "given here before")));
            }
        }
        errors.sort_by_key(|(first, _)| *first);
        for (_, error) in errors {
            self.report(error);
        }
    }

    /// Where the call or class starts that the arguments belong to.
    fn call_start(&self, arguments: Node<'_>) -> usize {
        arguments
            .parent()
            .map_or(arguments.start_byte(), |call| call.start_byte())
    }
}
