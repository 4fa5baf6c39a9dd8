# [3.10+] string key
match x:
    case {'k': a, "k": b}: pass
