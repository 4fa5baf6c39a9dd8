//! What is said of a function or lambda.

use super::Answer;
use super::variable::rebound;
use crate::closure::escape;
use crate::closure::factory;
use crate::closure::nesting::made_in;
use crate::closure::program::Program;
use crate::closure::rebinding::{Rebindings, When};
use crate::ide::words::{self, LISTED, Sentence};
use crate::scope::{Capture, Scope, ScopeKind, Variable};

/// Says what is known of the function whose scope is `function`. Where its name is bound to what a
/// decorator made of it, all this is about the function as written.
pub fn say(program: Program<'_>, function: &Scope, decorated: bool, answer: &mut Answer) {
    let free = function.free_variables();
    identity(program, function, &free, decorated, answer);
    closure(program, function, &free, answer);
    cells(program, function, answer);
    products(program, function, answer);
    if !free.is_empty() {
        escapes(program, function, answer);
        rebound_cells(program, function, &free, answer);
    }
}

fn identity(
    program: Program<'_>,
    function: &Scope,
    free: &[Variable],
    decorated: bool,
    answer: &mut Answer,
) {
    let kind = match (
        function.kind(),
        function.is_async(),
        function.is_generator(),
    ) {
        (ScopeKind::Lambda, _, _) => "lambda",
        (_, true, true) => "asynchronous generator function",
        (_, true, false) => "coroutine function",
        (_, false, true) => "generator function",
        (_, false, false) => "function",
    };
    let sentence = Sentence::new(program).text(if decorated { "as written: " } else { "" });
    let sentence = match free {
        [] => sentence
            .term(kind)
            .text(" ")
            .code(&function.qualname())
            .text(", not a closure: its "),
        _ => sentence
            .term("closure")
            .text(" ")
            .code(&function.qualname())
            .text(", over "),
    };
    let sentence = match free {
        [] => sentence.code("__closure__").text(" is ").code("None"),
        _ => words::listed(sentence, free, |sentence, variable| {
            sentence.code(variable.name())
        }),
    };
    answer.facts.push(sentence.fact());
    if !free.is_empty() {
        answer.involves_closure = true;
        answer.explain("What is a free variable?", "free-variable");
    }
}

/// `__closure__`, in its order.
fn closure(program: Program<'_>, function: &Scope, free: &[Variable], answer: &mut Answer) {
    let shown = if free.len() > LISTED {
        LISTED - 1
    } else {
        free.len()
    };
    for (index, variable) in free.iter().take(shown).enumerate() {
        let sentence = Sentence::new(program)
            .code(&format!("__closure__[{index}]"))
            .text(" is ");
        let sentence = words::owned(sentence, variable);
        let sentence = match capture_of(variable, function) {
            Some(capture) => words::deed(sentence.text(", "), &capture),
            None => sentence,
        };
        answer.facts.push(sentence.fact());
    }
    if free.len() > shown {
        let more = format!("… and {} more", free.len() - shown);
        answer.facts.push(Sentence::new(program).text(&more).fact());
    }
}

fn capture_of(variable: &Variable, function: &Scope) -> Option<Capture> {
    variable
        .captures()
        .into_iter()
        .find(|capture| capture.scope == *function)
}

/// The cells that a call of it makes for others.
fn cells(program: Program<'_>, function: &Scope, answer: &mut Answer) {
    let cells = function.cell_variables();
    let shown = if cells.len() > LISTED {
        LISTED - 1
    } else {
        cells.len()
    };
    for variable in cells.iter().take(shown) {
        let takers: Vec<Scope> = variable
            .captures()
            .into_iter()
            .map(|capture| capture.scope)
            .collect();
        let sentence = Sentence::new(program)
            .text("makes the cell ")
            .code(variable.name())
            .text(" for ");
        answer
            .facts
            .push(words::listed(sentence, &takers, taker).fact());
    }
    if cells.len() > shown {
        let more = format!("… and {} more cells", cells.len() - shown);
        answer.facts.push(Sentence::new(program).text(&more).fact());
    }
    if !cells.is_empty() {
        answer.involves_closure = true;
        answer.explain("What is a cell?", "cell");
    }
}

fn taker<'s>(sentence: Sentence<'s>, scope: &Scope) -> Sentence<'s> {
    match scope.name() {
        Some(name) => sentence
            .code(name.as_str())
            .text(" (")
            .line(words::anchor(scope))
            .text(")"),
        None => words::brief(sentence, scope),
    }
}

/// What it is a factory of.
fn products(program: Program<'_>, function: &Scope, answer: &mut Answer) {
    for product in factory::products(program, function).iter().take(LISTED) {
        let returns = match (function.is_async(), product.certain) {
            (false, true) => ": each call returns a new closure, ",
            (false, false) => ": a call may return a new closure, ",
            (true, true) => ": awaiting a call gives a new closure, ",
            (true, false) => ": awaiting a call may give a new closure, ",
        };
        let sentence = Sentence::new(program)
            .term("factory")
            .text(returns)
            .scope(&product.closure);
        answer.facts.push(sentence.fact());
        answer.involves_closure = true;
        answer.page = Some(("What is a factory?", "factory"));
    }
}

fn escapes(program: Program<'_>, function: &Scope, answer: &mut Answer) {
    let Some(home) = made_in(function) else {
        return;
    };
    let fate = escape::fate(program, function);
    for (index, escape) in fate.escapes.iter().take(LISTED).enumerate() {
        let sentence = words::escape(Sentence::new(program).text("it "), program, escape);
        let outlives = index == 0 && escape.certain && escape.way.outlives_call();
        let sentence = match outlives {
            true => words::call_of(sentence.text(", so it outlives "), &home),
            false => sentence,
        };
        answer.facts.push(sentence.fact());
    }
    if fate.escapes.len() > LISTED {
        let more = format!("… and {} more ways out", fate.escapes.len() - LISTED);
        answer.facts.push(Sentence::new(program).text(&more).fact());
    }
    if fate.ends_with_call() && !home.kind().is_comprehension() {
        let sentence = Sentence::new(program).text("it does not escape: it ends with ");
        answer.facts.push(words::call_of(sentence, &home).fact());
    }
}

fn rebound_cells(program: Program<'_>, function: &Scope, free: &[Variable], answer: &mut Answer) {
    let rebindings = Rebindings::new(program);
    for variable in free.iter().take(LISTED) {
        for rebinding in rebindings.seen(variable, function).iter().take(LISTED) {
            let sentence = Sentence::new(program).code(variable.name()).text(" is ");
            answer
                .facts
                .push(rebound(sentence, rebinding, function).fact());
            if matches!(rebinding.when, When::NextTurn(_)) {
                answer.page = Some(("What is late binding?", "late-binding"));
            }
        }
    }
}
