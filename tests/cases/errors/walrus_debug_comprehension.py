# __debug__ in a comprehension
[(__debug__ := 1) for x in y]
