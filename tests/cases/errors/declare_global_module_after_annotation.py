# global at module level after an annotation
x: int
global x
