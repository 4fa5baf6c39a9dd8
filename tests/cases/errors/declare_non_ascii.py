# columns are bytes or characters
def f():
    é = "ö"; global é
