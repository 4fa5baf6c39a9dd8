"""PEP 701: quotes, comments and format specifications nest, from 3.12."""


def formatted(value, names):
    same_quotes = f"{"".join(f"{name}" for name in names)}"
    deep = f"{value:{value:{value}}}"
    commented = f"{
        value  # the value
    }"
    walrus = f"{(bound := value)}{value:=^5}"
    return lambda: (same_quotes, deep, commented, walrus, bound)
