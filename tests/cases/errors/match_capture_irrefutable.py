# [3.10+] name capture makes remaining patterns unreachable
match x:
    case a: pass
    case b: pass
