# columns behind non-ASCII text
def f():
    x = "öäü"; print(x); global x
