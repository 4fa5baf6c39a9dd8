"""What this CPython says of the names in Python files, for the comparison in tests/cpython.rs.

    python oracle.py FILE...        one JSON object a line for each file

Three things are taken from CPython itself, and nothing is worked out here:

  blocks    its symbol table: [kind, name, line, {symbol: words}, [nested blocks]]
  codes     its code objects: [qualified name or null, name, cells, free variables, [nested code objects]]
  accesses  its bytecode, from 3.11: [line, column, name, how] for each instruction whose position in the
            source is a name; lines are one-based, columns zero-based in UTF-8 bytes

A file that it doesn't compile has {"error": message} instead. Runs on 3.8 to 3.14, standard library only.
"""
import _symtable
import dis
import json
import sys
import symtable
import types
import warnings

SCOPES = {1: "local", 2: "global_explicit", 3: "global_implicit", 4: "free", 5: "cell"}
FLAGS = [
    (4, "param"), (2, "assigned"), (16, "referenced"), (128, "imported"), (256, "annotated"),
    (1, "global"), (8, "nonlocal"), (1024, "type_param"), (512, "comp_iter"), (2048, "comp_cell"),
    (64, "free_class"),
]
KINDS = {
    "typevar bound": "type_var", "type variable": "type_var", "type alias": "type_alias",
    "type parameters": "type_params", "type parameter": "type_params",
}
COMPREHENSIONS = ("listcomp", "setcomp", "dictcomp", "genexpr", "lambda")


def words(value):
    flags = value & ((1 << _symtable.SCOPE_OFF) - 1)
    scope = value >> _symtable.SCOPE_OFF & _symtable.SCOPE_MASK
    return " ".join([SCOPES.get(scope, "none")] + [word for flag, word in FLAGS if flags & flag])


def kind(table):
    text = table.get_type()
    text = str(getattr(text, "value", text)).lower()
    if text == "function" and table.get_name() in COMPREHENSIONS:
        return table.get_name()
    return KINDS.get(text, text)


def block(table):
    raw = table._table
    symbols = {name: words(value) for name, value in raw.symbols.items()}
    return [kind(table), raw.name, raw.lineno, symbols, [block(child) for child in table.get_children()]]


def nested(code):
    return [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]


def code_object(code):
    return [
        getattr(code, "co_qualname", None), code.co_name, list(code.co_cellvars), list(code.co_freevars),
        [code_object(inner) for inner in nested(code)],
    ]


def how(instruction, code):
    name = instruction.opname
    if name.endswith(("_DEREF", "_CLASSDEREF")):
        return "cell"
    if name.endswith(("_GLOBAL", "_GLOBALS")):
        return "global"
    if name.endswith("_NAME") and not name.startswith("IMPORT"):
        return "name"
    # The cell itself is put into a closure by LOAD_FAST too, from 3.13.
    if "_FAST" in name and instruction.argval not in code.co_cellvars + code.co_freevars:
        return "local"
    return None


def accesses(code, lines, found):
    for instruction in dis.get_instructions(code):
        if not isinstance(instruction.argval, str):
            continue
        place = instruction.positions
        access = how(instruction, code)
        if access is None:
            continue
        if place.lineno is None or place.lineno != place.end_lineno or place.col_offset is None:
            continue
        text = lines[place.lineno - 1][place.col_offset:place.end_col_offset]
        # A private name is mangled in the bytecode: what stands in the source is its end.
        if text.isidentifier() and instruction.argval.encode().endswith(text):
            found.add((place.lineno, place.col_offset, text.decode(), access))
    for inner in nested(code):
        accesses(inner, lines, found)


class Text(bytes):
    def isidentifier(self):
        return self.isascii() and self.decode().isidentifier()

    def __getitem__(self, index):
        return Text(bytes.__getitem__(self, index))


def document(path):
    with open(path, "rb") as file:
        source = file.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(source, path, "exec")
            code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError, RecursionError, MemoryError, SystemError, OverflowError) as error:
        return {"file": path, "error": str(error)}
    found = set()
    if sys.version_info >= (3, 11):
        text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        accesses(code, [Text(line.encode()) for line in text.split("\n")], found)
    return {"file": path, "blocks": block(table), "codes": code_object(code), "accesses": sorted(found)}


def main():
    sys.setrecursionlimit(10000)
    for path in sys.argv[1:]:
        try:
            answer = document(path)
        except UnicodeDecodeError as error:
            answer = {"file": path, "error": str(error)}
        print(json.dumps(answer, separators=(",", ":")))


if __name__ == "__main__":
    main()
