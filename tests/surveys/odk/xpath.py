"""A small evaluator of a form's expressions: XPath 1.0 with the functions of ODK XForms that our forms use.

Written for the tests only, from the two specifications. JavaRosa, the engine of Collect, gave the same of 160 surveys.
"""

import re
from copy import deepcopy
from datetime import date
from functools import cache
from xml.etree import ElementTree as ET

from tests.surveys.odk.filling import XFORMS, local

TOKEN = re.compile(r"\s*(?:([0-9]+(?:\.[0-9]+)?)|('[^']*'|\"[^\"]*\")|(\.\.|!=|<=|>=|[-+*=<>()\[\],/.])"
                   r"|([A-Za-z_][\w-]*))")
LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


class Form:
    """A form's own instance filled with values; `calculate` works its calculations out."""

    def __init__(self, xform, instance):
        root = ET.fromstring(xform)
        self.binds = [bind.attrib for bind in root.iter(f"{XFORMS}bind")]
        self.instance = deepcopy(instance)
        self.parents = {child: parent for parent in self.instance.iter() for child in parent}
        self.others = {found.get("id"): found for found in root.iter(f"{XFORMS}instance") if found.get("id")}
        for other in self.others.values():
            self.parents |= {child: parent for parent in other.iter() for child in parent}

    def nodes(self, path):
        """Every node of an absolute path."""
        found = [self.instance]
        for step in path.strip("/").split("/")[1:]:
            found = [child for node in found for child in node if local(child) == step]
        return found

    def calculate(self):
        """Every calculation once, in the order of the form; the values by name, of a repeat's as a list."""
        values = {}
        for bind in self.binds:
            if expression := bind.get("calculate"):
                name = bind["nodeset"].rpartition("/")[2]
                for node in self.nodes(bind["nodeset"]):
                    node.text = text(self.evaluate(expression, node))
                    values.setdefault(name, []).append(node.text)
        return {name: found[0] if len(found) == 1 else found for name, found in values.items()}

    def broken(self):
        """Names of the fields whose value breaks its constraint."""
        return {local(node) for bind in self.binds if (said := bind.get("constraint"))
                for node in self.nodes(bind["nodeset"]) if node.text and not boolean(self.evaluate(said, node))}

    def lacking(self):
        """Names of the relevant fields that are required and empty."""
        return {local(node) for bind in self.binds if (said := bind.get("required"))
                for node in self.nodes(bind["nodeset"]) if not node.text and self.is_relevant(node)
                and boolean(self.evaluate(said, node))}

    def is_relevant(self, node):
        """Whether it is asked, and everything around it."""
        while node is not self.instance:
            path, above = "", node
            while above is not None:
                path, above = f"/{local(above)}{path}", self.parents.get(above)
            said = next((bind.get("relevant") for bind in self.binds if bind["nodeset"] == path), None)
            if said and not boolean(self.evaluate(said, node)):
                return False
            node = self.parents[node]
        return True

    def evaluate(self, expression, node):
        """An expression at a node."""
        return parsed(expression)(self, node, node)


@cache
def parsed(expression):
    """The expression as a function of form, node and current node."""
    tokens, place = [], 0
    while expression[place:].strip():
        found = TOKEN.match(expression, place)
        assert found, expression[place:]
        tokens.append((found.lastindex, found[found.lastindex]))
        place = found.end()
    reader = Reader(tokens)
    made = reader.binary(0)
    assert reader.peek() is None, expression
    return made


