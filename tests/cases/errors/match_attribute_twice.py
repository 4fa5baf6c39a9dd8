# [3.10+] attribute
match x:
    case P(a=1, b=2, a=3): pass
