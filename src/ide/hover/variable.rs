//! What is said of a variable.

use super::Answer;
use crate::closure::escape::{self, Escape, Fate};
use crate::closure::keeps::keeps;
use crate::closure::nesting::is_local_to;
use crate::closure::program::Program;
use crate::closure::rebinding::{Rebinding, Rebindings, When, made_at};
use crate::ide::markup::Line;
use crate::ide::words::{self, LISTED, Sentence};
use crate::scope::{Capture, Captures, Occurrence, Role, Scope, ScopeKind, Variable, Why};
use crate::text::Range;

/// How many closures over one variable are followed to their escapes and past their rebindings.
const FOLLOWED: usize = 10;

/// Says what is known of `variable` at `occurrence`.
pub fn say(
    program: Program<'_>,
    occurrence: &Occurrence,
    variable: &Variable,
    answer: &mut Answer,
) {
    let takers = variable.some_captures(words::MANY);
    let captures = takers.found.as_slice();
    let cell = !captures.is_empty() || variable.is_cell();
    answer
        .facts
        .push(identity(program, occurrence, variable, cell));
    answer
        .facts
        .extend(inlined(program, variable).filter(|_| cell));
    captured(program, &takers, answer);
    sharing(program, &takers, answer);
    let outermost = outermost(variable, captures);
    answer
        .facts
        .extend(lifetime(program, variable, &outermost, takers.all));
    rebinding(
        program,
        variable,
        &about(occurrence, variable, outermost),
        takers.all,
        answer,
    );
    answer
        .facts
        .extend(from_inside(program, occurrence, variable));
    if cell {
        answer.involves_closure = true;
        let inside = !is_local_to(&occurrence.scope, variable.owner());
        match inside {
            true => answer.explain("What is a free variable?", "free-variable"),
            false => answer.explain("What is a cell?", "cell"),
        }
    }
    if variable.owner().kind() == ScopeKind::Class && !variable.is_implicit() {
        answer.explain("What is the class scope?", "class-scope");
    }
    answer.involves_closure |= occurrence.role.declares();
}

/// A name that something unseen may bind.
pub fn unknown(program: Program<'_>, occurrence: &Occurrence, why: Why) -> Answer {
    let sentence = Sentence::new(program)
        .term("unknown name")
        .text(" ")
        .code(occurrence.name.as_str());
    let sentence = match why {
        Why::StarImport => sentence.text(": it may come from ").code("import *"),
        Why::Exec => sentence.text(": ").code("exec").text(" may bind it"),
        Why::Namespace => sentence.text(": it may be put into the namespace it is looked up in"),
    };
    Answer {
        facts: vec![sentence.fact()],
        ..Answer::default()
    }
}

fn identity(
    program: Program<'_>,
    occurrence: &Occurrence,
    variable: &Variable,
    cell: bool,
) -> Line {
    let term = match variable.owner().kind() {
        ScopeKind::Module => "global variable",
        ScopeKind::Class if !cell => "class variable",
        _ if !is_local_to(&occurrence.scope, variable.owner()) => "free variable",
        _ if cell => "cell variable",
        _ => "local variable",
    };
    words::owned(Sentence::new(program).term(term).text(" "), variable).fact()
}

/// A comprehension's own variable whose cell is its function's, since PEP 709.
fn inlined(program: Program<'_>, variable: &Variable) -> Option<Line> {
    let owner = variable.owner();
    if !owner.inlined() {
        return None;
    }
    let mut function = owner.parent()?;
    while function.inlined() {
        function = function.parent()?;
    }
    if !function.is_function_like() {
        return None;
    }
    let sentence = words::brief(
        Sentence::new(program).text("its cell is one of "),
        &function,
    );
    Some(
        sentence
            .text(", since 3.12 inlines the comprehension")
            .fact(),
    )
}

fn captured(program: Program<'_>, takers: &Captures, answer: &mut Answer) {
    let line = |capture: &Capture| {
        let sentence = Sentence::new(program)
            .text("closed over by ")
            .taker(&capture.scope)
            .text(", which ");
        words::manner(sentence, capture).fact()
    };
    let captures = takers.found.as_slice();
    let (shown, behind) = captures.split_at(words::shown(captures.len()));
    answer.facts.extend(shown.iter().map(line));
    if !behind.is_empty() {
        let more = words::others(behind.len(), takers.all);
        let more = format!("… and {more} close over it");
        answer.facts.push(Sentence::new(program).text(&more).fact());
    }
    answer.more(program, behind, takers.all, line);
}

