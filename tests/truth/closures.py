"""`__closure__`, in CPython's order, of every kind of function."""
# %% sorted by name
def f(c, a, b):
    return lambda: (b, c, a)
kept = f(1, 2, 3)
# %% passed through
def outer(x, y):
    def middle():
        def inner():
            return x
        return inner, y
    return middle
kept = outer(1, 2)()
# %% super
class A:
    def m(self):
        return super().__init__()
    def n(self):
        return __class__
    def o(self):
        return lambda: __class__
# %% super in a class in a function
def f(x):
    class A:
        def m(self):
            return super().__init__(), x
    return A
kept = f(1)
# %% a class's names are not seen
x = "module"
class C:
    x = "class"
    def m(self):
        return x
    made = [x for _ in "ab"]
# %% a class in a function
def f(x):
    class C:
        y = x
        def m(self):
            return x
    return C
kept = f(1)
# %% private names
class C:
    def m(self, __x):
        def inner():
            return __x
        return inner
kept = C().m(1)
# %% a default and a decorator are outside
def f(x):
    def g(y=x):
        return y
    return g
kept = f(1)
# %% a comprehension's first iterable is outside
def f(xs, y):
    return lambda: [x + y for x in xs]
kept = f([1], 2)
# %% nested comprehensions
def f(n):
    return lambda: [[i * j * n for i in range(n)] for j in range(n)]
kept = f(2)
# %% a generator expression
def f(n):
    def g():
        return sum(i * n for i in range(n))
    return g
kept = f(2)
# %% a walrus in a comprehension
def f():
    last = None
    def g():
        nonlocal last
        return [last := i for i in range(3)]
    return g
kept = f()
# %% global in the middle
x = "module"
def f(x):
    def g():
        global x
        def h():
            return x
        return h
    return g
kept = f(1)
# %% an f-string
def f(name, width):
    return lambda: f"{name:>{width}} {name!r}"
kept = f("a", 3)
# %% a star and keywords
def f(*args, **kwargs):
    def g():
        return args, kwargs
    return g
kept = f(1, a=2)
# %% an import
def f():
    import os, sys as s
    from math import pi as p
    return lambda: (os, s, p)
kept = f()
# %% an async function
def f(x):
    async def g():
        async with x as y:
            return [z async for z in y]
    return g
kept = f(1)
# %% a lambda in a default
def f(x):
    def g(h=lambda: x):
        return h
    return g
kept = f(1)
# %% a lambda in a lambda in a lambda
f = lambda a: lambda b: lambda c: (a, b, c)
kept = f(1)(2)
# %% a match
def f(value):
    match value:
        case {"a": a, **rest}:
            return lambda: (a, rest)
        case [first, *others] as whole:
            return lambda: (first, others, whole)
kept = f({"a": 1})
# %% an annotation
def f(x):
    def g(y: int) -> str:
        z: int = x
        return z
    return g
kept = f(1)
# %% a nested class that passes through
def f(x):
    def g():
        class C:
            def m(self):
                return x
        return C
    return g
kept = f(1)
# %% a conditional
def f(a, b):
    return lambda c: a if c else b
kept = f(1, 2)
# %% del of a cell
def f(x):
    def g():
        nonlocal x
        del x
    return g
kept = f(1)
# %% a for else and a while else
def f(xs):
    def g():
        for x in xs:
            pass
        else:
            return xs
    return g
kept = f([1])
