# in a branch of a class
class C:
    if x:
        from a import *
