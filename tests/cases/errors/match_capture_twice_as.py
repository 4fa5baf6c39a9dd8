# [3.10+] as
match x:
    case [a] as a: pass
