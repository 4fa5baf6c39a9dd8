# in a lambda
lambda: {x: 1 async for x in y}
