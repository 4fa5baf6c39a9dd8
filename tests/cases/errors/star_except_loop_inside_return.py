# [3.11+] but return isn't
def f():
    try: pass
    except* A:
        for x in y:
            return 1
