# nested comprehension
def f():
    [[x for x in (yield)] for y in z]
