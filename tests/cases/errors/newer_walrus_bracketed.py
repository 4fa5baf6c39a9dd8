any((p := x) for x in y)
{(a := 1), 2}
x[(a := 1), 2]
