# [3.10+] capture before global
def f(v):
    match v:
        case {'a': x}: pass
    global x
