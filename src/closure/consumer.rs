//! What a callable does with a closure that is passed to it, as far as its name says so.

use super::place::Part;
use super::program::Program;
use crate::scope::{Resolution, Role, ScopeKind, Variable};
use crate::syntax::{Field, Kind};

/// What becomes of an argument.
pub enum Consumer {
    /// Called, if at all, before the call returns, and kept nowhere.
    AtOnce,
    /// Handed back as the result.
    Identity,
    /// The elements of a container go into a new one.
    Copies,
    /// The result keeps it.
    Keeps,
    /// It goes into a container that only this function knows.
    Stores(Variable),
    /// Nothing is known.
    Unknown,
}

/// Builtins and standard functions that call their argument before they return, or don't call it at all.
const AT_ONCE: [&str; 30] = [
    "sorted",
    "min",
    "max",
    "sum",
    "any",
    "all",
    "len",
    "print",
    "repr",
    "str",
    "bool",
    "id",
    "hash",
    "type",
    "callable",
    "isinstance",
    "issubclass",
    "format",
    "ascii",
    "hasattr",
    "next",
    "reduce",
    "functools.reduce",
    "re.sub",
    "re.subn",
    "inspect.signature",
    "inspect.getsource",
    "dis.dis",
    "sys.getrefcount",
    "exec",
];

/// What makes a new container of a container's elements.
const COPIES: [&str; 8] = [
    "list",
    "tuple",
    "set",
    "frozenset",
    "dict",
    "reversed",
    "deque",
    "collections.deque",
];

/// What returns an object that keeps its argument.
const KEEPS: [&str; 21] = [
    "map",
    "filter",
    "zip",
    "enumerate",
    "iter",
    "partial",
    "functools.partial",
    "staticmethod",
    "classmethod",
    "property",
    "functools.cached_property",
    "partialmethod",
    "functools.partialmethod",
    "functools.cache",
    "functools.lru_cache",
    "lru_cache",
    "cache",
    "contextlib.contextmanager",
    "contextmanager",
    "contextlib.asynccontextmanager",
    "asynccontextmanager",
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
const CONTAINERS: [&str; 10] = [
    "list",
    "dict",
    "set",
    "deque",
    "collections.deque",
    "defaultdict",
    "collections.defaultdict",
    "OrderedDict",
    "collections.OrderedDict",
    "tuple",
];

/// Whether a container's method of this name gives none of its elements out.
pub fn is_mutator(method: &str) -> bool {
    MUTATORS.contains(&method)
        || matches!(
            method,
            "count" | "index" | "remove" | "keys" | "sort" | "reverse"
        )
}

/// What the callable `callee` does with a closure among its arguments.
pub fn of(program: Program<'_>, callee: Part<'_>) -> Consumer {
    if is_identity(program, callee) {
        return Consumer::Identity;
    }
    if let Some(container) = stores_into(program, callee) {
        return Consumer::Stores(container);
    }
    let sorts = callee
        .field(Field::Attribute)
        .is_some_and(|method| program.text(method.range()) == "sort");
    if sorts {
        return Consumer::AtOnce;
    }
    let Some(name) = standard_name(program, callee) else {
        return Consumer::Unknown;
    };
    match name.as_str() {
        name if AT_ONCE.contains(&name) => Consumer::AtOnce,
        name if COPIES.contains(&name) => Consumer::Copies,
        name if KEEPS.contains(&name) => Consumer::Keeps,
        _ => Consumer::Unknown,
    }
}

/// Whether calling `callee` with a function gives that function back: `functools.wraps(fn)`.
pub fn is_identity(program: Program<'_>, callee: Part<'_>) -> bool {
    let wraps = callee.kind() == Kind::Call
        && callee.field(Field::Function).is_some_and(|name| {
            matches!(
                standard_name(program, name).as_deref(),
                Some("wraps" | "functools.wraps")
            )
        });
    wraps
        || matches!(
            standard_name(program, callee).as_deref(),
            Some("typing.final" | "final")
        )
}

/// Whether decorating with `decorator` gives an object that keeps the function to itself: `@lru_cache(8)`.
pub fn keeps(program: Program<'_>, decorator: Part<'_>) -> bool {
    let callee = if decorator.kind() == Kind::Call {
        decorator.field(Field::Function)
    } else {
        Some(decorator)
    };
    let name = callee.and_then(|callee| standard_name(program, callee));
    name.is_some_and(|name| KEEPS.contains(&name.as_str()))
}

/// `name` or `module.name`, where the name is a builtin or imported: not this file's own.
pub fn standard_name(program: Program<'_>, callee: Part<'_>) -> Option<String> {
    let root = match callee.kind() {
        Kind::Identifier => callee,
        Kind::Attribute => callee
            .field(Field::Object)
            .filter(|object| object.kind() == Kind::Identifier)?,
        _ => return None,
    };
    let occurrence = program.occurrence_at(root.range().start)?;
    let foreign = match occurrence.resolve() {
        Resolution::Builtin => callee.kind() == Kind::Identifier,
        resolution => resolution.variable().is_some_and(|variable| {
            let bindings = variable.bindings();
            !bindings.is_empty()
                && bindings
                    .iter()
                    .all(|b| matches!(b.role, Role::Import | Role::ImportFrom))
        }),
    };
    foreign.then(|| program.text(callee.range()).into_owned())
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
                .and_then(|callee| standard_name(program, callee));
            name.is_some_and(|name| CONTAINERS.contains(&name.as_str()))
        }
        _ => false,
    };
    own.then_some(variable)
}
