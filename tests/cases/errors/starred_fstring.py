# f-string
f"{*a}"
