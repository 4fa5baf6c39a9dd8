"""Checks recorded sessions against the protocol's model, message by message.

    python tests/python/validate.py FILE...

Each file holds what `cella serve --record FILE` writes, one message a line; `cargo test` writes such
files into the folder that CELLA_SESSIONS names. The model is PyPI's lsprotocol, which is generated
from the specification. Its own converter isn't used here: it coerces types and passes over members
that it doesn't know, and those are what a server gets wrong. Exit code 1 if anything is wrong.
"""

import collections.abc
import enum
import functools
import json
import sys
import typing

import attrs
from lsprotocol import types

# ------------------------------------------------------------------------------ values and types


@functools.cache
def members(cls):
    """The members of a structure by their name in JSON: (type, required, may be null)."""
    hints = typing.get_type_hints(cls)
    found = {}
    for field in attrs.fields(cls):
        head, *rest = field.name.rstrip("_").split("_")
        name = head + "".join(word.capitalize() for word in rest)
        kept_when_null = types.is_special_property(cls, field.name)
        required = field.default is attrs.NOTHING or (kept_when_null and field.default is None)
        found[name] = (hints[field.name], required, kept_when_null)
    return found


def wrong(value, expected, path=""):
    """What is wrong with `value`, as (path, sentence)."""
    origin, inner = typing.get_origin(expected), typing.get_args(expected)
    if expected is typing.Any or expected is object:
        return []
    if origin is typing.Union:
        if any(alternative is typing.Any for alternative in inner):
            return []
        return closest([wrong(value, alternative, path) for alternative in inner], path)
    if origin is typing.Literal:
        return [] if value in inner else [(path, f"{value!r} is none of {inner}")]
    if origin is tuple:
        if not isinstance(value, list) or len(value) != len(inner):
            return [(path, f"{value!r} is no tuple of {len(inner)}")]
        return [e for i, (v, t) in enumerate(zip(value, inner)) for e in wrong(v, t, f"{path}[{i}]")]
    if origin in (list, collections.abc.Sequence):
        if not isinstance(value, list):
            return [(path, f"{value!r} is no array")]
        return [e for i, v in enumerate(value) for e in wrong(v, inner[0], f"{path}[{i}]")]
    if origin in (dict, collections.abc.Mapping):
        if not isinstance(value, dict):
            return [(path, f"{value!r} is no object")]
        return [e for k, v in value.items() for e in wrong(v, inner[1], f"{path}.{k}")]
    if attrs.has(expected):
        return wrong_structure(value, expected, path)
    return wrong_scalar(value, expected, path)


def closest(attempts, path):
    """The errors of the alternative that came closest; none if one fits."""
    if not all(attempts):
        return []
    return max(attempts, key=lambda errors: (all(at != path for at, _ in errors), -len(errors)))


def wrong_structure(value, cls, path):
    if not isinstance(value, dict):
        return [(path, f"{json.dumps(value)[:60]} is no {cls.__name__}")]
    known = members(cls)
    errors = [(f"{path}.{name}", f"is no member of {cls.__name__}") for name in value if name not in known]
    for name, (expected, required, kept_when_null) in known.items():
        if name not in value:
            if required and not kept_when_null:
                errors.append((f"{path}.{name}", f"is missing in {cls.__name__}"))
        elif value[name] is None and not required and not kept_when_null:
            errors.append((f"{path}.{name}", "is null, and should be left out"))
        else:
            errors += wrong(value[name], expected, f"{path}.{name}")
    return errors


def wrong_scalar(value, expected, path):
    if isinstance(expected, type) and issubclass(expected, enum.Enum):
        fits = any(value == case.value and type(value) is type(case.value) for case in expected)
    elif expected is float:
        fits = type(value) in (int, float)
    elif expected is int:
        fits = type(value) is int and -(2**31) <= value < 2**31
    elif expected is type(None):
        fits = value is None
    else:
        fits = type(value) is expected
    return [] if fits else [(path, f"{json.dumps(value)[:60]} is no {getattr(expected, '__name__', expected)}")]


# ----------------------------------------------------------------------------------- conversation

OURS = {"cella/outOfStep"}
EARLY = {"window/showMessage", "window/logMessage", "telemetry/event"}


