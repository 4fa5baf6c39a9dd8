# [3.13+] order of a specification
type X[A = int, **P] = 1
