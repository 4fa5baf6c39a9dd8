# yield
def f():
    yield *a
