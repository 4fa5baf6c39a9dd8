"""Private names are mangled in a class, also in functions nested in it, also when captured."""


class _Private:
    __count = 0
    __dunder__ = __count

    def __method(self, __argument):
        import __module
        from a import b as __b
        global __global

        def inner():
            nonlocal __argument
            __argument = self.__count
            return __argument, __module, __b, __global
        return inner

    class __Nested:
        def method(self):
            return lambda: __Nested

    __items = [__item for __item in range(3)]


class __:
    __kept = lambda __x: __x


def function():
    __local = 1

    class Looks:
        def it_up(self):
            return __local

    return lambda: __local
