# annotated after global in a class
class C:
    global x
    x: int = 1
