# for target before global
def f():
    for x in y: pass
    global x
