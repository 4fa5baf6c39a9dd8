# [3.10+] alternatives
match x:
    case [a] | {'k': a} | P(a) as b: pass
    case a.b | [c, d] | [d, c]: pass
    case [a] | [a, b]: pass
