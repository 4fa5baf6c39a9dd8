"""Doubts: what looks certain at first sight, and isn't."""
# %% a function defined in a branch
def make(flag):
    if flag:
        def helper():
            return 1
    def use():
        return helper()
    return use
kept = make(False)
# %% a value assigned after a way out
def make(early):
    def use():
        return value
    if early:
        return use
    value = 1
    return use
kept = make(True)
late = make(False)
# %% a value assigned after the closure is returned
def make():
    def use():
        return value
    return use
    value = 1
kept = make()
# %% a value assigned behind a try that may return
def make():
    def use():
        return value
    try:
        return use
    finally:
        pass
    value = 1
kept = make()
# %% a name that looks like a function of functools
import functools
kept = []
def wraps(fn):
    def change(g):
        kept.append(g)
        return None
    return change
def make(fn):
    @wraps(fn)
    def wrapper():
        return fn
    return wrapper
gone = make(len)
# %% a function of another module that is named like a builtin
import bisect as functools
from collections import deque as sorted
def make(x):
    def get():
        return x
    return sorted([get])
kept = make(1)
# %% a module under another name
import functools as ft
from functools import wraps as like, partial as part
def logged(fn):
    @like(fn)
    def wrapper():
        return fn()
    return wrapper
@logged
def greet():
    return 1
def adder(n):
    @ft.wraps(len)
    def add(x):
        return x + n
    return add
inc = adder(1)
add_two = part(adder(2), 5)
# %% the next of them
def make(x):
    return next(iter([lambda: x]))
kept = make(1)
# %% the least of them
def make(x):
    return max(lambda: x, lambda: x + 1, key=id)
kept = make(1)
# %% sorted ones
def make(x):
    return sorted([lambda: x, lambda: x + 1], key=id)
kept = make(1)
# %% reduced to one
from functools import reduce
def make(x):
    return reduce(lambda a, b: a, [lambda: x, lambda: x + 1])
kept = make(1)
# %% a reduction's first value
from functools import reduce
def make(x):
    return reduce(lambda a, b: a, [], lambda: x)
kept = make(1)
# %% summed lists of them
def make(x):
    return sum([[lambda: x]], [])
kept = make(1)
# %% mapped to a list elsewhere
kept = []
def make(x):
    list(map(kept.append, [lambda: x]))
make(1)
# %% filtered out of a list
def make(x):
    return list(filter(None, [lambda: x]))
kept = make(1)
# %% a key that keeps what it is given
kept = []
def make(x):
    sorted([lambda: x], key=lambda g: kept.append(g) or 0)
make(1)
# %% locals
def make(x):
    def get():
        return x
    return locals()
kept = make(1)
# %% vars
def make(x):
    get = lambda: x
    return vars()
kept = make(1)
# %% eval
def make(x):
    get = lambda: x
    return eval("get")
kept = make(1)
# %% exec that stores it
kept = []
def make(x):
    get = lambda: x
    exec("kept.append(get)")
make(1)
# %% a dictionary for exec
kept = []
def make(x):
    exec("kept.append(get)", {"get": lambda: x, "kept": kept})
make(1)
# %% a match that binds it
kept = []
def make(x):
    match (lambda: x):
        case found:
            kept.append(found)
make(1)
# %% with as
import contextlib
kept = []
def make(x):
    with contextlib.nullcontext(lambda: x) as got:
        kept.append(got)
make(1)
# %% its own attribute
def make(x):
    def get():
        return x
    get.again = get
    return get.again
kept = make(1)
# %% an attribute that calls
kept = []
def make(x):
    def get():
        return x
    kept.append(get.__call__)
make(1)
# %% its method is taken
kept = []
def make(x):
    def get(self):
        return x
    kept.append(get.__get__(1))
make(1)
# %% a closure that returns itself
def make(x):
    def get():
        return get, x
    return get()
kept = make(1)
# %% a closure among the defaults of another call
kept = []
def keep(f, into=kept):
    into.append(f)
def make(x):
    keep(lambda: x)
make(1)
# %% a generator that yields it to its caller's loop
kept = []
def make(x):
    def get():
        return x
    def each():
        yield get
    for got in each():
        kept.append(got)
make(1)
# %% a comprehension that hands it on
kept = []
def make(x):
    [kept.append(get) for get in [lambda: x]]
make(1)
# %% an item of a tuple
def make(x):
    return (1, lambda: x)[1]
kept = make(1)
# %% a slice
def make(x):
    return [1, lambda: x][1:]
kept = make(1)
# %% a conditional that chooses by it
def make(x):
    get = lambda: x
    return 1 if get else 2
kept = make(1)
# %% and, which is the last
def make(x):
    get = lambda: x
    return get and 5
