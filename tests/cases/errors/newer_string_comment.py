f"""{x # a comment
}"""
