# but not elsewhere
def m(self):
    nonlocal __class__
