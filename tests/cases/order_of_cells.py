"""co_cellvars: captured parameters first from 3.11, the rest sorted; co_freevars: sorted."""


def order(zeta, alpha, *middle, beta, **last):
    yankee = xray = 1
    comprehended = [lambda: omega for omega in [lambda: psi for psi in middle]]

    def inner():
        return yankee, alpha, xray, zeta, last, middle, beta

    return inner, comprehended


def comprehension_cells(q):
    b = [lambda: z for z in q]
    a = [lambda: (y, x) for y, x in q]
    c = lambda: (a, b)
    return c
