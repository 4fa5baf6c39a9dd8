//! What is said of a name that holds a closure which a factory or a decorator made, and of a factory's
//! call.

use super::Answer;
use crate::closure::content::{Filled, How, contents, given};
use crate::closure::decoration::{Gives, decorations, namesake};
use crate::closure::program::Program;
use crate::closure::value::{Made, Search};
use crate::ide::markup::Line;
use crate::ide::words::{self, LISTED, Sentence};
use crate::scope::{Occurrence, Variable};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// Says what the name of `variable` holds, if a factory or `functools.partial` made it.
pub fn held(program: Program<'_>, variable: &Variable, answer: &mut Answer) {
    let made = Search::new(program).variable(variable, None);
    let Some(made) = made.filter(|made| made.frame.is_some() || made.partial.is_some()) else {
        return;
    };
    let sentence = Sentence::new(program).text("holds ");
    answer.facts.push(named(sentence, &made).fact());
    cells(program, &made, answer);
}

/// Says what the decorators of the `def` at `name` make of it. Whether its name is bound to something else
/// than the function as written.
pub fn decorated(program: Program<'_>, name: Range, answer: &mut Answer) -> bool {
    let decorations = decorations(program, name);
    let Some(last) = decorations
        .iter()
        .rfind(|decoration| !matches!(decoration.gives, Gives::Same))
    else {
        return false;
    };
    if decorations.len() > 1 {
        let mut sentence = Sentence::new(program);
        for (index, decoration) in decorations.iter().take(LISTED).enumerate() {
            let joint = if index == 0 {
                "decorated by "
            } else {
                ", then by "
            };
            sentence = decorator(program, sentence.text(joint), decoration.decorator);
        }
        answer.facts.push(sentence.fact());
    }
    match &last.gives {
        Gives::Other(made) => {
            let sentence = Sentence::new(program).text("decorated: the name is bound to ");
            answer.facts.push(named(sentence, made).fact());
            cells(program, made, answer);
            answer.facts.extend(names(program, made));
        }
        _ => {
            let sentence = Sentence::new(program).text("decorated by ");
            let sentence = decorator(program, sentence, last.decorator);
            let sentence = sentence.text(": the name is bound to what that returns");
            answer.facts.push(sentence.fact());
        }
    }
    true
}

/// `retry(times=3)` at line 12.
fn decorator<'s>(program: Program<'s>, sentence: Sentence<'s>, at: Range) -> Sentence<'s> {
    sentence.code(&program.text(at)).text(" at ").line(at)
}

/// Whose name a function that stands in another's place has.
fn names(program: Program<'_>, made: &Made) -> Option<Line> {
    let namesake = namesake(program, made)?;
    let sentence = Sentence::new(program);
    let sentence = if namesake == made.function {
        let sentence = sentence.text("its ").code("__name__").text(" is ");
        let sentence = sentence.code(&namesake.code_name()).text(": ");
        sentence.code("functools.wraps").text(" is not used")
    } else {
        let sentence = sentence.code("functools.wraps");
        words::brief(
            sentence.text(" gives it the name and the docstring of "),
            &namesake,
        )
    };
    Some(sentence.fact())
}

/// `raise_to.<locals>.raise_to_exp` (line 2), made by the call of `raise_to` at line 6.
fn named<'s>(sentence: Sentence<'s>, made: &Made) -> Sentence<'s> {
    let sentence = match &made.partial {
        Some(_) => sentence.code("functools.partial").text(" of "),
        None => sentence,
    };
    let sentence = sentence.scope(&made.function);
    match &made.frame {
        Some(frame) => words::brief(sentence.text(", made by the call of "), &frame.function)
            .text(" at ")
            .line(frame.call),
        None => sentence,
    }
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
            let sentence = Sentence::new(program).text("this call makes ");
            let sentence = match &made.partial {
                Some(_) => sentence.code("functools.partial").text(" of "),
                None => sentence,
            };
            let sentence = sentence.scope(&made.function);
            answer.facts.push(sentence.fact());
            cells(program, &made, answer);
        }
    }
}

fn cells(program: Program<'_>, made: &Made, answer: &mut Answer) {
    for (parameter, filled) in given(program, made).iter().take(LISTED) {
        let sentence = Sentence::new(program).text("its parameter ");
        let sentence = sentence.code(parameter).text(" is ");
        answer.facts.push(filled_by(sentence, filled).fact());
    }
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
    answer.involves_closure |= made.frame.is_some() || made.partial.is_some();
    if made.frame.is_some() {
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
        How::Decorated => sentence
            .text(", the function as written at ")
            .line(filled.at),
    }
}
