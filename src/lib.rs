//! Cella, a language server for closures: what each name means when functions nest.
//!
//! The layers, each of which knows only those above it (`tests/layering.rs` holds that):
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`stop`] | giving up what nobody waits for any more |
//! | [`text`] | the text of a document, edits, positions |
//! | [`seq`] | a long list that versions share |
//! | [`syntax`] | the document cut into blocks, each with a tree of its own |
//! | [`scope`] | scopes, bindings, uses, resolution, cells; CPython's name errors |
//! | [`document`] | the writer's document and its readers' snapshots |
//! | [`closure`] | what follows for closures: captures, escape, factories |
//! | [`ide`] | one file a feature, in byte offsets and plain data |
//! | `server` | the language server protocol |
//! | `cli` | one file a subcommand |

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

pub mod cli;
pub mod closure;
pub mod document;
pub mod ide;
pub mod scope;
pub mod seq;
pub mod server;
pub mod stop;
pub mod syntax;
pub mod text;
