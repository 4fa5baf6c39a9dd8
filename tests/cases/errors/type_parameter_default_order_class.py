# [3.13+] order
class C[A, B = int, *C]: pass
