"""Finds every regular expression of the library in its syntax trees, and whether its cost can grow faster than its text."""

import ast
import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aql.contract.vague_words import _vocabulary

__all__ = ["Pattern", "every_pattern", "repeats_that_overlap", "units"]

ROOT = Path(__file__).parents[2] / "aql"
parser: Any = importlib.import_module("re._parser")
compiler: Any = importlib.import_module("re._compiler")
sre: Any = importlib.import_module("re._constants")

METHODS = frozenset({"match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"})
LOCALS: dict[str, dict[str, object]] = {
    "assurance/before_order.py": {"word": "a longer word"},
    "contract/check_measures.py": {"unit": "mm"},
    "contract/vague_words.py": {
        "alternatives": _vocabulary()[0].pattern.removeprefix(r"(?<![\w-])(?:").removesuffix(r")(?![\w-])")
    },
    "report/units.py": {"longest": r"mm\^2|mm|%"},
}
"""What stands in for the local names in the patterns of a file."""


@dataclass(frozen=True)
class Pattern:
    """A pattern, the line of code that has it, and how it is applied."""

    place: str
    compiled: re.Pattern[Any]
    methods: tuple[str, ...]

    def apply(self, text: str) -> None:
        """Apply the pattern to a text in each way that the code does."""
        given: Any = text.encode() if isinstance(self.compiled.pattern, bytes) else text
        for name in self.methods:
            if name in {"sub", "subn"}:
                self.compiled.sub(lambda found: found[0], given)
            elif name == "finditer":
                for _ in self.compiled.finditer(given):
                    pass
            else:
                getattr(self.compiled, name)(given)


def every_pattern() -> list[Pattern]:
    """Every pattern, in the order of the files; a pattern that cannot be worked out is an error."""
    return [one for path in sorted(ROOT.rglob("*.py")) for one in _of_file(path)]


def _of_file(path: Path) -> Iterator[Pattern]:
    file = path.relative_to(ROOT).as_posix()
    tree = ast.parse(path.read_text("utf-8"))
    names = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            used.setdefault(node.value.id, set()).add(node.attr)
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
        for written, flags, method in _written(node):
            compiled = re.compile(_value(written, file), _value(flags, file) if flags is not None else 0)
            methods = (
                {method} if method in METHODS else used.get(names.get(id(node), ""), {"search", "fullmatch"})
            )
            yield Pattern(f"{file}:{node.lineno}:{node.col_offset}", compiled, tuple(sorted(methods)))


def _written(node: ast.Call) -> Iterator[tuple[ast.expr, ast.expr | None, str]]:
    """The patterns in a call: that of ``re.search`` and the like, and the `pattern` of a pydantic field."""
    flags = {word.arg: word.value for word in node.keywords}
    if (
        isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    ):
        if node.func.attr == "compile" or node.func.attr in METHODS:
            places = {"compile": 1, "sub": 4, "split": 3}
            at = places.get(node.func.attr, 2)
            yield node.args[0], node.args[at] if len(node.args) > at else flags.get("flags"), node.func.attr
    elif isinstance(node.func, ast.Name) and node.func.id == "Field" and "pattern" in flags:
        yield flags["pattern"], None, "search"


def _value(written: ast.expr, file: str) -> Any:
    """The value of an expression in a file."""
    module = importlib.import_module("aql." + file.removesuffix(".py").replace("/", "."))
    code = compile(ast.Expression(written), file, "eval")
    return eval(code, dict(vars(module)), LOCALS.get(file, {}))


_SAMPLE = [chr(code) for code in range(128)] + list("\u00e4\u2013\u2019\u201c\u201d\u00ab\u00bb")
_LOOKS = (sre.ASSERT, sre.ASSERT_NOT, sre.AT)


def repeats_that_overlap(pattern: Pattern) -> list[str]:
    """Say which parts of a pattern can take time that grows faster than the text.

    That needs two unbounded repeats, next to each other or inside one another, that take the same characters, or one at
    the beginning of a search, which starts again at every character. A possessive repeat gives nothing back.
    """
    found: list[str] = []
    tree = parser.parse(pattern.compiled.pattern, pattern.compiled.flags & ~re.DEBUG)
    _check(tree, set(), found)
    if set(pattern.methods) - {"match", "fullmatch"}:
        found += [
            "a search runs over its next beginnings"
            for one in _alternatives(tree)
            if _runs_over_beginnings(one)
        ]
    return found


