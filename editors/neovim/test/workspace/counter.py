def counter(start):
    count = start

    def increment(step=1):
        nonlocal count
        count += step
        return count

    def report():
        return f"at {count}"

    return increment, report


tick, say = counter(10)
tick()
print(say())
