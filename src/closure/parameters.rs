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

/// The arguments of a call, before they are matched with parameters.
#[derive(Clone, Debug, Default)]
pub struct Given {
    positional: Vec<Argument>,
    keywords: Vec<(String, Argument)>,
    /// Whether there is a star among them: what stands behind it isn't certain.
    starred: bool,
    double_starred: bool,
}

impl Given {
    /// Arguments as written, evaluated by `frame`.
    pub fn written(
        program: Program<'_>,
        arguments: &[Part<'_>],
        frame: Option<&Rc<Frame>>,
    ) -> Self {
        let written = |part: Part<'_>| Argument::Written {
            expression: part.range(),
            default: false,
            frame: frame.cloned(),
        };
        let mut given = Self::default();
        for argument in arguments {
            match argument.kind() {
                Kind::KeywordArgument => {
                    let (Some(name), Some(value)) =
                        (argument.field(Field::Name), argument.field(Field::Value))
                    else {
                        continue;
                    };
                    let name = program.text(name.range()).into_owned();
                    given.keywords.push((name, written(value)));
                }
                Kind::Starred => given.starred = true,
                Kind::DoubleStarred => given.double_starred = true,
                _ if given.starred => {}
                _ => given.positional.push(written(*argument)),
            }
        }
        given
    }

    /// Arguments that are given by position alone.
    pub fn positional(positional: Vec<Argument>) -> Self {
        Self {
            positional,
            ..Self::default()
        }
    }

    /// These behind those that a `functools.partial` gave before; a keyword of these replaces one of those.
    #[must_use]
    pub fn behind(self, first: &Self) -> Self {
        let mut all = first.clone();
        if !all.starred {
            all.positional.extend(self.positional);
        }
        for (name, argument) in self.keywords {
            all.keywords.retain(|(before, _)| *before != name);
            all.keywords.push((name, argument));
        }
        all.starred |= self.starred;
        all.double_starred |= self.double_starred;
        all
    }

    /// The parameters that a call of `callee` with these arguments binds, defaults included; `None` if
    /// CPython would refuse the call. What stands behind a star leaves out the parameters that it may fill.
    pub fn bind(self, program: Program<'_>, callee: &Made) -> Option<Vec<(String, Argument)>> {
        let given = match &callee.partial {
            Some(partial) => self.behind(&partial.given),
            None => self,
        };
        let certain = !(given.starred || given.double_starred);
        let matched = given.matched(program, callee)?;
        let mut bound = matched.bound;
        let unfilled = matched.unfilled.into_iter().filter(|_| certain);
        for (name, default) in unfilled {
            let argument = Argument::Written {
                expression: default?,
                default: true,
                frame: callee.frame.clone(),
            };
            bound.push((name, argument));
        }
        Some(bound)
    }

    /// The parameters of `callee` that these arguments fill, whatever a later call adds.
    pub fn fills(mut self, program: Program<'_>, callee: &Made) -> Option<Vec<(String, Argument)>> {
        self.starred = true; // More may come.
        self.matched(program, callee).map(|matched| matched.bound)
    }

    fn matched(self, program: Program<'_>, callee: &Made) -> Option<Matched> {
        let signature = Signature::of(program, callee)?;
        let mut bound = Vec::new();
        let mut open = Vec::new();
        let mut positional = self.positional.into_iter();
        for (index, (name, default)) in signature.positional.into_iter().enumerate() {
            match positional.next() {
                Some(argument) => bound.push((name, argument)),
                None => open.push((index >= signature.positional_only, name, default)),
            }
        }
        let left: Vec<Argument> = positional.collect();
        match signature.rest {
            None if !left.is_empty() => return None,
            Some(rest) if !self.starred => {
                let written = left.iter().map(|argument| match argument {
                    Argument::Written { expression, .. } => Some(*expression),
                    _ => None,
                });
                if let Some(expressions) = written.collect() {
                    bound.push((rest, Argument::Rest(expressions)));
                }
            }
            _ => {}
        }
        let keyword_only = signature.keyword_only.into_iter();
        open.extend(keyword_only.map(|(name, default)| (true, name, default)));
        let mut keywords = self.keywords;
        let mut unfilled = Vec::new();
        for (by_keyword, name, default) in open {
            let keyword = keywords
                .iter()
                .position(|(keyword, _)| by_keyword && *keyword == name);
            match keyword {
                Some(index) => bound.push(keywords.swap_remove(index)),
                None => unfilled.push((name, default.map(Part::range))),
            }
        }
        let refused = !keywords.is_empty() && signature.rest_keywords.is_none();
        (!refused).then_some(Matched { bound, unfilled })
    }
}

/// Arguments that have found their parameters.
struct Matched {
    bound: Vec<(String, Argument)>,
    /// The parameters that are left, with their defaults.
    unfilled: Vec<(String, Option<Range>)>,
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
