# [3.10+] two starred wildcards
match x:
    case [*_, 1, *_]: pass
