# [3.10+] capture first in alternatives
match x:
    case a | 1: pass
