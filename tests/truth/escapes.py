"""How closures leave the call that made them, and that they don't."""
# %% returned
def f(x):
    def g():
        return x
    return g
kept = f(1)
# %% called only
def f(x):
    def g():
        return x
    return g()
kept = f(1)
# %% never used
def f(x):
    def g():
        return x
    return x
kept = f(1)
# %% through a name
def f(x):
    g = lambda: x
    h = g
    return h
kept = f(1)
# %% through two names, not returned
def f(x):
    g = lambda: x
    h = g
    return h()
kept = f(1)
# %% in a tuple
def f(x):
    def get():
        return x
    def put(y):
        nonlocal x
        x = y
    return get, put
kept = f(1)
# %% in a dictionary
def f(x):
    def get():
        return x
    return {"get": get, "both": [get, lambda: x]}
kept = f(1)
# %% in a list
def f(x):
    return [lambda: x, lambda: x + 1]
kept = f(1)
# %% in a comprehension
def f(x):
    return [lambda: x for _ in range(3)]
kept = f(1)
# %% in a set and a dict comprehension
def f(x):
    return {(lambda: x) for _ in range(2)}, {i: (lambda: x) for i in range(2)}
kept = f(1)
# %% a conditional
def f(x):
    return (lambda: x) if x else None
kept = f(1)
# %% or
def f(x, g=None):
    return g or (lambda: x)
kept = f(1)
# %% in an attribute
class Box:
    pass
def f(box, x):
    def g():
        return x
    box.g = g
box = Box()
f(box, 1)
# %% in an item
def f(table, x):
    def g():
        return x
    table["g"] = g
table = {}
f(table, 1)
# %% in an item of its own dictionary
def f(x):
    table = {}
    table["g"] = lambda: x
    return len(table)
kept = f(1)
# %% in an item of a dictionary that is returned
def f(x):
    table = {}
    table["g"] = lambda: x
    return table
kept = f(1)
# %% appended and returned
def f():
    made = []
    for i in range(3):
        made.append(lambda: i)
    return made
kept = f()
# %% appended and called
def f():
    made = []
    for i in range(3):
        made.append(lambda: i)
    return [g() for g in made]
kept = f()
# %% appended to another's list
def f(made):
    for i in range(3):
        made.append(lambda: i)
made = []
f(made)
# %% a global
def f(x):
    global kept
    def kept():
        return x
f(1)
# %% a nonlocal
def outer():
    saved = None
    def f(x):
        nonlocal saved
        saved = lambda: x
    f(1)
    return saved
kept = outer()
# %% yielded
def f(x):
    yield lambda: x
kept = list(f(1))
# %% yielded from
def f(x):
    yield from [lambda: x]
kept = list(f(1))
# %% passed to what calls it
def apply(g):
    return g()
def f(x):
    return apply(lambda: x)
kept = f(1)
# %% passed to what keeps it
saved = []
def keep(g):
    saved.append(g)
def f(x):
    keep(lambda: x)
f(1)
# %% a sort key
def f(rows, column):
    return sorted(rows, key=lambda row: row[column])
kept = f([(2, 1), (1, 2)], 0)
# %% a sort key of the list itself
def f(rows, column):
    rows.sort(key=lambda row: row[column])
    return rows
kept = f([(2, 1), (1, 2)], 0)
# %% min and max
def f(rows, c):
    return min(rows, key=lambda r: abs(r - c)), max(rows, key=lambda r: abs(r - c))
kept = f([1, 5, 9], 4)
# %% a map that is used up
def f(rows, n):
    return list(map(lambda r: r + n, rows))
kept = f([1, 2], 3)
# %% a map that is handed out
def f(rows, n):
    return map(lambda r: r + n, rows)
kept = f([1, 2], 3)
# %% a filter summed up
def f(rows, n):
    return sum(filter(lambda r: r > n, rows))
kept = f([1, 2, 3], 1)
# %% any over a generator expression
def f(rows, n):
    def big(r):
        return r > n
    return any(big(r) for r in rows)
kept = f([1, 2, 3], 1)
# %% a generator expression that is handed out
def f(rows, n):
    def big(r):
        return r > n
    return (big(r) for r in rows)
kept = f([1, 2, 3], 1)
# %% re.sub
import re
def f(text, n):
    return re.sub(r"\d", lambda m: str(int(m[0]) + n), text)
