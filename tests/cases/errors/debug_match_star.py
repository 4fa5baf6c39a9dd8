# [3.10+] star pattern
match x:
    case [*__debug__]: pass
