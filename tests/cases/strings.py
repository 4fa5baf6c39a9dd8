"""Names, lambdas and comprehensions in f-strings."""


def formatted(value, width, names):
    plain = f"{value}{{not}}{width!r}"
    spec = f"{value:{width}}"
    closure = f"{(lambda: value)()}"
    listed = f"{[name for name in names if name != value]}"
    raw = rf"\d{value}" f'{width:>{width}}' "{value}"
    multi = f"""
    {value}
    {width
     + 1}
    """
    return lambda: (plain, spec, closure, listed, raw, multi)
