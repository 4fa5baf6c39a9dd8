print(b=1, *a, **c, d=2)
