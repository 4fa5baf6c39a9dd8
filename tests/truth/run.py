"""Runs programs and holds what was claimed of their closures against what CPython made.

Reads a list of {"name", "source", "claims"} as JSON from standard input and prints, for each claim that is
wrong, one line of JSON. A function is named by its line and its co_name.
"""

import functools
import gc
import importlib
import importlib.util
import inspect
import json
import sys
from types import CodeType, FrameType, FunctionType, ModuleType


def key(function):
    return [function.__code__.co_firstlineno, function.__code__.co_name]


def codes(code):
    """The code object and all that are nested in it."""
    found, todo = [], [code]
    while todo:
        code = todo.pop()
        found.append(code)
        todo.extend(const for const in code.co_consts if isinstance(const, CodeType))
    return found


def keeps(value, wanted, space):
    """Whether `value` is the function `wanted`, or keeps it alive."""
    seen, todo = {id(space)}, [value]
    while todo and len(seen) < 10_000:
        value = todo.pop()
        if id(value) in seen or isinstance(value, (ModuleType, CodeType, FrameType)):
            continue
        seen.add(id(value))
        if isinstance(value, FunctionType) and key(value) == wanted:
            return True
        todo.extend(gc.get_referents(value))
    return False


EMPTY = object()


def content(function, name):
    """What is in the cell of that name."""
    try:
        return function.__closure__[function.__code__.co_freevars.index(name)].cell_contents
    except ValueError:
        return EMPTY


