"""Factories: what the cells hold, as written at the call."""
# %% the first one
def raise_to(exp):
    def raise_to_exp(x):
        return pow(x, exp)
    return raise_to_exp
square = raise_to(2)
# %% by keyword
def raise_to(exp):
    def raise_to_exp(x):
        return pow(x, exp)
    return raise_to_exp
cube = raise_to(exp=3)
# %% a lambda
def adder(n):
    return lambda x: x + n
add_one = adder(1)
add_two = adder(n=2)
# %% a factory that is a lambda
adder = lambda n: lambda x: x + n
add_one = adder(1)
# %% a default
def scaler(factor=10):
    def scale(x):
        return x * factor
    return scale
ten = scaler()
two = scaler(2)
# %% several parameters
def line(slope, intercept=0):
    def at(x):
        return slope * x + intercept
    return at
flat = line(0, 5)
steep = line(intercept=1, slope=9)
plain = line(3)
# %% keyword-only
def greeter(*, greeting, mark="!"):
    return lambda name: greeting + name + mark
hello = greeter(greeting="Hello, ")
loud = greeter(mark="!!!", greeting="HELLO, ")
# %% positional-only
def power(base, /, exp):
    return lambda: base ** exp
eight = power(2, 3)
nine = power(3, exp=2)
# %% the rest of the arguments
def tagger(tag, *words):
    def tagged():
        return tag, words
    return tagged
three = tagger("b", "x", "y", "z")
one = tagger("i", "x")
none = tagger("u")
# %% a star at the call
def line(slope, intercept):
    return lambda x: slope * x + intercept
given = (3, 4)
started = line(1, *given[1:])
spread = line(*given)
# %% two stars at the call
def line(slope, intercept=0):
    return lambda x: slope * x + intercept
named = {"intercept": 7}
spread = line(2, **named)
# %% keywords that are left over
def record(name, **fields):
    return lambda: (name, fields)
ann = record("Ann", age=30)
# %% an expression as the argument
def adder(n):
    return lambda x: x + n
base = 40
answer = adder(base + 2)
# %% a name as the argument
def caller(function):
    return lambda *args: function(*args)
def twice(x):
    return 2 * x
double = caller(twice)
# %% composition
def compose(f, g):
    return lambda x: f(g(x))
def raise_to(exp):
    return lambda x: x ** exp
def inc(x):
    return x + 1
both = compose(raise_to(2), inc)
# %% a chain of names
def adder(n):
    return lambda x: x + n
first = adder(1)
second = first
third = second
# %% a factory of factories
def outer(a):
    def middle(b):
        def inner(c):
            return a + b + c
        return inner
    return middle
add_a = outer(1)
add_ab = add_a(2)
at_once = outer(10)(20)
# %% one that calls another
def raise_to(exp):
    return lambda x: x ** exp
def squarer():
    return raise_to(2)
square = squarer()
# %% an argument handed on
def raise_to(exp):
    return lambda x: x ** exp
def named(n):
    return raise_to(n)
fifth = named(5)
# %% through a local name
def raise_to(exp):
    def power(x):
        return x ** exp
    result = power
    return result
square = raise_to(2)
# %% in brackets
def raise_to(exp):
    return (lambda x: x ** exp)
square = (raise_to)((2))
# %% a walrus
def raise_to(exp):
    return lambda x: x ** exp
nine = (square := raise_to(2))(3)
# %% an annotation
def raise_to(exp: int):
    return lambda x: x ** exp
square: object = raise_to(2)
# %% a local variable in the cell
def greeter(name):
    greeting = "Hello"
    def greet():
        return greeting, name
    return greet
greet_ann = greeter("Ann")
# %% a counter before its first call
def counter(start=0):
    count = start
    def up():
        nonlocal count
        count += 1
        return count
    return up
up = counter()
# %% a counter after some calls
def counter(start=0):
    def up():
        nonlocal start
        start += 1
        return start
    return up
up = counter(5)
up()
up()
# %% a parameter that is bound again
def clamp(low, high):
    high = max(low, high)
    return lambda x: min(max(x, low), high)
clamped = clamp(5, 1)
# %% two ways out of a factory
def pick(flag):
    def yes():
        return flag
    def no():
        return not flag
    if flag:
        return yes
    return no
picked = pick(True)
other = pick(False)
# %% a factory that may return nothing
def maybe(n):
    def f():
        return n
    if n > 1:
        return f
