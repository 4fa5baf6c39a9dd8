//! A tree-sitter grammar for Python, made for editing.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_cella() -> *const ();
}

/// The grammar, for `tree_sitter::Parser::set_language`.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_cella) };
