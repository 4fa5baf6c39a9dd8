//! What is said of a name that holds a closure which a factory or a decorator made, and of a factory's
//! call.

use super::Answer;
use crate::closure::content::{Filled, How, contents};
use crate::closure::program::Program;
use crate::closure::value::{Made, Search};
use crate::ide::words::{self, LISTED, Sentence};
use crate::scope::{Occurrence, Role, ScopeKind, Variable};
use crate::syntax::{Field, Kind};

/// Says what the name of `variable` holds, if a factory or a decorator made it. Whether it did.
pub fn held(program: Program<'_>, variable: &Variable, answer: &mut Answer) -> bool {
    let made = Search::new(program).variable(variable, None);
    let Some((made, frame)) = made.and_then(|made| made.frame.clone().map(|frame| (made, frame)))
    else {
        return false;
    };
    let bindings = variable.bindings();
    let decorated = bindings.iter().any(|binding| binding.role == Role::Def);
    let sentence = match decorated {
        true => Sentence::new(program).text("decorated: the name is bound to "),
        false => Sentence::new(program).text("holds "),
    };
    let sentence = sentence
        .scope(&made.function)
        .text(", made by the call of ");
    let sentence = words::brief(sentence, &frame.function)
        .text(" at ")
        .line(frame.call);
    answer.facts.push(sentence.fact());
    cells(program, &made, answer);
    true
}

/// Says what a call of the name at `occurrence` makes there.
pub fn called(program: Program<'_>, occurrence: &Occurrence, answer: &mut Answer) {
    let Some(mut place) = program.place(occurrence.range) else {
        return;
    };
    let call = place
        .outer()
        .filter(|outer| outer.kind() == Kind::Call && place.role() == Field::Function);
    if let Some(call) = call {
        place.up();
        let awaited = place.outer().filter(|outer| outer.kind() == Kind::Await);
        if let Some(made) = Search::new(program).expression(awaited.unwrap_or(call), None) {
            let sentence = Sentence::new(program)
                .text("this call makes ")
                .scope(&made.function);
            answer.facts.push(sentence.fact());
            cells(program, &made, answer);
        }
    }
}

fn cells(program: Program<'_>, made: &Made, answer: &mut Answer) {
    for (index, content) in contents(program, made).iter().take(LISTED).enumerate() {
        if let Some(filled) = &content.filled {
            let sentence = Sentence::new(program)
                .text("its ")
                .code(&format!("__closure__[{index}]"))
                .text(", ");
            let sentence = sentence.code(content.variable.name()).text(", is ");
            answer.facts.push(filled_by(sentence, filled).fact());
        }
    }
    if made.function.kind() != ScopeKind::Module && made.frame.is_some() {
        answer.involves_closure = true;
        answer.explain("What is a factory?", "factory");
    }
}

/// `2`, as written at line 6.
pub fn filled_by<'s>(sentence: Sentence<'s>, filled: &Filled) -> Sentence<'s> {
    let sentence = sentence.code(&filled.text);
    match filled.how {
        How::Argument => sentence.text(", as written at ").line(filled.at),
        How::Default => sentence.text(", its default, at ").line(filled.at),
        How::Assigned => sentence.text(", as assigned at ").line(filled.at),
        How::Function => sentence.text(", the function at ").line(filled.at),
    }
}
