# bare annotation
__debug__: int
