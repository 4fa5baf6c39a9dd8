# augmented assignment
__debug__ += 1