kept = make(1)
# %% a closure in an f-string
def make(x):
    get = lambda: x
    return f"{get}" is None
kept = make(1)
# %% the class of an object that has it
def make(x):
    class Box:
        get = lambda self: x
    return Box().get
kept = make(1)
# %% type with three arguments
def make(x):
    def get(self):
        return x
    return type("Box", (), {"get": get})
kept = make(1)
# %% setattr
class Box:
    pass
def make(x):
    setattr(Box, "get", lambda self: x)
make(1)
# %% a name of the module bound again by a function
def adder(n):
    return lambda x: x + n
inc = adder(1)
def change():
    global inc
    inc = None
change()
# %% a name of the module unbound again
def adder(n):
    return lambda x: x + n
inc = adder(1)
del inc
inc = 5
# %% a factory bound again by a loop
def adder(n):
    return lambda x: x + n
for adder in [len]:
    inc = adder("abc")
# %% a factory bound again by an import
def getcwd(n):
    return lambda: n
from os import getcwd
here = getcwd()
# %% a name assigned with an operator
def adder(n):
    return lambda x: x + n
class Times:
    def __rmul__(self, other):
        return 7
f = adder(1)
f *= Times()
# %% a parameter that a nested function binds
def make(n):
    def set_to(m):
        nonlocal n
        n = m
    set_to(5)
    return lambda: n
kept = make(1)
# %% a parameter that a comprehension binds
def make(n):
    [n := i for i in range(3)]
    return lambda: n
kept = make(10)
# %% a parameter that a loop binds
def make(n):
    for n in range(3):
        pass
    return lambda: n
kept = make(10)
# %% a parameter deleted in a branch
def make(n, gone):
    if gone:
        del n
    return lambda: n
kept = make(1, True)
# %% a parameter that an exception's name hides
def make(n):
    try:
        raise ValueError
    except ValueError as n:
        pass
    return lambda: n
kept = make(1)
# %% a class with a call
class Make:
    def __new__(cls, n):
        return lambda: n
kept = Make(1)
# %% an instance with a call
class Make:
    def __call__(self, n):
        return lambda: n
make = Make()
kept = make(1)
# %% a factory that a decorator replaces by a class
class Odd:
    def __init__(self, fn):
        self.fn = fn
    def __call__(self, n):
        return self.fn
@Odd
def make(n):
    return lambda: n
kept = make(1)
# %% a property is no function
class C:
    @property
    def get(self):
        return lambda: self
made = C().get
# %% a decorator that is an attribute
import types
space = types.SimpleNamespace(change=lambda fn: 5)
@space.change
def make():
    return lambda: 1
kept = make
# %% a decorator that returns what it is given, or not
def maybe(fn):
    if fn.__name__ == "a":
        return fn
    return lambda: fn
@maybe
def a():
    pass
@maybe
def b():
    pass
# %% keyword arguments in another order
def make(a, b, c=3):
    return lambda: (a, b, c)
kept = make(b=2, a=1)
# %% a default that sees another variable of the same name
n = 1
def make(n=n):
    return lambda: n
kept = make()
# %% a default in a factory's product
def outer(n):
    def make(m=n):
        return lambda: m
    return make
kept = outer(5)()
# %% a default that is a parameter with another value by then
def outer(n):
    def make(m=n):
        return lambda: (m, n)
    n = 9
    return make
kept = outer(5)()
# %% an argument that is bound again before the call
def make(n):
    return lambda: n
def two():
    n = 1
    n = 2
    return make(n)
kept = two()
# %% an argument that is bound later
def make(n):
    return lambda: n
def two():
    m = 1
    f = make(m)
    m = 2
    return f
kept = two()
# %% a conditional argument
def make(n):
    return lambda: n
m = True
f = make(1 if m else 2)
# %% an argument with an assignment expression
def make(n):
    return lambda: n
f = make(m := 3)
# %% an argument that changes
def make(n):
    return lambda: n
m = [1]
f = make(m)
m.append(2)
# %% a generator's return value
def make(n):
    def each():
        yield 1
        return lambda: n
    return each
each = make(1)
made = each()
# %% a name that may be the builtin
def make(n):
    return map(lambda x: x + n, [1])
kept = make(1)
# %% two that keep each other, one handed out
def make(x):
    def even(n):
        return n == 0 or odd(n - 1)
    def odd(n):
        return n != 0 and even(n - x)
    return even
kept = make(1)
# %% a while that never ends but by return
def make(n):
    while n:
        n = n - 1
        if n == 5:
            return lambda: n
    return None
kept = make(9)
# %% a finally that returns another
def make(n):
    try:
        return lambda: n
    finally:
        return 5
