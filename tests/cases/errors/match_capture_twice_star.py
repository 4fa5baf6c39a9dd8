# [3.10+] star
match x:
    case [a, *a]: pass
