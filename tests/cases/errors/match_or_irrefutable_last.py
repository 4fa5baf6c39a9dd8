# [3.10+] the last of alternatives
match x:
    case 1 | _: pass
    case 2: pass
