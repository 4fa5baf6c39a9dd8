# *args and global
def f(*x):
    global x
