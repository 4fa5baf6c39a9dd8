//! What is said of a name that holds a closure which a factory or a decorator made, and of a factory's
//! call.

use super::Answer;
use crate::closure::content::{Filled, How, contents};
use crate::closure::program::Program;
use crate::closure::value::{Made, Search};
use crate::ide::words::{self, LISTED, Sentence};
use crate::scope::{Occurrence, Role, ScopeKind, Variable};
use crate::syntax::{Field, Kind};

/// Says what the name at `occurrence` holds, and what a call of it there makes.
pub fn say(
    program: Program<'_>,
    occurrence: &Occurrence,
    variable: &Variable,
    answer: &mut Answer,
) {
    let search = Search::new(program);
    if let Some(made) = search
        .variable(variable, None)
        .filter(|made| made.frame.is_some())
    {
        held(program, occurrence, &made, answer);
    }
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

fn held(program: Program<'_>, occurrence: &Occurrence, made: &Made, answer: &mut Answer) {
    let Some(frame) = &made.frame else { return };
    let sentence = Sentence::new(program);
    let decorated = occurrence.role == Role::Def;
    let sentence = match decorated {
        true => sentence
            .text("decorated: the name is bound to ")
            .scope(&made.function),
        false => sentence.text("holds ").scope(&made.function),
    };
    let sentence = sentence.text(", made by the call of ");
    let sentence = words::brief(sentence, &frame.function)
        .text(" at ")
        .line(frame.call);
    answer.facts.push(sentence.fact());
    cells(program, made, answer);
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
