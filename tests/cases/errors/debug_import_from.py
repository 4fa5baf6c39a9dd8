# from import
from x import __debug__
