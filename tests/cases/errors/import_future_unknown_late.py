# unknown and late
import os
from __future__ import nothing
