//! What differs between Python versions, all in one place, each with its source.
//!
//! Facts know nothing of versions: they have every region that is a scope in any of them. These rules
//! say, when a question is asked, what the region is to the version that is asked for.

use super::{Name, PythonVersion, ScopeKind};

/// The rules for one document: its target version, and whether it stringifies its annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    pub version: PythonVersion,
    /// `from __future__ import annotations` (PEP 563).
    pub stringified: bool,
}

/// What a region of annotations is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Annotations {
    /// No scope of its own.
    Transparent(Standing),
    /// An annotation scope; of variables, one for all of those of the enclosing scope.
    Scope(Standing),
}

/// Whether what stands somewhere counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is evaluated.
    Evaluated,
    /// It isn't evaluated, but the symbol table has its names nevertheless.
    Counted,
    /// It isn't evaluated, and the symbol table knows nothing of its names.
    Ignored,
}

impl Rules {
    fn from(self, version: PythonVersion) -> bool {
        self.version >= version
    }

    /// PEP 563 up to 3.9: the symbol table takes names even from annotations that become strings.
    /// From 3.10 (bpo-42725) it throws them away.
    fn stringified_standing(self) -> Standing {
        if self.from(PythonVersion::V3_10) {
            Standing::Ignored
        } else {
            Standing::Counted
        }
    }

    /// The annotations of a function's parameters and result: evaluated where the `def` is; from 3.14 in
    /// a scope of their own, when they are asked for (PEP 649, PEP 749).
    pub fn signature(self) -> Annotations {
        match (self.from(PythonVersion::V3_14), self.stringified) {
            (true, false) => Annotations::Scope(Standing::Evaluated),
            (true, true) => Annotations::Scope(Standing::Ignored),
            (false, false) => Annotations::Transparent(Standing::Evaluated),
            (false, true) => Annotations::Transparent(self.stringified_standing()),
        }
    }

    /// The annotations of the variables of a scope. Those of a function's are never evaluated (PEP 526),
    /// yet up to 3.13 its symbol table has their names.
    pub fn variable_annotation(self, owner: ScopeKind) -> Annotations {
        let of_function = owner.is_function_like();
        if self.from(PythonVersion::V3_14) {
            return match (of_function, self.stringified) {
                (true, true) => Annotations::Transparent(Standing::Ignored),
                (false, false) => Annotations::Scope(Standing::Evaluated),
                _ => Annotations::Scope(Standing::Ignored),
            };
        }
        Annotations::Transparent(match (of_function, self.stringified) {
            (_, true) => self.stringified_standing(),
            (true, false) => Standing::Counted,
            (false, false) => Standing::Evaluated,
        })
    }

    /// List, set and dict comprehensions are a part of their function from 3.12 (PEP 709); from 3.13 not
    /// in annotation scopes that see a class (gh-109118).
    pub fn inlines(self, comprehension: ScopeKind, host_sees_class: bool) -> bool {
        comprehension.is_comprehension()
            && comprehension != ScopeKind::GenExpr
            && self.from(PythonVersion::V3_12)
            && !(host_sees_class && self.from(PythonVersion::V3_13))
    }

    /// Whether a function's annotations are a scope of their own (PEP 649).
    pub fn signature_is_scope(self) -> bool {
        self.from(PythonVersion::V3_14)
    }

    /// Whether inlining and type scopes exist at all, which changed how a class passes names through.
    pub fn has_type_scopes(self) -> bool {
        self.from(PythonVersion::V3_12)
    }

    /// `super` makes `__class__` a name of the scope it is read in (PEP 3135): of functions, and from
    /// 3.12 of annotation scopes too (PEP 695).
    pub fn super_needs_class(self, kind: ScopeKind) -> bool {
        match kind {
            ScopeKind::Module | ScopeKind::Class => false,
            _ => !kind.is_annotation_scope() || self.from(PythonVersion::V3_12),
        }
    }

    /// In the type parameters and bases of a generic class, 3.12 mangles every name; from 3.13 only those
    /// of the parameters (gh-119666).
    pub fn mangles_only_type_parameters(self) -> bool {
        self.from(PythonVersion::V3_13)
    }

    /// `symtable.c` visits the `else` of a `try` before its handlers up to 3.12 (gh-113297 turned it).
    pub fn visits_try_else_first(self) -> bool {
        !self.from(PythonVersion::V3_13)
    }

    /// Annotation scopes take the format that is asked for as a parameter, visible from 3.14 (PEP 649).
    pub fn has_format_parameter(self) -> bool {
        self.from(PythonVersion::V3_14)
    }

    /// Every function in a class has an annotation scope that sees the class, if an empty one (PEP 649).
    pub fn functions_see_class_dict(self) -> bool {
        self.from(PythonVersion::V3_14) && !self.stringified
    }

    /// Annotations of variables that may or may not have run are kept in
    /// `__conditional_annotations__` (PEP 749): in a class those in a branch, in a module all.
    pub fn tracks_conditional_annotation(self, owner: ScopeKind, in_branch: bool) -> bool {
        self.from(PythonVersion::V3_14)
            && match owner {
                ScopeKind::Module => true,
                ScopeKind::Class => in_branch,
                _ => false,
            }
    }

