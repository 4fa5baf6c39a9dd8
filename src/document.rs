//! CONTRACT
//! ```ignore
//! /// The writer's side: one open document.
//! pub struct Document;
//! impl Document {
//!     pub fn new(source: &str) -> Self;
//!     pub fn edit(&mut self, changes: &[Change]);       // Change { range: Range, new: String }, each on the result of the one before
//!     pub fn snapshot(&self) -> Snapshot;               // O(1)
//! }
//! /// One version of a document for its readers. Immutable, Send + Sync, Clone O(1).
//! pub struct Snapshot { pub text: Text, pub syntax: Syntax, pub scopes: Scopes }
//! ```

use crate::text::Text;

/// One version of a document for its readers.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The text.
    pub text: Text,
}
