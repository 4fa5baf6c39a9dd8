# in a base class
class C((yield)): pass
