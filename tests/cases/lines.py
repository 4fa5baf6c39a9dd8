# Continued lines, brackets over lines, semicolons and form feeds.
def a(b, \
      c): d = (b,
  c); return lambda: \
    d

def e(f): return (
lambda: f
)
x = 1; y = lambda: x; z = [
    lambda: w
    for w in y()]
