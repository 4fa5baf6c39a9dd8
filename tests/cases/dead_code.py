"""What the compiler sees never to run: its names count, code objects are left out."""


def constant_conditions(x):
    if 0:
        def never(): return x
    if False:
        [lambda: x for y in x]
    elif x:
        def sometimes(): return x
    while None:
        class Never:
            def method(self): return x
    if not 1:
        lambda: x
    else:
        lambda: (x, 1)
    if __debug__:
        def always(): return x
    else:
        def never_too(): return x
    if 0x0_0:
        lambda: x


def chains(x):
    if x:
        lambda: x
    elif True:
        lambda: (x, 1)
    elif x:
        lambda: (x, 2)
    else:
        lambda: (x, 3)
    if ...:
        pass
    elif x:
        lambda: (x, 4)


def behind_a_return(x):
    """Kept: the first constant."""
    return x

    def never(): return x
    with x:
        class Never:
            def method(self): return x


def behind_others(x):
    """Kept: the first constant."""
    for y in x:
        if y:
            continue
            lambda: x
        try:
            break
            lambda: (x, 1)
        except Error:
            raise
            lambda: (x, 2)
        except Other:
            pass
        lambda: (x, 3)
    if x:
        return
        lambda: (x, 4)
    lambda: (x, 5)


def loops_and_assertions(x):
    """Kept: the first constant."""
    while 1:
        if x:
            break
    else:
        lambda: x
    assert True, lambda: (x, 1)
    assert x, lambda: (x, 2)
    assert 0, lambda: (x, 3)


def constants_of_other_kinds(x):
    if "":
        lambda: x
    if "a" "b":
        pass
    else:
        lambda: (x, 1)
    if ():
        lambda: (x, 2)
    if (0):
        lambda: (x, 3)
    if (1, 2):
        pass
    else:
        lambda: (x, 4)
    while "a":
        break
    else:
        lambda: (x, 5)


def parts_of_conditions(x):
    if x and 0:
        lambda: x
    if x or 1:
        pass
    else:
        lambda: (x, 1)
    if not (x and None):
        pass
    else:
        lambda: (x, 2)
    if 0 or x:
        lambda: (x, 3)
    if x and 1:
        lambda: (x, 4)
    y = (lambda: (x, 5)) if 0 else (lambda: (x, 6))
    return [(lambda: (x, y)) for y in x if 0]


def endless(x):
    """Kept: the first constant."""
    while True:
        if x:
            continue
        lambda: x
    lambda: (x, 1)


def not_endless(x):
    """Kept: the first constant."""
    while True:
        if x:
            break
    lambda: x
    for y in x:
        return
    lambda: (x, 1)
    while x:
        return
    else:
        return
    lambda: (x, 2)


def branches(x):
    """Kept: the first constant."""
    if x:
        return x
    elif x.y:
        raise x
    else:
        return x.y
    lambda: x


def branches_with_a_way(x):
    """Kept: the first constant."""
    if x:
        return x
    elif x.y:
        raise x
    lambda: x


def handlers(x):
    """Kept: the first constant."""
    try:
        return x
    except x:
        return x.y
    lambda: x


def handlers_with_a_way(x):
    """Kept: the first constant."""
    try:
        x()
    except x.y:
        return x
    else:
        return x.y
        lambda: x
    finally:
        x(lambda: (x, 1))
    lambda: (x, 2)


def a_finally_that_leaves(x):
    """Kept: the first constant."""
    try:
        x()
    finally:
        raise x
    lambda: x


def what_was_to_be_left(x):
    """Kept: the first constant."""
    with x:
        return x
        lambda: x
    lambda: (x, 1)


def constants_behind(x):
    """Kept: the first constant."""
    if x:
        return x
        def never(): return x
    return 2.5


def constants_met_before(x):
    """Kept: the first constant."""
    y = 2.5
    if x:
        return x
        def never(): return x
    return 2.5


def the_none_at_the_end(x):
    """Kept: the first constant."""
    if x:
        return x
        def never(): return x


def no_none_at_the_end(x):
    """Kept: the first constant."""
    try:
        x()
    except:
        return
        def never(): return x
    finally:
        x()


class Leaves:
    for x in y:
        continue
        def never(self): return __class__
    while 1:
        pass
    def neither(self): return x
