use expect_test::{Expect, expect};

use super::*;
use crate::ide::fixture;

/// The program after the rename, or why there is none.
#[track_caller]
fn check(source: &str, new: &str, expected: Expect) {
    let (snapshot, at) = fixture::program(source);
    let answer = rename(&snapshot, at, new, &Config::default()).expect("a name at the cursor");
    expected.assert_eq(&match answer {
        Ok(edits) => snapshot.edited(&edits).text.to_string(),
        Err(refusal) => refusal.reason,
    });
}

#[test]
fn a_variable_with_its_closures_and_nothing_else() {
    check(
        "count = 9\ndef counter():\n    cou$0nt = 0\n    def up():\n        nonlocal count\n        count += 1\n        return [count for count in 'ab']\n    return up\n",
        "n",
        expect![[r#"
            count = 9
            def counter():
                n = 0
                def up():
                    nonlocal n
                    n += 1
                    return [count for count in 'ab']
                return up
        "#]],
    );
    check(
        "total = 0\ndef add(x):\n    global total\n    total += x\nclass C:\n    total = 1\n    def f(self): return to$0tal, self.total\n",
        "sum_",
        expect![[r#"
            sum_ = 0
            def add(x):
                global sum_
                sum_ += x
            class C:
                total = 1
                def f(self): return sum_, self.total
        "#]],
    );
}

#[test]
fn what_would_be_captured_or_hidden_is_refused() {
    check(
        "def f(a, b):\n    return $0a + b\n",
        "b",
        expect!["line 1: `f` has a variable `b` already"],
    );
    check(
        "def f(exp):\n    def g(x):\n        return x + $0exp\n    return g\n",
        "x",
        expect!["line 3: here `exp` would be hidden by `x` of `f.<locals>.g`, bound at line 2"],
    );
    check(
        "def f(x, y$0):\n    return print(x)\n",
        "print",
        expect!["line 2: `print` would be captured by the variable of `f`"],
    );
    check(
        "x = 1\ndef f(y$0):\n    return lambda: x\n",
        "x",
        expect!["line 3: `x` would be captured by the variable of `f`"],
    );
    check(
        "x = 1\ndef f():\n    global x\n    x = 2\n    y$0 = 3\n",
        "x",
        expect!["line 5: here `y` would be hidden by `x` of the module, bound at line 1"],
    );
}

#[test]
fn a_builtin_that_nobody_uses_may_be_hidden() {
    check(
        "def f(y$0):\n    return y\n",
        "print",
        expect![[r#"
        def f(print):
            return print
    "#]],
    );
}

#[test]
fn names_that_are_none() {
    for new in ["lambda", "a b", "2x", "", "x.y", "None", " x"] {
        let (snapshot, at) = fixture::program("$0x = 1\n");
        let refused = rename(&snapshot, at, new, &Config::default()).unwrap();
        assert_eq!(
            refused.unwrap_err().reason,
            format!("{new:?} can't be a name in Python")
        );
    }
    check(
        "$0x = 1\n",
        "__all__",
        expect!["names like `__all__` are Python's own"],
    );
    check(
        "$0x = 1\n",
        "super",
        expect!["a function that names `super` gets a cell `__class__` from Python"],
    );
}

#[test]
fn soft_keywords_are_names_where_they_are_read_as_such() {
    check(
        "$0x = 1\nprint(x)\n",
        "match",
        expect![[r#"
        match = 1
        print(match)
    "#]],
    );
    check(
        "match 1:\n    case x$0:\n        print(x)\n",
        "_",
        expect!["line 2: `_` would be read as something else than a name"],
    );
}

#[test]
fn what_no_file_binds_stays() {
    check(
        "pri$0nt(1)\n",
        "y",
        expect!["`print` is a builtin, or comes from nowhere in this file"],
    );
    check(
        "from m import *\ny$0()\n",
        "x",
        expect!["`y` comes from `from … import *`, or from nowhere in this file"],
    );
    check(
        "__all$0__ = []\n",
        "x",
        expect!["Python itself looks `__all__` up"],
    );
}

#[test]
fn an_import_keeps_what_it_imports() {
    check(
        "import os\nimport sys as s\nfrom a import (b,\n    c as d)\nos$0.x, s, b, d\n",
        "o",
        expect![[r#"
            import os as o
            import sys as s
            from a import (b,
                c as d)
            o.x, s, b, d
        "#]],
    );
    check(
        "from a import (b,\n    c as d)\nb$0, d\n",
        "e",
        expect![[r#"
        from a import (b as e,
            c as d)
        e, d
    "#]],
    );
    check(
        "from a import b, c as d\nd$0\n",
        "c",
        expect![[r#"
        from a import b, c as c
        c
    "#]],
    );
    check(
        "import os.path\nos$0.x\n",
        "o",
        expect!["line 1: `import os.path` binds `os` by its own name"],
    );
    check(
        "import os.path as p\np$0.x\n",
        "o",
        expect![[r#"
        import os.path as o
        o.x
    "#]],
    );
}

#[test]
fn a_star_import_may_bind_any_name_of_the_module() {
    check(
        "from m import *\n$0x = 1\n",
        "y",
        expect!["`from … import *` may bind `x` too"],
    );
    check(
        "from m import *\ndef f(x$0): return x\n",
        "y",
        expect![[r#"
        from m import *
        def f(y): return y
    "#]],
    );
}

#[test]
fn strings_of_all_are_renamed_others_are_not() {
    check(
        "__all__ = ['x', \"y\"]\n__all__ += ('x',)\n__all__.append('x')\n$0x = 'x'\n",
        "z",
        expect![[r#"
            __all__ = ['z', "y"]
            __all__ += ('z',)
            __all__.append('z')
            z = 'x'
        "#]],
    );
}

#[test]
fn what_reaches_names_by_strings_is_refused() {
    check(
        "def f(x$0):\n    return '{x}'.format(**locals())\n",
        "y",
        expect!["line 1: `f` asks for a namespace as a dictionary, which has `x` by its name"],
    );
    check(
        "def f(x$0):\n    return eval('x')\n",
        "y",
        expect!["line 1: `f` calls `exec` or `eval`, which may use `x` by its name"],
    );
    check(
        "def f(x$0):\n    return vars(x)\n",
        "y",
        expect![[r#"
        def f(y):
            return vars(y)
    "#]],
    );
}

#[test]
fn keywords_at_calls_of_the_function() {
    check(
        "def raise_to(exp$0):\n    return lambda x: pow(x, exp)\nraise_to(exp=2)\nother(exp=3)\n",
        "e",
        expect![[r#"
            def raise_to(e):
                return lambda x: pow(x, e)
            raise_to(e=2)
            other(exp=3)
        "#]],
    );
    check(
        "def raise_to(exp):\n    return exp\nraise_to(ex$0p=2)\n",
        "e",
        expect![[r#"
            def raise_to(e):
                return e
            raise_to(e=2)
        "#]],
    );
    check(
        "class Point:\n    def __init__(self, x$0):\n        self.x = x\nPoint(x=1)\n",
        "left",
        expect![[r#"
            class Point:
                def __init__(self, left):
                    self.x = left
            Point(left=1)
        "#]],
    );
}

#[test]
fn calls_that_may_pass_a_parameter_by_name_are_refused() {
    for source in [
        "class C:\n    def f(self, x$0): return x\nC().f(x=1)\n",
        "@cache\ndef f(x$0): return x\nf(x=1)\n",
        "def f(x$0): return x\nf = f or g\nf(x=1)\n",
        "def f(x$0): return x\ng = f\nh(g)(x=1)\n",
        "def f(x$0): return x\n\npartial(f, x=1)\n",
    ] {
        let (snapshot, at) = fixture::program(source);
        let refused = rename(&snapshot, at, "y", &Config::default()).unwrap();
        let reason = "line 3: this call may pass the parameter `x` by its name";
        assert_eq!(refused.unwrap_err().reason, reason, "{source}");
    }
    check(
        "def f(x$0, **rest): return x\nf(1, y=2)\n",
        "y",
        expect!["line 2: this call passes `y` by its name already"],
    );
    check(
        "def f(x$0, /): return x\nf(x=1)\n",
        "y",
        expect![[r#"
        def f(y, /): return y
        f(x=1)
    "#]],
    );
}

#[test]
fn a_class_s_names_are_attributes() {
    check(
        "class C:\n    width$0 = 3\n    columns = list(range(width))\n",
        "w",
        expect![[r#"
            class C:
                w = 3
                columns = list(range(w))
        "#]],
    );
    check(
        "class C:\n    def f$0(self): pass\nC().f()\n",
        "g",
        expect!["line 3: this attribute may be that of `C`, and only types would tell"],
    );
    check(
        "class C(B):\n    def f$0(self): pass\n",
        "g",
        expect!["line 1: `f` may stand for what a base of `C` has"],
    );
    check(
        "@dataclass\nclass C:\n    f$0: int\n",
        "g",
        expect!["line 1: a decorator of `C` may look `f` up"],
    );
    check(
        "class C:\n    def __init__$0(self): pass\n",
        "g",
        expect!["Python itself looks `__init__` up"],
    );
}

#[test]
fn private_names_stay_private_or_are_refused() {
    check(
        "class C:\n    def f(self, __x$0):\n        return lambda: (__x, _C__x)\n",
        "__y",
        expect![[r#"
            class C:
                def f(self, __y):
                    return lambda: (__y, __y)
        "#]],
    );
    check(
        "class C:\n    def f(self, __x$0):\n        return lambda: (__x, _C__x)\n",
        "y",
        expect![[r#"
            class C:
                def f(self, y):
                    return lambda: (y, y)
        "#]],
    );
    check(
        "x$0 = 1\nclass C:\n    def f(self): return x\n",
        "__x",
        expect!["line 3: here `x` would be unbound, if it were called `__x`"],
    );
}

#[test]
fn a_name_read_before_it_is_bound_may_be_another() {
    check(
        "print$0 = partial(print, flush=True)\n",
        "say",
        expect!["line 1: `print` may be read here before it is bound"],
    );
    check(
        "x$0 = 1\nclass C:\n    x = x\n",
        "y",
        expect!["line 3: `x` may be read here before it is bound"],
    );
}

#[test]
fn names_are_normalised_as_python_does() {
    check(
        "ﬁ$0n = 1\nfin\n",
        "ﬁt",
        expect![[r#"
        ﬁt = 1
        ﬁt
    "#]],
    );
    check(
        "fit = 1\nx$0 = 2\n",
        "ﬁt",
        expect!["line 1: the module has a variable `fit` already"],
    );
}

#[test]
fn broken_text_is_refused_only_where_it_matters() {
    check(
        "def f(x$0):\n    return x\n\ny = (1 +\n",
        "z",
        expect![[r#"
        def f(z):
            return z

        y = (1 +
    "#]],
    );
    check(
        "def f(x$0):\n    y = x x\n    return x\n",
        "z",
        expect!["line 2: can't be parsed, so nobody knows what `x` means there"],
    );
    check(
        "def f(x$0):\n    def (y:\n    return x\n",
        "z",
        expect![[r#"
        def f(z):
            def (y:
            return z
    "#]],
    );
}

#[test]
fn there_is_nothing_to_rename_beside_names() {
    let (snapshot, at) = fixture::program("x = 1 +$0 2\n");
    assert_eq!(prepare_rename(&snapshot, at, &Config::default()), None);
    assert_eq!(rename(&snapshot, at, "y", &Config::default()), None);
}

#[test]
fn the_name_under_the_cursor_is_what_is_prepared() {
    let (snapshot, at) = fixture::program("def f(x):\n    return f(x$0=1)\n");
    let found = prepare_rename(&snapshot, at, &Config::default());
    let found = found.unwrap().unwrap();
    assert_eq!(
        fixture::marked(&snapshot, &[(found.range, "")]),
        "def f(x):\n    return f(⟨x⟩=1)\n"
    );
    assert_eq!(found.name, "x");
}
