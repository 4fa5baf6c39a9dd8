# [3.10+] third
match x:
    case [a, b] | [b, a] | [a]: pass
