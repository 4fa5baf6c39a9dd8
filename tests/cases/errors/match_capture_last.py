# [3.10+] last is fine
match x:
    case 1: pass
    case a: pass
