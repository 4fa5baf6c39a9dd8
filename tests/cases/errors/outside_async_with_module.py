# at module level
async with x as y: pass
