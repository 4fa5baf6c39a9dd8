# a starred value
x = *a