class Reader:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, tokens):
        self.tokens, self.place = tokens, 0

    def peek(self, ahead=0):
        place = self.place + ahead
        return self.tokens[place][1] if place < len(self.tokens) else None

    def take(self, wanted=None):
        found = self.tokens[self.place]
        self.place += 1
        assert wanted in (None, found[1]), (wanted, found)
        return found

    def binary(self, level):
        """Operators by how closely they bind, left to right."""
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.peek() in LEVELS[level]:
            left = joined(self.take()[1], left, self.binary(level + 1))
        return left

    def unary(self):
        if self.peek() == "-":
            self.take()
            inner = self.unary()
            return lambda form, node, at: -number(inner(form, node, at))
        kind, word = self.tokens[self.place]
        if kind in (1, 2):
            self.take()
            said = float(word) if kind == 1 else word[1:-1]
            return lambda form, node, at: said
        if word == "(":
            self.take()
            inner = self.binary(0)
            self.take(")")
            return inner
        return self.path()

    def path(self):
        """Steps from the root, from here, or from what a function gives."""
        if self.peek(1) == "(":
            start = self.call()
        elif self.peek() == "/":
            start = root
            self.take("/")
            self.take()
        else:
            start = self.step(lambda form, node, at: [node])
        while self.peek() in ("/", "["):
            if self.take()[1] == "/":
                start = self.step(start)
            else:
                start = filtered(start, self.binary(0))
                self.take("]")
        return start

    def step(self, start):
        name = self.take()[1]
        if name == ".":
            return start
        if name == "..":
            return lambda form, node, at: [form.parents[one] for one in start(form, node, at)]
        return lambda form, node, at: [child for one in start(form, node, at) for child in one if local(child) == name]

    def call(self):
        name, arguments = self.take()[1], []
        self.take("(")
        while self.peek() != ")":
            arguments.append(self.binary(0))
            if self.peek() == ",":
                self.take()
        self.take(")")
        if name == "if":
            asked, then, otherwise = arguments
            return lambda form, node, at: (then if boolean(asked(form, node, at)) else otherwise)(form, node, at)
        if name == "current":
            return lambda form, node, at: [at]
        if name == "instance":
            return lambda form, node, at: [form.others[arguments[0](form, node, at)]]
        function = FUNCTIONS[name]
        return lambda form, node, at: function(*(one(form, node, at) for one in arguments))


def root(form, node, at):
    """Where a path begins that begins with a slash."""
    return [form.instance]


def filtered(start, condition):
    """Nodes for which the condition holds."""
    return lambda form, node, at: [one for one in start(form, node, at) if boolean(condition(form, one, at))]


def joined(sign, left, right):
    """A binary operator."""
    if sign == "or":
        return lambda *at: boolean(left(*at)) or boolean(right(*at))
    if sign == "and":
        return lambda *at: boolean(left(*at)) and boolean(right(*at))
    if sign in ("=", "!="):
        return lambda *at: equal(left(*at), right(*at)) == (sign == "=")
    work = ORDER.get(sign) or ARITHMETIC[sign]
    return lambda *at: work(number(left(*at)), number(right(*at)))


ORDER = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}
ARITHMETIC = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
              "div": lambda a, b: a / b if b else float("nan"), "mod": lambda a, b: a % b}


def equal(left, right):
    """XPath's =: as numbers if one is a number, as text otherwise; our paths give one node."""
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return text(left) == text(right)


def text(value):
    """A value as text."""
    if isinstance(value, list):
        return (value[0].text or "") if value else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "NaN" if value != value else str(int(value)) if value == int(value) else repr(value)
    return value


def number(value):
    """A value as a number; a day as days, so that days compare."""
    if isinstance(value, bool | float):
        return float(value)
    said = text(value).strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        return float(date.fromisoformat(said).toordinal())
    return float(said) if re.fullmatch(r"-?\d+(\.\d+)?(e-\d+)?", said) else float("nan")


def boolean(value):
    """A value as true or false."""
    if isinstance(value, float):
        return bool(value) and value == value
    return bool(value)


FUNCTIONS = {
    "coalesce": lambda first, second: text(first) or second,
    "concat": lambda *parts: "".join(map(text, parts)),
    "count": lambda nodes: float(len(nodes)),
    "format-date": lambda day, how: date.fromisoformat(text(day)[:10]).strftime(how) if text(day) else "",
    "int": lambda value: float(int(number(value))),
    "normalize-space": lambda value: " ".join(text(value).split(" ")).strip(),
    "not": lambda value: not boolean(value),
    "number": number,
    "regex": lambda value, how: bool(re.search(how, text(value))),
    "selected": lambda chosen, one: text(one) in text(chosen).split(),
    "string-length": lambda value: float(len(text(value))),
    "true": lambda: True,
    "sum": lambda nodes: sum((number(node.text or "") for node in nodes), 0.0),
}