    /// Up to 3.9, expressions in f-strings have another place than their own, from where the parser takes
    /// them to be (bpo-35212, gh-94869). See [`super::string_places`].
    pub fn misplaces_in_strings(self) -> bool {
        !self.from(PythonVersion::V3_10)
    }

    /// 3.8 looks for them in the first of the strings that stand beside each other.
    pub fn searches_first_string(self) -> bool {
        !self.from(PythonVersion::V3_9)
    }

    /// `co_cellvars` is sorted by name up to 3.10; from 3.11 what also is a fast local comes first
    /// (`localsplus`, gh-90667).
    pub fn cells_follow_locals(self) -> bool {
        self.from(PythonVersion::V3_11)
    }

    /// Whether the compiler follows the ways through a function, and so sees what never runs; up to 3.9 it
    /// looks at constant conditions alone.
    pub fn follows_ways(self) -> bool {
        self.from(PythonVersion::V3_10)
    }

    /// Whether a tuple of constants is one before the compiler looks for what never runs; from 3.14 it is
    /// made later (gh-126835).
    pub fn folds_tuples_early(self) -> bool {
        !self.from(PythonVersion::V3_14)
    }

    /// Whether the first constant of a function is its docstring or `None`, up to 3.13; from 3.14 it is there
    /// only if there is one (gh-126072).
    pub fn begins_with_docstring(self) -> bool {
        !self.from(PythonVersion::V3_14)
    }

    /// Whether the `else` of a `try` is compiled behind its handlers, as it was up to 3.10.
    pub fn compiles_try_else_last(self) -> bool {
        !self.from(PythonVersion::V3_11)
    }

    /// Whether constants that nothing loads are taken back from the last one on only, as in 3.10 and 3.11
    /// (bpo-45056), and not all of them (gh-99254).
    pub fn trims_constants(self) -> bool {
        matches!(self.version, PythonVersion::V3_10 | PythonVersion::V3_11)
    }

    /// Errors of the symbol table and the compiler point at the very place, one-based, from 3.10 (PEP 657
    /// and what came before it); up to 3.9 now and then at the scope around, or counted from zero.
    pub fn has_precise_errors(self) -> bool {
        self.from(PythonVersion::V3_10)
    }

    /// `await` and `async` outside, late future imports and `__debug__` are errors of the symbol table
    /// from 3.14, of the compiler before.
    pub fn checks_early(self) -> bool {
        self.from(PythonVersion::V3_14)
    }

    /// What a type variable's bound is called, which is a tuple of constraints or not.
    pub fn bound_or_constraint(self, tuple: bool) -> &'static str {
        if tuple && self.from(PythonVersion::V3_13) {
            "a TypeVar constraint"
        } else {
            "a TypeVar bound"
        }
    }

    /// Names that a class binds for the functions in it.
    pub fn is_bound_by_class(self, symbol: Name) -> bool {
        match symbol.as_str() {
            "__class__" => true,
            "__classdict__" => self.has_type_scopes(),
            "__conditional_annotations__" => self.from(PythonVersion::V3_14),
            _ => false,
        }
    }

    /// Names that no type parameter may have (gh-128632).
    pub fn reserves_type_parameter(self, name: Name) -> bool {
        self.from(PythonVersion::V3_14)
            && matches!(
                name.as_str(),
                "__classdict__" | "__conditional_annotations__"
            )
    }

    /// The target of an assignment expression is compared with iteration variables as it is mangled from
    /// 3.13, as it is written before.
    pub fn mangles_walrus_targets(self) -> bool {
        self.from(PythonVersion::V3_13)
    }

    /// Lambdas and comprehensions in annotation scopes that see a class, from 3.13 (gh-109118).
    pub fn nests_scopes_in_class_annotations(self) -> bool {
        self.from(PythonVersion::V3_13)
    }

    /// `'yield from' outside function`, from 3.13; before that it was called `'yield'`.
    pub fn names_yield_from(self) -> bool {
        self.from(PythonVersion::V3_13)
    }

    /// An asynchronous comprehension in any comprehension of an asynchronous function, from 3.11
    /// (gh-77527).
    pub fn nests_async_comprehensions(self) -> bool {
        self.from(PythonVersion::V3_11)
    }

    /// `x.__debug__ += 1` is an error of 3.8's parser, and again from 3.14.
    pub fn checks_debug_in_augmented(self) -> bool {
        self.checks_early() || self.version == PythonVersion::V3_8
    }

    /// The parser of 3.9 (PEP 617) moved errors from one part of CPython to another: `del (*a, b)` from the
    /// compiler to itself, `import __debug__.x` from itself, where it had none, to the compiler.
    pub fn has_peg_parser(self) -> bool {
        self.from(PythonVersion::V3_9)
    }

    /// `del __debug__` is an error from 3.10 (bpo-45000).
    pub fn keeps_debug(self) -> bool {
        self.from(PythonVersion::V3_10)
    }

    /// Errors in parameters and arguments point at those, from 3.12; before that at the function or call.
    pub fn points_at_arguments(self) -> bool {
        self.from(PythonVersion::V3_12)
    }

    /// More than one starred target.
    pub fn multiple_starred(self) -> &'static str {
        if self.from(PythonVersion::V3_9) {
            "multiple starred expressions in assignment"
        } else {
            "two starred expressions in assignment"
        }
    }
}
