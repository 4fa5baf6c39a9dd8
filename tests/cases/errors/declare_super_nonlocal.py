# super uses __class__
class C:
    def m(self):
        super()
        nonlocal __class__
