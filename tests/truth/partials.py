"""Partial application: what functools.partial gives, and what is made through it."""
# %% of a function
from functools import partial
def add(a, b):
    return a + b
inc = partial(add, 1)
# %% by keyword
import functools
def add(a, b):
    return a + b
inc = functools.partial(add, b=1)
# %% of a partial
from functools import partial
def add(a, b, c=0):
    return a + b + c
one = partial(add, 1)
two = partial(one, 2, c=5)
# %% a keyword that is given again
from functools import partial
def add(a, b=2):
    return a + b
first = partial(add, b=3)
second = partial(first, b=4)
# %% of a factory
from functools import partial
def raise_to(exp):
    return lambda x: x ** exp
squarer = partial(raise_to, 2)
square = squarer()
# %% of a factory, the rest at the call
from functools import partial
def line(slope, intercept, *, name="line"):
    return lambda x: (name, slope * x + intercept)
steep = partial(line, 9)
called = steep(1, name="steep")
plain = partial(line, 0, name="flat")(5)
# %% a keyword of the call replaces the partial's
from functools import partial
def line(slope, intercept=0):
    return lambda x: slope * x + intercept
steep = partial(line, 9, intercept=1)
made = steep(intercept=2)
# %% of a closure
from functools import partial
def adder(n):
    def add(a, b):
        return a + b + n
    return add
one = partial(adder(1), 10)
# %% from a factory
from functools import partial
def adder(n):
    def add(a):
        return a + n
    return partial(add, 5)
one = adder(1)
# %% behind a star
from functools import partial
def add(a, b, c):
    return a + b + c
given = [2]
some = partial(add, 1, *given)
# %% behind two stars
from functools import partial
def add(a, b, c):
    return a + b + c
given = {"c": 3}
some = partial(add, 1, **given)
# %% the rest
from functools import partial
def tag(name, *words):
    return lambda: (name, words)
b = partial(tag, "b", "one")
made = b("two")
# %% as a decorator's argument
import functools
def register(name, fn):
    @functools.wraps(fn)
    def wrapper():
        return name, fn()
    return wrapper
@functools.partial(register, "greeting")
def greet():
    return 1
# %% another partial
class partial:
    def __init__(self, fn, *args):
        self.fn = fn
def add(a, b):
    return a + b
inc = partial(add, 1)
# %% bound early in a loop
from functools import partial
made = []
def make():
    for i in range(3):
        made.append(partial(lambda n: n, i))
make()
# %% kept by an attribute
from functools import partial
class Box:
    pass
box = Box()
def make(x):
    def get(y):
        return x + y
    box.get = partial(get, 1)
make(1)
# %% called at home
from functools import partial
def make(x):
    def get(y):
        return x + y
    return partial(get, 1)()
kept = make(1)
