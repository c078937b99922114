"""A second, deliberately naive reader of the sampling tables.

It shares nothing with the package: it reads the CSVs with `csv`, keeps a table as a dictionary of printed cells, and
follows arrows one letter at a time. Tests compare its results with those of the package.

A plan is three tuples with one entry per stage, so single, double and multiple plans need no special cases.
"""

import csv
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import comb, exp, lgamma, log, log1p
from pathlib import Path
from typing import NamedTuple, TypeVar

from aql.types import Level, Sampling, Severity, Standard

Number = TypeVar("Number", float, Fraction)

TABLES = Path(__file__).resolve().parents[2] / "tables"

FOLDER: dict[Standard, str] = {
    "ISO 2859-1:1999": "iso_2859_1_1999",
    "ISO 2859-1:2026": "iso_2859_1_1999",
    "ANSI/ASQ Z1.4": "mil_std_105e",
    "MIL-STD-105E": "mil_std_105e",
}
FOLDERS = ("iso_2859_1_1999", "mil_std_105e")
SAMPLINGS: tuple[Sampling, ...] = ("single", "double", "multiple")
SEVERITIES: tuple[Severity, ...] = ("normal", "tightened", "reduced")
LEVELS: tuple[Level, ...] = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
LETTERS = tuple("ABCDEFGHJKLMNPQR")
AQLS = (
    *("0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65"),
    *("1.0", "1.5", "2.5", "4.0", "6.5", "10", "15", "25", "40", "65"),
    *("100", "150", "250", "400", "650", "1000"),
)


class Plan(NamedTuple):
    """Size of each sample; cumulative acceptance numbers (None: not permitted) and rejection numbers."""

    n: tuple[int, ...]
    ac: tuple[int | None, ...]
    re: tuple[int, ...]


class Printed(NamedTuple):
    """One printed cell."""

    mark: str
    plan: Plan | None


class Visit(NamedTuple):
    """One cell visited: its file, its letter and its mark."""

    table: str
    letter: str
    mark: str


class Found(NamedTuple):
    """Where a walk through the tables ends, and every cell on the way."""

    plan: Plan
    letter: str
    path: tuple[Visit, ...]

    @property
    def table(self) -> str:
        """The file in which the plan stands."""
        return self.path[-1].table


class Band(NamedTuple):
    """A band of lot sizes at one inspection level; the last one is open (`last` is None)."""

    first: int
    last: int | None
    level: str
    letter: str

    def edges(self) -> tuple[int, int]:
        """Smallest and largest lot of the band; the open band is probed far out."""
        return self.first, 10**9 if self.last is None else self.last


# Reading -------------------------------------------------------------------------------------------------------


