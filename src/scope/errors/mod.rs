//! CPython's name and scope errors, in its words, at its place.
//!
//! What a pass needs is in the layer's own modules: [`super::walk::walk`] hands on occurrences and nested
//! scopes in the order in which `symtable.c` visits them, for the version asked for;
//! [`super::table`] has its flags, and [`super::resolve`] its answers.

use super::{PythonVersion, Scopes};
use crate::syntax::Syntax;
use crate::text::{Range, Text};

/// One error that CPython raises as a `SyntaxError` for a name or a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    /// Where CPython says it is.
    pub range: Range,
    /// CPython's words.
    pub message: String,
    /// A stable name for the rule, in kebab case.
    pub code: &'static str,
    /// Other places that it is about, each with what it is.
    pub related: Vec<(Range, String)>,
}

impl Scopes {
    /// All name and scope errors, in source order.
    pub fn errors(
        &self,
        _text: &Text,
        _syntax: &Syntax,
        _version: PythonVersion,
    ) -> Vec<NameError> {
        Vec::new()
    }
}
