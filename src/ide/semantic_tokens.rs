//! Semantic tokens: the colours that no Python server has, captured, cell, rebound, nonlocal, global.

use rustc_hash::FxHashMap;

use super::config::{Config, Language};
use crate::closure::nesting::is_local_to;
use crate::closure::program::Program;
use crate::closure::rebinding::Rebindings;
use crate::document::Snapshot;
use crate::scope::{Name, Occurrence, Role, Scope, ScopeKind, Variable};
use crate::stop;
use crate::text::Range;

/// How many closures over one variable are looked at for rebindings.
const FOLLOWED: usize = 10;

/// A coloured name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The name.
    pub range: Range,
    /// LSP's standard type.
    pub kind: TokenKind,
    /// What is more.
    pub modifiers: Modifiers,
}

/// LSP's standard token types, as far as names have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `namespace`: an imported module.
    Namespace,
    /// `class`.
    Class,
    /// `typeParameter`.
    TypeParameter,
    /// `parameter`.
    Parameter,
    /// `variable`.
    Variable,
    /// `function`.
    Function,
    /// `method`: a function bound in a class.
    Method,
}

impl TokenKind {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 7] = [
        Self::Namespace,
        Self::Class,
        Self::TypeParameter,
        Self::Parameter,
        Self::Variable,
        Self::Function,
        Self::Method,
    ];

    /// LSP's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Namespace => "namespace",
            Self::Class => "class",
            Self::TypeParameter => "typeParameter",
            Self::Parameter => "parameter",
            Self::Variable => "variable",
            Self::Function => "function",
            Self::Method => "method",
        }
    }
}

/// A set of token modifiers. Bit `n` is the modifier `NAMES[n]` of the legend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers(pub u32);

impl Modifiers {
    /// The legend. The first is LSP's own.
    pub const NAMES: [&'static str; 6] = [
        "definition",
        "captured",
        "cell",
        "rebound",
        "nonlocal",
        "global",
    ];
    /// A binding.
    pub const DEFINITION: Self = Self(1);
    /// A free variable, where it is used.
    pub const CAPTURED: Self = Self(1 << 1);
    /// Bound here, captured elsewhere.
    pub const CELL: Self = Self(1 << 2);
    /// Rebound after capture.
    pub const REBOUND: Self = Self(1 << 3);
    /// Under a `nonlocal` statement.
    pub const NONLOCAL: Self = Self(1 << 4);
    /// Under a `global` statement.
    pub const GLOBAL: Self = Self(1 << 5);

    /// Both sets.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in it.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The tokens that lie in `within`, in the text's order. For Python only those that carry one of Cella's
/// own modifiers, so that other servers keep their colours. O(what is shown).
pub fn semantic_tokens(snapshot: &Snapshot, within: Range, config: &Config) -> Vec<Token> {
    let program = Program {
        snapshot,
        version: config.version,
    };
    let occurrences = snapshot.scopes.occurrences_in(config.version, within);
    let occurrences: Vec<(Variable, Occurrence)> = occurrences
        .filter_map(|occurrence| Some((occurrence.variable()?, occurrence)))
        .collect();
    let mut known = Known {
        rebindings: Rebindings::new(program),
        variables: FxHashMap::default(),
        declared: FxHashMap::default(),
        first: FxHashMap::default(),
    };
    if within.covers(snapshot.text.range()) {
        known.take_first_bindings(&occurrences);
    }
    let mut tokens = Vec::new();
    for (variable, occurrence) in &occurrences {
        stop::check();
        let token = known.token(variable, occurrence);
        let own = token.modifiers.0 & !Modifiers::DEFINITION.0 != 0;
        if own || config.language == Language::Cella {
            tokens.push(token);
        }
    }
    tokens
}

/// What was found out about variables and scopes, for one answer.
struct Known<'s> {
    rebindings: Rebindings<'s>,
    variables: FxHashMap<Variable, (TokenKind, Modifiers)>,
    /// The names under `global` and `nonlocal` in each scope.
    declared: FxHashMap<Scope, Vec<(Name, Modifiers)>>,
    /// What binds each variable first, where all occurrences are at hand.
    first: FxHashMap<Variable, Role>,
}

impl Known<'_> {
    /// Else each variable's bindings would be searched for in the text. O(occurrences).
    fn take_first_bindings(&mut self, all: &[(Variable, Occurrence)]) {
        let bindings = all.iter().filter(|(_, found)| found.role.binds());
        for (variable, found) in bindings {
            self.first.entry(variable.clone()).or_insert(found.role);
        }
    }

    fn token(&mut self, variable: &Variable, occurrence: &Occurrence) -> Token {
        let first = self.first.get(variable).copied();
        let (kind, of_variable) = *self
            .variables
            .entry(variable.clone())
            .or_insert_with(|| of_variable(&self.rebindings, variable, first));
        let mut modifiers = Modifiers::default();
        if occurrence.role.writes() {
            modifiers = modifiers.with(Modifiers::DEFINITION);
        }
        if variable.owner().kind() != ScopeKind::Module {
            let inside = !is_local_to(&occurrence.scope, variable.owner());
            let place = if inside {
                Modifiers::CAPTURED
            } else {
                Modifiers::CELL
            };
            let cell = if of_variable.has(Modifiers::CELL) {
                place
            } else {
                Modifiers::default()
            };
            modifiers = modifiers
                .with(cell)
                .with(Modifiers(of_variable.0 & Modifiers::REBOUND.0));
        }
        let modifiers = modifiers.with(self.declared(occurrence));
        Token {
            range: occurrence.range,
            kind,
            modifiers,
        }
    }

    /// Whether the occurrence stands under a `global` or `nonlocal` statement of its scope.
    fn declared(&mut self, occurrence: &Occurrence) -> Modifiers {
        // A class may be as long as the file, and hardly ever has such a statement.
        if matches!(
            occurrence.scope.kind(),
            ScopeKind::Module | ScopeKind::Class
        ) {
            return declaration(occurrence.role).unwrap_or_default();
        }
        let declared = self
            .declared
            .entry(occurrence.scope.clone())
            .or_insert_with(|| {
                let occurrences = occurrence.scope.occurrences().into_iter();
                occurrences
                    .filter_map(|found| Some((found.name, declaration(found.role)?)))
                    .collect()
            });
        let found = declared.iter().find(|(name, _)| *name == occurrence.name);
        found.map_or(Modifiers::default(), |(_, modifier)| *modifier)
    }
}

