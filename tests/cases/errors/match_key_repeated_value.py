# [3.10+] dotted names aren't compared
match x:
    case {a.b: c, a.b: d}: pass
