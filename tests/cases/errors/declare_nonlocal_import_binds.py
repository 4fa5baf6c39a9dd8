# imports bind
def f():
    def g():
        nonlocal a, b
    import a.c
    from z import y as b
