# in a tuple target
[(b := 0) for a, (b, *c) in y]
