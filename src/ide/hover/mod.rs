//! Hover: what a name is, who closes over it, and what follows.
//!
//! A code line first, then a fact a line, the same facts always in the same order; nothing that isn't
//! known.

mod function;
mod value;
mod variable;

pub(super) use value::filled_by;
pub(super) use variable::rebound;

use super::config::{Config, HoverMode};
use super::markup::{Line, Markup, Span};
use super::words;
use crate::closure::program::Program;
use crate::document::Snapshot;
use crate::scope::{Occurrence, Resolution, Role, Scope, ScopeKind, Variable};
use crate::syntax::{Field, Kind};
use crate::text::{Offset, Range, Rel};

/// What is shown at a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The name it is about.
    pub range: Range,
    /// What is said of it.
    pub content: Markup,
}

/// What is known of the name at `at`.
pub fn hover(snapshot: &Snapshot, at: Offset, config: &Config) -> Option<Hover> {
    if config.hover == HoverMode::Off {
        return None;
    }
    let program = Program {
        snapshot,
        version: config.version,
    };
    let (range, answer) = match program.occurrence_at(at) {
        Some(occurrence) => (occurrence.range, name(program, &occurrence)?),
        None => lambda(program, at)?,
    };
    if config.hover == HoverMode::Captures && !answer.involves_closure {
        return None;
    }
    Some(Hover {
        range,
        content: answer.markup(),
    })
}

/// What is said, before it is laid out.
#[derive(Default)]
struct Answer {
    code: Option<String>,
    facts: Vec<Line>,
    page: Option<(&'static str, &'static str)>,
    /// Whether it is worth saying beside a general Python server.
    involves_closure: bool,
}

impl Answer {
    fn markup(self) -> Markup {
        let mut lines: Vec<Line> = self.code.map(Line::Code).into_iter().collect();
        lines.extend(self.facts);
        if let Some((text, page)) = self.page {
            lines.push(Line::Fact(vec![Span::Page {
                text: text.to_owned(),
                page,
            }]));
        }
        Markup { lines }
    }

    /// The page that explains the answer's main word; the first one that is named stays.
    fn explain(&mut self, text: &'static str, page: &'static str) {
        self.page.get_or_insert((text, page));
    }
}

fn name(program: Program<'_>, occurrence: &Occurrence) -> Option<Answer> {
    let variable = match occurrence.resolve() {
        Resolution::Builtin => return Some(builtin(program, occurrence)),
        Resolution::Unknown(why) => return Some(variable::unknown(program, occurrence, why)),
        resolution => resolution.variable()?.clone(),
    };
    let mut answer = Answer::default();
    let defined = function_of(program, &variable, occurrence);
    match &defined {
        Some(scope) => {
            answer.code = Some(words::cut(&program.text(scope.header()), 100));
            function::say(program, scope, &mut answer);
            if variable.is_cell() {
                variable::say(program, occurrence, &variable, &mut answer);
            }
        }
        None => {
            answer.code = binding_line(program, &variable);
            variable::say(program, occurrence, &variable, &mut answer);
        }
    }
    value::say(program, occurrence, &variable, &mut answer);
    Some(answer)
}

/// The function that the name is: where it is defined, or where it is used and has no other binding.
fn function_of(
    program: Program<'_>,
    variable: &Variable,
    occurrence: &Occurrence,
) -> Option<Scope> {
    let bindings = variable.bindings();
    let definition = match (occurrence.role, bindings.as_slice()) {
        (Role::Def, _) => occurrence,
        (_, [only]) if only.role == Role::Def => only,
        _ => return None,
    };
    let function = program
        .place(definition.range)?
        .enclosing(&[Kind::FunctionDefinition])?;
    program.scope_of(function.range(), function.field(Field::Body)?.range().start)
}

fn builtin(program: Program<'_>, occurrence: &Occurrence) -> Answer {
    let sentence = words::Sentence::new(program)
        .term("builtin")
        .text(" or global ");
    let sentence = sentence
        .code(occurrence.name.as_str())
        .text(", not bound in this file");
    Answer {
        facts: vec![sentence.fact()],
        involves_closure: occurrence.role.declares(),
        ..Answer::default()
    }
}

/// The keyword of a lambda under the cursor.
fn lambda(program: Program<'_>, at: Offset) -> Option<(Range, Answer)> {
    const KEYWORD: Rel = Rel(6);
    let place = program
        .place(Range::at(at))
        .filter(|place| place.kind() == Kind::Lambda);
    let before = Range::new(Offset(at.0.saturating_sub(1)), at);
    let lambda = match place {
        Some(place) => place.part()?,
        None => program
            .place(before)
            .filter(|place| place.kind() == Kind::Lambda)?
            .part()?,
    };
    let range = Range::new(lambda.range().start, lambda.range().start + KEYWORD);
    if !range.touches(at) {
        return None;
    }
    let scope = program.scope_of(lambda.range(), lambda.field(Field::Body)?.range().start)?;
    let code = words::cut(&program.text(lambda.range()), 100);
    let mut answer = Answer {
        code: Some(code),
        ..Answer::default()
    };
    function::say(program, &scope, &mut answer);
    Some((range, answer))
}

/// The line that gives the variable its first value, up to the colon of a compound statement.
fn binding_line(program: Program<'_>, variable: &Variable) -> Option<String> {
    let bindings = variable.bindings();
    let binding = bindings.first()?;
    if binding.role == Role::Parameter && variable.owner().kind() != ScopeKind::Module {
        return Some(words::cut(&program.text(variable.owner().header()), 100));
    }
    let line = program.snapshot.text.line_of(binding.range.start);
    let text = &program.snapshot.text;
    let range = Range::new(text.line_start(line), text.line_end(line));
    Some(words::cut(program.text(range).trim(), 100))
}
