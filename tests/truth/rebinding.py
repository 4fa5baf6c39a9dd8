"""What a closure sees when its cell is bound again after it was made."""
# %% once
def f():
    x = 1
    g = lambda: x
    x = 2
    return g
kept = f()
# %% twice
def f():
    x = 1
    g = lambda: x
    x = 2
    x = 3
    return g
kept = f()
# %% a parameter
def f(x):
    def g():
        return x
    x = "other"
    return g
kept = f("one")
# %% before only
def f():
    x = 1
    x = 2
    return lambda: x
kept = f()
# %% in a branch that is not taken
def f(flag):
    x = 1
    g = lambda: x
    if flag:
        x = 2
    return g
kept = f(False)
# %% in both branches
def f(flag):
    x = 1
    g = lambda: x
    if flag:
        x = 2
    else:
        x = 3
    return g
kept = f(True)
# %% in the other branch
def f(flag):
    x = 1
    if flag:
        g = lambda: x
    else:
        x = 2
        g = None
    return g
kept = f(True)
# %% after a return
def f(flag):
    x = 1
    g = lambda: x
    if flag:
        return g
    x = 2
    return g
kept = f(True)
# %% first value afterwards
def f():
    def g():
        return x
    x = 4
    return g
kept = f()
# %% the loop's variable
def f():
    made = []
    for i in range(3):
        made.append(lambda: i)
    return made
kept = f()
# %% a variable of the loop's body
def f():
    made = []
    for i in range(3):
        j = i * 10
        made.append(lambda: j)
    return made
kept = f()
# %% a while loop
def f():
    made, i = [], 0
    while i < 3:
        made.append(lambda: i)
        i += 1
    return made
kept = f()
# %% a walrus in the test
def f():
    made = []
    it = iter([1, 2, 0])
    while (x := next(it)):
        made.append(lambda: x)
    return made
kept = f()
# %% nested loops
def f():
    made = []
    for i in range(2):
        for j in range(2):
            made.append(lambda: (i, j))
    return made
kept = f()
# %% bound early
def f():
    made = []
    for i in range(3):
        made.append(lambda i=i: i)
    return made
kept = f()
# %% by a factory
def make(i):
    return lambda: i
def f():
    return [make(i) for i in range(3)]
kept = f()
# %% a comprehension
def f():
    return [lambda: i for i in range(3)]
kept = f()
# %% nested comprehensions
def f():
    return [[lambda: (i, j) for j in range(2)] for i in range(2)]
kept = f()
# %% two clauses
def f():
    return [lambda: (i, j) for i in range(2) for j in range(2)]
kept = f()
# %% a dict comprehension
def f():
    return {i: (lambda: i) for i in range(3)}
kept = f()
# %% a generator expression
def f():
    return list(lambda: i for i in range(3))
kept = f()
# %% a loop left at once
def f():
    for i in range(3):
        g = lambda: i
        break
    return g
kept = f()
# %% a loop that returns at once
def f():
    for i in range(3):
        return lambda: i
kept = f()
# %% an import in a loop
def f():
    made = []
    for _ in range(2):
        import os as m
        made.append(lambda: m)
    return made
kept = f()
# %% with in a loop
import contextlib
def f():
    made = []
    for i in range(2):
        with contextlib.nullcontext(i) as n:
            made.append(lambda: n)
    return made
kept = f()
# %% a def in a loop
def f():
    made = []
    for i in range(2):
        def g():
            return g, i
        made.append(g)
    return made
kept = f()
# %% a match in a loop
def f():
    made = []
    for pair in [(1, 2), (3, 4)]:
        match pair:
            case (a, _):
                made.append(lambda: a)
    return made
kept = f()
# %% the exception's name
def f():
    try:
        1 / 0
    except ZeroDivisionError as e:
        g = lambda: e
    return g
kept = f()
# %% deleted
def f():
    x = 1
    g = lambda: x
    del x
    return g
kept = f()
# %% by another closure
def f():
    x = 1
    def put():
        nonlocal x
        x = 2
    return put, (lambda: x)
kept = f()
kept[0]()
# %% by itself
def f():
    x = 1
    def up():
        nonlocal x
        x += 1
    return up
kept = f()
kept()
# %% in the same statement
def f():
    x = 0
    x = [lambda: x]
    return x
kept = f()
# %% two targets
def f():
    x = 1
    g = lambda: x
    x = y = 5
    return g, y
kept = f()
# %% after a loop
def f():
    for i in range(3):
        g = lambda: i
    i = 9
    return g
kept = f()
# %% try and else
def f():
    x = 1
    g = lambda: x
    try:
        pass
    finally:
        x = 6
    return g
kept = f()
# %% a function after the closure
def f():
    def first():
        return second()
    def second():
        return 2
    return first
kept = f()
# %% after a loop that is over
def f():
    x = 0
    g = lambda: x
    for _ in range(3):
        pass
    x = "after"
    return g
kept = f()
# %% in a with
import contextlib
def f():
    x = 0
    g = lambda: x
    with contextlib.nullcontext():
        x = 7
    return g
kept = f()
# %% two closures, the second one later
def f():
    x = 1
    g = lambda: x
    x = 2
    h = lambda: x
    return g, h
kept = f()
# %% an annotated assignment
def f():
    x: int = 1
    def g():
        return x
    x = 8
    return g
kept = f()
# %% through a nested function
def f():
    x = 1
    def g():
        return lambda: x
    x = 2
    return g()
kept = f()
# %% in the last part of a function that raises before
def f(n):
    x = 1
    g = lambda: x
    if n < 0:
        raise ValueError
    x = 3
    return g
kept = f(1)
