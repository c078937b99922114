"""The different plans in a frame of lots, found once for each different size, number of cartons and severity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.scoring.bulk.engines import Frame, distinct_rows
from aql.scoring.bulk.given import MISSING, GivenLots
from aql.scoring.bulk.lot_plans import Plans, lot_groups
from aql.scoring.decision_line import Line, decision_lines

__all__ = ["NO_KEY", "PlanKeys", "plan_keys"]

NO_KEY = -1
"""The key of a lot for which there are no plans."""

_SOME_LOT = 1000


@dataclass(frozen=True)
class PlanKeys:
    """The different plans of a frame of lots, found once for each different size, number of cartons and severity.

    Attributes
    ----------
    frame : Frame
        The lots, with the columns of `facts`.
    facts : sequence of str
        Columns added for sizes and numbers of cartons with the same plans.
    known : mapping of str to list
        The different rows in these columns and those of the severities, by column.
    texts : mapping of str to type
        The columns of severities among them, which are text.
    keys : list of int
        The place in `sets` of the decision lines of each of these rows, or -1.
    sets : sequence of tuple of Line
        The different decision lines.
    errors : sequence of DomainError
        Why some rows have no plans.
    """

    frame: Frame
    facts: Sequence[str]
    known: Mapping[str, list[int] | list[str]]
    texts: Mapping[str, type]
    keys: list[int]
    sets: Sequence[tuple[Line, ...]]
    errors: Sequence[DomainError]


def plan_keys(contract: Contract, lots: GivenLots) -> PlanKeys:
    """Return the different plans of a frame of lots; a contract has a plan for some lot, though there may be no lots."""
    groups = lot_groups(contract)
    by_carton = any(term.of == "cartons" and term.own_line for term in contract.terms)
    severities = lots.by_line("severity")
    facts = {"g_size": groups.of(nw.col("size"))}
    given = lots.frame
    if by_carton and "cartons" not in lots.numbers:
        given = given.with_columns(cartons=nw.lit(MISSING, nw.Int64))
    if by_carton:
        cartons = nw.col("cartons")
        facts["g_cartons"] = nw.when(cartons < 1).then(cartons).otherwise(groups.of(cartons))
    frame = given.with_columns(**facts)
    grouped = [*facts, *severities.values()]
    plans = Plans(contract)
    known: dict[str, list[int] | list[str]] = {name: [] for name in grouped}
    keys: list[int] = []
    errors: list[DomainError] = []
    for row in distinct_rows(frame, *grouped).collect().rows(named=True):
        stated = tuple((line, row[column]) for line, column in severities.items() if row[column])
        cartons_in = row.get("g_cartons", MISSING)
        severity = (row[severities[""]] or None) if "" in severities else stated
        try:
            key = plans.key_of((int(row["g_size"]), None if cartons_in < 0 else int(cartons_in), severity))
        except DomainError as error:
            errors.append(error)
            key = NO_KEY
        keys.append(key)
        for name in grouped:
            known[name].append(row[name])
    sets = plans.sets or [decision_lines(contract, _SOME_LOT, cartons=_SOME_LOT)]
    texts = dict.fromkeys(severities.values(), str)
    return PlanKeys(frame, list(facts), known, texts, keys, sets, errors)
