"""Compares what our trees say with what the running interpreter's `ast` says, item by item.

Reads from standard input what `examples/shape.rs` prints: `file PATH`, then a line for each item, `kind start
end detail`, in bytes. Prints each difference with its place, then the totals; exits with 1 if there was one.
Files that this interpreter doesn't parse are counted and passed over.

What this version of `ast` doesn't say, or is known to say wrongly, is left out on both sides (see `SILENT` and
`Walk.shown`): keywords and slices before 3.9, aliases before 3.10, what stands in f-strings before 3.12; `ENDLESS`.
"""

import ast
import sys
import unicodedata
import warnings
from bisect import bisect_right
from collections import Counter

VERSION = sys.version_info[:2]

# Kinds that this version has no positions for.
SILENT = set()
if VERSION < (3, 9):
    SILENT |= {"keyword", "slice", "slices"}
if VERSION < (3, 10):
    SILENT |= {"alias"}
if VERSION < (3, 12):
    SILENT |= {"interpolation"}

# Kinds whose ends are wrong in this version: 3.8 forgets a bracket at the end, and annotations behind `*`. (It
# also ends a compound statement before the `;` that ends its last line, where later versions have it inside.)
ENDLESS = {"starred", "parameter-keyword"} if VERSION < (3, 9) else set()

KINDS = {
    "If": "if",
    "While": "while",
    "With": "with",
    "Try": "try",
    "TryStar": "try",
    "Match": "match",
    "Expr": "expression",
    "Return": "return",
    "Raise": "raise",
    "Assert": "assert",
    "Pass": "pass",
    "Break": "break",
    "Continue": "continue",
    "Import": "import",
    "TypeAlias": "type-alias",
    "Slice": "slice",
    "Call": "call",
    "UnaryOp": "unary",
    "Compare": "comparison",
    "IfExp": "conditional",
    "Lambda": "lambda",
    "Await": "await",
    "Yield": "yield",
    "YieldFrom": "yield-from",
    "Set": "set",
    "Dict": "dictionary",
    "ListComp": "list-comprehension",
    "SetComp": "set-comprehension",
    "DictComp": "dictionary-comprehension",
    "GeneratorExp": "generator",
    "MatchValue": "value",
    "MatchSingleton": "singleton",
    "MatchSequence": "sequence",
    "MatchOr": "or",
}

OPERATORS = {
    "Add": "+",
    "Sub": "-",
    "Mult": "*",
    "MatMult": "@",
    "Div": "/",
    "Mod": "%",
    "Pow": "**",
    "LShift": "<<",
    "RShift": ">>",
    "BitOr": "|",
    "BitXor": "^",
    "BitAnd": "&",
    "FloorDiv": "//",
    "And": "and",
    "Or": "or",
}

USES = {"Load": "load", "Store": "store", "Del": "delete"}


def name(node):
    return type(node).__name__


class Walk:
    """The items of one file, in bytes from its start."""

    def __init__(self, source):
        self.items = []
        self.bom = 3 if source.startswith(b"\xef\xbb\xbf") else 0
        self.starts = line_starts(source)

    def offset(self, line, column):
        return self.starts[line - 1] + column + (self.bom if line == 1 else 0)

    def add(self, kind, node, detail=""):
        if kind in SILENT:
            return
        start = self.offset(node.lineno, node.col_offset)
        end = start if kind in ENDLESS else self.offset(node.end_lineno, node.end_col_offset)
        self.items.append((kind, start, end, detail or "-"))

    def tree(self, root):
        todo = [root]
        while todo:
            node = todo.pop()
            visit = getattr(self, name(node), None)
            if visit:
                visit(node)
            elif name(node) in KINDS:
                self.add(KINDS[name(node)], node)
            todo.extend(self.shown(node))

    def shown(self, node):
        """The nodes inside `node` that have items of their own."""
        if isinstance(node, ast.JoinedStr):
            # Their text is not an item, and before 3.12 positions inside them are wrong.
            return [v for v in node.values if isinstance(v, ast.FormattedValue)] if VERSION >= (3, 12) else []
        if isinstance(node, ast.FormattedValue):
            return [node.value] + (self.shown(node.format_spec) if node.format_spec else [])
        return ast.iter_child_nodes(node)

    # Definitions and parameters

    def FunctionDef(self, node):
        self.add("function", node, node.name)
        self.decorators(node)

    def AsyncFunctionDef(self, node):
        self.add("async-function", node, node.name)
        self.decorators(node)

    def ClassDef(self, node):
        self.add("class", node, node.name)
        self.decorators(node)

    def decorators(self, node):
        for decorator in node.decorator_list:
            self.add("decorator", decorator)

    def arguments(self, node):
        for kind, parameters in (
            ("parameter-positional", node.posonlyargs),
            ("parameter", node.args),
            ("parameter-keyword", node.kwonlyargs),
            ("parameter-star", [node.vararg]),
            ("parameter-double-star", [node.kwarg]),
        ):
            for parameter in filter(None, parameters):
                self.add(kind, parameter, parameter.arg)
        for default in filter(None, node.defaults + node.kw_defaults):
            self.add("default", default)

    def TypeVar(self, node):
        self.add("type-variable", node, node.name)

    def TypeVarTuple(self, node):
        self.add("type-variable-tuple", node, node.name)

    def ParamSpec(self, node):
        self.add("parameter-specification", node, node.name)

    # Statements

    def For(self, node, detail=""):
        self.add("for", node, detail)
        self.add("for-target", node.target)

    def AsyncFor(self, node):
        self.For(node, "async")

    def AsyncWith(self, node):
        self.add("with", node, "async")

    def withitem(self, node):
        if node.optional_vars:
            self.add("with-target", node.optional_vars)

    def ExceptHandler(self, node):
        self.add("except", node, node.name)

    def Assign(self, node):
        self.add("assignment", node)
        for target in node.targets:
            self.add("assignment-target", target)

    def AugAssign(self, node):
        self.add("augmented", node, OPERATORS[name(node.op)] + "=")
        self.add("augmented-target", node.target)

    def AnnAssign(self, node):
        self.add("annotated", node, "simple" if node.simple else "")
        self.add("annotated-target", node.target)

    def Delete(self, node):
        self.add("delete", node)
        for target in node.targets:
            self.add("delete-target", target)

    def Global(self, node):
        self.add("global", node, ",".join(node.names))

    def Nonlocal(self, node):
        self.add("nonlocal", node, ",".join(node.names))

    def ImportFrom(self, node):
        self.add("import-from", node, "." * node.level + (node.module or ""))

    def alias(self, node):
        if "alias" not in SILENT:
            self.add("alias", node, node.name + (f"={node.asname}" if node.asname else ""))

    # Patterns

    def MatchAs(self, node):
        self.add("as" if node.pattern else "capture", node, node.name)

    def MatchStar(self, node):
        self.add("star", node, node.name)

    def MatchMapping(self, node):
        self.add("mapping", node, node.rest)

    def MatchClass(self, node):
        self.add("class-pattern", node, ",".join(node.kwd_attrs))

    # Expressions

    def Name(self, node):
        self.add(USES[name(node.ctx)], node, node.id)

    def Attribute(self, node):
        self.add("attribute", node, USES[name(node.ctx)] + ":" + node.attr)

    def Subscript(self, node):
        self.add("subscript", node, USES[name(node.ctx)])

    def Starred(self, node):
        self.add("starred", node, USES[name(node.ctx)])

    def List(self, node):
        self.add("list", node, USES[name(node.ctx)])

    def Tuple(self, node):
        kind = "slices" if any(isinstance(part, ast.Slice) for part in node.elts) else "tuple"
        self.add(kind, node, USES[name(node.ctx)])

    def Constant(self, node):
        if isinstance(node.value, (str, bytes)):
            self.add("string", node)
        elif node.value is None or isinstance(node.value, bool) or node.value is ...:
            self.add("constant", node)
        else:
            self.add("number", node)

    def JoinedStr(self, node):
        self.add("f-string", node)

    def FormattedValue(self, node):
        self.add("interpolation", node)

    def BinOp(self, node):
        self.add("binary", node, OPERATORS[name(node.op)])

    def BoolOp(self, node):
        self.add("boolean", node, OPERATORS[name(node.op)])

    def NamedExpr(self, node):
        self.add("named", node)
        self.add("named-target", node.target)

    def comprehension(self, node):
        self.add("comprehension-target", node.target, "async" if node.is_async else "")

    def keyword(self, node):
        if "keyword" not in SILENT:
            self.add("keyword", node, node.arg)


