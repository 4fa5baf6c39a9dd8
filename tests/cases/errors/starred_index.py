# [3.8+] index
x[*a]
