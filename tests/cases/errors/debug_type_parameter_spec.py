# [3.12+] a specification
type A[**__debug__] = 1