class Session:
    """One recorded session. Only what the server says is judged."""

    def __init__(self):
        self.errors = []
        self.asked = {}  # requests of the client's without an answer yet, by id
        self.pending = {}  # requests of the server's
        self.cancelled = set()
        self.legend = None
        self.initialized = self.ended = False
        self.unreadable = False

    def hear(self, line, source, message):
        say = lambda what: self.errors.append((line, what))
        if source == "client":
            return self.hear_client(message)
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return say("is no JSON-RPC 2.0 message")
        if "method" in message:
            return self.hear_call(say, message)
        self.hear_answer(say, message)

    def hear_client(self, message):
        if not isinstance(message, dict) or not message.keys() & {"method", "result", "error"}:
            self.unreadable = True
        elif "method" not in message:
            self.pending.pop(message.get("id"), None)
        elif message.get("id") is not None:
            self.asked.setdefault(json.dumps(message["id"]), []).append(message)
        elif message["method"] == "$/cancelRequest":
            self.cancelled.add(json.dumps((message.get("params") or {}).get("id")))
        elif message["method"] == "exit":
            self.ended = True

    def hear_call(self, say, message):
        method = message["method"]
        extra = message.keys() - {"jsonrpc", "method", "params", "id"}
        if extra:
            say(f"{method}: {extra} don't belong there")
        if not self.initialized and method not in EARLY:
            say(f"{method} before the answer to initialize")
        if "id" in message:
            if message["id"] in self.pending:
                say(f"{method}: id {message['id']} is in use")
            self.pending[message["id"]] = method
        if method in OURS:
            return
        if method not in types.METHOD_TO_TYPES:
            return say(f"{method} is no method")
        if types.message_direction(method) == "clientToServer":
            say(f"{method} is for clients to say")
        params = types.METHOD_TO_TYPES[method][2]
        if params is None:
            if message.get("params") is not None:
                say(f"{method} has no params")
        else:
            self.report(say, method, wrong(message.get("params"), params))
        self.check_ranges(say, method, message.get("params"))

    def hear_answer(self, say, message):
        if ("result" in message) == ("error" in message) or message.keys() - {"jsonrpc", "id", "result", "error"}:
            return say("an answer has an id and either a result or an error")
        key = json.dumps(message["id"])
        # Of two requests with one id, the second is refused at once.
        same = self.asked.get(key, [])
        request = same.pop() if same else None
        if request is None:
            if message["id"] is not None or "error" not in message:
                say(f"an answer to nothing: {key}")
            return
        method = request["method"]
        if "error" in message:
            error = message["error"]
            if wrong(error, types.ResponseError):
                say(f"{method}: {error} is no error")
            elif error["code"] == -32800 and key not in self.cancelled:
                say(f"{method}: RequestCancelled, and nobody cancelled")
        elif isinstance(method, str) and method in types.METHOD_TO_TYPES:
            response = types.METHOD_TO_TYPES[method][1]
            expected = typing.get_type_hints(response)["result"] if hasattr(response, "result") or attrs.has(response) else None
            self.report(say, f"answer to {method}", wrong(message["result"], expected))
            self.check_result(say, method, request, message["result"])

    def report(self, say, what, errors):
        for path, error in errors:
            say(f"{what}{path}: {error}")

    # What the model doesn't say.

    def check_result(self, say, method, request, result):
        self.check_ranges(say, method, result)
        if method == "initialize":
            self.initialized = True
            can = result["capabilities"]
            self.legend = (can.get("semanticTokensProvider") or {}).get("legend")
            general = ((request.get("params") or {}).get("capabilities") or {}).get("general") or {}
            offered = general.get("positionEncodings") if isinstance(general, dict) else None
            encoding = can.get("positionEncoding", "utf-16")
            # Every client has to know UTF-16.
            if encoding not in [*(offered if isinstance(offered, list) else []), "utf-16"]:
                say(f"{encoding} was not offered")
        if method.startswith("textDocument/semanticTokens/") and result and "data" in result:
            self.check_tokens(say, result["data"])

    def check_tokens(self, say, numbers):
        if len(numbers) % 5:
            return say(f"{len(numbers)} numbers are no tokens")
        length = 0
        for at in range(0, len(numbers), 5):
            down, right, next_length, kind, modifiers = numbers[at : at + 5]
            if at and down == 0 and right < length:
                say("tokens overlap")
            length = next_length
            if kind >= len(self.legend["tokenTypes"]) or modifiers >> len(self.legend["tokenModifiers"]):
                say("a token isn't in the legend")

    def check_ranges(self, say, what, value):
        if isinstance(value, list):
            for item in value:
                self.check_ranges(say, what, item)
        if not isinstance(value, dict):
            return
        place = lambda position: (position["line"], position["character"])
        if isinstance(value.get("start"), dict) and isinstance(value.get("end"), dict):
            if place(value["start"]) > place(value["end"]):
                say(f"{what}: a range ends before it begins")
        if "selectionRange" in value and "range" in value:
            inner, outer = value["selectionRange"], value["range"]
            if not (place(outer["start"]) <= place(inner["start"]) and place(inner["end"]) <= place(outer["end"])):
                say(f"{what}: selectionRange isn't in range")
        for item in value.values():
            self.check_ranges(say, what, item)

    def end(self, line):
        """Whoever says exit doesn't wait for answers; in any other session each has to come."""
        if not self.ended:
            return
        for key, request in ((key, it) for key, same in self.asked.items() for it in same):
            if request["method"] == "shutdown":
                self.errors.append((line, f"{request['method']} ({key}) was never answered"))


def main(files):
    bad = messages = 0
    for file in files:
        session, line = Session(), 0
        with open(file, encoding="utf-8") as lines:
            for line, text in enumerate(lines, 1):
                entry = json.loads(text)
                session.hear(line, entry["source"], entry["message"])
        session.end(line)
        messages += line
        bad += len(session.errors)
        for at, error in session.errors:
            print(f"{file}:{at}: {error}")
    print(f"{messages} messages in {len(files)} sessions: {bad} errors")
    return bad > 0 or not messages


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
