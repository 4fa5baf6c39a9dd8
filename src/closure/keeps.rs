//! What a closure keeps alive: what its cells hold, and what closures among that hold in turn.

use std::collections::VecDeque;

use super::program::Program;
use super::value::{decorators, only_binding};
use crate::scope::{Role, Scope, Variable};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// How many cells are looked into.
const FUEL: usize = 200;

/// What lives as long as a closure does.
#[derive(Clone, Debug, Default)]
pub struct Keeps {
    /// Its own cells, in the order of `__closure__`.
    pub own: Vec<Variable>,
    /// The cells of closures that it keeps, each with the closure that has it, the nearest first.
    pub through: Vec<(Variable, Scope)>,
    /// Whether it is among those closures itself: only the garbage collector ends such a cycle.
    pub itself: bool,
}

/// What `closure` keeps alive, as far as its cells are bound once, to functions of this file.
pub fn keeps(program: Program<'_>, closure: &Scope) -> Keeps {
    let visible = |variable: &Variable| !variable.is_implicit();
    let own: Vec<Variable> = closure
        .free_variables()
        .into_iter()
        .filter(visible)
        .collect();
    let mut keeps = Keeps::default();
    let mut seen = own.clone();
    let mut functions = vec![closure.clone()];
    let mut todo: VecDeque<Variable> = own.iter().cloned().collect();
    for _ in 0..FUEL {
        let Some(variable) = todo.pop_front() else {
            break;
        };
        let Some((function, binding)) = function_in(program, &variable) else {
            continue;
        };
        keeps.itself |= function == *closure;
        if functions.contains(&function) || !decorators(program, binding).is_empty() {
            continue;
        }
        for variable in function.free_variables().into_iter().filter(visible) {
            if !seen.contains(&variable) {
                seen.push(variable.clone());
                keeps.through.push((variable.clone(), function.clone()));
                todo.push_back(variable);
            }
        }
        functions.push(function);
    }
    keeps.own = own;
    keeps
}

/// The function that is in the variable's cell, before its decorators, and where it is bound: the one `def`,
/// or the one lambda.
fn function_in(program: Program<'_>, variable: &Variable) -> Option<(Scope, Range)> {
    let binding = only_binding(variable)?;
    let place = program.place(binding.range)?;
    let function = match binding.role {
        Role::Def => place.enclosing(&[Kind::FunctionDefinition])?,
        Role::Assign | Role::AnnAssign | Role::Walrus => place
            .outer()
            .filter(|_| place.role() == Field::Target)?
            .field(Field::Value)
            .filter(|value| value.kind() == Kind::Lambda)?,
        _ => return None,
    };
    let inside = function.field(Field::Body)?.range().start;
    let scope = program.scope_of(function.range(), inside)?;
    Some((scope, binding.range))
}
