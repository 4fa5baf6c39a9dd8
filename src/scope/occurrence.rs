//! One occurrence of a name, and what it means.

use super::facts::Mention;
use super::rules::Standing;
use super::{Name, Role, Scope, Variable};
use crate::text::{Offset, Range, Rel};

/// One occurrence of a name in the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// The identifier.
    pub range: Range,
    /// As written; mangling happens where it is resolved.
    pub name: Name,
    /// What it does to the name.
    pub role: Role,
    /// Where it is evaluated.
    pub scope: Scope,
    /// `false` in an annotation that is never evaluated (a string at run time, or of a local variable).
    pub evaluated: bool,
}

impl Occurrence {
    pub(super) fn new(
        scope: &Scope,
        origin: Offset,
        mention: &Mention,
        standing: Standing,
    ) -> Self {
        let start = origin + mention.at;
        Self {
            range: Range::new(start, start + Rel(mention.len)),
            name: mention.name,
            role: mention.role,
            scope: scope.clone(),
            evaluated: standing == Standing::Evaluated && !scope.detached(),
        }
    }

    /// What it means. O(depth) look-ups.
    pub fn resolve(&self) -> Resolution {
        self.scope.resolve(self.name)
    }

    /// The variable that it belongs to; `None` for a builtin, and for what this file doesn't bind.
    pub fn variable(&self) -> Option<Variable> {
        self.scope.variable(self.name)
    }
}

/// What a name means in a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The scope's own variable, which nothing nested in it takes.
    Local(Variable),
    /// The scope's own variable, a cell: a nested function takes it.
    Cell(Variable),
    /// An enclosing function's variable.
    Free(Variable),
    /// A variable of this module, from a scope nested in it.
    Global(Variable),
    /// A builtin, or a global that this file doesn't bind.
    Builtin,
    /// This file doesn't bind it, but something in it that can't be seen may.
    Unknown(Why),
}

impl Resolution {
    /// The variable, where there is one.
    pub fn variable(&self) -> Option<&Variable> {
        match self {
            Self::Local(variable)
            | Self::Cell(variable)
            | Self::Free(variable)
            | Self::Global(variable) => Some(variable),
            Self::Builtin | Self::Unknown(_) => None,
        }
    }
}

/// Why a name can't be resolved from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// `from … import *`
    StarImport,
    /// `exec` at module level may bind it.
    Exec,
    /// `globals()[…] = …` or the like: it may be put into the namespace where it is looked for.
    Namespace,
}
