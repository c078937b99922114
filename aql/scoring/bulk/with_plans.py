"""The plans of many lots as columns of their frame."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

import narwhals.stable.v2 as nw

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.documents.cluster_frames import cluster_of
from aql.errors import DocumentError, DomainError, LogError, Problem
from aql.inspection.frame_log import FrameLike
from aql.scoring.bulk.given import MISSING, given_lots
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.plan_keys import plan_keys
from aql.scoring.bulk.plans_on_cluster import different_lots, plans_on_cluster
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
        plans depend on them. Other columns are kept. A frame of pandas, polars (eager or lazy), pyarrow, DuckDB, Dask or
        Spark.
    contract : Contract
        The contract of all lots.

    Returns
    -------
    frame
        A frame of the same kind, lazy if `lots` was, its rows in no particular order, with ``n_<line>``, ``ac_<line>`` and
        ``re_<line>`` as applied to the lot. If any lot has a plan of several stages, each stage has its own:
        ``n_<line>_1``, ``ac_<line>_1``, ...; `ac` and `re` are cumulative. A number is missing where acceptance is not
        permitted, and where the plan of the lot has fewer stages. The different sizes and severities are read at once.

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
    if not cluster_of(lots):
        return cast(FrameT, _planned(lots, contract))
    different, several = different_lots(lots)
    _check_once(several=several)
    found = plan_keys(contract, given_lots(different, others=True))
    _raise_first(found.errors)
    return cast(FrameT, plans_on_cluster(lots, partial(_planned, contract=contract, more=found.sets)))


def _planned(lots: FrameLike, contract: Contract, more: Sequence[tuple[Line, ...]] = ()) -> Any:
    """The lots with the columns of their plans, or of as many stages as `more` sets of lines have."""
    given = given_lots(lots, others=True)
    twice = given.frame.group_by("lot").agg(nw.len().alias("times")).filter(nw.col("times") > 1)
    _check_once(several=not twice.head(1).collect().is_empty())
    found = plan_keys(contract, given)
    _raise_first(found.errors)
    sets = [*found.sets, *more] if found.keys else more or found.sets
    numbers = _numbers_of(LotsWithPlans(contract, given.engine, found.frame, sets))
    taken = [name for name in numbers if name in given.raw.collect_schema()]
    if taken:
        message = f"lots must not have the columns of plans yet, got {listed(taken)}"
        raise LogError("the frame of lots", [Problem("lots", message, code="two-columns", column=taken[0])])
    table = {**found.known, **{name: [each[key] for key in found.keys] for name, each in numbers.items()}}
    plans = given.engine.frame(table, found.texts)
    missing = [name for name, each in numbers.items() if MISSING in each]
    plans = given.engine.with_missing(plans, missing) if missing else plans
    of_lots = found.frame.join(plans, on=list(found.known), how="left").select("lot", *numbers)
    return given.engine.given_back(given.raw.join(of_lots, on="lot", how="left"))


def _check_once(*, several: bool) -> None:
    if several:
        problem = Problem("lots, column lot", "must list each lot once", code="two-lots", column="lot")
        raise LogError("the frame of lots", [problem])


def _raise_first(errors: Sequence[DomainError]) -> None:
    for error in errors:
        raise error


def _numbers_of(lots: LotsWithPlans) -> dict[str, list[int]]:
    """The numbers of the plans by key; -1 where there is none."""
    table: dict[str, list[int]] = {}
    for at, line in enumerate(lots.lines):
        for stage in range(lots.stages[at]):
            end = f"_{line.name}" if lots.stages[at] == 1 else f"_{line.name}_{stage + 1}"
            numbers = [_numbers(lines[at], stage) for lines in lots.sets]
            for place, name in enumerate(("n", "ac", "re")):
                table[name + end] = [one[place] for one in numbers]
    return table


def _numbers(line: Line, stage: int) -> tuple[int, int, int]:
    """The numbers n, Ac and Re of a stage; -1 for those that it does not have."""
    if stage >= len(line.lot_plan.stages):
        return -1, -1, -1
    one = line.lot_plan.stages[stage]
    return one.n, -1 if one.ac is None else one.ac, one.re
