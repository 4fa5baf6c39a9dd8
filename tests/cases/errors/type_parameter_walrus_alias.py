# [3.12+] alias
type A = (x := 1)
