# [3.10+] mapping
match x:
    case {1: a, **a}: pass
