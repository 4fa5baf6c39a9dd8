"""global and nonlocal hold for the whole scope, wherever they stand."""
counter = 0


def tick():
    global counter, made_here
    counter += 1
    made_here = lambda: counter


def outer():
    shared = 1
    hidden = 2

    def middle():
        def inner():
            nonlocal shared
            shared = 3
            del shared
        return inner

    def cut():
        global hidden

        def below():
            return hidden
        return below

    class Body:
        global hidden
        nonlocal shared
        hidden = shared = 4

        def method(self):
            return hidden, shared

    return middle, cut, Body


def imports():
    global path
    import os.path as path
    from sys import argv, maxsize as biggest
    import a.b.c
    return lambda: (path, argv, biggest, a)
