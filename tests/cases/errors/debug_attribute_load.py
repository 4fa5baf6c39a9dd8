# reading an attribute is fine
x.__debug__
__debug__
