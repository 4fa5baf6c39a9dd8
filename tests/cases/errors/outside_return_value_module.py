# return value
return 1, 2
