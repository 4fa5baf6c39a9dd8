//! What an occurrence does to its name: the table of binding forms. And the kinds of scopes.

/// What one occurrence of a name does. Each binding form of the language has a role of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Reads the name.
    Use,
    /// A parameter of a function or lambda.
    Parameter,
    /// `x = 1`
    Assign,
    /// `x += 1`: reads and binds.
    AugAssign,
    /// `x: int = 1`
    AnnAssign,
    /// `x: int`: makes the name local without giving it a value.
    Annotated,
    /// `(x): int`: evaluates nothing and says nothing of the name (PEP 526).
    Bracketed,
    /// `x := 1`
    Walrus,
    /// `for x in …`
    For,
    /// `with … as x`
    With,
    /// `except … as x`: binds, and unbinds at the end of the clause.
    Except,
    /// `import x`, `import a as x`
    Import,
    /// `from a import x`
    ImportFrom,
    /// `def x`
    Def,
    /// `class x`
    Class,
    /// `del x`: unbinds, and makes the name local as a binding does.
    Delete,
    /// A capture in a `match` pattern.
    Capture,
    /// A type parameter (PEP 695).
    TypeParam,
    /// `type x = …`
    TypeAlias,
    /// `global x`
    Global,
    /// `nonlocal x`
    Nonlocal,
    /// `… for x in …` of a comprehension or generator expression.
    CompFor,
}

impl Role {
    /// Whether it makes the name one of its scope's own (unless a declaration says otherwise).
    pub fn binds(self) -> bool {
        !matches!(
            self,
            Self::Use | Self::Bracketed | Self::Global | Self::Nonlocal
        )
    }

    /// Whether it reads the name's value.
    pub fn reads(self) -> bool {
        matches!(self, Self::Use | Self::AugAssign)
    }

    /// Whether it gives the name a new value.
    pub fn writes(self) -> bool {
        self.binds() && !matches!(self, Self::Delete | Self::Annotated)
    }

    /// Whether it is a `global` or `nonlocal` statement's.
    pub fn declares(self) -> bool {
        matches!(self, Self::Global | Self::Nonlocal)
    }
}

/// The kinds of scopes: the language reference's code blocks (4.1) and annotation scopes (4.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScopeKind {
    /// The file.
    Module,
    /// `def`
    Function,
    /// `lambda`
    Lambda,
    /// `class`
    Class,
    /// `[… for …]`
    ListComp,
    /// `{… for …}`
    SetComp,
    /// `{…: … for …}`
    DictComp,
    /// `(… for …)`
    GenExpr,
    /// What type parameters are visible in: `def f[T]…`, `class C[T]…`, `type A[T]…` (PEP 695).
    TypeParams,
    /// A type parameter's bound or constraints (PEP 695).
    TypeVar,
    /// A type parameter's default (PEP 696).
    TypeVarDefault,
    /// The value of a `type` statement (PEP 695).
    TypeAlias,
    /// The annotations of a function, or of a scope's variables: `__annotate__` (PEP 649, from 3.14).
    Annotation,
}

impl ScopeKind {
    /// Whether it is a list, set or dict comprehension or a generator expression.
    pub fn is_comprehension(self) -> bool {
        matches!(
            self,
            Self::ListComp | Self::SetComp | Self::DictComp | Self::GenExpr
        )
    }

    /// Whether it can own and take cells: every scope but the module and classes.
    pub fn is_function_like(self) -> bool {
        !matches!(self, Self::Module | Self::Class)
    }

    /// Whether it is one of the scopes for types: annotation scopes in the language reference's words.
    pub fn is_annotation_scope(self) -> bool {
        matches!(
            self,
            Self::TypeParams
                | Self::TypeVar
                | Self::TypeVarDefault
                | Self::TypeAlias
                | Self::Annotation
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_augmented_assignment_reads_and_binds() {
        assert!(Role::AugAssign.reads() && Role::AugAssign.binds() && Role::AugAssign.writes());
        assert!(Role::Delete.binds() && !Role::Delete.writes());
        assert!(Role::Nonlocal.declares() && !Role::Nonlocal.binds());
    }
}
