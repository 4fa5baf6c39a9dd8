//! Hover: what a name is, who closes over it, and what follows.
//!
//! A code line first, then a fact a line, the same facts always in the same order; nothing that isn't
//! known.

mod function;
mod value;
mod variable;

pub(super) use value::filled_by;
pub(super) use variable::rebound;

use super::config::{Config, HoverMode};
use super::markup::{Line, Markup, Span};
use super::words;
use crate::closure::program::Program;
use crate::document::Snapshot;
use crate::scope::{Occurrence, Resolution, Role, Scope, ScopeKind, Variable};
use crate::syntax::{Field, Kind};
use crate::text::{Offset, Range, Rel};

/// What is shown at a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The name it is about.
    pub range: Range,
    /// What is said of it.
    pub content: Markup,
}

/// What is known of the name at `at`.
pub fn hover(snapshot: &Snapshot, at: Offset, config: &Config) -> Option<Hover> {
    if config.hover == HoverMode::Off {
        return None;
    }
    let program = Program {
        snapshot,
        version: config.version,
    };
    let (range, answer) = match program.occurrence_at(at) {
        Some(occurrence) => (occurrence.range, name(program, &occurrence)?),
        None => lambda(program, at)?,
    };
    if config.hover == HoverMode::Captures && !answer.involves_closure {
        return None;
    }
    Some(Hover {
        range,
        content: answer.markup(),
    })
}

/// What is said, before it is laid out.
#[derive(Default)]
struct Answer {
    code: Option<String>,
    facts: Vec<Line>,
    /// What is further off: shown behind a rule.
    rest: Vec<Line>,
    page: Option<(&'static str, &'static str)>,
    /// Whether it is worth saying beside a general Python server.
    involves_closure: bool,
}

impl Answer {
    fn markup(self) -> Markup {
        let mut lines: Vec<Line> = self.code.map(Line::Code).into_iter().collect();
        lines.extend(self.facts);
        if !self.rest.is_empty() {
            lines.push(Line::Rule);
            lines.extend(self.rest);
        }
        if let Some((text, page)) = self.page {
            lines.push(Line::Fact(vec![Span::Page {
                text: text.to_owned(),
                page,
            }]));
        }
        Markup { lines }
    }

    /// What a list left out, for the long form.
    fn more<T>(&mut self, program: Program<'_>, items: &[T], all: bool, line: impl Fn(&T) -> Line) {
        self.rest
            .extend(items.iter().take(words::LISTED_LONG).map(line));
        if let Some(more) = items
            .len()
            .checked_sub(words::LISTED_LONG)
            .filter(|more| *more > 0)
        {
            let more = format!("… and {}", words::others(more, all));
            self.rest
                .push(words::Sentence::new(program).text(&more).fact());
        }
    }

    /// The page that explains the answer's main word; the first one that is named stays.
    fn explain(&mut self, text: &'static str, page: &'static str) {
        self.page.get_or_insert((text, page));
    }
}

fn name(program: Program<'_>, occurrence: &Occurrence) -> Option<Answer> {
    let variable = match occurrence.resolve() {
        Resolution::Builtin => return Some(builtin(program, occurrence)),
        Resolution::Unknown(why) => return Some(variable::unknown(program, occurrence, why)),
        resolution => resolution.variable()?.clone(),
    };
    let mut answer = Answer::default();
    let defined = function_of(program, &variable, occurrence);
    match &defined {
        Some(scope) => {
            answer.code = Some(words::cut(&program.text(scope.header()), 100));
            let decorated = scope
                .name_range()
                .is_some_and(|name| value::decorated(program, name, &mut answer));
            function::say(program, scope, decorated, &mut answer);
            if variable.is_cell() {
                variable::say(program, occurrence, &variable, &mut answer);
            }
        }
        None => {
            answer.code = binding_line(program, &variable);
            variable::say(program, occurrence, &variable, &mut answer);
            value::held(program, &variable, &mut answer);
        }
    }
    value::called(program, occurrence, &mut answer);
    Some(answer)
}

