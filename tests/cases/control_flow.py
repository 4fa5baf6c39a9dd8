"""Names in branches that never run are names all the same."""


def dead(x):
    if 0:
        return lambda: x
    while 0:
        y = lambda: x
    return x

    def unreachable():
        return x


def same_line(a): return [lambda: a, lambda: a, lambda: 1, lambda: 1]; b = 1


def conditional(c):
    if c:
        def chosen(): return c
    elif (lambda: c)():
        def chosen(): return 1
    else:
        chosen = None
    return chosen


try:
    import fast as implementation
except ImportError:
    implementation = None
else:
    class Fast(implementation.Base): pass
finally:
    done = lambda: implementation
