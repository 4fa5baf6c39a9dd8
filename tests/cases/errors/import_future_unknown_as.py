# as
from __future__ import (
    division as d,
    nothing as n,
)
