# in a with in a loop
for x in y:
    with z:
        break
