# keyword of a class
class C(__debug__=1): pass
