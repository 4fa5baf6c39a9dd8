# [3.10+] nested
match x:
    case [1, [a] | 2]: pass