/// The function that the name is: where it is defined, or where it is used and has no other binding.
fn function_of(
    program: Program<'_>,
    variable: &Variable,
    occurrence: &Occurrence,
) -> Option<Scope> {
    let bindings = variable.bindings();
    let definition = match (occurrence.role, bindings.as_slice()) {
        (Role::Def, _) => occurrence,
        (_, [only]) if only.role == Role::Def => only,
        _ => return None,
    };
    let function = program
        .place(definition.range)?
        .enclosing(&[Kind::FunctionDefinition])?;
    program.scope_of(function.range(), function.field(Field::Body)?.range().start)
}

fn builtin(program: Program<'_>, occurrence: &Occurrence) -> Answer {
    let sentence = words::Sentence::new(program)
        .term("builtin")
        .text(" or global ");
    let sentence = sentence
        .code(occurrence.name.as_str())
        .text(", not bound in this file");
    Answer {
        facts: std::iter::once(sentence.fact())
            .chain(class_of_super(program, occurrence))
            .collect(),
        involves_closure: occurrence.role.declares(),
        ..Answer::default()
    }
}

/// `super`, in a method, takes a cell that no text shows.
fn class_of_super(program: Program<'_>, occurrence: &Occurrence) -> Option<Line> {
    if occurrence.name.as_str() != "super" {
        return None;
    }
    let taken = occurrence.scope.free_variables();
    let class = taken
        .iter()
        .find(|variable| variable.name() == "__class__" && variable.is_implicit())?;
    let sentence =
        words::Sentence::new(program).text("without arguments it reads the free variable ");
    let sentence = sentence
        .code("__class__")
        .text(", a cell that Python makes for the class ");
    Some(words::brief(sentence, class.owner()).fact())
}

/// The keyword of a lambda under the cursor.
fn lambda(program: Program<'_>, at: Offset) -> Option<(Range, Answer)> {
    const KEYWORD: Rel = Rel(6);
    let place = program
        .place(Range::at(at))
        .filter(|place| place.kind() == Kind::Lambda);
    let before = Range::new(Offset(at.0.saturating_sub(1)), at);
    let lambda = match place {
        Some(place) => place.part()?,
        None => program
            .place(before)
            .filter(|place| place.kind() == Kind::Lambda)?
            .part()?,
    };
    let range = Range::new(lambda.range().start, lambda.range().start + KEYWORD);
    if !range.touches(at) {
        return None;
    }
    let scope = program.scope_of(lambda.range(), lambda.field(Field::Body)?.range().start)?;
    let code = words::cut(&program.text(lambda.range()), 100);
    let mut answer = Answer {
        code: Some(code),
        ..Answer::default()
    };
    function::say(program, &scope, false, &mut answer);
    Some((range, answer))
}

