//! What a callable does with a closure among its arguments, as far as its name says so.

use super::place::Part;
use super::program::Program;
use super::standard::full_name;
use crate::scope::{ScopeKind, Variable};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// How a closure is in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Held {
    /// It is the value.
    Itself,
    /// The value is a container with the closure somewhere in it.
    Inside,
    /// The value came out of such a container: the closure, or a smaller container with it.
    Among,
    /// The value is an object that keeps the closure to itself: a function, an iterator, a `partial`.
    Kept,
}

/// What becomes of an argument.
#[derive(Debug)]
pub enum Consumer {
    /// Called, if at all, before the call returns, and kept nowhere.
    UsedUp,
    /// It is in the call's value.
    Result(Held),
    /// It goes into a container that only this function knows.
    Stores(Variable),
    /// Nothing is known.
    Unknown,
}

/// How an argument is passed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Passed {
    /// By position, the first being 0.
    Position(usize),
    /// By keyword.
    Keyword(String),
    /// Behind a star, or after one.
    Spread,
}

/// Callables that neither keep nor give out what they are passed.
const INSPECTS: [&str; 18] = [
    "len",
    "print",
    "repr",
    "str",
    "bool",
    "id",
    "hash",
    "callable",
    "isinstance",
    "issubclass",
    "format",
    "ascii",
    "hasattr",
    "any",
    "all",
    "inspect.signature",
    "dis.dis",
    "sys.getrefcount",
];

/// What makes a new container of a container's elements.
const COPIES: [&str; 7] = [
    "list",
    "tuple",
    "set",
    "frozenset",
    "dict",
    "reversed",
    "collections.deque",
];

/// What returns an object that keeps its first argument and calls it later.
const KEEPS: [&str; 13] = [
    "map",
    "filter",
    "functools.partial",
    "functools.partialmethod",
    "staticmethod",
    "classmethod",
    "property",
    "functools.cached_property",
    "functools.cache",
    "functools.lru_cache",
    "functools.singledispatch",
    "contextlib.contextmanager",
    "contextlib.asynccontextmanager",
];

/// What calls an argument while it runs: which one, by position or keyword.
const CALLS: [(&str, Option<usize>, &str); 6] = [
    ("sorted", None, "key"),
    ("min", None, "key"),
    ("max", None, "key"),
    ("functools.reduce", Some(0), "function"),
    ("re.sub", Some(1), "repl"),
    ("re.subn", Some(1), "repl"),
];

/// Methods that put their arguments into the container they belong to, and give nothing out.
const MUTATORS: [&str; 9] = [
    "append",
    "appendleft",
    "add",
    "insert",
    "extend",
    "extendleft",
    "update",
    "clear",
    "discard",
];

/// Calls that make an empty or filled container that nobody else knows.
const CONTAINERS: [&str; 7] = [
    "list",
    "dict",
    "set",
    "tuple",
    "collections.deque",
    "collections.defaultdict",
    "collections.OrderedDict",
];

/// Whether a container's method of this name gives none of its elements out.
pub fn is_mutator(method: &str) -> bool {
    MUTATORS.contains(&method)
        || matches!(
            method,
            "count" | "index" | "remove" | "keys" | "sort" | "reverse"
        )
}

/// What `call` does with its argument at `argument`, in which the closure is `held`.
pub fn of(program: Program<'_>, call: Part<'_>, argument: Range, held: Held) -> Consumer {
    let (Some(callee), Some(arguments)) =
        (call.field(Field::Function), call.field(Field::Arguments))
    else {
        return Consumer::Unknown;
    };
    if let Some(container) = stores_into(program, callee) {
        return Consumer::Stores(container);
    }
    let passed = passed(program, arguments, argument);
    let sorts = callee
        .field(Field::Attribute)
        .is_some_and(|method| program.text(method.range()) == "sort");
    if sorts && passed == Passed::Keyword("key".into()) {
        return Consumer::UsedUp;
    }
    if held == Held::Itself && super::standard::is_identity(program, callee) {
        return Consumer::Result(held);
    }
    match full_name(program, callee) {
        Some(name) => standard(&name, &passed, arguments, held),
        None => Consumer::Unknown,
    }
}

fn passed(program: Program<'_>, arguments: Part<'_>, argument: Range) -> Passed {
    if arguments.kind() != Kind::ArgumentList {
        return Passed::Position(0);
    }
    let mut position = 0;
    for part in arguments.children() {
        let here = part.range().covers(argument);
        match part.kind() {
            Kind::Starred | Kind::DoubleStarred => return Passed::Spread,
            Kind::KeywordArgument if here => {
                let name = part
                    .field(Field::Name)
                    .map(|name| program.text(name.range()).into_owned());
                return Passed::Keyword(name.unwrap_or_default());
            }
            Kind::KeywordArgument => {}
            _ if here => return Passed::Position(position),
            _ => position += 1,
        }
    }
    Passed::Spread
}

