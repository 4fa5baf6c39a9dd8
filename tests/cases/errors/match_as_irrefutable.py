# [3.10+] as of a wildcard
match x:
    case _ as a: pass
    case 1: pass
