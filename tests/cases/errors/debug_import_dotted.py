# import dotted
import __debug__.x
