"""Lists the files under the given directories that the running interpreter compiles, one path a line."""

import os
import sys
import tokenize
import warnings


def compiles(path):
    try:
        with tokenize.open(path) as file:
            # As CPython reads a source file: in its own encoding. The grammar is given UTF-8.
            if file.encoding not in ("utf-8", "utf-8-sig"):
                return False
        with open(path, "rb") as file:
            compile(file.read(), path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, UnicodeDecodeError, RecursionError, MemoryError, OSError):
        return False
    return True


def main(roots):
    warnings.simplefilter("ignore")
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                if name.endswith(".py") and compiles(path):
                    print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
