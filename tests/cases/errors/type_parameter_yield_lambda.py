# [3.12+] yield in a lambda in an alias: fine
type A = lambda: (yield)