kept = f("a1b2", 1)
# %% reduce
from functools import reduce
def f(xs, n):
    return reduce(lambda a, b: a + b + n, xs)
kept = f([1, 2, 3], 1)
# %% partial that is handed out
import functools
def f(x):
    def g(y):
        return x + y
    return functools.partial(g, 2)
kept = f(1)
# %% partial that is used up
import functools
def f(x):
    def g(y):
        return x + y
    return functools.partial(g, 2)()
kept = f(1)
# %% taken by one that is returned
def f(x):
    def helper():
        return x
    def g():
        return helper()
    return g
kept = f(1)
# %% taken by one that is called
def f(x):
    def helper():
        return x
    def g():
        return helper()
    return g()
kept = f(1)
# %% handed out by one that is called
def f(x):
    def helper():
        return x
    def g():
        return helper
    return g()
kept = f(1)
# %% a default of one that is returned
def f(x):
    def helper():
        return x
    def g(h=helper):
        return h()
    return g
kept = f(1)
# %% a method of a class that is returned
def f(x):
    class C:
        def m(self):
            return x
    return C
kept = f(1)
# %% a method of a class whose instance is returned
def f(x):
    class C:
        def m(self):
            return x
    return C()
kept = f(1)
# %% an attribute of a class that is returned
def f(x):
    g = lambda self: x
    class C:
        m = g
    return C
kept = f(1)
# %% decorated with a cache and returned
import functools
def f(x):
    @functools.cache
    def g(y):
        return x + y
    return g
kept = f(1)
# %% decorated with a cache and called
import functools
def f(x):
    @functools.lru_cache(maxsize=None)
    def g(y):
        return x + y if y < 1 else g(y - 1)
    return x
kept = f(1)
# %% decorated by one that keeps it
saved = []
def keep(fn):
    saved.append(fn)
    return fn
def f(x):
    @keep
    def g():
        return x
f(1)
# %% a context manager
import contextlib
def f(x):
    @contextlib.contextmanager
    def g():
        yield x
    with g() as y:
        return y
kept = f(1)
# %% recursion that is called
def f(n):
    def down(k):
        return k + n if k == 0 else down(k - 1)
    return down(3)
kept = f(1)
# %% recursion that is returned
def f(n):
    def down(k):
        return n if k == 0 else down(k - 1)
    return down
kept = f(1)
# %% two that call each other
def f(n):
    def even(k):
        return k == n or odd(k - 1)
    def odd(k):
        return k != n and even(k - 1)
    return even
kept = f(0)
# %% two that call each other, at home
def f(n):
    def even(k):
        return k == n or odd(k - 1)
    def odd(k):
        return k != n and even(k - 1)
    return even(4)
kept = f(0)
# %% returned by a lambda
f = lambda x: lambda: x
kept = f(1)
# %% called at once
def f(x):
    return (lambda y: x + y)(2)
kept = f(1)
# %% assigned by walrus and returned
def f(x):
    if g := (lambda: x):
        return g
kept = f(1)
# %% assigned by walrus and called
def f(x):
    if (g := (lambda: x))():
        return g()
kept = f(1)
# %% unpacked
def f(x):
    a, b = (lambda: x), (lambda: x + 1)
    return a
kept = f(1)
# %% unpacked and called
def f(x):
    a, b = (lambda: x), (lambda: x + 1)
    return a() + b()
kept = f(1)
# %% a loop over them
def f(x):
    total = 0
    for g in (lambda: x, lambda: x + 1):
        total += g()
    return total
kept = f(1)
# %% a loop that returns one
def f(x):
    for g in [lambda: x, lambda: x + 1]:
        if g():
            return g
kept = f(1)
# %% an element of a list
def f(x):
    made = [lambda: x, lambda: x + 1]
    return made[1]
kept = f(1)
# %% popped from a list
def f(x):
    made = [lambda: x]
    return made.pop()
kept = f(1)
# %% got from a dictionary
def f(x):
    table = dict(a=lambda: x)
    return table.get("a")
kept = f(1)
# %% the bound method of a closure
def f(x):
    def g(self):
        return x
    return g.__get__(1)
kept = f(1)
# %% compared and counted
def f(x):
    g = lambda: x
    return g is not None and callable(g) and isinstance(g, object)
