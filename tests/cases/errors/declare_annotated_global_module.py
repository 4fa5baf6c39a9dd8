# annotated after global in a module
global x
x: int = 1
