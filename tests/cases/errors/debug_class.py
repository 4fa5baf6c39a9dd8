# class
class __debug__: pass