class Run:
    """One program, run to its end."""

    def __init__(self, name, source, claims, module=None, calls=()):
        self.name, self.claims, self.module = name, claims, module
        self.space, self.kept = {"__name__": "truth"}, []
        if module:
            spec = importlib.util.find_spec(module)
            importlib.import_module(module)
            self.space = importlib.util.module_from_spec(spec).__dict__
        self.calls, self.wrong, self.lines = {}, [], {}
        self.branches = {tuple(claim["maker"]) for claim in claims if claim.get("branch")}
        self.constants = {}
        for claim in claims:
            if claim["kind"] == "constant":
                self.constants.setdefault(tuple(claim["owner"]), []).append(claim)
        self.code = compile(source, name, "exec", dont_inherit=True)
        gc.collect()
        gc.freeze()  # what was there before is none of this program's
        gc.disable()
        sys.setprofile(self.watch)
        if self.branches or self.constants:
            sys.settrace(self.enter)
        try:
            exec(self.code, self.space)
            for call in calls:
                self.kept.append(eval(call, self.space))
        finally:
            sys.setprofile(None)
            sys.settrace(None)
        # What is in no cycle has ended by now, without the garbage collector.
        for claim in claims:
            if claim["kind"] == "ends" and not claim["cycle"]:
                self.ends(claim)
        self.functions.cache_clear()
        self.lines.clear()
        gc.enable()
        gc.collect()

    def watch(self, frame, event, value):
        code = frame.f_code
        if code.co_filename != self.name:
            return
        here = (code.co_firstlineno, code.co_name)
        if event == "call":
            self.calls[here] = self.calls.get(here, 0) + 1
        if event == "return":
            for claim in self.claims:
                if claim["kind"] == "returned" and (tuple(claim["maker"]), claim["line"]) == (here, frame.f_lineno):
                    if claim["branch"] and claim["function"][0] not in self.lines.get(id(frame), ()):
                        continue
                    sys.setprofile(None)
                    if not keeps(value, claim["function"], self.space):
                        self.deny(claim, f"returned {value!r}")
                    sys.setprofile(self.watch)
            self.lines.pop(id(frame), None)

    def enter(self, frame, event, value):
        """Notes the lines that run in functions with closures in branches, and watches their cells."""
        code = frame.f_code
        here = (code.co_firstlineno, code.co_name)
        constants = self.constants.get(here, ())
        if code.co_filename != self.name or not (constants or here in self.branches):
            return None
        lines, cells = self.lines.setdefault(id(frame), set()), {}

        def step(frame, event, value):
            for claim in constants:
                name = claim["name"]
                held = id(frame.f_locals.get(name))
                if claim["line"] in lines and held != cells.setdefault(name, held):
                    self.deny(claim, f"{name} is rebound at {frame.f_lineno}")
            lines.add(frame.f_lineno)
            return step

        return step

    def deny(self, claim, truth):
        self.wrong.append({"program": self.name, "claim": claim, "truth": truth})

    def alive(self, wanted):
        return self.functions().get(tuple(wanted), [])

    @functools.lru_cache(maxsize=1)
    def functions(self):
        found = {}
        for function in gc.get_objects():
            if isinstance(function, FunctionType) and function.__code__.co_filename == self.name:
                found.setdefault(tuple(key(function)), []).append(function)
        return found

    def check(self, claim):
        return getattr(self, claim["kind"])(claim)

    def closure(self, claim):
        found = [list(code.co_freevars) for code in codes(self.code)
                 if [code.co_firstlineno, code.co_name] == claim["function"]]
        if claim["free"] not in found:
            self.deny(claim, found)

    def holds(self, claim):
        value = self.space[claim["name"]]
        if claim["partial"] is not None:
            if not isinstance(value, functools.partial):
                return self.deny(claim, repr(value))
            given = inspect.signature(value.func, follow_wrapped=False).bind_partial(*value.args, **value.keywords).arguments
            for name, text in claim["partial"]:
                if not self.equal(given.get(name, EMPTY), text):
                    self.deny(claim, f"{name} is given {given.get(name)!r}")
            value = value.func
        if not isinstance(value, FunctionType) or key(value) != claim["function"]:
            return self.deny(claim, repr(value))
        if claim["called"] not in (None, value.__name__):
            self.deny(claim, f"called {value.__name__}")
        for name, text, line in claim["cells"]:
            held = content(value, name)
            if line is not None:
                right = isinstance(held, FunctionType) and held.__code__.co_firstlineno == line
            else:
                right = self.equal(held, text)
            if not right:
                self.deny(claim, f"{name} is {held!r}")

    def equal(self, content, text):
        if content is EMPTY:
            return False
        if self.module and "(" in text:
            return True  # a call in a real library: who knows what it does
        try:
            wanted = eval(f"({text})", self.space)
        except NameError:
            return True  # written in a function, of its own names
        if isinstance(wanted, FunctionType) and isinstance(content, FunctionType):
            return wanted.__code__.co_name == content.__code__.co_name
        return wanted == content or "lambda" in text  # two functions are never equal

    def returned(self, claim):
        pass  # while it runs

    def ends(self, claim):
        alive = self.alive(claim["function"])
        if alive:
            self.deny(claim, f"{len(alive)} alive")

    def keeps(self, claim):
        """The cell of a closure that is in a cell of this one."""
        for function in self.alive(claim["function"]):
            seen, todo = set(), [function]
            while todo:
                held = todo.pop()
                if id(held) in seen:
                    continue
                seen.add(id(held))
                todo += [content(held, name) for name in held.__code__.co_freevars]
                todo = [held for held in todo if isinstance(held, FunctionType)]
                if key(held) == claim["through"] and claim["name"] in held.__code__.co_freevars:
                    break
            else:
                self.deny(claim, "not kept")

    def constant(self, claim):
        pass  # while it runs

    def sees(self, claim):
        for function in self.alive(claim["function"]):
            held = content(function, claim["name"])
            if not self.equal(held, claim["text"]):
                self.deny(claim, f"{claim['name']} is {held!r}")

    def shared(self, claim):
        """Closures made on the turns of a loop share the cell of the call that the loop is in."""
        cells = {id(function.__closure__[function.__code__.co_freevars.index(claim["name"])])
                 for function in self.alive(claim["function"])}
        calls = self.calls.get(tuple(claim["owner"]), 0)
        if len(cells) > max(calls, 1):
            self.deny(claim, f"{len(cells)} cells of {calls} calls")


def main():
    for program in json.load(sys.stdin):
        try:
            run = Run(**program)
        except Exception as error:
            print(json.dumps({"program": program["name"], "claim": None, "truth": repr(error)}))
            continue
        for claim in program["claims"]:
            run.check(claim)
        for wrong in run.wrong:
            print(json.dumps(wrong, default=repr))
        if "module" not in program:
            run.space.clear()


main()
