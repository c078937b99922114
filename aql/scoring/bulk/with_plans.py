"""The plans of many lots as columns of their frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.errors import DocumentError, DomainError, LogError, Problem
from aql.scoring.bulk.engines import Engine, Frame
from aql.scoring.bulk.given import given_lots
from aql.scoring.bulk.lots_with_plans import NO_KEY, LotsWithPlans, lots_with_plans
from aql.scoring.bulk.scores import FrameT
from aql.scoring.decision_line import Line
from aql.words import listed, short_repr

__all__ = ["with_plans"]


def with_plans(lots: FrameT, contract: Contract) -> FrameT:
    """Add the plan of each decision line to a frame of lots.

    Parameters
    ----------
    lots : frame
        One row per lot: ``lot``, ``size`` [items], and ``severity`` or ``severity_<class>`` and ``cartons`` where the
        plans depend on them. Other columns are kept. A frame of pandas, polars (eager or lazy), pyarrow or DuckDB.
    contract : Contract
        The contract of all lots.

    Returns
    -------
    frame
        A frame of the same kind, its rows in no particular order, with ``n_<line>``, ``ac_<line>`` and ``re_<line>`` as
        applied to the lot. If any lot has a plan of several stages, each stage has its own: ``n_<line>_1``,
        ``ac_<line>_1``, ...; `ac` and `re` are cumulative. A number is missing where acceptance is not permitted, and
        where the plan of the lot has fewer stages.

    Raises
    ------
    DocumentError
        If the check of the contract finds an error.
    LogError
        If a column is missing or of the wrong kind, or the frame already has a column of that name.
    DomainError
        If an argument has the wrong type, or the tables have no plan for a lot.

    Examples
    --------
    >>> import pandas as pd
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> lots = pd.DataFrame({"lot": ["A", "B"], "size": [1200, 30], "week": [7, 7]})
    >>> with_plans(lots, contract)
      lot  size  week  n_major  ac_major  re_major
    0   A  1200     7       80         5         6
    1   B    30     7        5         0         1
    """
    if not isinstance(contract, Contract):
        raise DomainError(f"contract must be an aql.Contract, got {short_repr(contract)}", value=contract)
    errors = check(contract).errors
    if errors:
        raise DocumentError("the contract", [error.as_problem() for error in errors])
    given = given_lots(lots, others=True)
    if given.frame.select("lot").collect().get_column("lot").is_duplicated().any():
        problem = Problem("lots, column lot", "must list each lot once", code="two-lots", column="lot")
        raise LogError("the frame of lots", [problem])
    found = lots_with_plans(contract, given)
    for error in found.errors:
        raise error
    table = _table(found)
    names = [name for name in table if name != "key"]
    taken = [name for name in names if name in given.raw.collect_schema()]
    if taken:
        message = f"lots must not have the columns of plans yet, got {listed(taken)}"
        raise LogError("the frame of lots", [Problem("lots", message, code="two-columns", column=taken[0])])
    plans = found.frame.select("lot", "key").join(_plans(given.engine, table, names), on="key", how="left")
    return cast(FrameT, given.engine.given_back(given.raw.join(plans.drop("key"), on="lot", how="left")))


def _plans(engine: Engine, table: Mapping[str, list[int]], names: list[str]) -> Frame:
    """The plans by key, with numbers missing where there are none."""
    frame = engine.frame(table)
    missing = [name for name in names if NO_KEY in table[name]]
    return engine.with_missing(frame, missing) if missing else frame


def _table(found: LotsWithPlans) -> dict[str, list[int]]:
    """The numbers of the plans by key; -1 where there is none."""
    table: dict[str, list[int]] = {"key": list(range(len(found.sets)))}
    for at, line in enumerate(found.lines):
        for stage in range(found.stages[at]):
            end = f"_{line.name}" if found.stages[at] == 1 else f"_{line.name}_{stage + 1}"
            numbers = [_numbers(lines[at], stage) for lines in found.sets]
            for place, name in enumerate(("n", "ac", "re")):
                table[name + end] = [one[place] for one in numbers]
    return table


def _numbers(line: Line, stage: int) -> tuple[int, int, int]:
    """The numbers n, Ac and Re of a stage; -1 for those that it does not have."""
    if stage >= len(line.lot_plan.stages):
        return -1, -1, -1
    one = line.lot_plan.stages[stage]
    return one.n, -1 if one.ac is None else one.ac, one.re
