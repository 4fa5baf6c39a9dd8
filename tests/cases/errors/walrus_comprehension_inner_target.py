# inner loop rebinds
[a for a in b if (c := a) for c in a]
