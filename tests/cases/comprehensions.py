"""The first iterable is evaluated outside, all else inside; targets are the comprehension's own."""
rows = [[1]]
flat = [cell for row in rows for cell in row if cell if row]
pairs = {(a, b) for a in rows for b in a}
index = {key: value for key, value in enumerate(rows)}
nested = [[inner for inner in outer] for outer in rows]


def capture(n):
    makers = [lambda: i for i in range(n)]
    adders = {k: lambda x: x + k + n for k in range(n)}
    lazy = (lambda: (i, n) for i in range(n))
    return makers, adders, lazy


def same_names(x, y):
    first = [x for x in y]
    second = [lambda: x for x in y]
    third = [y for _ in x for y in _]
    return first, second, third, lambda: x


def in_arguments(xs, key=[x for x in ()], *rest):
    return any(x for x in xs if x), sorted((x for x in xs), key=lambda x: x)


def subscripted_targets(holder, xs):
    return [0 for holder[0], holder.attribute, *rest in xs]


def two_with_one_name():
    i = 1

    def takes():
        first = [i for i in range(3)]
        return [lambda: i + j for j in range(3)], first

    return takes


async def asynchronous(source):
    wanted = {item async for item in source if await item}
    later = (item async for item in source)
    return [await each for each in wanted], later


class Body:
    limit = 3
    below = [n for n in range(limit)]
    not_seen = [limit for _ in range(3)]
    makers = [lambda: n for n in range(3)]
