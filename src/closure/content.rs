//! What the cells of a function hold, as written at the calls that made it.

use std::rc::Rc;

use super::flow::Flow;
use super::parameters::Argument;
use super::program::Program;
use super::value::{Frame, Made, Search, decorators, frame_of, only_binding};
use crate::scope::{Role, Scope, ScopeKind, Variable};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// One cell and what is in it.
#[derive(Clone, Debug)]
pub struct Content {
    /// The free variable.
    pub variable: Variable,
    /// What it was filled with; `None` where the text leaves doubt.
    pub filled: Option<Filled>,
}

/// What a cell was filled with.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Where that stands: the argument, the default, the assigned value, or the decorated `def`'s name.
    pub at: Range,
    /// As written, on one line.
    pub text: String,
    /// How it came there.
    pub how: How,
    /// The function that it is, if that is known too.
    pub made: Option<Made>,
}

/// How a cell was filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By an argument of the call.
    Argument,
    /// By a parameter's default.
    Default,
    /// By an assignment in the factory.
    Assigned,
    /// It is a function that is defined in the factory, or what a decorator further in made.
    Function,
    /// It is the function below the decorator.
    Decorated,
}

/// What `made`'s `__closure__` holds, in its order.
pub fn contents(program: Program<'_>, made: &Made) -> Vec<Content> {
    let fill = |variable: Variable| {
        let filled = filled(program, &variable, made.frame.as_ref());
        Content { variable, filled }
    };
    made.function
        .free_variables()
        .into_iter()
        .map(fill)
        .collect()
}

/// What the `functools.partial` around `made` gives its function: each parameter, and what it is given.
pub fn given(program: Program<'_>, made: &Made) -> Vec<(String, Filled)> {
    let Some(partial) = &made.partial else {
        return Vec::new();
    };
    let fills = partial.given.clone().fills(program, made);
    let fills = fills.into_iter().flatten();
    fills
        .filter_map(|(name, given)| Some((name, argument(program, &given, None)?)))
        .collect()
}

fn filled(program: Program<'_>, variable: &Variable, frame: Option<&Rc<Frame>>) -> Option<Filled> {
    let frame = frame_of(variable.owner(), frame)?;
    let binding = only_binding(variable)?;
    match binding.role {
        Role::Parameter => argument(program, frame.argument(variable.name())?, Some(frame)),
        Role::Def => {
            let made = Search::new(program).variable(variable, Some(frame));
            always_bound(program, variable.owner(), binding.range)
                .then(|| function(program, binding.range, made))
        }
        Role::Assign | Role::AnnAssign => {
            let place = program.place(binding.range)?;
            let value = place
                .outer()
                .filter(|_| place.role() == Field::Target)?
                .field(Field::Value)?;
            let made = Search::new(program).expression(value, Some(frame));
            always_bound(program, variable.owner(), binding.range)
                .then(|| written(program, value.range(), How::Assigned, made))
        }
        _ => None,
    }
}

fn argument(
    program: Program<'_>,
    argument: &Argument,
    frame: Option<&Rc<Frame>>,
) -> Option<Filled> {
    match argument {
        Argument::Made(made) => {
            let name = made.function.name_range()?;
            let call = frame.map(|frame| frame.call);
            let below = decorators(program, name)
                .iter()
                .any(|decorator| Some(decorator.range()) == call);
            let filled = function(program, name, Some(made.clone()));
            let how = if below { How::Decorated } else { filled.how };
            Some(Filled { how, ..filled })
        }
        Argument::Rest(expressions) => {
            let texts: Vec<String> = expressions
                .iter()
                .map(|range| one_line(program, *range))
                .collect();
            let text = match texts.as_slice() {
                [only] => format!("({only},)"),
                all => format!("({})", all.join(", ")),
            };
            let at = *expressions.first()?;
            Some(Filled {
                at,
                text,
                how: How::Argument,
                made: None,
            })
        }
        Argument::Written {
            expression,
            default,
            frame,
        } => {
            let part = program.place(*expression)?.part()?;
            let made = Search::new(program).expression(part, frame.as_ref());
            // An argument that is itself a parameter: what the call further out gave it.
            if let (Kind::Identifier, Some(frame)) = (part.kind(), frame)
                && let Some(variable) = program.variable_at(*expression)
                && variable.owner().kind() != ScopeKind::Module
            {
                return filled(program, &variable, Some(frame));
            }
            let how = if *default {
                How::Default
            } else {
                How::Argument
            };
            Some(written(program, *expression, how, made))
        }
    }
}

fn function(program: Program<'_>, name: Range, made: Option<Made>) -> Filled {
    Filled {
        at: name,
        text: one_line(program, name),
        how: How::Function,
        made,
    }
}

fn written(program: Program<'_>, at: Range, how: How, made: Option<Made>) -> Filled {
    Filled {
        at,
        text: one_line(program, at),
        how,
        made,
    }
}

/// The text of an expression on one line, whatever its line breaks.
pub fn one_line(program: Program<'_>, range: Range) -> String {
    program
        .text(range)
        .lines()
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether no call of `function` is over before the binding at `range` has run.
fn always_bound(program: Program<'_>, function: &Scope, range: Range) -> bool {
    Flow::of(program, function).is_some_and(|flow| flow.always_runs(range.start))
}
