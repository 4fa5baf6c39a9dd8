# [3.12+] of an alias
type A[T, **T] = int
