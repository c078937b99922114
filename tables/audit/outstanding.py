"""Cells whose plan, or its second reading, differs from its row or diagonal.

Figures are Poisson and differences are shifts, as in `tables.audit.consistency`.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from statistics import median
from typing import TYPE_CHECKING

from aql import tables
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.standards.editions import edition
from aql.standards.iso2859_1.arrows import master_name
from aql.standards.iso2859_1.code_letters import sample_size
from aql.standards.iso2859_1.plan_cells import DerivedCell
from aql.types import SEVERITIES, Sampling, Severity, Standard
from tables.audit.consistency import Plan, entered_cells, good_quality, held_cells, ranks, shift

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ROUNDING", "THRESHOLD", "outstanding_cells", "second_plan"]

THRESHOLD = 3.0
"""A cell stands out if it is more than this many scaled median absolute deviations from the median."""

ROUNDING = 0.05
"""The smallest scale used: sample sizes and AQLs are rounded preferred numbers, which shifts their product this much."""

_MAD = 1.4826  # makes the median absolute deviation estimate the standard deviation of normal values
_FEWEST = 4

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Check:
    """A check: its cells, the value of a plan in a cell, and the group of cells it is compared with."""

    name: str
    cells: Mapping[Key, DerivedCell]
    value: Callable[[DerivedCell, Plan], float]
    group: Callable[[DerivedCell], int]


def outstanding_cells(standard: Standard, *, threshold: float = THRESHOLD) -> pd.DataFrame:
    """Return the cells that stand out, and every disputed cell, with the same figures for its second reading.

    Parameters
    ----------
    standard : str
        Edition.
    threshold : float
        A cell with a larger absolute score stands out.

    Returns
    -------
    DataFrame
        One row per cell and check: severity, sampling, letter, aql, plan, check, value, usual (the median of the
        cells it is compared with), score (distance from it in scales), stands_out, disputed, second_reading (a plan or
        None), second_value, second_score, second_stands_out.

    Notes
    -----
    The checks, all in shifts of quality:

    ``diagonal``
        AQL compared with the quality that the plan rejects with probability 0.05.
    ``row``
        Quality that the plan rejects with probability 0.05, compared with the plans of the neighbouring AQLs (the mean
        of their logarithms): finds an acceptance number that does not fit its row.
    ``against single``
        Indifference quality (Pa 50 percent) of the double or multiple plan, compared with the cell's single plan.
    ``against normal``
        Indifference quality under tightened inspection, compared with normal inspection.

    ``diagonal`` and ``against normal`` compare `value` with the cells of its diagonal; the other two compare it with all
    cells of the table, and so can find a whole diagonal that does not fit. The scale is 1.4826 times the median absolute
    deviation, but at least `ROUNDING`. In a group of fewer than four cells the score is NaN. The figures of the second
    reading assume the second reading in all disputed cells, since most disputes are about a whole diagonal.

    Examples
    --------
    >>> frame = outstanding_cells("MIL-STD-105E")
    >>> frame = frame[frame.sampling == "single"]
    >>> sorted(set(zip(frame.severity, frame.check, frame.letter)))
    [('reduced', 'diagonal', 'A'), ('reduced', 'diagonal', 'B')]
    """
    import pandas as pd

    rows = [
        {"severity": severity, "sampling": sampling, **row}
        for severity, sampling in product(SEVERITIES, edition(standard).samplings)
        for check in _checks(standard, severity, sampling)
        for row in _judged(standard, severity, sampling, check, threshold)
    ]
    return pd.DataFrame(rows)


def second_plan(reading: str, printed: Plan | None, own_size: int) -> Plan | None:
    """Return the plan of a second reading such as ``"2/4 5/6 (source)"``; None if the reading is not a plan.

    It has the sample sizes of the plan in the cell, or the letter's sample size in a cell without a plan.

    Examples
    --------
    >>> second_plan("2/4 5/6 (somewhere)", MultiplePlan((20, 20), (2, 6), (5, 7)), 32)
    MultiplePlan(n=(20, 20), ac=(2, 5), re=(4, 6))
    >>> second_plan("plan 0/1 (n=2) (somewhere)", None, 2)
    SinglePlan(n=2, ac=0)
    """
    numbers = re.findall(r"(?<!\S)(#|\d+)/(\d+)(?!\S)", reading)
    sizes = printed.n if isinstance(printed, MultiplePlan) else (own_size if printed is None else printed.n,)
    if len(numbers) != len(sizes):
        return None
    if len(sizes) == 1:
        return SinglePlan(sizes[0], int(numbers[0][0]), int(numbers[0][1]))
    accept = [None if ac == "#" else int(ac) for ac, _ in numbers]
    return MultiplePlan(sizes, accept, [int(reject) for _, reject in numbers])


def _checks(standard: Standard, severity: Severity, sampling: Sampling) -> Iterable[_Check]:
    rank = ranks(standard, severity)
    held = {(cell.letter, cell.aql): cell for cell in held_cells(standard, severity, sampling)}
    if sampling == "single":
        yield _Check("diagonal", held, _allowed_share, rank)
    yield _Check("row", held, _row_step(held, standard, severity), lambda _: 0)
    if sampling != "single":
        yield _Check("against single", held, _indifference(standard, severity), lambda _: 0)
    if severity == "tightened":
        normal, both = entered_cells(standard, sampling)

        def against(cell: DerivedCell, plan: Plan) -> float:
            return shift(plan, normal[cell.letter, cell.aql].plan)

        yield _Check("against normal", both, against, rank)


def _judged(
    standard: Standard, severity: Severity, sampling: Sampling, check: _Check, threshold: float
) -> Iterable[dict[str, object]]:
    seconds = {key: _second(standard, severity, sampling, cell) for key, cell in check.cells.items()}
    printed = {key: check.value(cell, cell.plan) for key, cell in check.cells.items()}
    again = {key: check.value(cell, seconds[key] or cell.plan) for key, cell in check.cells.items()}
    places = {key: check.group(cell) for key, cell in check.cells.items()}
    groups, others = _grouped(printed, places), _grouped(again, places)
    for key, cell in check.cells.items():
        score, second = _score(printed[key], groups[places[key]]), seconds[key]
        second_score = math.nan if second is None else _score(again[key], others[places[key]])
        if not (abs(score) > threshold or abs(second_score) >= 0):
            continue
        yield {
            "letter": cell.letter,
            "aql": cell.aql,
            "plan": cell.plan,
            "check": check.name,
            "value": printed[key],
            "usual": median(groups[places[key]] or [math.nan]),
            "score": score,
            "stands_out": abs(score) > threshold,
            "disputed": second is not None,
            "second_reading": second,
            "second_value": math.nan if second is None else again[key],
            "second_score": second_score,
            "second_stands_out": abs(second_score) > threshold,
        }


def _grouped(values: Mapping[Key, float], places: Mapping[Key, int]) -> Mapping[int, list[float]]:
    groups: dict[int, list[float]] = defaultdict(list)
    for key, value in values.items():
        if not math.isnan(value):
            groups[places[key]].append(value)
    return groups


def _score(value: float, others: list[float]) -> float:
    if len(others) < _FEWEST or math.isnan(value):
        return math.nan
    middle = median(others)
    scale = max(_MAD * median(abs(one - middle) for one in others), ROUNDING)
    return (value - middle) / scale


def _second(standard: Standard, severity: Severity, sampling: Sampling, cell: DerivedCell) -> Plan | None:
    """The plan of the second reading of this cell, not of a disputed cell that its arrow leads to."""
    folder = edition(standard).folder
    reading = tables.disputed_cells(folder).get((master_name(sampling, severity), cell.letter, cell.aql))
    if reading is None:
        return None
    plan = cell.single if sampling == "single" else cell.plan
    own = sample_size(folder, severity, cell.letter)
    return second_plan(reading, None if cell.mark in {"down", "up"} else plan, own)


def _allowed_share(cell: DerivedCell, plan: Plan) -> float:
    """Shift between the AQL and the quality that is rejected with probability 0.05."""
    return math.log(float(cell.aql) / 100 / good_quality(plan))


def _row_step(
    held: Mapping[Key, DerivedCell], standard: Standard, severity: Severity
) -> Callable[..., float]:
    folder = edition(standard).folder
    aqls = tables.master_table(folder, master_name("single", severity)).aqls

    def step(cell: DerivedCell, plan: Plan) -> float:
        place = aqls.index(cell.aql)
        around = [held.get((cell.letter, aqls[at])) for at in (place - 1, place + 1) if 0 <= at < len(aqls)]
        if len(around) < 2 or None in around:
            return math.nan
        return (
            math.log(good_quality(plan))
            - sum(math.log(good_quality(one.plan)) for one in around if one is not None) / 2
        )

    return step


def _indifference(standard: Standard, severity: Severity) -> Callable[[DerivedCell, Plan], float]:
    def against(cell: DerivedCell, plan: Plan) -> float:
        second = None if plan is cell.plan else _second(standard, severity, "single", cell)
        return shift(plan, second or cell.single)

    return against
