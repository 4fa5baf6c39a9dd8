# after another import
import os
from __future__ import annotations
