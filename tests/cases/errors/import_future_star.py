# star
from __future__ import *
