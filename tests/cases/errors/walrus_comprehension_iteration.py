# rebinds the iteration variable
[x := 0 for x in y]
