# [3.13+] of a tuple
class C[*T = (x := 1)]: pass
