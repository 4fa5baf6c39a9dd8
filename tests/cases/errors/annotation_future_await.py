# await under the future import
from __future__ import annotations
async def f(a: await x): pass
