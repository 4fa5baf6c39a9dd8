"""Captures in match patterns, from 3.10."""


def match_it(command, Point, constants):
    match command:
        case [first, *rest]:
            pass
        case {"key": value, constants.KEY: other, **remaining}:
            pass
        case Point(x=0, y=vertical) | Point(vertical, _):
            pass
        case str() as text if (guard := text):
            pass
        case constants.NAME | -1 | None | "text" | 1 + 2j:
            pass
        case (group):
            pass
    match = case = _ = 1
    return lambda: (first, rest, value, other, remaining, vertical, text, guard, group, match, case, _)
