"""What this CPython says is wrong with Python files, for the comparison in tests/errors.rs.

    python errors.py FILE...        a line for each file; fields are separated by tabs

    FILE  accepted
    FILE  parser   LINE:OFFSET  MESSAGE     what its parser rejects
    FILE  compiler LINE:OFFSET  MESSAGE     what its symbol table or compiler rejects
    FILE  other    MESSAGE                  it gave up: no judgement on the program

Runs on 3.8 to 3.14, standard library only.
"""
import ast
import sys
import tokenize
import warnings


def judge(path):
    part = "parser"
    try:
        # What its encoding makes unreadable is no matter of syntax.
        with tokenize.open(path) as file:
            file.read()
    except (SyntaxError, ValueError) as error:
        return ["other", repr(error).splitlines()[0]]
    with open(path, "rb") as file:
        source = file.read()
    try:
        ast.parse(source, path)
        part = "compiler"
        compile(source, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        # Some errors of 3.8's parser have no place.
        return [part, "%s:%s" % (error.lineno, error.offset), error.msg]
    except Exception as error:
        return ["other", repr(error).splitlines()[0]]
    return ["accepted"]


warnings.simplefilter("ignore")
for path in sys.argv[1:]:
    print("\t".join([path] + judge(path)))
