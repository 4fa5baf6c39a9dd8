x = not a in b, a not in b, not not a, a and not b, a if not b else not c
