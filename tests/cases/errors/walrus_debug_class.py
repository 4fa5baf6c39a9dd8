# both errors
class C:
    [(__debug__ := 1) for x in y]
