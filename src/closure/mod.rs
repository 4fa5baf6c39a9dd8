//! What follows for closures: who keeps what alive, what a factory made, what is rebound after capture.
//!
//! Everything here is a question to a [`program::Program`], answered from the scopes and the trees when it
//! is asked. Certain and uncertain are told apart throughout: what can't be known is left out or marked.
//!
//! | file | what |
//! | --- | --- |
//! | [`program`] | a snapshot read for one Python version |
//! | [`place`] | nodes in the document's offsets, with their way out |
//! | [`nesting`] | which function's own code a piece of text is part of |
//! | [`escape`] | how a closure leaves the call that made it |
//! | [`standard`] | names of builtins and of the standard library, as they are imported |
//! | [`consumer`] | what callables do with a closure among their arguments |
//! | [`flow`] | the ways through a function's body |
//! | [`rebinding`] | what a cell gets after a closure was made |
//! | [`value`] | which function an expression holds, and the calls that made it |
//! | [`parameters`] | what a call as written binds the parameters to |
//! | [`content`] | what the cells of a function were filled with |
//! | [`decoration`] | what decorators make of a function |
//! | [`keeps`] | what a closure keeps alive |
//! | [`factory`] | functions that return closures they made |

pub mod consumer;
pub mod content;
pub mod decoration;
pub mod escape;
pub mod factory;
pub mod flow;
pub mod keeps;
pub mod nesting;
pub mod parameters;
pub mod place;
pub mod program;
pub mod rebinding;
pub mod standard;
pub mod value;
