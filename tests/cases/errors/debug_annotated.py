# annotated assignment
__debug__: int = 1
