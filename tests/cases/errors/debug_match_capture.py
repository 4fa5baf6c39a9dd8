# [3.10+] capture
match x:
    case __debug__: pass
