# [3.10+] double star pattern
match x:
    case {**__debug__}: pass
