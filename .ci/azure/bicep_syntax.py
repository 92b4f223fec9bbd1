"""Reads the part of Bicep that deploy/azure uses into a tree, and tells a name from a text, which pycep does not.

What it does not know is an error with file and line: it does not guess.
"""
import re
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""(?P<space>[ \t\r]+)|(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<newline>\n)|(?P<number>\d+)
    |(?P<name>[A-Za-z_]\w*)|(?P<mark>&&|\|\||==|!=|=~|!~|<=|>=|\?\?|\.\?|::|=>|[-+*/%<>!=?:.,()\[\]{}@])|(?P<quote>')""",
    re.S | re.X,
)


class Fault(Exception):
    pass


@dataclass
class Text:
    """A text in parts: str, or an expression that stood in ${…}."""
    parts: list
    line: int

    @property
    def literal(self):
        return "".join(self.parts) if all(isinstance(p, str) for p in self.parts) else None


@dataclass
class Literal:
    value: object
    line: int


@dataclass
class Name:
    name: str
    line: int


@dataclass
class Call:
    name: str
    of: object
    arguments: list
    line: int


@dataclass
class Member:
    of: object
    name: str
    line: int


@dataclass
class Index:
    of: object
    index: object
    line: int


@dataclass
class Operation:
    sign: str
    operands: list
    line: int


@dataclass
class Object:
    items: list  # of (Text or str, value, line)
    line: int

    def get(self, key):
        return next((v for k, v, _ in self.items if k == key), None)


@dataclass
class Array:
    items: list
    line: int


@dataclass
class For:
    item: str
    index: str
    over: object
    condition: object
    body: object
    line: int


@dataclass
class Declaration:
    kind: str  # param, var, resource, module, output
    name: str
    type: str  # of a parameter or output; type@version of a resource; path of a module
    value: object
    line: int
    existing: bool = False
    condition: object = None
    decorators: list = field(default_factory=list)  # of Call


@dataclass
class File:
    path: str
    scope: str = None
    using: str = None
    declarations: list = field(default_factory=list)

    def of(self, kind):
        return {d.name: d for d in self.declarations if d.kind == kind}


BINARY = [["??"], ["||"], ["&&"], ["==", "!=", "=~", "!~"], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]]


