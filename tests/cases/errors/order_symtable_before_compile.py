# the symbol table's error comes before the compiler's
return
def f():
    x
    global x
