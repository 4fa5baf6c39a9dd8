# [3.8+] break in finally: a warning from 3.14
def f():
    for x in y:
        try: pass
        finally: return
