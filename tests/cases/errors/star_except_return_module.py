# [3.11+] return at module level
try: pass
except* A:
    return
