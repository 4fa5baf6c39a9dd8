# [3.10+] with a guard it is fine
match x:
    case a if a: pass
    case b: pass
