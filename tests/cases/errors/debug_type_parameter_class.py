# [3.12+] of a class
class C[*__debug__]: pass
