# [3.10+] wildcard
match x:
    case _: pass
    case b: pass
