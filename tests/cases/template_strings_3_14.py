"""PEP 750: template strings; PEP 758: except without brackets."""


def template(value, names):
    made = t"{value!r:{names}} {(lambda: value)()}"
    try:
        pass
    except ValueError, TypeError:
        pass
    return lambda: made
