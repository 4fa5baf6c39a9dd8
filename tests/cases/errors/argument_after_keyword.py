print(b=1, a)
