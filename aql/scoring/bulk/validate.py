"""The problems of frames of findings and lots, in the words of a single lot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import narwhals.stable.v2 as nw

from aql.contract.contract import Contract
from aql.documents.cluster_frames import cluster_of
from aql.errors import AqlError, DocumentError, LogError, Problem
from aql.inspection.frame_log import FrameLike
from aql.inspection.inspection import Inspection
from aql.scoring.bulk.engines import Frame, distinct_rows
from aql.scoring.bulk.given import GivenFindings, GivenLots, given_findings, given_lots
from aql.scoring.bulk.judged import Judged, by_contract, judged
from aql.scoring.bulk.lot_by_lot import inspections
from aql.scoring.bulk.score_on_cluster import problems_on_cluster
from aql.scoring.bulk.scores import FrameT
from aql.scoring.bulk.suspect_lots import suspect_lots
from aql.scoring.score import score

__all__ = ["LotProblem", "problems_of_frames", "raise_problems", "validate_findings"]


@dataclass(frozen=True, slots=True)
class LotProblem:
    """A problem of a lot: the lot, the problem, and the row of the log that has it, if it is one row."""

    lot: Any
    problem: Problem
    row: Mapping[str, Any]

    def placed(self) -> Problem:
        """Return the problem with its lot as its place."""
        where = [
            part for part in (f"lot {self.lot}" if self.lot is not None else "", self.problem.column) if part
        ]
        return replace(self.problem, where=", column ".join(where) or self.problem.where, row=None, file=None)


def validate_findings(
    findings: FrameLike, lots: FrameT, contract: Contract | Mapping[str, Contract]
) -> FrameT:
    """Return the problems of frames of findings and lots, in the words of `aql.score`.

    Parameters
    ----------
    findings, lots, contract
        As in `aql.score_lots`.

    Returns
    -------
    frame
        A frame of the engine that came, with its rows: one per problem, with ``lot``, ``code``, ``column`` ("" for the
        lot as a whole), ``item``, ``term``, ``class`` and ``value`` of the row, and ``message``. It is empty if there
        are none.

    Raises
    ------
    DocumentError
        If the check of a contract finds an error.
    LogError
        If a column is missing, unknown or of the wrong kind.
    DomainError
        If an argument has the wrong type.

    Examples
    --------
    >>> import pandas as pd
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> lots = pd.DataFrame({"lot": ["A", "B"], "size": [1200, 500], "inspected": [80, 50]})
    >>> findings = pd.DataFrame({"lot": ["A", "B"], "item": [3, 51], "class": "major"})
    >>> validate_findings(findings, lots, contract)[["lot", "code", "column", "message"]].values.tolist()
    [['B', 'bad-value', 'item', 'must be at most 50, the number inspected for major, got 51']]
    """
    if cluster_of(lots):
        return cast(FrameT, problems_on_cluster(findings, lots, contract, validate_findings))
    given = given_lots(lots)
    try:
        log = given_findings(findings, given)
        parts = [judged(*part, validate=True) for part in by_contract(contract, given, log)]
        return cast(FrameT, _as_frame(given, problems_of_frames(given, log, parts)))
    finally:
        given.engine.free()


def _as_frame(given: GivenLots, found: Sequence[LotProblem]) -> Any:
    """The problems as a frame."""
    kind = str if given.key == nw.String else int
    kinds: dict[str, type] = {"lot": kind, "named": int, "item": int}
    table: dict[str, list[Any]] = {
        "lot": [kind() if one.lot is None else one.lot for one in found],
        "named": [int(one.lot is not None) for one in found],
        "code": [one.problem.code for one in found],
        "column": [one.problem.column or "" for one in found],
        "item": [_item(one.row) for one in found],
        **{name: [str(one.row.get(name) or "") for one in found] for name in ("term", "class", "value")},
        "message": [one.problem.message for one in found],
    }
    frame = given.engine.frame(table, dict.fromkeys(table, str) | kinds)
    if any(one.lot is None for one in found):
        if kind is int:
            frame = given.engine.with_missing(frame, ("lot",))
        frame = frame.with_columns(lot=nw.when(nw.col("named") == 1).then(nw.col("lot")))
    frame = given.engine.with_missing(frame.drop("named"), ("item",))
    return given.engine.given_back(frame)


def _item(row: Mapping[str, Any]) -> int:
    """The item of a row; -1 if it has none, or something that is not a number."""
    item = row.get("item")
    return int(item) if isinstance(item, (int, float)) and item >= 0 else -1


def raise_problems(found: Sequence[LotProblem]) -> None:
    """Raise the problems found by validating frames as one error, if there are any."""
    if found:
        raise LogError("the frames", [one.placed() for one in found])


def problems_of_frames(given: GivenLots, log: GivenFindings, parts: Sequence[Judged]) -> list[LotProblem]:
    """Validate frames: return every problem, by lot in an order that does not depend on that of the rows."""
    # The lots of the log are those of its sums, unless each contract has only its own.
    named = (
        parts[0].summed.select("lot") if len(parts) == 1 and parts[0].log is log else log.frame.select("lot")
    )
    return [*_of_keys(given, named), *(one for part in parts for one in _of_lots(part))]


def _of_lots(part: Judged) -> list[LotProblem]:
    """The problems of the lots of one contract."""
    engine, contract = part.lots.engine, part.lots.contract
    suspects = engine.kept(
        distinct_rows(suspect_lots(part.given, part.log, part.lots, part.rows, part.summed), "lot")
    )
    if suspects.head(1).collect().is_empty():
        return []
    found = [
        LotProblem(lot, problem, row)
        for lot, headers, findings in inspections(contract, part.given, part.log, suspects)
        for problem, row in _of_one(contract, headers, findings)
    ]
    return sorted(found, key=lambda one: (str(one.lot), one.problem.where))


def _of_keys(given: GivenLots, named: Frame) -> list[LotProblem]:
    """Findings of unknown lots, lots listed twice, and rows without a lot."""
    found = []
    for name, frame in (("lots", given.frame), ("findings", named)):
        if frame.filter(nw.col("lot").is_null()).head(1).collect().rows():
            message = "must name the lot, got a row without it"
            problem = Problem(f"{name}, column lot", message, code="missing-value", column="lot")
            found.append(LotProblem(None, problem, {}))
    several = given.frame.group_by("lot").agg(nw.len().alias("times")).filter(nw.col("times") > 1).collect()
    for lot in sorted(several.get_column("lot").drop_nulls().to_list(), key=str):
        message = "must be listed once, got a lot that is listed twice"
        found.append(LotProblem(lot, Problem("lots, column lot", message, code="two-lots", column="lot"), {}))
    others = distinct_rows(named.join(given.frame.select("lot"), on="lot", how="anti"), "lot").collect()
    for lot in sorted(others.get_column("lot").drop_nulls().to_list(), key=str):
        problem = Problem(
            "findings, column lot", f"must be one of the lots, got {lot!r}", code="other-lot", column="lot"
        )
        found.append(LotProblem(lot, problem, {}))
    return found


def _of_one(
    contract: Contract, headers: list[dict[str, Any]], findings: list[dict[str, Any]]
) -> Iterator[tuple[Problem, Mapping[str, Any]]]:
    """The problems of one lot, each with its row."""
    if len(headers) > 1:
        return
    try:
        score(contract, Inspection.load(headers[0], findings=findings))
    except DocumentError as error:
        for problem in error.problems:
            if problem.row is None:
                yield replace(problem, column=problem.column or _column(problem.path, headers[0])), {}
            else:
                yield problem, findings[problem.row - 1]
    except AqlError as error:
        yield Problem("", str(error), error.code, path=error.path), {}


def _column(path: str | None, header: Mapping[str, Any]) -> str | None:
    """The column of the frame of lots for a path in the header of a lot, or for a number that is too large for it."""
    table, _, name = (path or "").partition(".")
    if name:
        return name.replace(".", "_") if table in {"lot", "inspection"} else None
    lot, inspected = header["lot"], header["inspection"].get("inspected")
    if table == "lot":
        return "packed" if lot.get("packed", 0) > lot.get("produced", 0) else None
    numbers = inspected if isinstance(inspected, dict) else {"": inspected}
    beyond = (line for line, number in numbers.items() if isinstance(number, int) and number > lot["size"])
    return next(("_".join(filter(None, ("inspected", line))) for line in beyond), None)
