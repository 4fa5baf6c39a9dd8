# [3.11+] a function inside
try: pass
except* A:
    def f(): return 1