kept = make(1)
# %% a try whose return is replaced by the handler's
def make(n):
    get = lambda: n
    try:
        return get + 1
    except TypeError:
        return None
kept = make(1)
# %% with that swallows
import contextlib
def make(n):
    with contextlib.suppress(ValueError):
        raise ValueError
        value = 1
    def get():
        return value
    return get
kept = make(1)
# %% a value assigned in a with that swallows
import contextlib
def make(n):
    def get():
        return value
    with contextlib.suppress(ValueError):
        int("x")
        value = 1
    return get
kept = make(1)
# %% rebound in a with that swallows
import contextlib
def make():
    value = 0
    def get():
        return value
    with contextlib.suppress(ValueError):
        int("x")
        value = 1
    return get
kept = make()
# %% rebound in a try that fails
def make():
    value = 0
    def get():
        return value
    try:
        int("x")
        value = 1
    except ValueError:
        pass
    return get
kept = make()
# %% rebound after an assert that may fail
def make():
    value = 0
    def get():
        return value
    try:
        assert not value
        value = 1
    except AssertionError:
        return get
    return get
kept = make()
# %% rebound in a loop that may not run
def make(xs):
    value = 0
    get = lambda: value
    for value in xs:
        pass
    return get
kept = make([])
# %% rebound on the turns of a loop that runs once
def make():
    for i in [1]:
        get = lambda: i
    return get
kept = make()
# %% rebound after yield
def make():
    value = 0
    yield lambda: value
    value = 1
kept = next(make())
# %% rebound behind a short circuit
def make(flag):
    value = 0
    get = lambda: value
    flag and (value := 1)
    return get
kept = make(False)
# %% rebound in a conditional expression
def make(flag):
    value = 0
    get = lambda: value
    other = (value := 1) if flag else 2
    return get
kept = make(False)
# %% rebound in the same statement, behind a short circuit
def make(flag):
    value = 0
    both = (lambda: value), flag and (value := 1)
    return both[0]
kept = make(False)
# %% rebound in a comprehension that may not run
def make(xs):
    value = 0
    get = lambda: value
    [value := x for x in xs]
    return get
kept = make([])
# %% rebound in a chained comparison
def make(a):
    value = 0
    get = lambda: value
    a < 0 < (value := 5)
    return get
kept = make(1)
# %% rebound by a target that fails
def make():
    value = 0
    get = lambda: value
    try:
        value, other = 1,
    except ValueError:
        pass
    return get
kept = make()
# %% rebound by a match that doesn't
def make(subject):
    value = 0
    get = lambda: value
    match subject:
        case [value]:
            pass
        case _:
            pass
    return get
kept = make(3)
# %% rebound in a while that may not run
def make(flag):
    value = 0
    get = lambda: value
    while flag:
        value = 1
        flag = False
    return get
kept = make(False)
# %% rebound in an else of a loop that is left
def make():
    value = 0
    get = lambda: value
    for _ in [1]:
        break
    else:
        value = 1
    return get
kept = make()
# %% rebound by del and then again
def make():
    value = 0
    get = lambda: value
    del value
    value = 5
    return get
kept = make()
# %% deep in lists
def make(x):
    return [[lambda: x]][0][0]
kept = make(1)
# %% out of an enumeration
def make(x):
    for pair in enumerate([lambda: x]):
        return pair[1]
kept = make(1)
# %% zipped
def make(x):
    return list(zip([lambda: x], [1]))
kept = make(1)
# %% passed to what a partial calls
from functools import partial
kept = []
def make(x):
    partial(kept.append, lambda: x)()
make(1)
# %% registered to run at exit
import weakref
class Box:
    pass
box = Box()
def make(x):
    weakref.finalize(box, lambda: x)
make(1)
# %% values of a dictionary
def make(x):
    for name, get in {"a": lambda: x}.items():
        return get
kept = make(1)
# %% a list of lists that is unpacked
def make(x):
    [[get]] = [[lambda: x]]
    return get
kept = make(1)
# %% iterated by a class of its own
class Once:
    def __init__(self, value):
        self.value = value
    def __iter__(self):
        yield self.value
def make(x):
    return list(Once(lambda: x))
kept = make(1)
# %% a class that iterates over what it closes over
def make(x):
    get = lambda: x
    class Once:
        def __iter__(self):
            yield get
    return list(Once())
kept = make(1)
# %% either of two calls of a factory
def raise_to(exp):
    return lambda x: x ** exp
def pick(flag):
    if flag:
        return raise_to(2)
    return raise_to(3)
square = pick(True)
# %% a name that a star import may bind again
def adder(n):
    return lambda x: x + n
pow = adder(1)
sqrt = adder(2)
from math import *
# %% a star import before
from math import *
def adder(n):
    return lambda x: x + n
pow = adder(1)
