# import
import __debug__
