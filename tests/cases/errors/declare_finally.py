# try, handlers, else, finally
def f():
    try: pass
    finally:
        x
    global x
