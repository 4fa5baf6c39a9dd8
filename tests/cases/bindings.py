"""Every way to bind a name, each captured."""


def forms(parameter, /, positional, *args, keyword, default=1, **kwargs):
    assigned = chained = 1
    (first, [second, *third]) = parameter
    augmented = 0
    augmented += 1
    annotated: int = 2
    declared: int
    (bracketed): int = 3
    parameter.attribute: int = 4
    parameter["item"]: int = 5
    for loop, (target, parameter.attribute) in []:
        pass
    with open("a") as handle, open("b") as (one, two):
        pass
    try:
        pass
    except (ValueError, TypeError) as error:
        pass
    except OSError:
        pass
    else:
        otherwise = 1
    finally:
        cleaned = 1
    import module, package.part, other as alias
    from package import member, thing as renamed

    def function():
        pass

    class Class:
        pass

    deleted = 1
    del deleted, parameter.attribute, parameter["item"]
    return lambda: (
        parameter, positional, args, keyword, default, kwargs, assigned, chained, first, second, third,
        augmented, annotated, declared, bracketed, loop, target, handle, one, two, error, otherwise, cleaned,
        module, package, alias, member, renamed, function, Class, deleted,
    )


async def coroutine(source):
    async with source as opened, source:
        async for item in source:
            yield lambda: (opened, item)


for number in range(3):
    def late():
        return number
else:
    number = None
