# yield tuple
def f():
    yield *a, *b
