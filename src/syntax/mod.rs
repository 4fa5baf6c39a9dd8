//! CONTRACT
//! ```ignore
//! /// The document cut at its top level into blocks, each parsed on its own. Immutable, Clone O(1), Send + Sync.
//! pub struct Syntax;
//! impl Syntax {
//!     pub fn parse(text: &Text) -> Self;
//!     pub fn edit(&self, text: &Text /* after */, edits: &[Edit]) -> (Self, Changes);
//!     pub fn blocks(&self) -> impl Iterator<Item = (Offset, &Block)>;   // in order, they cover the text
//!     pub fn block_at(&self, offset: Offset) -> Option<(Offset, &Block)>;
//!     pub fn block_index(&self, offset: Offset) -> usize; pub fn block(&self, index: usize) -> Option<(Offset, &Block)>; pub fn len(&self) -> usize;
//! }
//! /// Whole lines of the document and their tree. Offsets in the tree are relative to the block's start.
//! pub struct Block; impl Block { pub fn tree(&self) -> &tree_sitter::Tree; pub fn len(&self) -> Rel; pub fn has_error(&self) -> bool }
//! /// Blocks `old` of the former version are replaced by blocks `new` of this one; all the others were taken over (same Arc).
//! pub struct Changes { pub old: std::ops::Range<usize>, pub new: std::ops::Range<usize> }
//! pub mod kind { pub const FUNCTION_DEFINITION: &str …; pub fn ids() -> &'static Kinds /* node kind ids and field ids, looked up once */ }
//! ```
