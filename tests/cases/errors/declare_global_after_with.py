# with target before global
def f():
    with y as x: pass
    global x
