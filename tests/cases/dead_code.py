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