class Reader:
    def __init__(self, path, text, line=1):
        self.path, self.tokens, self.at = path, [], 0
        self.cut(text, line)

    def fail(self, what, line=None):
        raise Fault(f"{self.path}:{line or self.line()}: {what}")

    def cut(self, text, line):
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            if not found:
                self.fail(f"cannot read {text[place:place + 10]!r}", line)
            kind = found.lastgroup
            if kind == "quote":
                if text.startswith("'''", place):
                    self.fail("texts over several lines are not used here", line)
                value, place = self.quoted(text, place + 1, line)
                self.tokens.append(("text", value, line))
                continue
            if kind == "newline":
                self.tokens.append((kind, "\n", line))
            elif kind not in ("space", "comment"):
                self.tokens.append((kind, found.group(), line))
            line += found.group().count("\n")
            place = found.end()
        self.tokens.append(("end", "", line))

    def quoted(self, text, place, line):
        parts, plain = [], ""
        while True:
            if place >= len(text) or text[place] == "\n":
                self.fail("a text does not end", line)
            if text[place] == "'":
                return Text(parts + ([plain] if plain or not parts else []), line), place + 1
            if text[place] == "\\":
                plain += {"n": "\n", "t": "\t"}.get(text[place + 1], text[place + 1])
                place += 2
            elif text.startswith("${", place):
                depth, end = 1, place + 2
                while depth:
                    if end >= len(text) or text[end] == "\n":
                        self.fail("an expression in a text does not end", line)
                    depth += {"{": 1, "}": -1}.get(text[end], 0)
                    end += 1
                if plain:
                    parts.append(plain)
                    plain = ""
                inner = Reader(self.path, text[place + 2:end - 1], line)
                parts.append(inner.expression())
                inner.want("end")
                place = end
            else:
                plain += text[place]
                place += 1

    def line(self):
        return self.tokens[min(self.at, len(self.tokens) - 1)][2] if self.tokens else 1

    def peek(self, ahead=0):
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def is_(self, value):
        kind, said, _ = self.peek()
        return kind in ("mark", "name") and said == value

    def take(self):
        token = self.peek()
        self.at += 1
        return token

    def accept(self, value):
        if self.is_(value):
            self.at += 1
            return True
        return False

    def want(self, value):
        kind, said, line = self.take()
        if value in ("end", "name", "text"):
            if kind != value:
                self.fail(f"{value} expected, {said!r} found", line)
        elif said != value:
            self.fail(f"{value!r} expected, {said!r} found", line)
        return said

    def lines(self):
        while self.peek()[0] == "newline":
            self.at += 1

    # expressions
    def expression(self):
        condition = self.binary(0)
        if self.is_("?"):
            line = self.line()
            self.take()
            self.lines()
            yes = self.expression()
            self.lines()
            self.want(":")
            self.lines()
            return Operation("?:", [condition, yes, self.expression()], line)
        return condition

    def binary(self, level):
        if level == len(BINARY):
            return self.unary()
        left = self.binary(level + 1)
        while self.peek()[0] == "mark" and self.peek()[1] in BINARY[level]:
            _, sign, line = self.take()
            left = Operation(sign, [left, self.binary(level + 1)], line)
        return left

    def unary(self):
        if self.is_("!") or self.is_("-"):
            _, sign, line = self.take()
            return Operation(sign, [self.unary()], line)
        return self.postfix(self.primary())

    def postfix(self, value):
        while True:
            line = self.line()
            if self.accept(".") or self.accept(".?"):
                name = self.want("name")
                value = Call(name, value, self.arguments(), line) if self.is_("(") else Member(value, name, line)
            elif self.accept("["):
                self.accept("?")
                value = Index(value, self.expression(), line)
                self.want("]")
            elif self.is_("!") and self.peek(1)[1] in (".", "["):
                self.take()
            else:
                return value

    def arguments(self):
        self.want("(")
        self.lines()
        found = []
        while not self.accept(")"):
            found.append(self.expression())
            self.lines()
            if not self.is_(")"):
                self.want(",")
                self.lines()
        return found

    def primary(self):
        kind, said, line = self.take()
        if kind == "text":
            return said
        if kind == "number":
            return Literal(int(said), line)
        if kind == "name":
            if said in ("true", "false", "null"):
                return Literal({"true": True, "false": False, "null": None}[said], line)
            if self.is_("("):
                return Call(said, None, self.arguments(), line)
            return Name(said, line)
        if said == "(":
            self.lines()
            value = self.expression()
            self.lines()
            self.want(")")
            return value
        if said == "{":
            return self.object(line)
        if said == "[":
            return self.array(line)
        self.fail(f"a value expected, {said!r} found", line)

    def separator(self, end):
        if not self.is_(end):
            if not self.accept(",") and self.peek()[0] != "newline":
                self.fail(f"a new line, a comma or {end!r} expected, {self.peek()[1]!r} found")
            self.lines()

    def object(self, line):
        items = []
        self.lines()
        while not self.accept("}"):
            kind, key, at = self.take()
            if kind == "text":
                key = key.literal if key.literal is not None else key
            elif kind != "name":
                self.fail(f"the name of a property expected, {key!r} found", at)
            self.want(":")
            items.append((key, self.expression(), at))
            self.separator("}")
        return Object(items, line)

    def array(self, line):
        self.lines()
        if self.accept("for"):
            index = None
            if self.accept("("):
                item = self.want("name")
                self.want(",")
                index = self.want("name")
                self.want(")")
            else:
                item = self.want("name")
            self.want("in")
            over = self.expression()
            self.want(":")
            condition = None
            if self.accept("if"):
                self.want("(")
                condition = self.expression()
                self.want(")")
            body = self.expression()
            self.lines()
            self.want("]")
            return For(item, index, over, condition, body, line)
        items = []
        while not self.accept("]"):
            items.append(self.expression())
            self.separator("]")
        return Array(items, line)

    # declarations
    def file(self):
        found, decorators = File(self.path), []
        self.lines()
        while self.peek()[0] != "end":
            line = self.line()
            if self.accept("@"):
                name = self.want("name")
                decorators.append(Call(name, None, self.arguments(), line))
                self.lines()
                continue
            word = self.want("name")
            if word in ("targetScope", "using"):
                if word == "targetScope":
                    self.want("=")
                text = self.want("text").literal
                setattr(found, "scope" if word == "targetScope" else "using", text)
            elif word in ("param", "var", "output", "resource", "module"):
                found.declarations.append(self.declaration(word, line, decorators))
                decorators = []
            else:
                self.fail(f"{word!r} is not known here", line)
            if self.peek()[0] not in ("newline", "end"):
                self.fail(f"end of line expected, {self.peek()[1]!r} found")
            self.lines()
        if decorators:
            self.fail("a decorator of nothing")
        return found

    def declaration(self, kind, line, decorators):
        made = Declaration(kind, self.want("name"), None, None, line, decorators=decorators)
        if kind in ("resource", "module"):
            made.type = self.want("text").literal
            made.existing = self.accept("existing")
        elif kind == "output" or (kind == "param" and not self.is_("=")):
            # In a file of parameters a value follows at once.
            if self.peek()[0] == "name":
                made.type = self.want("name")
        if kind == "param" and not self.is_("="):
            return made
        self.want("=")
        if kind in ("resource", "module") and self.accept("if"):
            self.want("(")
            made.condition = self.expression()
            self.want(")")
        made.value = self.expression()
        return made


def read(path):
    with open(path, encoding="utf-8") as file:
        return Reader(str(path), file.read()).file()


def parts(value):
    """The expressions that stand directly in this one."""
    if isinstance(value, Text):
        return [p for p in value.parts if not isinstance(p, str)]
    if isinstance(value, Call):
        return value.arguments + ([value.of] if value.of is not None else [])
    if isinstance(value, Member):
        return [value.of]
    if isinstance(value, Index):
        return [value.of, value.index]
    if isinstance(value, Operation):
        return value.operands
    if isinstance(value, Object):
        return [k for k, _, _ in value.items if isinstance(k, Text)] + [v for _, v, _ in value.items]
    if isinstance(value, Array):
        return value.items
    if isinstance(value, For):
        return [value.over, value.body] + ([value.condition] if value.condition is not None else [])
    return []


def walk(value):
    """Every expression within, itself first."""
    yield value
    for one in parts(value):
        yield from walk(one)
