"""Decorators of the same file: what the decorated name is bound to."""
# %% without arguments
def trace(fn):
    def wrapper(*args):
        return fn(*args)
    return wrapper
@trace
def greet(name):
    return name
# %% with functools.wraps
import functools
def trace(fn):
    @functools.wraps(fn)
    def wrapper(*args):
        return fn(*args)
    return wrapper
@trace
def greet(name):
    return name
# %% with arguments
def retry(times):
    def decorator(fn):
        def wrapper(*args):
            for _ in range(times):
                fn(*args)
        return wrapper
    return decorator
@retry(3)
def greet():
    pass
# %% with a keyword and wraps
from functools import wraps
def retry(*, times=1, quiet=True):
    def decorator(fn):
        @wraps(fn)
        def wrapper(*args):
            return [fn(*args) for _ in range(times)], quiet
        return wrapper
    return decorator
@retry(times=2)
def greet():
    pass
# %% two of them
def first(fn):
    def one():
        return fn()
    return one
def second(fn):
    def two():
        return fn()
    return two
@first
@second
def greet():
    pass
# %% one that is a lambda
twice = lambda fn: lambda x: fn(fn(x))
@twice
def inc(x):
    return x + 1
# %% one that returns the function
def register(fn):
    return fn
@register
def greet():
    pass
# %% one that returns something else
def constant(fn):
    return 42
@constant
def greet():
    pass
# %% one from elsewhere
import functools
@functools.cache
def f(x):
    return x
# %% one from elsewhere over one from here
import functools
def trace(fn):
    def wrapper():
        return fn()
    return wrapper
@functools.lru_cache
@trace
def greet():
    pass
# %% one from here over one from elsewhere
import functools
def trace(fn):
    def wrapper():
        return fn()
    return wrapper
@trace
@functools.lru_cache
def greet():
    pass
# %% a decorator held by a name
def repeat(n):
    def decorator(fn):
        def wrapper():
            for _ in range(n):
                fn()
        return wrapper
    return decorator
thrice = repeat(3)
@thrice
def greet():
    pass
# %% in a class
def logged(fn):
    def wrapper(self):
        return fn(self)
    return wrapper
class C:
    @logged
    def m(self):
        return 1
# %% a decorated factory
def logged(fn):
    def wrapper(*args):
        return fn(*args)
    return wrapper
@logged
def make(n):
    return lambda: n
f = make(3)
# %% decorated inside a function
def trace(fn):
    def wrapper():
        return fn()
    return wrapper
def outer(x):
    @trace
    def inner():
        return x
    return inner
got = outer(5)
# %% one with an optional argument
def debug(fn=None, *, prefix=""):
    if fn is None:
        return lambda fn: debug(fn, prefix=prefix)
    def wrapper():
        return prefix, fn()
    return wrapper
@debug
def a():
    pass
@debug(prefix="x")
def b():
    pass
# %% async wrapper
def trace(fn):
    async def wrapper():
        return await fn()
    return wrapper
@trace
async def greet():
    pass
# %% counting calls
def counted(fn):
    calls = 0
    def wrapper():
        nonlocal calls
        calls += 1
        return fn()
    return wrapper
@counted
def greet():
    pass
greet()
# %% memory
def memoised(fn):
    memory = {}
    def wrapper(x):
        if x not in memory:
            memory[x] = fn(x)
        return memory[x]
    return wrapper
@memoised
def slow(x):
    return x
# %% wraps or not
import functools
def plain(fn):
    def wrapper():
        return fn()
    return wrapper
def wrapping(fn):
    @functools.wraps(fn)
    def wrapper():
        return fn()
    return wrapper
@plain
def a():
    pass
@wrapping
def b():
    pass
@wrapping
@plain
def c():
    pass
@plain
@wrapping
def d():
    pass
@wrapping
@wrapping
def e():
    pass
# %% update_wrapper
from functools import update_wrapper
def wrapping(fn):
    def wrapper():
        return fn()
    update_wrapper(wrapper, fn)
    return wrapper
@wrapping
def a():
    pass
# %% update_wrapper the wrong way round
from functools import update_wrapper
def wrapping(fn):
    def wrapper():
        return fn()
    update_wrapper(fn, wrapper)
    return wrapper
@wrapping
def a():
    pass
# %% wraps of another function
import functools
def wrapping(fn):
    @functools.wraps(len)
    def wrapper():
        return fn()
    return wrapper
@wrapping
def a():
    pass
# %% wraps that hands on nothing
import functools
def wrapping(fn):
    @functools.wraps(fn, assigned=())
    def wrapper():
        return fn()
    return wrapper
@wrapping
def a():
    pass
# %% a name that is set by hand
def wrapping(fn):
    def wrapper():
        return fn()
    wrapper.__name__ = "other"
    return wrapper
def named(fn):
    def wrapper():
        return fn()
    rename(wrapper)
    return wrapper
def rename(fn):
    fn.__name__ = "renamed"
@wrapping
def a():
    pass
@named
def b():
    pass
# %% a decorator that only registers
table = []
def register(fn):
    table.append(fn)
    return fn
@register
def a():
    pass
def make(n):
    @register
    def get():
        return n
    return get
made = make(1)
# %% three of them, with arguments
import functools
def tag(name):
    def decorator(fn):
        @functools.wraps(fn)
        def wrapper():
            return name, fn()
        return wrapper
    return decorator
@tag("a")
@tag("b")
@tag(name="c")
def greet():
    return 1
