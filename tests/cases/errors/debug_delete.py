# del
del __debug__
