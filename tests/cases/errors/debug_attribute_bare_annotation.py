# annotated attribute without a value
x.__debug__: int
