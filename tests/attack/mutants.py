"""Every change of the library that its tests should notice: one comparison, operator, number, boolean or result at a time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

__all__ = ["ROOT", "Mutant", "mutants_of"]

ROOT = Path(__file__).parents[2]

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Mutant:
    """A change at a place of a file: the number of the change in the file, its line, and what is changed."""

    file: Path
    number: int
    line: int
    change: str
    function: str | None
    """The outermost function that is changed; None for what runs when the module is imported."""

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(ROOT).as_posix()}:{self.line}: {self.change}"

    @property
    def source(self) -> str:
        """The changed line as it is written."""
        return _lines(self.file)[self.line - 1].strip()

    @property
    def statement(self) -> range:
        """The lines of the statement around the change, without the statements inside it."""
        return _statement(self.file, self.line)

    @property
    def body(self) -> range:
        """The lines of the outermost function that is changed; of the statement, if it is not in a function."""
        tree = ast.parse("\n".join(_lines(self.file)))
        inside = [
            range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
            for node in ast.walk(tree)
            if isinstance(node, _FUNCTIONS) and node.lineno <= self.line <= (node.end_lineno or node.lineno)
        ]
        return max(inside, key=len, default=self.statement)

    @property
    def readers(self) -> list[int]:
        """The lines of the module that read what the statement around the change gives a name."""
        tree = ast.parse("\n".join(_lines(self.file)))
        names = {
            name
            for node in ast.walk(tree)
            if isinstance(node, ast.stmt) and node.lineno == self.statement.start
            for name in _named(node)
        }
        return [
            node.lineno
            for node in ast.walk(tree)
            if (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names)
            or (isinstance(node, ast.Attribute) and node.attr in names)
        ]

    def code(self) -> CodeType:
        """Compile the changed module."""
        tree = ast.parse("\n".join(_lines(self.file)))
        change = list(_changes(tree))[self.number]
        change.make()
        return compile(ast.fix_missing_locations(tree), str(self.file), "exec", dont_inherit=True)


def mutants_of(file: Path) -> list[Mutant]:
    """Return every mutant of a file."""
    changes = _changes(ast.parse("\n".join(_lines(file))))
    return [
        Mutant(file, number, change.line, change.words, change.function)
        for number, change in enumerate(changes)
    ]


@cache
def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def _statement(file: Path, line: int) -> range:
    found = range(line, line + 1)
    for node in ast.walk(ast.parse("\n".join(_lines(file)))):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno):
            inside = [one.lineno for one in ast.iter_child_nodes(node) if isinstance(one, ast.stmt)]
            end = min(inside, default=(node.end_lineno or node.lineno) + 1)
            found = range(node.lineno, end) if line < end else found
    return found


def _named(node: ast.stmt) -> list[str]:
    """The names that a statement gives."""
    if isinstance(node, (ast.ClassDef, *_FUNCTIONS)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [one.id for target in targets if target for one in ast.walk(target) if isinstance(one, ast.Name)]


@dataclass(frozen=True)
class _Change:
    node: ast.AST
    words: str
    new: object
    function: str | None

    @property
    def line(self) -> int:
        return getattr(self.node, "lineno", 0)

    def make(self) -> None:
        match self.node, self.new:
            case ast.Compare(), type():
                self.node.ops = [self.new(), *self.node.ops[1:]]
            case ((ast.BinOp() | ast.AugAssign() | ast.BoolOp()), type()):
                self.node.op = self.new()
            case ast.Constant(), _:
                self.node.value = self.new  # type: ignore[assignment]
            case ((ast.If() | ast.IfExp() | ast.While()), _):
                self.node.test = ast.UnaryOp(ast.Not(), self.node.test)
            case ast.UnaryOp(), _:
                self.node.op = ast.UAdd()
                self.node.operand = ast.Call(ast.Name("bool", ast.Load()), [self.node.operand], [])
            case ((ast.Return() | ast.Expr()), _):
                self.node.value = ast.Constant(None)


def _changes(node: ast.AST, function: str | None = None, path: str = "") -> Iterator[_Change]:
    """Yield the changes of a node and of all inside it, but not of annotations and of what only type checkers read."""
    if _is_for_type_checkers(node):
        return
    yield from (_Change(node, words, new, function) for words, new in _kinds(node))
    if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant):
        for words, new in _kinds(node.value):
            yield _Change(node.value, f"{node.arg}={words}", new, function)
        return
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"}:
            continue
        inner, inside = path, function
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)) and name == "body":
            inner = f"{path}.{node.name}" if path else node.name
            inside = function or (inner if isinstance(node, _FUNCTIONS) else None)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _changes(child, inside, inner)


def _is_for_type_checkers(node: ast.AST) -> bool:
    if isinstance(node, _FUNCTIONS):
        return any("overload" in ast.unparse(one) for one in node.decorator_list)
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _kinds(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield how a node can be changed: in words, and what replaces the changed part."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        new = COMPARISONS[type(node.ops[0])]
        yield f"{type(node.ops[0]).__name__} to {new.__name__}", new
    elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in OPERATORS:
        other = OPERATORS[type(node.op)]
        yield f"{type(node.op).__name__} to {other.__name__}", other
    elif isinstance(node, ast.BoolOp):
        both = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} to {both.__name__}", both
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} to {not node.value}", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        if node.value + 1 != node.value:  # as it is of 1e280
            yield f"{node.value} to {node.value + 1}", node.value + 1
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield "condition negated", None
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not left out", None
    elif isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        yield "returns None", None
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call left out", None