/// The rules of the builtins and of the standard library.
fn standard(name: &str, passed: &Passed, arguments: Part<'_>, held: Held) -> Consumer {
    if INSPECTS.contains(&name) {
        return Consumer::UsedUp;
    }
    let first = *passed == Passed::Position(0);
    let calls = CALLS.iter().any(|(callable, position, keyword)| {
        *callable == name
            && (*passed == Passed::Keyword((*keyword).to_owned())
                || position.is_some_and(|position| *passed == Passed::Position(position)))
    });
    if calls && held != Held::Inside {
        return Consumer::UsedUp;
    }
    let alone = arguments.kind() != Kind::ArgumentList || arguments.children().len() == 1;
    match (name, held) {
        // An iterator over what the closure gives, not over closures.
        (
            "list" | "tuple" | "set" | "frozenset" | "dict" | "sum" | "sorted" | "next",
            Held::Kept,
        )
        | ("collections.deque" | "functools.reduce", Held::Kept) => Consumer::UsedUp,
        ("min" | "max", Held::Kept) if alone => Consumer::UsedUp,
        ("iter" | "enumerate" | "zip" | "map" | "filter", Held::Kept) => {
            Consumer::Result(Held::Kept)
        }
        ("type", _) if alone => Consumer::UsedUp,
        ("iter", Held::Itself) if first => Consumer::Result(Held::Kept),
        ("iter" | "enumerate" | "zip", Held::Inside | Held::Among) => {
            Consumer::Result(Held::Inside)
        }
        ("sorted", Held::Inside | Held::Among) if first && alone => Consumer::Result(Held::Inside),
        ("min" | "max" | "next", Held::Inside | Held::Among) if first && alone => {
            Consumer::Result(Held::Among)
        }
        (name, Held::Itself | Held::Inside | Held::Among) if COPIES.contains(&name) => {
            Consumer::Result(Held::Inside)
        }
        (name, Held::Itself | Held::Among | Held::Kept) if first && KEEPS.contains(&name) => {
            Consumer::Result(Held::Kept)
        }
        _ => Consumer::Unknown,
    }
}

/// Whether decorating with `decorator` gives an object that keeps the function to itself: `@lru_cache(8)`.
pub fn keeps(program: Program<'_>, decorator: Part<'_>) -> bool {
    let callee = if decorator.kind() == Kind::Call {
        decorator.field(Field::Function)
    } else {
        Some(decorator)
    };
    let name = callee.and_then(|callee| full_name(program, callee));
    name.is_some_and(|name| KEEPS.contains(&name.as_str()))
}

/// The container that `container.append(…)` and its like store into, if nobody else knows it.
fn stores_into(program: Program<'_>, callee: Part<'_>) -> Option<Variable> {
    if callee.kind() != Kind::Attribute
        || !MUTATORS.contains(&&*program.text(callee.field(Field::Attribute)?.range()))
    {
        return None;
    }
    own_container(program, callee.field(Field::Object)?)
}

/// The variable of a function that `object` names, if it is bound once, to a container made there.
pub fn own_container(program: Program<'_>, object: Part<'_>) -> Option<Variable> {
    if object.kind() != Kind::Identifier {
        return None;
    }
    let variable = program.variable_at(object.range())?;
    if matches!(
        variable.owner().kind(),
        ScopeKind::Module | ScopeKind::Class
    ) {
        return None;
    }
    let bindings = variable.bindings();
    let [binding] = bindings.as_slice() else {
        return None;
    };
    let place = program.place(binding.range)?;
    let statement = place.outer()?;
    if !matches!(
        statement.kind(),
        Kind::Assignment | Kind::AnnotatedAssignment
    ) || statement.fields(Field::Target).len() != 1
    {
        return None;
    }
    let value = statement.field(Field::Value)?;
    let own = match value.kind() {
        Kind::List
        | Kind::Dictionary
        | Kind::Set
        | Kind::ListComprehension
        | Kind::SetComprehension
        | Kind::DictionaryComprehension => true,
        Kind::Call => {
            let name = value
                .field(Field::Function)
                .and_then(|callee| full_name(program, callee));
            name.is_some_and(|name| CONTAINERS.contains(&name.as_str()))
        }
        _ => false,
    };
    own.then_some(variable)
}
