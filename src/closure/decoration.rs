//! Decorators: what they make of a function, in the order in which they are applied.
//!
//! ```python
//! def trace(fn):
//!     @functools.wraps(fn)
//!     def wrapper(*args): return fn(*args)
//!     return wrapper
//!
//! @trace
//! def greet(): …
//! ```
//!
//! `greet` is bound to `wrapper`, whose cell `fn` holds the function as written. Its `__name__` is `greet`:
//! `functools.wraps` copied it.

use super::program::Program;
use super::standard;
use super::value::{Made, Search, decorators};
use crate::scope::{Role, Scope};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// How deep functions that hand on each other's name are followed.
const DEPTH: usize = 8;

/// One decorator.
#[derive(Clone, Debug)]
pub struct Decoration {
    /// The expression behind the `@`.
    pub decorator: Range,
    /// What it gives back.
    pub gives: Gives,
}

/// What a decorator gives back.
#[derive(Clone, Debug)]
pub enum Gives {
    /// The function that it was given.
    Same,
    /// This one.
    Other(Made),
    /// That can't be read off this file.
    Unknown,
}

/// The decorators of the `def` at `name`, from the last to the first, as they are applied.
pub fn decorations(program: Program<'_>, name: Range) -> Vec<Decoration> {
    let search = Search::new(program);
    let mut function = search.as_written(name, None);
    let mut found = Vec::new();
    for decorator in decorators(program, name) {
        let gives = match &function {
            _ if standard::is_identity(program, decorator) => Gives::Same,
            Some(made) => match search.decorated(made, decorator, None) {
                Some(other) if other.is_same(made) => Gives::Same,
                Some(other) => Gives::Other(other),
                None => Gives::Unknown,
            },
            None => Gives::Unknown,
        };
        match &gives {
            Gives::Same => {}
            Gives::Other(made) => function = Some(made.clone()),
            Gives::Unknown => function = None,
        }
        let decorator = decorator.range();
        found.push(Decoration { decorator, gives });
    }
    found
}

/// `__name__` of a function, as `functools.wraps` and `functools.update_wrapper` leave it: where it comes
/// from. `None` where that isn't certain.
pub fn namesake(program: Program<'_>, made: &Made) -> Option<Scope> {
    let mut made = made.clone();
    let mut under = None;
    for _ in 0..DEPTH {
        if made.partial.is_some() {
            return None;
        }
        match wraps(program, &made, under) {
            Wraps::Nothing => return Some(made.function),
            Wraps::Function(wrapped) => {
                under = made.frame.as_ref().map(|frame| frame.call);
                made = *wrapped;
            }
            Wraps::Unknown => return None,
        }
    }
    None
}

/// Whose name and docstring a function takes over.
enum Wraps {
    Nothing,
    Function(Box<Made>),
    Unknown,
}

/// `under` is the decorator that the function is given to: those further out are applied to what that returns.
fn wraps(program: Program<'_>, made: &Made, under: Option<Range>) -> Wraps {
    let Some(name) = made.function.name_range() else {
        return Wraps::Nothing;
    };
    let search = Search::new(program);
    let applied = decorators(program, name).into_iter();
    let applied = applied.take_while(|decorator| Some(decorator.range()) != under);
    // The one that is applied last has the last word.
    if let Some(decorator) = applied.last() {
        let wrapped = standard::wrapped(program, decorator)
            .and_then(|wrapped| search.expression(wrapped, made.frame.as_ref()));
        return wrapped.map_or(Wraps::Unknown, |wrapped| Wraps::Function(Box::new(wrapped)));
    }
    let Some(variable) = program.variable_at(name) else {
        return Wraps::Unknown;
    };
    let mut wraps = Wraps::Nothing;
    for usage in variable.occurrences() {
        if usage.role != Role::Use {
            continue;
        }
        let Some(mut place) = program.place(usage.range) else {
            return Wraps::Unknown;
        };
        match (place.outer_kind(), place.role()) {
            (Kind::ReturnStatement, _) | (Kind::Call, Field::Function) => continue,
            (Kind::ArgumentList, _) => {}
            _ => return Wraps::Unknown,
        }
        place.up();
        let arguments = place.part().map_or(Vec::new(), |part| part.children());
        let callee = place.outer().and_then(|call| call.field(Field::Function));
        let name = callee.and_then(|callee| standard::full_name(program, callee));
        let ([wrapper, wrapped], Some("functools.update_wrapper")) =
            (arguments.as_slice(), name.as_deref())
        else {
            return Wraps::Unknown;
        };
        let wrapped = search
            .expression(*wrapped, made.frame.as_ref())
            .filter(|_| wrapper.range() == usage.range);
        match wrapped {
            Some(wrapped) => wraps = Wraps::Function(Box::new(wrapped)),
            None => return Wraps::Unknown,
        }
    }
    wraps
}
