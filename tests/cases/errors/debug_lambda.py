# lambda parameter
lambda __debug__: 1