def data_lines(path: Path) -> list[str]:
    """Lines of a CSV without its provenance and without line ends."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@cache
def rows(folder: str, table: str) -> tuple[dict[str, str], ...]:
    """Rows of one CSV, every value as text."""
    return tuple(csv.DictReader(data_lines(TABLES / folder / f"{table}.csv")))


@cache
def printed(folder: str, table: str) -> dict[tuple[str, str], Printed]:
    """Every cell of one table, keyed by letter and AQL."""
    return {
        (row["letter"], row["aql"]): Printed(row["cell"], _plan(row) if row["cell"] == "plan" else None)
        for row in rows(folder, table)
    }


def _plan(row: dict[str, str]) -> Plan:
    if "ac" in row:
        return Plan((int(row["n"]),), (int(row["ac"]),), (int(row["re"]),))
    stages = [k for k in range(1, 8) if f"ac{k}" in row]
    n = [int(row["n_stage"])] * len(stages) if "n_stage" in row else [int(row["n1"]), int(row["n2"])]
    ac = [None if row[f"ac{k}"] == "#" else int(row[f"ac{k}"]) for k in stages]
    return Plan(tuple(n), tuple(ac), tuple(int(row[f"re{k}"]) for k in stages))


@cache
def bands(folder: str) -> tuple[Band, ...]:
    """Every row of the table of code letters."""
    found = []
    for row in rows(folder, "code_letters"):
        last = int(row["lot_max"]) if row["lot_max"] else None
        found.append(Band(int(row["lot_min"]), last, row["level"], row["letter"]))
    return tuple(found)


@cache
def disputed(folder: str) -> frozenset[tuple[str, str, str]]:
    """Table, letter and AQL of every cell with a second reading; "all Ac=1 cells" is spelled out."""
    found = set()
    if (TABLES / folder / "disputed_cells.csv").exists():
        for row in rows(folder, "disputed_cells"):
            if row["letter"] != "all Ac=1 cells":
                found.add((row["table"], row["letter"], row["aql"]))
                continue
            for (letter, aql), cell in printed(folder, row["table"]).items():
                if cell.plan is not None and cell.plan.ac[-1] == 1:
                    found.add((row["table"], letter, aql))
    return frozenset(found)


# Looking up ----------------------------------------------------------------------------------------------------


def resolve(
    folder: str,
    sampling: str,
    severity: str,
    letter: str,
    aql: str,
    *,
    prefer_below: bool = False,
    lot_size: int | None = None,
) -> Found:
    """Walk from a cell to a plan, one letter at a time.

    `down` and `up` move by one letter. `single` and `double` move to the same cell of that table; with
    `prefer_below` they move to the first plan further down the column instead, if there is one and its whole
    sample is smaller than the lot.
    """
    path: list[Visit] = []
    while len(path) < 40:
        table = f"{sampling}_{severity}"
        cells = printed(folder, table)
        mark, plan = cells[letter, aql]
        path.append(Visit(table, letter, mark))
        column = _column(folder, table, aql)
        here = column.index(letter)
        if plan is not None:
            return Found(plan, letter, tuple(path))
        if mark == "down":
            letter = column[here + 1]
        elif mark == "up":
            letter = column[here - 1] if here else ""
        elif mark in ("single", "double"):
            below = _first_plan(cells, column[here + 1 :], aql) if prefer_below else None
            if below is not None and (lot_size is None or sum(below[1].n) < lot_size):
                letter = below[0]
            else:
                sampling = mark
        else:
            raise LookupError(f"{table} {letter} {aql}: nothing is printed here")
    raise LookupError(f"{table} {letter} {aql}: the marks lead nowhere")


@cache
def _column(folder: str, table: str, aql: str) -> tuple[str, ...]:
    """Letters of a column, from the top."""
    return tuple(letter for letter, of in printed(folder, table) if of == aql)


def _first_plan(
    cells: dict[tuple[str, str], Printed], letters: Sequence[str], aql: str
) -> tuple[str, Plan] | None:
    for letter in letters:
        plan = cells[letter, aql].plan
        if plan is not None:
            return letter, plan
    return None


def carried_out(plan: Plan, lot_size: int) -> Plan:
    """The plan on one lot: the stage that reaches the lot takes what remains and decides by the final numbers."""
    ends = list(accumulate(plan.n))
    last = next((stage for stage, end in enumerate(ends) if end >= lot_size), len(ends) - 1)
    before = plan.n[:last]
    return Plan(
        (*before, min(plan.n[last], lot_size - sum(before))),
        (*plan.ac[:last], plan.ac[-1]),
        (*plan.re[:last], plan.re[-1]),
    )


# Comparing -----------------------------------------------------------------------------------------------------


def verdict(plan: Plan, stage: int, count: int) -> str:
    """What a cumulative count means after a stage: "accept", "reject" or "open".

    After the last sample all below Re is accepted: MIL-STD-105E accepts a reduced lot between Ac and Re, and in every
    other plan there is no number between them.
    """
    if count >= plan.re[stage]:
        return "reject"
    if stage == len(plan.n) - 1:
        return "accept"
    ac = plan.ac[stage]
    return "accept" if ac is not None and count <= ac else "open"


def accepts_whatever(lenient: Plan, strict: Plan) -> bool:
    """True if every record of findings that `strict` accepts is accepted by `lenient` as well.

    Both plans look at the same items in the same order; between two ends of samples the count rises by any number,
    zero included. All such records are walked through, with the verdict of each plan where it falls due. Since this
    holds record by record, it holds for the probability of acceptance at every quality, for nonconforming items
    and for nonconformities, for a process and for a finite lot.
    """
    ends = {"strict": list(accumulate(strict.n)), "lenient": list(accumulate(lenient.n))}
    top = max(strict.re[-1], lenient.re[-1])
    states = {(0, "open", "open")}
    for end in sorted({*ends["strict"], *ends["lenient"]}):
        reached = set()
        for before, of_strict, of_lenient in states:
            for count in range(before, top + 1):
                s, t = of_strict, of_lenient
                if s == "open" and end in ends["strict"]:
                    s = verdict(strict, ends["strict"].index(end), count)
                if t == "open" and end in ends["lenient"]:
                    t = verdict(lenient, ends["lenient"].index(end), count)
                if s == "accept" and t == "reject":
                    return False
                if s != "reject" and t != "accept":
                    reached.add((count, s, t))
        states = reached
    return True


def pa(plan: Plan, chance: Callable[[int, int], Number]) -> Number:
    """Probability of acceptance, where `chance(n, k)` is the probability of k found in a sample of n."""
    nothing = 0 * chance(1, 0)
    accepted, undecided = nothing, {0: nothing + 1}
    for stage, n in enumerate(plan.n):
        found = [chance(n, k) for k in range(plan.re[stage])]
        reached: dict[int, Number] = {}
        for before, ways in undecided.items():
            for k in range(plan.re[stage] - before):
                reached[before + k] = reached.get(before + k, nothing) + ways * found[k]
        undecided = {}
        for count, ways in reached.items():
            if verdict(plan, stage, count) == "accept":
                accepted = accepted + ways
            else:
                undecided[count] = ways
    return accepted


def binomial(p: float) -> Callable[[int, int], float]:
    """Chance of k nonconforming items in a sample of n, for a fraction nonconforming 0 < p < 1."""

    def chance(n: int, k: int) -> float:
        if k > n:
            return 0.0
        ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
        return exp(ways + k * log(p) + (n - k) * log1p(-p))

    return chance


def exact_binomial(p: Fraction) -> Callable[[int, int], Fraction]:
    """`binomial` without rounding."""
    return lambda n, k: comb(n, k) * p**k * (1 - p) ** (n - k) if k <= n else Fraction(0)


def poisson(rate: float) -> Callable[[int, int], float]:
    """Chance of k nonconformities in a sample of n, for `rate` > 0 nonconformities an item."""
    return lambda n, k: exp(k * log(n * rate) - n * rate - lgamma(k + 1))