fn declaration(role: Role) -> Option<Modifiers> {
    match role {
        Role::Global => Some(Modifiers::GLOBAL),
        Role::Nonlocal => Some(Modifiers::NONLOCAL),
        _ => None,
    }
}

/// What holds for all occurrences of a variable: its kind, and whether it is a cell, and rebound.
fn of_variable(
    rebindings: &Rebindings<'_>,
    variable: &Variable,
    first: Option<Role>,
) -> (TokenKind, Modifiers) {
    let mut modifiers = Modifiers::default();
    if variable.is_cell() {
        modifiers = modifiers.with(Modifiers::CELL);
        let takers = variable.some_captures(FOLLOWED).found;
        let rebound = takers.iter().any(|capture| {
            rebindings
                .of(variable, &capture.scope)
                .iter()
                .any(|found| found.again)
        });
        if rebound {
            modifiers = modifiers.with(Modifiers::REBOUND);
        }
    }
    let kind = match first.or_else(|| first_binding(variable)) {
        _ if variable.is_parameter() => TokenKind::Parameter,
        Some(Role::Def) if variable.owner().kind() == ScopeKind::Class => TokenKind::Method,
        Some(Role::Def) => TokenKind::Function,
        Some(Role::Class) => TokenKind::Class,
        Some(Role::Import) => TokenKind::Namespace,
        Some(Role::TypeParam) => TokenKind::TypeParameter,
        _ => TokenKind::Variable,
    };
    (kind, modifiers)
}

fn first_binding(variable: &Variable) -> Option<Role> {
    variable.bindings().first().map(|binding| binding.role)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::fixture;

    #[track_caller]
    fn check(source: &str, language: Language, expected: Expect) {
        let (snapshot, _) = fixture::program(source);
        let tokens = semantic_tokens(&snapshot, snapshot.text.range(), &Config::new(language));
        let mut lines = String::new();
        for token in tokens {
            let line = snapshot.text.line_of(token.range.start) + 1;
            let names = Modifiers::NAMES.iter().enumerate();
            let set: Vec<&str> = names
                .filter(|(bit, _)| token.modifiers.has(Modifiers(1 << bit)))
                .map(|(_, name)| *name)
                .collect();
            let text = snapshot.text.slice(token.range);
            lines += &format!("{line}: {text} {} {}\n", token.kind.name(), set.join(" "));
        }
        expected.assert_eq(&lines);
    }

    const PROGRAM: &str = "import os\ndef f(a, b):\n    n = 0\n    def g():\n        nonlocal n\n        n += a\n        return n, b, os\n    n = 1\n    return g\ndef h():\n    global total\n    total = 1\n";

    #[test]
    fn everything_in_cella() {
        check(
            PROGRAM,
            Language::Cella,
            expect![[r#"
            1: os namespace definition
            2: f function definition
            2: a parameter definition cell
            2: b parameter definition cell
            3: n variable definition cell rebound
            4: g function definition
            5: n variable captured rebound nonlocal
            6: n variable definition captured rebound nonlocal
            6: a parameter captured
            7: n variable captured rebound nonlocal
            7: b parameter captured
            7: os namespace 
            8: n variable definition cell rebound
            9: g function 
            10: h function definition
            11: total variable global
            12: total variable definition global
        "#]],
        );
    }

    /// All tokens are found by another way than those of a range; they say the same.
    #[test]
    fn a_range_says_what_everything_says() {
        let (snapshot, _) = fixture::program(PROGRAM);
        let config = Config::new(Language::Cella);
        let all = semantic_tokens(&snapshot, snapshot.text.range(), &config);
        for token in &all {
            let alone = semantic_tokens(&snapshot, token.range, &config);
            assert!(alone.contains(token), "{token:?}");
        }
    }

    #[test]
    fn only_what_no_other_server_says_in_python() {
        check(
            PROGRAM,
            Language::Python,
            expect![[r#"
            2: a parameter definition cell
            2: b parameter definition cell
            3: n variable definition cell rebound
            5: n variable captured rebound nonlocal
            6: n variable definition captured rebound nonlocal
            6: a parameter captured
            7: n variable captured rebound nonlocal
            7: b parameter captured
            8: n variable definition cell rebound
            11: total variable global
            12: total variable definition global
        "#]],
        );
    }
}
