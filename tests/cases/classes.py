"""A class body's names are not seen by the functions nested in it; in the body they are."""
size = 1


class Plain:
    size = 2
    seen = size
    items = [size for _ in range(size)]
    lazy = (size for _ in [size])
    get = lambda self: size
    table = {key: value for key, value in zip([size], [seen])}

    def method(self, default=size):
        return size, default

    class Inner:
        copied = size


def make(base, keyword):
    late = 1

    @base.decorate(late)
    class Made(base, metaclass=keyword):
        late = late
        other = base

        def method(self):
            return late, base

        if late:
            def conditional(self):
                return super().conditional()

    return Made


class Cells:
    def with_super(self):
        return super().with_super()

    def with_class(self):
        def deeper():
            return __class__
        return deeper

    @staticmethod
    def only_mentioned():
        super
        return [super for _ in ()]

    class Nested:
        def method(self):
            return __class__

    body = __class__ if False else None


def class_in_method():
    class A:
        def method(self):
            class B:
                own = __class__

                def method(self):
                    return __class__
            return B
    return A
