"""Free variables and cells: bound in one function, used in one nested in it."""


def account(owner, balance=0):
    history = []

    def deposit(amount):
        nonlocal balance
        balance += amount
        history.append(amount)

    def report():
        return lambda: f"{owner}: {balance!r:>{len(owner)}}"

    def unused():
        def deepest():
            return owner
        return deepest

    return deposit, report, unused


def shadowing(value):
    def same(value):
        return lambda: value

    def own():
        value = 1
        return lambda: value

    return same, own, lambda value: value


def recursion(n):
    def even(k):
        return k == 0 or odd(k - 1)

    def odd(k):
        return k != 0 and even(k - 1)

    return even(n)


def early_exit(flag):
    if flag:
        return None
    kept = 1
    return lambda: kept


def equal_ones(a):
    pair = [lambda: a, lambda:  a]; same = [lambda: 1, lambda: 1, (x for x in pair), (x for x in a)]
    return pair, same
