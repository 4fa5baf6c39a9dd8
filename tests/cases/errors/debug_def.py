# def
def __debug__(): pass
