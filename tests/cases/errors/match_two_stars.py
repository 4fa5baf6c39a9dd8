# [3.10+] two starred
match x:
    case [*a, *b]: pass
