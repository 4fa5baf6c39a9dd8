# [3.11+] return in except*
def f():
    try: pass
    except* A:
        return
