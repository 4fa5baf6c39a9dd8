# second name
from __future__ import division, nothing
