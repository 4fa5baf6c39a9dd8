# [3.10+] nested
match x:
    case [[a], [b, [a]]]: pass
