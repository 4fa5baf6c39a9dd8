# its own binding doesn't
def f():
    nonlocal x
    x = 1
