# del of an attribute
del x.__debug__
