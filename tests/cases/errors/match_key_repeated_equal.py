# [3.10+] equal keys
match x:
    case {1: a, True: b, 1.0: c}: pass
