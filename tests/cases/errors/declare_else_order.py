# loops: body before else
def f():
    for a in b:
        x
    else:
        global x
