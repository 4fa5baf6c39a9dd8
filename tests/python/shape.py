"""Holds the grammar's trees against CPython's `ast`: kinds and extents of every expression, parameter and definition.

shape.py SHAPE FILE …    SHAPE is the binary of tree-sitter-grammar/examples/shape.rs. Exit code 1 if a file differs.
Needs 3.12 or later: before, the positions in f-strings are wrong.
"""

import ast
import subprocess
import sys
import warnings
from collections import Counter

KINDS = {
    ast.Attribute: "attribute", ast.Await: "await", ast.BinOp: "binary_operation", ast.BoolOp: "boolean_operation",
    ast.Call: "call", ast.Compare: "comparison", ast.Dict: "dictionary", ast.DictComp: "dictionary_comprehension",
    ast.GeneratorExp: "generator_expression", ast.IfExp: "conditional_expression", ast.Lambda: "lambda",
    ast.List: "list", ast.ListComp: "list_comprehension", ast.NamedExpr: "named_expression", ast.Set: "set",
    ast.SetComp: "set_comprehension", ast.Slice: "slice", ast.Starred: "starred", ast.Subscript: "subscript",
    ast.Tuple: "tuple", ast.YieldFrom: "yield_from", ast.Yield: "yield", ast.FunctionDef: "function_definition",
    ast.AsyncFunctionDef: "function_definition", ast.ClassDef: "class_definition", ast.If: "if_statement",
    ast.For: "for_statement", ast.AsyncFor: "for_statement", ast.While: "while_statement", ast.Try: "try_statement",
    ast.TryStar: "try_statement", ast.With: "with_statement", ast.AsyncWith: "with_statement",
    ast.Match: "match_statement", ast.ExceptHandler: "except_clause", ast.Global: "global_statement",
    ast.Nonlocal: "nonlocal_statement", ast.Assign: "assignment", ast.AnnAssign: "annotated_assignment",
    ast.AugAssign: "augmented_assignment", ast.Return: "return_statement", ast.Raise: "raise_statement",
    ast.Assert: "assert_statement", ast.Delete: "delete_statement", ast.Import: "import_statement",
    ast.ImportFrom: "import_from_statement", ast.Expr: "expression_statement", ast.TypeAlias: "type_alias_statement",
    ast.TypeVar: "type_variable", ast.TypeVarTuple: "type_variable_tuple", ast.ParamSpec: "parameter_specification",
    ast.keyword: "keyword_argument", ast.MatchOr: "or_pattern",
    ast.MatchSequence: "sequence_pattern", ast.MatchMapping: "mapping_pattern", ast.MatchClass: "class_pattern",
    ast.MatchStar: "star_pattern",
}


def expected(source, rows):
    """What CPython's tree says, as kind, first and last row and column."""
    found = Counter()
    in_pattern = set()
    unpacked = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.MatchValue, ast.MatchClass, ast.MatchMapping)):
            for value in node.keys if isinstance(node, ast.MatchMapping) else [getattr(node, "value", None) or node.cls]:
                in_pattern.update(map(id, ast.walk(value)))
        # `a[*b]` has a tuple that isn't written.
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 1:
            if ast.unparse(node.slice).strip("()").rstrip(",").startswith("*"):
                unpacked.add(id(node.slice))
        kind = KINDS.get(type(node))
        if isinstance(node, ast.Name):
            kind = "name"
        elif isinstance(node, ast.arg):
            kind = "parameter"
        elif isinstance(node, ast.UnaryOp):
            kind = "not_operation" if isinstance(node.op, ast.Not) else "unary_operation"
        elif isinstance(node, ast.MatchAs):
            kind = "as_pattern" if node.pattern else "capture_pattern" if node.name else "wildcard_pattern"
        elif isinstance(node, ast.keyword) and node.arg is None:
            kind = None
        if id(node) in in_pattern:
            continue
        if kind == "if_statement" and rows[node.lineno - 1][node.col_offset:].startswith(b"elif"):
            continue
        if kind:
            row, column, end_row, end_column = node.lineno - 1, node.col_offset, node.end_lineno - 1, node.end_col_offset
            if isinstance(node, ast.Tuple) and id(node) in unpacked:
                continue
            if kind == "parameter" or kind in COMPOUND:
                found[kind, row, column] += 1
            else:
                found[kind, row, column, end_row, end_column] += 1
    return found


# They differ in where they end: comments at the end of a body belong to it.
COMPOUND = {
    "function_definition", "class_definition", "if_statement", "for_statement", "while_statement", "try_statement",
    "with_statement", "match_statement", "except_clause",
}

LITERAL = {"literal_pattern", "value_pattern", "unary_operation", "binary_operation"}
PARAMETERS = {"parameter", "star_parameter", "double_star_parameter"}


def actual(lines, wanted, rows):
    """What the grammar's tree says, in the same words."""
    found = Counter()
    outer = []  # boolean operations: `a or b or c` is one to CPython
    for line in lines:
        kind, row, column, end_row, end_column, parent, operator = line.split(" ")
        row, column, end_row, end_column = int(row), int(column), int(end_row), int(end_column)
        if kind in PARAMETERS:
            text = rows[row][column:]
            name = text.lstrip(b"* \t")
            if name[:1].isalpha() or name[:1] == b"_" or name[:1] >= b"\x80":
                found["parameter", row, column + len(text) - len(name)] += 1
            continue
        if kind == "boolean_operation":
            while outer and not (outer[-1][1] <= (row, column) and (end_row, end_column) <= outer[-1][2]):
                outer.pop()
            nested = bool(outer) and parent == kind and outer[-1][0] == operator and outer[-1][1] == (row, column)
            outer.append((operator, (row, column), (end_row, end_column)))
            if nested:
                continue
        if kind == "identifier" and ("name", row, column, end_row, end_column) in wanted:
            kind = "name"
        if parent in LITERAL or (kind == "attribute" and parent in ("attribute", "class_pattern")):
            if (kind, row, column, end_row, end_column) not in wanted:
                continue
        if kind in COMPOUND:
            found[kind, row, column] += 1
        elif kind in wanted.kinds:
            found[kind, row, column, end_row, end_column] += 1
    return found


class Wanted(Counter):
    kinds = set(KINDS.values()) | {
        "name", "not_operation", "unary_operation", "as_pattern", "capture_pattern", "wildcard_pattern",
    }


def differences(path, lines):
    with open(path, "rb") as file:
        source = file.read()
    rows = source.splitlines()
    wanted = Wanted(expected(source, rows))
    found = actual(lines, wanted, rows)
    for item in sorted((wanted - found).keys() | (found - wanted).keys(), key=lambda item: item[1:]):
        where = "CPython" if item in wanted else "grammar"
        end = f" to {item[3] + 1}:{item[4]}" if len(item) > 3 else ""
        print(f"{path}:{item[1] + 1}:{item[2]} only {where}: {item[0]}{end}")
        yield item


def main(shape, paths):
    warnings.simplefilter("ignore")
    output = subprocess.run([shape], input="\n".join(paths), capture_output=True, text=True, check=True).stdout
    known, path, nodes, total = set(paths), None, {}, 0
    for line in output.splitlines():
        if line in known:
            path = line
            nodes[path] = []
        else:
            nodes[path].append(line)
    for path, lines in nodes.items():
        total += sum(1 for _ in differences(path, lines))
    print(f"{len(nodes)} files, {total} differences")
    return total > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:] or sys.stdin.read().split("\n")))
