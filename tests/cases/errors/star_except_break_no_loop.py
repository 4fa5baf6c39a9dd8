# [3.11+] break with no loop at all
try: pass
except* A:
    break
