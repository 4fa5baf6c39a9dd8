# __debug__
(__debug__ := 1)
