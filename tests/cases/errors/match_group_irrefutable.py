# [3.10+] in brackets
match x:
    case (a): pass
    case 1: pass
