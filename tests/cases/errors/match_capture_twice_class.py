# [3.10+] class
match x:
    case P(a, b=a): pass
