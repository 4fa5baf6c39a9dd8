# global at module level after an import
import x
global x
