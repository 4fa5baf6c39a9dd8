# [3.10+] keyword pattern
match x:
    case P(__debug__=1): pass
