# but not at module level
super
global __class__
