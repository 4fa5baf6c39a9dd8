# in a lambda is fine
lambda: (yield)
