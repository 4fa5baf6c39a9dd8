# [3.10+] wildcard first in alternatives
match x:
    case _ | 1: pass
