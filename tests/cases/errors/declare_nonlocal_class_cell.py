# __class__ is bound in methods
class C:
    def m(self):
        nonlocal __class__
