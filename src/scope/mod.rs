//! CONTRACT (to be implemented by the scope layer; signatures may grow, not shrink)
//!
//! Facts are local and free of context; resolution is a question, not a pass.
//!
//! ```ignore
//! /// Target version; `Ord`. `PythonVersion::V3_8 ..= V3_14`, `FromStr` ("3.12"), `Display`, `Default` = 3.14, `ALL`.
//! pub enum PythonVersion { V3_8, V3_9, V3_10, V3_11, V3_12, V3_13, V3_14 }
//!
//! /// An interned identifier (NFKC-normalised, as written: not mangled). Copy, Eq, Ord, Hash; `as_str()`.
//! pub struct Name(u32);
//!
//! pub enum ScopeKind { Module, Function, Lambda, Class, ListComp, SetComp, DictComp, GenExpr,
//!                      TypeParams, TypeVar, TypeVarDefault, TypeAlias, Annotation }
//!
//! /// The analysis of one version of a document. Immutable, `Clone` is O(1), `Send + Sync`.
//! pub struct Scopes;
//! impl Scopes {
//!     pub fn new(text: &Text, syntax: &Syntax) -> Self;                              // cold
//!     pub fn update(&self, text: &Text, syntax: &Syntax, changes: &Changes) -> Self; // takes over what didn't change
//!     pub fn module(&self, version: PythonVersion) -> Scope;
//!     pub fn scope_at(&self, version, offset: Offset) -> Scope;            // innermost, O(depth log n)
//!     pub fn occurrence_at(&self, version, offset: Offset) -> Option<Occurrence>; // cursor in or right behind the name
//!     pub fn occurrences_in(&self, version, range: Range) -> impl Iterator<Item = Occurrence>; // source order, all scopes
//! }
//!
//! /// One scope of one snapshot, with its way out to the module. Cheap to clone (Arc). Eq/Hash = same scope.
//! #[derive(Clone)] pub struct Scope;
//! impl Scope {
//!     pub fn kind(&self) -> ScopeKind;
//!     pub fn is_function_like(&self) -> bool;      // function, lambda, comprehension, annotation scopes …: can own or take cells
//!     pub fn name(&self) -> Option<Name>;          // def / class / type alias
//!     pub fn qualname(&self) -> String;            // co_qualname: raise_to.<locals>.raise_to_exp
//!     pub fn range(&self) -> Range;                // the ast node: def … end of body
//!     pub fn name_range(&self) -> Option<Range>;   // the identifier after def/class; the `lambda` keyword for a lambda
//!     pub fn header(&self) -> Range;               // `def` … its colon (lambda … colon; a comprehension: its range)
//!     pub fn is_async(&self) -> bool;
//!     pub fn is_generator(&self) -> bool;          // contains yield
//!     pub fn inlined(&self) -> bool;               // PEP 709, for this version
//!     pub fn parent(&self) -> Option<Scope>;
//!     pub fn children(&self) -> Vec<Scope>;        // directly nested, source order, those that exist in this version
//!     pub fn occurrences(&self) -> Vec<Occurrence>; // evaluated directly in this scope, source order
//!     pub fn knowable(&self) -> Knowable;          // star import, exec/eval, locals() … limit what can be said
//!     pub fn variable(&self, name: Name) -> Option<Variable>; // the variable that `name` means here (resolve), None = unknown / builtin
//!     pub fn resolve(&self, name: Name) -> Resolution;
//!     pub fn variables(&self) -> Vec<Variable>;         // owned here
//!     pub fn free_variables(&self) -> Vec<Variable>;    // co_freevars order; each with its owner
//!     pub fn cell_variables(&self) -> Vec<Variable>;    // co_cellvars order; owned here
//! }
//!
//! pub enum Resolution { Local(Variable), Cell(Variable) /* own cell */, Free(Variable), Global(Variable) /* bound in this module */,
//!                       Builtin /* or a global that this file does not bind */, Unknown(Why) }
//!
//! /// A variable: a name in the scope that owns it. Eq/Hash by owner and (mangled) name.
//! #[derive(Clone)] pub struct Variable;
//! impl Variable {
//!     pub fn owner(&self) -> &Scope;  pub fn name(&self) -> &str; // mangled where CPython mangles
//!     pub fn is_parameter(&self) -> bool;
//!     pub fn is_cell(&self) -> bool;
//!     pub fn is_implicit(&self) -> bool;           // __class__, __classdict__ …
//!     pub fn bindings(&self) -> Vec<Occurrence>;   // in the owner and, by nonlocal/global, elsewhere; source order
//!     pub fn occurrences(&self) -> Vec<Occurrence>; // every binding, use, nonlocal and global of it in the file, source order
//!     pub fn captures(&self) -> Vec<Capture>;      // every closure with it in its co_freevars, outermost first, source order
//! }
//! pub struct Capture { pub scope: Scope, pub reads: bool, pub rebinds: bool, pub deletes: bool /* else: only passes through */ }
//!
//! /// One occurrence of a name in the text.
//! #[derive(Clone)] pub struct Occurrence { pub range: Range, pub name: Name, pub role: Role, pub scope: Scope /* where evaluated */ }
//! impl Occurrence { pub fn resolve(&self) -> Resolution; pub fn variable(&self) -> Option<Variable>; }
//! /// Binding forms of the language page: one enum, one table.
//! pub enum Role { Use, Parameter, Assign, AugAssign, AnnAssign, Annotated /* without value */, Walrus, For, With, Except, Import, ImportFrom,
//!                 Def, Class, Delete, Capture /* match */, TypeParam, TypeAlias, Global, Nonlocal, CompFor }
//! impl Role { pub fn binds(self) -> bool; pub fn reads(self) -> bool; pub fn declares(self) -> bool; }
//!
//! /// CPython's name and scope errors, in its words, at its place.
//! pub struct NameError { pub range: Range, pub message: String, pub code: &'static str /* kebab case */, pub related: Vec<(Range, String)> }
//! impl Scopes { pub fn errors(&self, text, syntax, version) -> Vec<NameError>; }
//! ```