fn sharing(program: Program<'_>, captures: &Captures, answer: &mut Answer) {
    let takers = captures
        .found
        .iter()
        .filter(|capture| !capture.passes_through() && capture.scope.kind() != ScopeKind::Class)
        .count();
    if takers < 2 {
        return;
    }
    let sentence = Sentence::new(program).text(&format!(
        "{} closures share its one cell",
        words::count(takers, captures.all)
    ));
    let rebound = captures
        .found
        .iter()
        .any(|capture| capture.rebinds || capture.deletes);
    let sentence = if rebound {
        sentence.text(": what one binds, all see")
    } else {
        sentence
    };
    answer.facts.push(sentence.fact());
}

/// The scopes, directly in the owner's code, that take the cell.
fn outermost(variable: &Variable, captures: &[Capture]) -> Vec<Scope> {
    let mut found: Vec<Scope> = Vec::new();
    // A class body has run when its statement is over: it keeps no cell, only its functions do.
    let functions = captures
        .iter()
        .filter(|capture| capture.scope.kind() != ScopeKind::Class);
    for capture in functions.take(FOLLOWED) {
        found.extend(made_at(variable, &capture.scope).filter(|scope| *scope == capture.scope));
    }
    found
}

/// Which closures a fact is about: from inside of one, that one alone.
fn about(occurrence: &Occurrence, variable: &Variable, outermost: Vec<Scope>) -> Vec<Scope> {
    if is_local_to(&occurrence.scope, variable.owner()) {
        return outermost;
    }
    made_at(variable, &occurrence.scope).into_iter().collect()
}

/// Whether the cell outlives the call that made it, and by whom.
fn lifetime(
    program: Program<'_>,
    variable: &Variable,
    closures: &[Scope],
    all: bool,
) -> Option<Line> {
    let owner = variable.owner();
    if closures.is_empty() || owner.kind() == ScopeKind::Class {
        return None;
    }
    let mut fates: Vec<(&Scope, Fate)> = Vec::new();
    for scope in closures {
        let fate = escape::fate(program, scope);
        let strong = |escape: &Escape| {
            escape.certain && escape.holder.is_none() && escape.way.outlives_call()
        };
        // No other says more then, or all that they may say would cost too much.
        let settled = fate.escapes.first().is_some_and(strong) || fate.exhausted;
        fates.push((scope, fate));
        if settled {
            break;
        }
    }
    let escapes = fates
        .iter()
        .flat_map(|(scope, fate)| fate.escapes.iter().map(move |escape| (*scope, escape)));
    let strongest = escapes.min_by_key(|(_, escape)| (!escape.certain, escape.holder.is_some()));
    if let Some((closure, escape)) = strongest {
        let sentence = words::brief(Sentence::new(program), closure).text(" ");
        let sentence = words::escape(sentence, program, escape);
        let certain = escape.certain && escape.way.outlives_call();
        let outlives = if certain {
            ", so the cell outlives "
        } else {
            ", so the cell may outlive "
        };
        return Some(words::call_of(sentence.text(outlives), owner).fact());
    }
    let all = all && fates.len() < FOLLOWED && fates.iter().all(|(_, fate)| fate.ends_with_call());
    all.then(|| {
        let cycle = closures.iter().any(|closure| keeps(program, closure).itself);
        let sentence = Sentence::new(program).text(match (fates.len(), cycle) {
            (1, false) => "the closure does not escape, so the cell ends with ",
            (_, false) => "no closure over it escapes, so the cell ends with ",
            (1, true) => "the closure does not escape, but closes over itself: the garbage collector ends the cell, after ",
            (_, true) => "no closure over it escapes, but one closes over itself: the garbage collector ends the cell, after ",
        });
        words::call_of(sentence, owner).fact()
    })
}

