# in a class in a loop
while x:
    class C:
        continue