def _alternatives(tree: Any) -> list[list[tuple[Any, Any]]]:
    """The ways in which a pattern can begin."""
    items = list(_flat(tree))
    if items and items[0][0] is sre.BRANCH:
        return [[*_flat(one), *items[1:]] for one in items[0][1][1]]
    return [items]


def _runs_over_beginnings(items: list[tuple[Any, Any]]) -> bool:
    """Whether an unbounded repeat near the beginning of a search takes what the search begins with, and can then fail."""
    if items and items[0][0] is sre.ASSERT_NOT and items[0][1][0] < 0:
        return False  # it does not begin again after its own characters
    items = [item for item in items if item[0] is not sre.AT]
    at = next((at for at, item in enumerate(items) if _is_unbounded(item)), None)
    if at is None or at == len(items) - 1:
        return False
    taken = _first_and_later(items[at][1][2])
    return all(taken & _first_and_later([one]) for one in items[:at] if one[0] not in {*_LOOKS, *_REPEATS})


def _flat(items: Any) -> Iterator[tuple[Any, Any]]:
    """The parts of a sequence, with those of its groups."""
    for kind, given in items:
        if kind is sre.SUBPATTERN:
            yield from _flat(given[3])
        else:
            yield kind, given


def _is_unbounded(item: tuple[Any, Any]) -> bool:
    return item[0] in _REPEATS and item[1][1] is sre.MAXREPEAT


_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def _check(items: Any, before: set[str], found: list[str]) -> set[str]:
    """Check a sequence after an unbounded repeat of the characters `before`; return those of the one that it ends with."""
    for kind, given in _flat(items):
        if kind is sre.BRANCH:
            before = set().union(*(_check(one, before, found) for one in given[1]))
        elif kind in _REPEATS:
            body = given[2]
            taken = _first_and_later(body)
            unbounded = given[1] is sre.MAXREPEAT
            if unbounded and kind is not sre.POSSESSIVE_REPEAT:
                if before & taken:
                    found.append(f"two repeats of {sorted(before & taken)[:5]}")
                if any(map(_is_giving, _deep(body))):
                    found.append("a repeat inside a repeat")
                before = taken | (before if given[0] == 0 else set())
            elif given[0]:
                before = before & taken
            _check(body, set(), found)
        elif kind not in _LOOKS:
            before = before & _characters([(kind, given)])
    return before


def _is_giving(item: tuple[Any, Any]) -> bool:
    return _is_unbounded(item) and item[0] is not sre.POSSESSIVE_REPEAT


def _deep(items: Any) -> Iterator[tuple[Any, Any]]:
    """Every part of a sequence, at any depth."""
    for kind, given in _flat(items):
        yield kind, given
        inner = given[1] if kind is sre.BRANCH else [given[2]] if kind in _REPEATS else []
        for one in inner:
            yield from _deep(one)


def _first_and_later(items: Any) -> set[str]:
    """The characters that the parts of a sequence take."""
    return set().union(
        *(
            _characters([item])
            for item in _deep(items)
            if item[0] not in {*_LOOKS, *_REPEATS, sre.BRANCH, sre.GROUPREF}
        )
    )


def _characters(items: Sequence[tuple[Any, Any]]) -> set[str]:
    """The characters of the sample that a part of one character takes."""
    state = parser.State()
    state.str = ""
    one = compiler.compile(parser.SubPattern(state, list(items)), 0)
    return {sign for sign in _SAMPLE if one.fullmatch(sign)}


def units(compiled: re.Pattern[Any]) -> list[str]:
    """The characters of a pattern and its literal texts, of which texts that it likes least are made."""
    tree = parser.parse(compiled.pattern, compiled.flags & ~re.DEBUG)
    found: dict[str, None] = {}
    for kind, given in _everything(tree):
        if kind is sre.LITERAL or kind is sre.NOT_LITERAL:
            found[chr(given)] = None
        elif kind is sre.RANGE:
            found[chr(given[0])] = None
        elif kind is sre.CATEGORY:
            found["1" if "DIGIT" in str(given) else " " if "SPACE" in str(given) else "a"] = None
    literal = "".join(chr(given) if kind is sre.LITERAL else "\n" for kind, given in _flat(tree))
    texts = [text for text in literal.split("\n") if len(text) > 1]
    return [*list(found)[:10], *texts[:3]]


def _everything(items: Any) -> Iterator[tuple[Any, Any]]:
    """Every part at any depth, with the members of sets."""
    for kind, given in _deep(items):
        yield kind, given
        if kind is sre.IN:
            yield from given
        elif kind in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _everything(given[1])
