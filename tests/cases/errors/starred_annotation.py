# [3.11+] *args: *Ts
def f(*args: *Ts): pass
