# augmented attribute
x.__debug__ += 1