some = maybe(2)
nothing = maybe(0)
# %% a factory that raises
def positive(n):
    def f():
        return n
    if n <= 0:
        raise ValueError(n)
    return f
five = positive(5)
# %% a factory with try
def careful(n):
    try:
        m = 1
    except ValueError:
        raise
    finally:
        pass
    def f():
        return n
    return f
seven = careful(7)
# %% a conditional value
def pick(flag, n):
    return (lambda: n) if flag else None
got = pick(True, 3)
lost = pick(False, 3)
# %% a name bound twice
def adder(n):
    return lambda x: x + n
f = adder(1)
f = adder(2)
# %% a factory bound twice
def make(n):
    return lambda: n
def make(n):
    return lambda: -n
f = make(1)
# %% a factory that is a method
class Maker:
    def make(self, n):
        return lambda: n
made = Maker().make(4)
# %% a static factory
class Maker:
    @staticmethod
    def make(n):
        return lambda: n
made = Maker.make(4)
# %% a generator is no factory
def gen(n):
    yield lambda: n
    return lambda: n
g = gen(1)
f = next(g)
# %% a coroutine function gives a coroutine
async def make(n):
    return lambda: n
coroutine = make(1)
coroutine.close()
# %% recursion ends
def f(n):
    return f(n - 1) if n else (lambda: n)
g = f(2)
# %% factories that call each other
def a(n):
    return b(n)
def b(n):
    return lambda: n
c = a(6)
# %% partial application
import functools
def power(base, exp):
    return base ** exp
square = functools.partial(power, exp=2)
# %% a default that is a factory's result
def adder(n):
    return lambda x: x + n
def apply(f=adder(1)):
    return lambda x: f(x)
applied = apply()
# %% the same factory, three cells
def point(x, y, z):
    def norm():
        return z, y, x
    return norm
p = point(1, 2, 3)
# %% strings with brackets and spaces
def tag(before, after):
    return lambda text: before + text + after
bold = tag("<b> (  ", ")  </b>")
# %% a tuple and a dictionary
def lookup(table, keys):
    return lambda: [table[key] for key in keys]
found = lookup({"a": 1, "b": 2}, ("a", "b"))
# %% a call over several lines
def line(slope, intercept):
    return lambda x: slope * x + intercept
drawn = line(
    slope=2,
    intercept=(
        3
    ),
)
# %% a function of the factory's module
import math
def rounder(digits):
    return lambda x: round(x, digits)
two = rounder(digits=int(math.sqrt(4)))
# %% several targets
def make(n):
    return lambda: n
a = b = make(1)
# %% two at once
def make(n):
    return lambda: n
a, b = make(1), make(2)
# %% made in a branch
def make(n):
    return lambda: n
if True:
    f = make(1)
# %% made in a loop
def make(n):
    return lambda: n
for i in range(3):
    f = make(i)
# %% a nested def that closes over nothing
def make():
    def plain():
        return 1
    return plain
f = make()
# %% a deleted parameter
def make(n, m):
    def f():
        return m
    del n
    return f
f = make(1, 2)
# %% a match statement
def make(kind, n):
    def f():
        return kind, n
    match kind:
        case "a":
            return f
        case _:
            return f
f = make("a", 1)
# %% with
import contextlib
def make(n):
    with contextlib.nullcontext():
        return lambda: n
f = make(1)
# %% while True
def make(n):
    while True:
        return lambda: n
f = make(1)
# %% the parameter of the inner function hides it
def make(n):
    def f(n):
        return n
    def g():
        return n
    return g
h = make(3)
# %% closing over a function beside it
def make(n):
    def helper(x):
        return x + n
    def f(x):
        return helper(x)
    return f
f = make(4)
# %% closing over itself
def make():
    def fact(n):
        return 1 if n < 2 else n * fact(n - 1)
    return fact
fact = make()
assert fact(4) == 24
# %% a cell named like a global
n = 100
def make(n):
    return lambda: n
f = make(5)
# %% an argument named like a local of the factory
exp = 3
def raise_to(exp):
    return lambda x: x ** exp
cube = raise_to(exp)
# %% a lambda as the argument
def caller(f):
    return lambda: f()
called = caller(lambda: 42)
# %% not called at all
def make(n):
    return lambda: n
alias = make
f = alias(8)
