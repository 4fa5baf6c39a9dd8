# [3.10+] in a match
match x:
    case 1:
        break
