if x:
    y
  # a comment
    z
