# conditional expression: symtable visits the condition first
def f():
    (x := 1) if (y := 2) else 0
    global x, y
