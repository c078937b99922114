"""Change the library in one place at a time, and count the changes that its tests notice.

    nox -s mutation -- plans --sample 200 --seed 1

A part is a package of `aql` with the fast tests that concern it. Every mutant changes one comparison, operator, number,
boolean or returned value. A mutant is killed if the tests fail or take five times as long as without a change. Survivors
are printed with their line; each is either equivalent, or a hole in the tests. The files are changed in a copy.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]

# The tests of a part: fast enough that a part takes less than an hour.
PARTS: dict[str, tuple[str, ...]] = {
    "standards": ("tests/standards", "tests/tables"),
    "tables": ("tests/tables", "tests/standards/test_golden_lookups.py"),
    "plans": ("tests/plans",),
    "distributions": ("tests/distributions", "tests/plans/acceptance"),
    "contract": ("tests/contract", "tests/scoring"),
    "inspection": ("tests/inspection", "tests/scoring"),
    "documents": ("tests/documents", "tests/contract", "tests/inspection", "tests/attack"),
    "scoring": ("tests/scoring",),
    "scheme": ("tests/scheme",),
    "assurance": ("tests/assurance",),
    "report": ("tests/report",),
    "strategies": ("tests/strategies",),
}
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
}


@dataclass(frozen=True)
class Mutant:
    """A changed file, and what was changed where."""

    file: Path
    line: int
    change: str
    text: str


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file."""
    source = file.read_text("utf-8")
    places = sum(1 for _ in _changes(ast.parse(source)))
    for place in range(places):
        tree = ast.parse(source)
        for number, (line, change) in enumerate(_changes(tree, place)):
            if number == place:
                yield Mutant(file, line, change, ast.unparse(tree))


def _changes(tree: ast.Module, wanted: int = -1) -> Iterator[tuple[int, str]]:
    """Yield the line and kind of every change; the wanted one is made."""
    number = -1
    for node in ast.walk(tree):
        for change in _changes_of(node):
            number += 1
            if number == wanted:
                change.make()
            yield change.line, change.words


@dataclass(frozen=True)
class _Change:
    node: ast.AST
    line: int
    words: str
    new: object

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
            case ast.Return(), _:
                self.node.value = ast.Constant(None)


def _changes_of(node: ast.AST) -> Iterator[_Change]:
    line = getattr(node, "lineno", 0)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        new = COMPARISONS[type(node.ops[0])]
        yield _Change(node, line, f"{type(node.ops[0]).__name__} to {new.__name__}", new)
    elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in OPERATORS:
        other = OPERATORS[type(node.op)]
        yield _Change(node, line, f"{type(node.op).__name__} to {other.__name__}", other)
    elif isinstance(node, ast.BoolOp):
        both = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield _Change(node, line, f"{type(node.op).__name__} to {both.__name__}", both)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield _Change(node, line, f"{node.value} to {not node.value}", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield _Change(node, line, f"{node.value} to {node.value + 1}", node.value + 1)
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield _Change(node, line, "condition negated", None)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield _Change(node, line, "returns None", None)


def survives(mutant: Mutant, copy: Path, tests: tuple[str, ...], limit: float) -> bool:
    """Run the tests on a mutant in the copy."""
    place = copy / mutant.file.relative_to(ROOT)
    old = place.read_text("utf-8")
    place.write_text(mutant.text, encoding="utf-8")
    try:
        return passes(copy, tests, limit)
    finally:
        place.write_text(old, encoding="utf-8")


def passes(copy: Path, tests: tuple[str, ...], limit: float | None = None) -> bool:
    how = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(
            how,
            cwd=copy,
            env=os.environ | {"PYTHONPATH": str(copy)},
            capture_output=True,
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    """Try the mutants of a part; the exit code is 1 if one survives."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=sorted(PARTS))
    parser.add_argument("--sample", type=int, help="number of mutants, spread over the files; all by default")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    files = sorted((ROOT / "aql" / asked.part).rglob("*.py"))
    mutants = [mutant for file in files for mutant in mutants_of(file)]
    if asked.sample is not None and asked.sample < len(mutants):
        mutants = sorted(
            Random(asked.seed).sample(mutants, asked.sample), key=lambda one: (one.file, one.line)
        )
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".git", "__pycache__", ".*_cache", "_build")
        )
        start = time.perf_counter()
        if not passes(copy, PARTS[asked.part]):
            sys.stdout.write("the tests fail without a change\n")
            return 2
        limit = 5 * (time.perf_counter() - start) + 10
        survivors = []
        for mutant in mutants:
            if survives(mutant, copy, PARTS[asked.part], limit):
                survivors.append(mutant)
                name = mutant.file.relative_to(ROOT).as_posix()
                sys.stdout.write(f"{name}:{mutant.line}: {mutant.change}\n")
                sys.stdout.flush()
    killed = len(mutants) - len(survivors)
    sys.stdout.write(f"{asked.part}: {killed} of {len(mutants)} mutants killed\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
