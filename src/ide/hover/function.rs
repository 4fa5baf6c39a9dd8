//! What is said of a function or lambda.

use rustc_hash::FxHashSet;

use super::Answer;
use super::variable::{is_doubtful, rebound};
use crate::closure::escape;
use crate::closure::factory;
use crate::closure::keeps::{Keeps, keeps};
use crate::closure::nesting::made_in;
use crate::closure::program::Program;
use crate::closure::rebinding::{Rebindings, When};
use crate::ide::markup::Line;
use crate::ide::words::{self, LISTED, Sentence};
use crate::scope::{Name, Resolution, Scope, ScopeKind, Variable};
use crate::text::Range;

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
    relies(program, function, answer);
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
    let cells: Vec<(usize, &Variable)> = free.iter().enumerate().collect();
    let line = |(index, variable): &(usize, &Variable)| {
        let sentence = Sentence::new(program)
            .code(&format!("__closure__[{index}]"))
            .text(" is ");
        let sentence = words::owned(sentence, variable);
        words::deed(sentence.text(", "), &variable.capture(function)).fact()
    };
    let (shown, behind) = cells.split_at(words::shown(cells.len()));
    answer.facts.extend(shown.iter().map(line));
    if !behind.is_empty() {
        let more = format!("… and {} more", behind.len());
        answer.facts.push(Sentence::new(program).text(&more).fact());
    }
    answer.more(program, behind, true, line);
}

/// The cells that a call of it makes for others.
fn cells(program: Program<'_>, function: &Scope, answer: &mut Answer) {
    let cells = function.cell_variables();
    let shown = words::shown(cells.len());
    for variable in cells.iter().take(shown) {
        let takers = variable.some_captures(words::MANY);
        let all = takers.all;
        let takers: Vec<Scope> = takers.found.into_iter().map(|taker| taker.scope).collect();
        let sentence = Sentence::new(program)
            .text("makes the cell ")
            .code(variable.name())
            .text(" for ");
        answer
            .facts
            .push(words::listed_of(sentence, &takers, all, taker).fact());
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
    let keeps = keeps(program, function);
    if fate.ends_with_call() && !home.kind().is_comprehension() {
        let sentence = Sentence::new(program).text("it does not escape");
        let sentence = if keeps.itself {
            let sentence =
                sentence.text(", but closes over itself: the garbage collector ends it, after ");
            words::call_of(sentence, &home)
        } else {
            words::call_of(sentence.text(": it ends with "), &home)
        };
        answer.facts.push(sentence.fact());
    }
    if !fate.escapes.is_empty() {
        answer.facts.extend(keeps_alive(program, &keeps));
    }
}

/// What lives on with a closure that escapes.
fn keeps_alive(program: Program<'_>, keeps: &Keeps) -> Option<Line> {
    if keeps.own.is_empty() {
        return None;
    }
    let sentence = Sentence::new(program).text("while it lives, so does what ");
    let sentence = words::listed(sentence, &keeps.own, |sentence, variable| {
        sentence.code(variable.name())
    });
    let sentence = sentence.text(if keeps.own.len() == 1 {
        " holds"
    } else {
        " hold"
    });
    if keeps.through.is_empty() {
        return Some(sentence.fact());
    }
    let sentence = words::listed(
        sentence.text(", and so "),
        &keeps.through,
        |sentence, through| {
            let (variable, closure) = through;
            let sentence = sentence.code(variable.name()).text(" (of ");
            words::brief(sentence, closure).text(")")
        },
    );
    Some(sentence.fact())
}

/// The globals and builtins that its own code reads.
fn relies(program: Program<'_>, function: &Scope, answer: &mut Answer) {
    let mut names = FxHashSet::default();
    let mut globals: Vec<(Name, Option<Range>)> = Vec::new();
    let mut builtins: Vec<Name> = Vec::new();
    for occurrence in function.occurrences() {
        if !occurrence.role.reads() || !names.insert(occurrence.name) {
            continue;
        }
        match occurrence.resolve() {
            Resolution::Global(variable) => {
                let bindings = variable.bindings();
                let at = bindings.first().map(|binding| binding.range);
                globals.push((occurrence.name, at));
            }
            Resolution::Builtin => builtins.push(occurrence.name),
            _ => {}
        }
    }
    if !globals.is_empty() {
        let plural = if globals.len() == 1 {
            "global "
        } else {
            "globals "
        };
        let sentence = Sentence::new(program).text("relies on the ").text(plural);
        let sentence = words::listed(sentence, &globals, |sentence, (name, at)| {
            let sentence = sentence.code(name.as_str());
            match at {
                Some(at) => sentence.text(" (").line(*at).text(")"),
                None => sentence,
            }
        });
        answer.rest.push(sentence.fact());
    }
    if !builtins.is_empty() {
        let sentence = Sentence::new(program).text("relies on ");
        let sentence = words::listed(sentence, &builtins, |sentence, name| {
            sentence.code(name.as_str())
        });
        let sentence = sentence.text(match builtins.len() {
            1 => ": a builtin, as this file does not bind it",
            _ => ": builtins, as this file does not bind them",
        });
        answer.rest.push(sentence.fact());
    }
}

fn rebound_cells(program: Program<'_>, function: &Scope, free: &[Variable], answer: &mut Answer) {
    let rebindings = Rebindings::new(program);
    for variable in free.iter().take(LISTED) {
        for rebinding in rebindings.seen(variable, function).iter().take(LISTED) {
            let verb = if is_doubtful(rebinding) { " " } else { " is " };
            let sentence = Sentence::new(program).code(variable.name()).text(verb);
            answer
                .facts
                .push(rebound(sentence, rebinding, function).fact());
            if matches!(rebinding.when, When::NextTurn(_)) {
                answer.page = Some(("What is late binding?", "late-binding"));
            }
        }
    }
}
