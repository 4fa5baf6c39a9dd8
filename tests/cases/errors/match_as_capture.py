# [3.10+] as of a capture
match x:
    case a as b: pass
    case 1: pass
