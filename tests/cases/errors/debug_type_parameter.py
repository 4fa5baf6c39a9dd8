# [3.12+] type parameter
def f[__debug__](): pass
