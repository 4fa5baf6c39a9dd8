# a method's parameter
class C:
    def m(self, __debug__): pass