kept = f(1)
# %% deleted
def f(x):
    def g():
        return x
    del g
    return x
kept = f(1)
# %% its name is rebound
def f(x):
    g = lambda: x
    g = 3
    return g
kept = f(1)
# %% either of two
def f(x, flag):
    if flag:
        g = lambda: x
    else:
        g = lambda: -x
    return g
kept = f(1, True)
# %% returned from a try
def f(x):
    try:
        return lambda: x
    finally:
        pass
kept = f(1)
# %% raised out
def f(x):
    error = ValueError(lambda: x)
    raise error
try:
    f(1)
except ValueError as error:
    kept = error
# %% an attribute of the function itself
def f(x):
    def g():
        return x
    g.count = 1
    return g.count
kept = f(1)
# %% in a matched value
def f(x):
    match (lambda: x):
        case g:
            return g
kept = f(1)
# %% added lists
def f(x):
    return [lambda: x] + []
kept = f(1)
# %% an augmented assignment
def f(x):
    made = []
    made += [lambda: x]
    return made
kept = f(1)
# %% starred
def f(x):
    made = [lambda: x]
    return [*made, 1]
kept = f(1)
# %% a format
def f(x):
    g = lambda: x
    return f"{g()!r}" + str(callable(g))
kept = f(1)
# %% a coroutine function
import asyncio
def f(x):
    async def g():
        return x
    return asyncio.run(g())
kept = f(1)
# %% a generator function
def f(x):
    def g():
        yield x
    return list(g())
kept = f(1)
# %% a generator that is handed out keeps its function's cells, not the function
def f(x):
    def g():
        yield x
    return g()
kept = f(1)
# %% given to a thread's list of callbacks
class Bus:
    def __init__(self):
        self.handlers = []
    def on(self, handler):
        self.handlers.append(handler)
bus = Bus()
def f(x):
    bus.on(lambda: x)
f(1)
# %% given to a class
class Button:
    def __init__(self, action):
        self.action = action
def f(x):
    return Button(lambda: x)
kept = f(1)
# %% given to a class, by keyword, and dropped
class Button:
    def __init__(self, action):
        self.action = action
def f(x):
    Button(action=lambda: x)
f(1)
# %% a class body's comprehension
def f(x):
    class C:
        made = [lambda: x for _ in range(2)]
    return C.made
kept = f(1)
# %% by two that are kept
def f(rows, limit):
    def show(x):
        return x in rows
    def run(x):
        return show(x) and x < limit
    return run
kept = f([1], 5)
# %% by one that keeps one that keeps one
def f(a, b, c):
    first = lambda: a
    second = lambda: (first(), b)
    third = lambda: (second(), c)
    return third
kept = f(1, 2, 3)
# %% closes over itself at home
def f(n):
    def fact(k):
        return n if k == 0 else k * fact(k - 1)
    return fact(3)
kept = f(1)
# %% close over each other at home
def f(n):
    def even(k):
        return True if k == n else odd(k - 1)
    def odd(k):
        return False if k == n else even(k - 1)
    return even(4)
kept = f(0)
# %% closes over one that is rebound
def f(n):
    def g():
        return n
    def h():
        return g()
    g = None
    return h
kept = f(1)
# %% one of two of the same name
def f(flag, x):
    if flag:
        def g():
            return x
    else:
        def g():
            return -x
    return g
kept = [f(True, 1), f(False, 2)]
# %% one of three, the last is another
def f(flag, x):
    if flag == 1:
        def g():
            return x
    elif flag == 2:
        g = lambda: x
    else:
        g = None
    if x:
        return g
    return 5
kept = [f(1, 0), f(2, 1), f(3, 1)]
# %% bound again behind it
def f(x):
    def g():
        return x
    if x:
        def g():
            return -x
    return g
kept = [f(0), f(1)]
# %% in the turns of a loop
def f(xs):
    g = None
    for x in xs:
        if x:
            def g():
                return xs
        else:
            def g():
                return -1, xs
    return g
kept = [f([0, 1]), f([1, 0])]
# %% a try that may fail
def f(x):
    try:
        int(x)
        def g():
            return x
    except ValueError:
        def g():
            return 0, x
    return g
kept = [f("1"), f("x")]
