//! What a call as written binds the parameters to.

use std::rc::Rc;

use super::place::Part;
use super::program::Program;
use super::value::{Frame, Made};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// What a parameter is bound to.
#[derive(Clone, Debug)]
pub enum Argument {
    /// An expression, evaluated by `frame`.
    Written {
        /// The expression.
        expression: Range,
        /// Whether it is the parameter's default.
        default: bool,
        /// The call in which it stands; `None` in the module.
        frame: Option<Rc<Frame>>,
    },
    /// `*rest`: the arguments that were left over, as a tuple.
    Rest(Vec<Range>),
    /// A function that no expression stands for: the one that is decorated.
    Made(Made),
}

/// The parameters of a function or lambda.
struct Signature<'s> {
    positional: Vec<(String, Option<Part<'s>>)>,
    positional_only: usize,
    rest: Option<String>,
    keyword_only: Vec<(String, Option<Part<'s>>)>,
    rest_keywords: Option<String>,
}

/// The parameters that a call of `callee` with these arguments binds; `None` if CPython would refuse the
/// call. What stands behind a star isn't certain and leaves out the parameters that it may fill.
pub fn bind<'s>(
    program: Program<'s>,
    callee: &Made,
    arguments: Part<'s>,
    frame: Option<&Rc<Frame>>,
) -> Option<Vec<(String, Argument)>> {
    let written = |part: Part<'s>| Argument::Written {
        expression: part.range(),
        default: false,
        frame: frame.cloned(),
    };
    let mut given = Given::default();
    if arguments.kind() != Kind::ArgumentList {
        given.positional.push(written(arguments));
        return finish(program, callee, given);
    }
    for argument in arguments.children() {
        match argument.kind() {
            Kind::KeywordArgument => {
                let name = program
                    .text(argument.field(Field::Name)?.range())
                    .into_owned();
                given
                    .keywords
                    .push((name, written(argument.field(Field::Value)?)));
            }
            Kind::Starred => given.starred = true,
            Kind::DoubleStarred => given.double_starred = true,
            _ if given.starred => {}
            _ => given.positional.push(written(argument)),
        }
    }
    finish(program, callee, given)
}

/// The same for arguments that are given by position alone.
pub fn bind_positional(
    program: Program<'_>,
    callee: &Made,
    positional: Vec<Argument>,
) -> Option<Vec<(String, Argument)>> {
    finish(
        program,
        callee,
        Given {
            positional,
            ..Given::default()
        },
    )
}

#[derive(Default)]
struct Given {
    positional: Vec<Argument>,
    keywords: Vec<(String, Argument)>,
    starred: bool,
    double_starred: bool,
}

fn finish(program: Program<'_>, callee: &Made, given: Given) -> Option<Vec<(String, Argument)>> {
    let signature = Signature::of(program, callee)?;
    let mut bound = Vec::new();
    let mut positional = given.positional.into_iter();
    let mut unfilled = Vec::new();
    for (index, (name, default)) in signature.positional.iter().enumerate() {
        match positional.next() {
            Some(argument) => bound.push((name.clone(), argument)),
            None => unfilled.push((index < signature.positional_only, name, default)),
        }
    }
    let left: Vec<Argument> = positional.collect();
    match &signature.rest {
        None if !left.is_empty() => return None,
        Some(rest) if !given.starred => {
            let written = left.iter().map(|argument| match argument {
                Argument::Written { expression, .. } => Some(*expression),
                _ => None,
            });
            if let Some(expressions) = written.collect() {
                bound.push((rest.clone(), Argument::Rest(expressions)));
            }
        }
        _ => {}
    }
    unfilled.extend(
        signature
            .keyword_only
            .iter()
            .map(|(name, default)| (false, name, default)),
    );
    let mut keywords = given.keywords;
    for (positional_only, name, default) in unfilled {
        let keyword = keywords
            .iter()
            .position(|(keyword, _)| keyword == name && !positional_only);
        if let Some(index) = keyword {
            bound.push(keywords.swap_remove(index));
        } else if given.starred || given.double_starred {
            continue;
        } else {
            let frame = callee.frame.clone();
            let expression = default.as_ref()?.range();
            bound.push((
                name.clone(),
                Argument::Written {
                    expression,
                    default: true,
                    frame,
                },
            ));
        }
    }
    let refused = !keywords.is_empty() && signature.rest_keywords.is_none();
    (!refused).then_some(bound)
}

impl<'s> Signature<'s> {
    fn of(program: Program<'s>, callee: &Made) -> Option<Self> {
        let node = program.place_of(&callee.function)?.part()?;
        let mut signature = Self {
            positional: Vec::new(),
            positional_only: 0,
            rest: None,
            keyword_only: Vec::new(),
            rest_keywords: None,
        };
        let Some(parameters) = node.field(Field::Parameters) else {
            return Some(signature);
        };
        let mut starred = false;
        for parameter in parameters.children() {
            let name = parameter
                .field(Field::Name)
                .map(|name| program.text(name.range()).into_owned());
            match (parameter.kind(), name) {
                (Kind::PositionalSeparator, _) => {
                    signature.positional_only = signature.positional.len()
                }
                (Kind::StarParameter, name) => {
                    starred = true;
                    signature.rest = name;
                }
                (Kind::DoubleStarParameter, name) => signature.rest_keywords = name,
                (Kind::Parameter, Some(name)) => {
                    let entry = (name, parameter.field(Field::Default));
                    let list = if starred {
                        &mut signature.keyword_only
                    } else {
                        &mut signature.positional
                    };
                    list.push(entry);
                }
                _ => return None,
            }
        }
        Some(signature)
    }
}