/// The line that gives the variable its first value, up to the colon of a compound statement.
fn binding_line(program: Program<'_>, variable: &Variable) -> Option<String> {
    let bindings = variable.bindings();
    let binding = bindings.first()?;
    if binding.role == Role::Parameter && variable.owner().kind() != ScopeKind::Module {
        return Some(words::cut(&program.text(variable.owner().header()), 100));
    }
    let line = program.snapshot.text.line_of(binding.range.start);
    let text = &program.snapshot.text;
    let range = Range::new(text.line_start(line), text.line_end(line));
    Some(words::cut(program.text(range).trim(), 100))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::config::Language;
    use crate::ide::fixture;
    use crate::scope::PythonVersion;

    #[track_caller]
    fn check(fixture: &str, expected: Expect) {
        check_with(fixture, Config::default(), expected);
    }

    #[track_caller]
    fn check_with(fixture: &str, config: Config, expected: Expect) {
        let (snapshot, at) = fixture::program(fixture);
        let hover = hover(&snapshot, at, &config);
        expected.assert_eq(&hover.map_or("nothing".to_owned(), |hover| hover.content.to_plain()));
    }

    const RAISE_TO: &str = include_str!("../../../examples/raise_to.cella");

    fn raise_to(name: &str, nth: usize) -> String {
        let (at, _) = RAISE_TO.match_indices(name).nth(nth).unwrap();
        format!("{}$0{}", &RAISE_TO[..at], &RAISE_TO[at..])
    }

    #[test]
    fn a_captured_parameter() {
        check(
            &raise_to("exp)", 0),
            expect![[r#"
                def raise_to(exp):
                cell variable exp, parameter of raise_to, bound at line 1
                closed over by raise_to.<locals>.raise_to_exp (line 2), which reads it
                raise_to_exp is returned at line 4, so the cell outlives the call of raise_to

                not rebound after capture: a call sees the value that it had when the closure was made
                What is a cell?"#]],
        );
    }

    #[test]
    fn a_use_in_the_closure() {
        check(
            &raise_to("exp)", 1),
            expect![[r#"
                def raise_to(exp):
                free variable exp, parameter of raise_to, bound at line 1
                closed over by raise_to.<locals>.raise_to_exp (line 2), which reads it
                raise_to_exp is returned at line 4, so the cell outlives the call of raise_to
                read in raise_to_exp, 1 function in

                not rebound after capture: a call sees the value that it had when the closure was made
                What is a free variable?"#]],
        );
    }

    #[test]
    fn the_closure() {
        check(
            &raise_to("raise_to_exp", 0),
            expect![[r#"
                def raise_to_exp(x):
                closure raise_to.<locals>.raise_to_exp, over exp
                __closure__[0] is exp, parameter of raise_to, bound at line 1, read here
                it is returned at line 4, so it outlives the call of raise_to
                while it lives, so does what exp holds

                relies on pow: a builtin, as this file does not bind it
                What is a free variable?"#]],
        );
    }

    #[test]
    fn the_factory() {
        check(
            &raise_to("raise_to", 0),
            expect![[r#"
            def raise_to(exp):
            function raise_to, not a closure: its __closure__ is None
            makes the cell exp for raise_to_exp (line 2)
            factory: each call returns a new closure, raise_to.<locals>.raise_to_exp (line 2)
            What is a factory?"#]],
        );
    }

    #[test]
    fn what_a_factory_made() {
        check(
            &raise_to("square", 0),
            expect![[r#"
            square = raise_to(2)
            global variable square, bound at line 6
            holds raise_to.<locals>.raise_to_exp (line 2), made by the call of raise_to at line 6
            its __closure__[0], exp, is 2, as written at line 6
            What is a factory?"#]],
        );
    }

    #[test]
    fn a_call_of_what_a_factory_made() {
        check(
            &raise_to("square", 1),
            expect![[r#"
            square = raise_to(2)
            global variable square, bound at line 6
            holds raise_to.<locals>.raise_to_exp (line 2), made by the call of raise_to at line 6
            its __closure__[0], exp, is 2, as written at line 6
            What is a factory?"#]],
        );
    }

    #[test]
    fn a_call_of_a_factory() {
        check(
            &raise_to("raise_to(2", 0),
            expect![[r#"
            def raise_to(exp):
            function raise_to, not a closure: its __closure__ is None
            makes the cell exp for raise_to_exp (line 2)
            factory: each call returns a new closure, raise_to.<locals>.raise_to_exp (line 2)
            this call makes raise_to.<locals>.raise_to_exp (line 2)
            its __closure__[0], exp, is 2, as written at line 6
            What is a factory?"#]],
        );
    }

    #[test]
    fn a_local_and_a_builtin() {
        check(
            &raise_to("x)", 0),
            expect![[r#"
            def raise_to_exp(x):
            local variable x, parameter of raise_to_exp, bound at line 2"#]],
        );
        check(
            &raise_to("pow", 0),
            expect!["builtin or global pow, not bound in this file"],
        );
    }

    #[test]
    fn nothing_where_there_is_no_name() {
        check("x = $0 1\n", expect!["nothing"]);
        check("$0", expect!["nothing"]);
        check("obj.na$0me\n", expect!["nothing"]);
    }

    #[test]
    fn a_cell_that_two_share() {
        check(
            "def counter():\n    cou$0nt = 0\n    def up():\n        nonlocal count\n        count += 1\n    def value():\n        return count\n    return up, value\n",
            expect![[r#"
                count = 0
                cell variable count of counter, bound at lines 2 and 5
                closed over by counter.<locals>.up (line 3), which reads and rebinds it (nonlocal)
                closed over by counter.<locals>.value (line 6), which reads it
                2 closures share its one cell: what one binds, all see
                up is returned at line 8, so the cell outlives the call of counter
                What is a cell?"#]],
        );
    }

    #[test]
    fn a_nonlocal_statement() {
        check(
            "def counter():\n    count = 0\n    def up():\n        nonlocal co$0unt\n        count += 1\n        return count\n    return up\n",
            expect![[r#"
                count = 0
                free variable count of counter, bound at lines 2 and 5
                closed over by counter.<locals>.up (line 3), which reads and rebinds it (nonlocal)
                up is returned at line 7, so the cell outlives the call of counter
                declared in up, 1 function in
                What is a free variable?"#]],
        );
    }

    #[test]
    fn a_cell_that_passes_through() {
        check(
            "def outer(x):\n    def middle():\n        def inner():\n            return $0x\n        return inner\n    return middle\n",
            expect![[r#"
                def outer(x):
                free variable x, parameter of outer, bound at line 1
                closed over by outer.<locals>.middle (line 2), which only passes it on
                closed over by outer.<locals>.middle.<locals>.inner (line 3), which reads it
                middle is returned at line 6, so the cell outlives the call of outer
                read in inner, 2 functions in; its cell comes through middle

                not rebound after capture: a call sees the value that it had when the closure was made
                What is a free variable?"#]],
        );
        check(
            "def outer($0x):\n    def middle():\n        def inner():\n            return x\n        return inner\n    return middle\n",
            expect![[r#"
                def outer(x):
                cell variable x, parameter of outer, bound at line 1
                closed over by outer.<locals>.middle (line 2), which only passes it on
                closed over by outer.<locals>.middle.<locals>.inner (line 3), which reads it
                middle is returned at line 6, so the cell outlives the call of outer

                not rebound after capture: a call sees the value that it had when the closure was made
                What is a cell?"#]],
        );
    }

    #[test]
    fn a_closure_that_stays_at_home() {
        check(
            "def total(rows, rate):\n    def cost($0row):\n        return row * rate\n    return sum(map(cost, rows))\n",
            expect![[r#"
                def cost(row):
                local variable row, parameter of cost, bound at line 2"#]],
        );
        check(
            "def total(rows, ra$0te):\n    def cost(row):\n        return row * rate\n    return sum(map(cost, rows))\n",
            expect![[r#"
                def total(rows, rate):
                cell variable rate, parameter of total, bound at line 1
                closed over by total.<locals>.cost (line 2), which reads it
                the closure does not escape, so the cell ends with the call of total

                not rebound after capture: a call sees the value that it had when the closure was made
                What is a cell?"#]],
        );
    }

    #[test]
    fn a_lambda_in_a_loop() {
        check(
            "def handlers():\n    found = []\n    for i in range(3):\n        found.append(lam$0bda: i)\n    return found\n",
            expect![[r#"
                lambda: i
                closure handlers.<locals>.<lambda>, over i
                __closure__[0] is i of handlers, bound at line 3, read here
                it is returned at line 5, so it outlives the call of handlers
                while it lives, so does what i holds
                i is rebound on every turn of the loop at line 3: called after it, a closure sees the last value
                What is late binding?"#]],
        );
        check(
            "def handlers():\n    found = []\n    for $0i in range(3):\n        found.append(lambda: i)\n    return found\n",
            expect![[r#"
                for i in range(3):
                cell variable i of handlers, bound at line 3
                closed over by handlers.<locals>.<lambda> (line 4), which reads it
                the lambda at line 4 is returned at line 5, so the cell outlives the call of handlers
                rebound on every turn of the loop at line 3: called after it, a closure sees the last value
                What is late binding?"#]],
        );
    }

    #[test]
    fn lambdas_in_a_comprehension() {
        let program = "def f():\n    return [lambda: i for $0i in range(3)]\n";
        check(
            program,
            expect![[r#"
                return [lambda: i for i in range(3)]
                cell variable i of the list comprehension at line 2, bound at line 2
                its cell is one of f, since 3.12 inlines the comprehension
                closed over by f.<locals>.<lambda> (line 2), which reads it
                the lambda at line 2 is returned at line 2, so the cell outlives the comprehension
                rebound on every turn of the loop at line 2: called after it, a closure sees the last value
                What is late binding?"#]],
        );
        let old = Config {
            version: PythonVersion::V3_11,
            ..Config::default()
        };
        check_with(
            program,
            old,
            expect![[r#"
                return [lambda: i for i in range(3)]
                cell variable i of the list comprehension at line 2, bound at line 2
                closed over by f.<locals>.<listcomp>.<lambda> (line 2), which reads it
                the lambda at line 2 is returned at line 2, so the cell outlives the comprehension
                rebound on every turn of the loop at line 2: called after it, a closure sees the last value
                What is late binding?"#]],
        );
    }

    #[test]
    fn rebound_after_capture() {
        check(
            "def f():\n    $0x = 1\n    g = lambda: x\n    x = 2\n    return g\n",
            expect![[r#"
                x = 1
                cell variable x of f, bound at lines 2 and 4
                closed over by f.<locals>.<lambda> (line 3), which reads it
                the lambda at line 3 is returned at line 5, so the cell outlives the call of f
                rebound after capture, at line 4: called later, the lambda at line 3 sees the new value
                What is a cell?"#]],
        );
        check(
            "def f(flag):\n    $0x = 1\n    g = lambda: x\n    if flag:\n        x = 2\n    return g\n",
            expect![[r#"
                x = 1
                cell variable x of f, bound at lines 2 and 5
                closed over by f.<locals>.<lambda> (line 3), which reads it
                the lambda at line 3 is returned at line 6, so the cell outlives the call of f
                may be rebound after capture, at line 5: called later, the lambda at line 3 sees the one or the other
                What is a cell?"#]],
        );
        check(
            "def f(x):\n    def $0g(): return x\n    yield g\n    x = 2\n",
            expect![[r#"
                def g():
                closure f.<locals>.g, over x
                __closure__[0] is x, parameter of f, bound at lines 1 and 4, read here
                it is yielded at line 3
                while it lives, so does what x holds
                x may be rebound after capture, at line 4: called later, g sees the one or the other
                What is a free variable?"#]],
        );
        check(
            "def f():\n    try:\n        g()\n    except E as $0e:\n        h = lambda: e\n    return h\n",
            expect![[r#"
                except E as e:
                cell variable e of f, bound at line 4
                closed over by f.<locals>.<lambda> (line 5), which reads it
                the lambda at line 5 is returned at line 6, so the cell outlives the call of f
                unbound at the end of the except clause at line 4: called later, the closure finds its cell empty
                What is a cell?"#]],
        );
    }

    #[test]
    fn a_name_that_takes_the_implicit_cell() {
        check(
            "class A(B):\n    def m(self):\n        sup$0er().m()\n",
            expect![[r#"
                builtin or global super, not bound in this file
                without arguments it reads the free variable __class__, a cell that Python makes for the class A"#]],
        );
        check(
            "class A(B):\n    def m(self):\n        return __cla$0ss__\n",
            expect![[r#"
                free variable __class__, which Python makes for the class A
                closed over by A.m (line 2), which reads it
                read in m, 1 function in
                What is a free variable?"#]],
        );
    }

    #[test]
    fn takers_that_are_no_functions() {
        check(
            "def f[$0T](x: T, y: 'T'):\n    class C[U: T]:\n        z: T = x\n    return C\n",
            expect![[r#"
                def f[T](x: T, y: 'T'):
                cell variable T of f, bound at line 1
                closed over by the annotations (line 1), a scope of its own since 3.14, which reads it
                closed over by f (line 1), which only passes it on
                closed over by the type parameters of C (line 2), which only passes it on
                closed over by the class body f.<locals>.C (line 2), which only passes it on
                closed over by the bound of the type parameter U (line 2), which reads it
                closed over by the annotations (line 3), a scope of its own since 3.14, which reads it
                3 closures share its one cell
                What is a cell?"#]],
        );
        let old = Config {
            version: PythonVersion::V3_12,
            ..Config::default()
        };
        check_with(
            "def f[$0T](x: T):\n    class C[U: T]:\n        z = x\n    return C\n",
            old,
            expect![[r#"
                def f[T](x: T):
                cell variable T of f, bound at line 1
                closed over by f (line 1), which only passes it on
                closed over by the type parameters of C (line 2), which only passes it on
                closed over by the bound of the type parameter U (line 2), which reads it
                What is a cell?"#]],
        );
    }

    #[test]
    fn an_implicit_cell() {
        check(
            "class A(B):\n    def __in$0it__(self):\n        super().__init__()\n",
            expect![[r#"
                def __init__(self):
                closure A.__init__, over __class__
                __closure__[0] is __class__, which Python makes for the class A, read here

                relies on super: a builtin, as this file does not bind it
                What is a free variable?"#]],
        );
    }

    #[test]
    fn a_decorated_function() {
        check(
            "import functools\n\ndef retry(times):\n    def decorator(fn):\n        @functools.wraps(fn)\n        def wrapper(*args):\n            for _ in range(times):\n                fn(*args)\n        return wrapper\n    return decorator\n\n@retry(times=3)\ndef gr$0eet():\n    pass\n",
            expect![[r#"
                def greet():
                decorated: the name is bound to retry.<locals>.decorator.<locals>.wrapper (line 6), made by the call of decorator at line 12
                its __closure__[0], fn, is greet, the function as written at line 13
                its __closure__[1], times, is 3, as written at line 12
                functools.wraps gives it the name and the docstring of greet
                as written: function greet, not a closure: its __closure__ is None
                What is a factory?"#]],
        );
    }

    #[test]
    fn decorators_in_their_order() {
        check(
            "def first(fn):\n    def one():\n        return fn()\n    return one\ndef second(fn):\n    def two():\n        return fn()\n    return two\n\n@first\n@second\ndef gr$0eet():\n    pass\n",
            expect![[r#"
                def greet():
                decorated by second at line 11, then by first at line 10
                decorated: the name is bound to first.<locals>.one (line 2), made by the call of first at line 10
                its __closure__[0], fn, is two, the function at line 6
                its __name__ is one: functools.wraps is not used
                as written: function greet, not a closure: its __closure__ is None
                What is a factory?"#]],
        );
    }

    #[test]
    fn a_decorator_from_elsewhere() {
        check(
            "import functools\n\n@functools.cache\ndef sl$0ow(x):\n    return x\n",
            expect![[r#"
                def slow(x):
                decorated by functools.cache at line 3: the name is bound to what that returns
                as written: function slow, not a closure: its __closure__ is None"#]],
        );
    }

    #[test]
    fn partial_application() {
        check(
            "from functools import partial\ndef add(a, b):\n    return a + b\nin$0c = partial(add, 1)\n",
            expect![[r#"
                inc = partial(add, 1)
                global variable inc, bound at line 4
                holds functools.partial of add (line 2)
                its parameter a is 1, as written at line 4"#]],
        );
        check(
            "from functools import partial\ndef raise_to(exp):\n    return lambda x: x ** exp\nsquarer = partial(raise_to, 2)\nsqua$0re = squarer()\n",
            expect![[r#"
                square = squarer()
                global variable square, bound at line 5
                holds raise_to.<locals>.<lambda> (line 3), made by the call of raise_to at line 5
                its __closure__[0], exp, is 2, as written at line 4
                What is a factory?"#]],
        );
    }

    #[test]
    fn what_lives_as_long_as_a_closure() {
        check(
            "def f(rows, limit):\n    def show(x):\n        return x in rows\n    def r$0un(x):\n        return show(x) and x < limit\n    return run\n",
            expect![[r#"
                def run(x):
                closure f.<locals>.run, over limit and show
                __closure__[0] is limit, parameter of f, bound at line 1, read here
                __closure__[1] is show of f, bound at line 2, read here
                it is returned at line 6, so it outlives the call of f
                while it lives, so does what limit and show hold, and so rows (of show)
                What is a free variable?"#]],
        );
        check(
            "def f(n):\n    def fa$0ct(k):\n        return n if k == 0 else k * fact(k - 1)\n    return fact(3)\n",
            expect![[r#"
                def fact(k):
                closure f.<locals>.fact, over fact and n
                __closure__[0] is fact of f, bound at line 2, read here
                __closure__[1] is n, parameter of f, bound at line 1, read here
                it does not escape, but closes over itself: the garbage collector ends it, after the call of f
                cell variable fact of f, bound at line 2
                closed over by f.<locals>.fact (line 2), which reads it
                the closure does not escape, but closes over itself: the garbage collector ends the cell, after the call of f
                What is a free variable?"#]],
        );
    }

    #[test]
    fn a_million_captures_would_be_summed_up() {
        let hovered = |closures: usize| {
            let closures = (0..closures).map(|n| format!("    g{n} = lambda: x\n"));
            let closures = closures.collect::<String>();
            let source = format!("def f($0x):\n{closures}    return g0\n");
            let (snapshot, at) = fixture::program(&source);
            hover(&snapshot, at, &Config::default()).unwrap().content
        };
        let content = hovered(100);
        expect![[r#"
            def f(x):
            cell variable x, parameter of f, bound at line 1
            closed over by f.<locals>.<lambda> (line 2), which reads it
            closed over by f.<locals>.<lambda> (line 3), which reads it
            closed over by f.<locals>.<lambda> (line 4), which reads it
            closed over by f.<locals>.<lambda> (line 5), which reads it
            closed over by f.<locals>.<lambda> (line 6), which reads it
            … and many more close over it
            at least 50 closures share its one cell
            the lambda at line 2 is returned at line 102, so the cell outlives the call of f
            What is a cell?"#]]
        .assert_eq(&content.clone().short().to_plain());
        let plain = content.to_plain();
        let (_, rest) = plain.split_once("\n\n").unwrap();
        assert_eq!(rest.lines().count(), words::LISTED_LONG + 2);
        assert!(rest.contains("… and many more"), "{rest}");
        let plain = hovered(words::MANY).to_plain();
        assert!(plain.contains("… and 45 more close over it"), "{plain}");
        assert!(plain.contains("50 closures share its one cell"), "{plain}");
    }

    #[test]
    fn half_typed_functions_give_the_facts_that_stand() {
        let unfinished = [
            "def f(x):\n    def g():\n        return x\n    return g\ndef h($0y",
            "def f($0x):\n    def g():\n        return x\n    return ",
            "def f($0x):\n    def g(",
            "def f($0x):\n    return lambda: x +",
            "def f($0x):\n    kept.append(lambda: x",
            "def raise_to(exp):\n    return lambda x: x **\nsq$0uare = raise_to(2)\n",
            "def raise_to(exp):\n    return lambda x: x ** exp\nsq$0uare = raise_to(2\n",
            "def raise_to(exp):\n    return lambda x: x ** exp\nsq$0uare = raise_to(2, \n",
            "def raise_to(exp):\n    return lambda x: x ** exp\nsq$0uare = raise_to(exp=\n",
            "@retry(\ndef g$0reet():\n    pass\n",
        ];
        let mut said = String::new();
        for program in unfinished {
            let (snapshot, at) = fixture::program(program);
            let hover = hover(&snapshot, at, &Config::default());
            let plain = hover.map_or("nothing".to_owned(), |hover| hover.content.to_plain());
            said += &format!("{}\n\n", plain.trim_end());
        }
        expect![[r#"
            def h(y
            local variable y, parameter of h, bound at line 5

            def f(x):
            cell variable x, parameter of f, bound at line 1
            closed over by f.<locals>.g (line 2), which reads it
            the closure does not escape, so the cell ends with the call of f

            not rebound after capture: a call sees the value that it had when the closure was made
            What is a cell?

            def f(x):
            local variable x, parameter of f, bound at line 1

            def f(x):
            cell variable x, parameter of f, bound at line 1
            closed over by f.<locals>.<lambda> (line 2), which reads it
            the lambda at line 2 is returned at line 2, so the cell outlives the call of f

            not rebound after capture: a call sees the value that it had when the closure was made
            What is a cell?

            def f(x):
            cell variable x, parameter of f, bound at line 1
            closed over by f.<locals>.<lambda> (line 2), which reads it
            the lambda at line 2 is passed to kept.append at line 2, so the cell may outlive the call of f

            not rebound after capture: a call sees the value that it had when the closure was made
            What is a cell?

            square = raise_to(2)
            global variable square, bound at line 3
            holds raise_to.<locals>.<lambda> (line 2), made by the call of raise_to at line 3
            What is a factory?

            square = raise_to(2
            global variable square, bound at line 3
            holds raise_to.<locals>.<lambda> (line 2), made by the call of raise_to at line 3
            its __closure__[0], exp, is 2, as written at line 3
            What is a factory?

            square = raise_to(2,
            global variable square, bound at line 3
            holds raise_to.<locals>.<lambda> (line 2), made by the call of raise_to at line 3
            its __closure__[0], exp, is 2, as written at line 3
            What is a factory?

            square = raise_to(exp=
            global variable square, bound at line 3

            def greet():
            decorated by retry( at line 1: the name is bound to what that returns
            as written: function greet, not a closure: its __closure__ is None

        "#]].assert_eq(&said);
    }

    #[test]
    fn factories_that_call_each_other_end_the_search() {
        check(
            "def a(x):\n    return b(b(x))\ndef b(x):\n    return a(a(x))\nma$0de = a(1)\n",
            expect![[r#"
                made = a(1)
                global variable made, bound at line 5"#]],
        );
        check(
            "def a(x):\n    return lambda: a(x)()\nma$0de = a(1)()()\n",
            expect![[r#"
                made = a(1)()()
                global variable made, bound at line 3"#]],
        );
    }

    #[test]
    fn the_short_form_ends_at_the_rule() {
        let (snapshot, at) = fixture::program(&raise_to("raise_to_exp", 0));
        let hover = hover(&snapshot, at, &Config::default()).unwrap();
        expect![[r#"
            def raise_to_exp(x):
            closure raise_to.<locals>.raise_to_exp, over exp
            __closure__[0] is exp, parameter of raise_to, bound at line 1, read here
            it is returned at line 4, so it outlives the call of raise_to
            while it lives, so does what exp holds
            What is a free variable?"#]]
        .assert_eq(&hover.content.short().to_plain());
    }

    #[test]
    fn escapes_of_all_ways() {
        check(
            "def f(self, run, x):\n    def $0g():\n        return x\n    self.g = g\n    run(g)\n    global h\n    h = g\n    yield g\n    return [g if x else None]\n",
            expect![[r#"
                def g():
                closure f.<locals>.g, over x
                __closure__[0] is x, parameter of f, bound at line 1, read here
                it is yielded at line 8
                it is bound to the global h at line 7
                it is stored in the attribute self.g at line 4
                it is passed to run at line 5
                it may be returned at line 9
                while it lives, so does what x holds
                What is a free variable?"#]],
        );
    }

    #[test]
    fn python_files_are_quiet_but_for_closures() {
        let quiet = Config::new(Language::Python);
        check_with("def f($0x):\n    return x\n", quiet, expect!["nothing"]);
        check_with("def $0f(x):\n    return x\n", quiet, expect!["nothing"]);
        check_with("print$0(1)\n", quiet, expect!["nothing"]);
        check_with(
            "def f($0x):\n    return lambda: x\n",
            quiet,
            expect![[r#"
                def f(x):
                cell variable x, parameter of f, bound at line 1
                closed over by f.<locals>.<lambda> (line 2), which reads it
                the lambda at line 2 is returned at line 2, so the cell outlives the call of f

                not rebound after capture: a call sees the value that it had when the closure was made
                What is a cell?"#]],
        );
        check_with(
            "def f():\n    global $0x\n    x = 1\n",
            quiet,
            expect![[r#"
            x = 1
            global variable x, bound at line 3
            no cell: functions look a global up in the module, by its name, whenever they run"#]],
        );
    }
}