def line_starts(source):
    """Where each line starts, in bytes. Python's lines end in `\\n`, `\\r\\n` or `\\r` alone."""
    starts = [0]
    for at, byte in enumerate(source):
        if byte == 10 or (byte == 13 and source[at + 1 : at + 2] != b"\n"):
            starts.append(at + 1)
    return starts


def ours(lines, source):
    """Our items of one file, without those that this version is silent about."""
    items = []
    for line in lines:
        kind, start, end, detail = line.split(" ", 3)
        start, end = int(start), int(end)
        if VERSION < (3, 9):
            end = start if kind in ENDLESS else len(source[:end].rstrip(b"; \t"))
        if kind not in SILENT:
            items.append((kind, start, end, unicodedata.normalize("NFKC", detail)))
    if VERSION >= (3, 12):
        return items
    spans = merge((start, end) for kind, start, end, _ in items if kind == "f-string")
    return [item for item in items if item[0] == "f-string" and item[1:3] in spans or not inside(item, spans)]


def merge(spans):
    """Those spans that lie in no other, in order."""
    outer = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not outer or end > outer[-1][1]:
            outer.append((start, end))
    return outer


def inside(item, spans):
    at = bisect_right(spans, (item[1], sys.maxsize)) - 1
    if at < 0:
        return False
    start, end = spans[at]
    return item[1] > start and item[2] < end


def compare(path, lines, totals):
    with open(path, "rb") as file:
        source = file.read()
    try:
        root = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        totals["not parsed here"] += 1
        return
    walk = Walk(source)
    walk.tree(root)
    theirs, mine = Counter(walk.items), Counter(ours(lines, source))
    totals["files"] += 1
    totals["items"] += len(walk.items)
    differences = [(item, "only in ast") for item in (theirs - mine).elements()]
    differences += [(item, "only in ours") for item in (mine - theirs).elements()]
    totals["files that differ"] += bool(differences)
    totals["differences"] += len(differences)
    for item, side in sorted(differences, key=lambda difference: difference[0][1]):
        kind, start, end, detail = item
        line = bisect_right(walk.starts, start)
        text = " ".join(source[start:end].decode(errors="replace").split())
        print(f"{path}:{line}: {side}: {kind} {start}..{end} {detail} {text[:60]!r}")


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)
    totals = Counter()
    path, lines = None, []
    for line in sys.stdin.buffer:
        line = line.decode().rstrip("\n")
        if line.startswith("file "):
            if path:
                compare(path, lines, totals)
            path, lines = line[len("file ") :], []
        else:
            lines.append(line)
    if path:
        compare(path, lines, totals)
    version = ".".join(map(str, VERSION))
    counts = ", ".join(f"{totals[key]} {key}" for key in ("files", "items", "files that differ", "differences"))
    print(f"CPython {version}: {counts}; {totals['not parsed here']} files not parsed here")
    return 1 if totals["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
