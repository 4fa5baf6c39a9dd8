# in an f-string
def f():
    f"{await x}"
