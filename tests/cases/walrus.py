"""An assignment expression in a comprehension binds in the function around it."""
print([last := value for value in range(3)], last)


def function(values):
    if (n := len(values)) > 1:
        pass
    total = 0
    partial = [total := total + value for value in values]
    nested = [[deep := item for item in row] for row in values]
    lazy = any((hit := value) for value in values)
    return lambda: (n, total, deep, hit), partial, nested, lazy


def declared():
    global seen
    return [seen := value for value in range(3)]


def with_lambda(xs):
    make = lambda: [inner := x for x in xs]
    return [(lambda: (own := x)) for x in xs], make


def defaults(a=(b := 1), *, c=lambda: (d := b)):
    while chunk := a:
        yield chunk
    return f"{(e := a)!r:{e}}"
