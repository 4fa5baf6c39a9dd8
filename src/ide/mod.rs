//! CONTRACT: features in byte offsets and plain data; nothing of LSP here.
//!
//! ```ignore
//! /// One file a feature; each a function of a snapshot.
//! pub struct Config { pub version: PythonVersion, pub language: Language, pub hover: HoverMode, pub hints: HintConfig, pub lens: bool, … } // Default
//! pub enum Language { Cella, Python }
//! pub enum HoverMode { Captures /* default for Python */, Everything /* default for Cella */, Off }
//! pub struct HintConfig { pub enable: bool, pub cells: bool, pub closures: bool, pub factories: bool, pub uses: bool, pub max_length: usize }
//!
//! /// Text with code and links, rendered to Markdown or plain text at the edge. `markup.rs`
//! pub struct Markup { pub lines: Vec<Line> }  // first a code line, then a fact a line
//! pub enum Line { Code(String), Fact(Vec<Span>), Rule, }
//! pub enum Span { Text(String), Code(String), Link { text: String, target: Range }, Page { text: String, page: &'static str /* docs/closures/<page>.md */ } }
//!
//! pub fn hover(s: &Snapshot, at: Offset, c: &Config) -> Option<Hover>;            // Hover { range: Range, content: Markup }
//! pub fn inlay_hints(s, within: Range, c) -> Vec<InlayHint>;                       // InlayHint { at: Offset, parts: Vec<HintPart { text, target: Option<Range> }>, tooltip: Markup, kind: HintKind }
//! pub fn definition(s, at, c) -> Option<Targets>;                                  // Targets { origin: Range, targets: Vec<Target { full: Range, focus: Range }> }
//! pub fn declaration(s, at, c) -> Option<Targets>;
//! pub fn references(s, at, with_declarations: bool, c) -> Vec<Range>;
//! pub fn highlights(s, at, c) -> Vec<Highlight>;                                   // Highlight { range, kind: Read | Write | Text }
//! pub fn document_symbols(s, c) -> Vec<Symbol>;                                    // Symbol { name, detail, kind, range, selection, children }
//! pub fn semantic_tokens(s, within: Range, c) -> Vec<Token>;                       // Token { range, kind: TokenKind, modifiers: Modifiers }
//! pub fn diagnostics(s, c) -> Vec<Diagnostic>;                                     // Diagnostic { range, code: &'static str, severity, message: String, related: Vec<Related { range, message }>, unnecessary: bool }
//! pub fn code_lens(s, c) -> Vec<Lens>;                                             // Lens { range, title, targets: Vec<Range> }
//! ```