fn rebinding(
    program: Program<'_>,
    variable: &Variable,
    closures: &[Scope],
    all: bool,
    answer: &mut Answer,
) {
    let mut said: Vec<Range> = Vec::new();
    let rebindings = Rebindings::new(program);
    for closure in closures {
        for rebinding in rebindings.seen(variable, closure) {
            if said.contains(&rebinding.at) {
                continue;
            }
            said.push(rebinding.at);
            if said.len() <= LISTED {
                answer
                    .facts
                    .push(rebound(Sentence::new(program), &rebinding, closure).fact());
            }
            if matches!(rebinding.when, When::NextTurn(_)) {
                answer.explain("What is late binding?", "late-binding");
            }
        }
    }
    let never = |closure: &Scope| rebindings.never(variable, closure);
    let followed = all && !closures.is_empty() && closures.len() < FOLLOWED;
    if variable.owner().kind() == ScopeKind::Function && followed && closures.iter().all(never) {
        let sentence = Sentence::new(program).text("not rebound after capture: ");
        let sentence = sentence.text("a call sees the value that it had when the closure was made");
        answer.rest.push(sentence.fact());
    }
}

/// Whether [`rebound`] begins with "may be".
pub fn is_doubtful(rebinding: &Rebinding) -> bool {
    let next_turn = matches!(rebinding.when, When::NextTurn(_));
    let at_end = matches!(rebinding.when, When::ClauseEnd(_));
    !rebinding.always && !at_end && (next_turn || rebinding.unbinds || rebinding.again)
}

/// What a rebinding means for `closure`.
pub fn rebound<'s>(sentence: Sentence<'s>, rebinding: &Rebinding, closure: &Scope) -> Sentence<'s> {
    let at = rebinding.at;
    match (&rebinding.when, rebinding.always) {
        (When::ClauseEnd(clause), _) => sentence
            .text("unbound at the end of the ")
            .code("except")
            .text(" clause at ")
            .line(*clause)
            .text(": called later, the closure finds its cell empty"),
        (When::NextTurn(turn), true) => sentence
            .text("rebound on every turn of the loop at ")
            .line(*turn)
            .text(": called after it, a closure sees the last value"),
        (When::NextTurn(turn), false) => {
            let sentence = sentence.text("may be rebound at ").line(at);
            sentence
                .text(" on a later turn of the loop at ")
                .line(*turn)
        }
        (_, always) if rebinding.unbinds => {
            let sentence = sentence.text(if always { "unbound" } else { "may be unbound" });
            sentence.text(" after capture, at ").line(at)
        }
        (_, always) if rebinding.again => {
            let sentence = sentence.text(if always { "rebound" } else { "may be rebound" });
            let sentence = sentence.text(" after capture, at ").line(at);
            let sentence = words::brief(sentence.text(": called later, "), closure);
            sentence.text(match always {
                true => " sees the new value",
                false => " sees the one or the other",
            })
        }
        _ => words::brief(
            sentence.text("bound at ").line(at).text(", after "),
            closure,
        )
        .text(" was made"),
    }
}

/// From a use in a closure: how far out the owner is, and through whom the cell comes.
fn from_inside(program: Program<'_>, occurrence: &Occurrence, variable: &Variable) -> Option<Line> {
    if is_local_to(&occurrence.scope, variable.owner()) {
        return None;
    }
    if variable.owner().kind() == ScopeKind::Module {
        let sentence =
            Sentence::new(program).text("no cell: functions look a global up in the module, ");
        return Some(sentence.text("by its name, whenever they run").fact());
    }
    let mut through = Vec::new();
    let mut here = occurrence.scope.clone();
    while here.kind().is_comprehension() && here.inlined() {
        here = here.parent()?;
    }
    let mut scope = here.parent()?;
    while !is_local_to(&scope, variable.owner()) {
        if scope.is_function_like() && !scope.inlined() && !scope.kind().is_annotation_scope() {
            through.push(scope.clone());
        }
        scope = scope.parent()?;
    }
    let depth = through.len() + 1;
    let deed = match occurrence.role {
        Role::Nonlocal => "declared in ",
        Role::Delete => "deleted in ",
        role if role.reads() && role.writes() => "read and rebound in ",
        role if role.writes() => "rebound in ",
        _ => "read in ",
    };
    let levels = if depth == 1 {
        ", 1 function in".to_owned()
    } else {
        format!(", {depth} functions in")
    };
    let sentence = words::brief(Sentence::new(program).text(deed), &here).text(&levels);
    if through.is_empty() {
        return Some(sentence.fact());
    }
    through.reverse();
    let sentence = sentence.text("; its cell comes through ");
    Some(
        words::listed(sentence, &through, |sentence, scope| {
            words::brief(sentence, scope)
        })
        .fact(),
    )
}
