# [3.12+] type alias
type __debug__ = int
