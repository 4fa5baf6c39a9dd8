# augmented
a += *b
