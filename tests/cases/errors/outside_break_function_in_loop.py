# in a function in a loop
for x in y:
    def f():
        break
