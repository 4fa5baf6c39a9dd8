# [3.12+] yield in a comprehension in an alias
def f():
    type A = [(yield) for x in y]
