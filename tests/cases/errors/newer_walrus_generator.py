any(p := x for x in y)
