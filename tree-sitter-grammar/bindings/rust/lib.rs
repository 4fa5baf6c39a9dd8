//! A [tree-sitter](https://tree-sitter.github.io) grammar for Python 3.8 to 3.14, made for editing: a reparse
//! costs what the edit costs, and half-typed code keeps its neighbours.
//!
//! ```
//! let mut parser = tree_sitter::Parser::new();
//! parser.set_language(&tree_sitter_cella::LANGUAGE.into()).unwrap();
//! let tree = parser.parse("def raise_to(exp):\n    return lambda x: x ** exp\n", None).unwrap();
//! assert_eq!(tree.root_node().kind(), "module");
//! assert!(!tree.root_node().has_error());
//! ```

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_cella() -> *const ();
}

/// The grammar, for `tree_sitter::Parser::set_language`.
// SAFETY: the generated function takes nothing and returns a language that lives as long as the program.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_cella) };

/// The kinds of nodes and their fields, as JSON
/// ([static node types](https://tree-sitter.github.io/tree-sitter/using-parsers/6-static-node-types)).
pub const NODE_TYPES: &str = include_str!("../../src/node-types.json");

/// What colours each node, in the capture names of Neovim and the tree-sitter command line.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// Scopes, definitions and references, as far as a query can tell them.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");

/// What can be folded away.
pub const FOLDS_QUERY: &str = include_str!("../../queries/folds.scm");

/// Indentation, in the captures of nvim-treesitter.
pub const INDENTS_QUERY: &str = include_str!("../../queries/indents.scm");

/// Definitions and calls, for code navigation by name.
pub const TAGS_QUERY: &str = include_str!("../../queries/tags.scm");

/// Other languages inside this one: comments, regular expressions.
pub const INJECTIONS_QUERY: &str = include_str!("../../queries/injections.scm");
