# unknown feature
from __future__ import nothing
