# a use in an f-string
def f():
    f"{x}"
    global x
