# global at module level after a def
def x(): pass
global x
