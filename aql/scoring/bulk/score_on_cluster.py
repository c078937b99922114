"""Scoring of many lots in frames of Dask or Spark: each partition scores its lots when the result is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.documents.cluster_frames import CLUSTERS, Kinds, cluster_of, in_groups, without_rows
from aql.documents.cluster_passes import in_one_pass
from aql.errors import DocumentError, DomainError, LogError, Problem
from aql.scoring.bulk.given import given_findings, given_lots
from aql.words import short_repr

__all__ = ["problems_on_cluster", "score_on_cluster"]

Contracts = Contract | Mapping[str, Contract]

_TEXTS = {"line", "decision", "why", "code", "column", "term", "class", "value", "message"}
_NAMES = {
    "lots": ("lot", "decision", "why", "accepted", "continued", "held", "rejected"),
    "lines": ("lot", "line", "n", "ac", "re", "inspected", "found", "at_most", "decision", "stage", "draw"),
    "problems": ("lot", "code", "column", "item", "term", "class", "value", "message"),
}
_RESULTS: Mapping[str, Kinds] = {
    result: {name: None if name == "lot" else "text" if name in _TEXTS else "number" for name in names}
    for result, names in _NAMES.items()
}
"""The columns of each result, with their kinds; the lot has that of the lots that came."""

_MOST_PROBLEMS = 10_000


def score_on_cluster(
    findings: Any,
    lots: Any,
    contract: Contracts,
    score: Callable[..., Any],
    validate: Callable[..., Any] | None,
) -> tuple[Any, Any]:
    """Return the verdicts on lots and on their lines, as frames of the cluster.

    Parameters
    ----------
    findings, lots, contract
        As in `aql.score_lots`.
    score : callable
        `aql.score_lots`.
    validate : callable or None
        `aql.validate_findings`, whose result is computed first; None to leave that out.
    """
    _check(findings, lots, contract)
    pair = (findings, lots)
    if validate is None:

        def one_of(name: str) -> Callable[[Any, Any], Any]:
            def work(own_findings: Any, own_lots: Any) -> Any:
                if not len(own_lots):
                    return None
                return getattr(score(own_findings, own_lots, contract, validate=False), name)

            return work

        return in_groups(pair, ["lot"], one_of("lots"), _RESULTS["lots"]), in_groups(
            pair, ["lot"], one_of("lines"), _RESULTS["lines"]
        )

    def every(own_findings: Any, own_lots: Any) -> dict[str, Any]:
        if not (len(own_findings) or len(own_lots)):
            return {}
        try:
            scores = score(own_findings, own_lots, contract)
        except LogError:
            problems = validate(own_findings, own_lots, contract)
            if not len(problems):
                raise
            return {"problems": problems}
        return {"lots": scores.lots, "lines": scores.lines}

    done, free = in_one_pass(pair, ["lot"], every, _RESULTS)
    try:
        _raise_problems(done["problems"])
    except LogError:
        free()
        raise
    return done["lots"], done["lines"]


def problems_on_cluster(findings: Any, lots: Any, contract: Contracts, validate: Callable[..., Any]) -> Any:
    """Return the problems of the frames as a frame of the cluster; see `aql.validate_findings`."""
    _check(findings, lots, contract)

    def work(own_findings: Any, own_lots: Any) -> Any:
        return validate(own_findings, own_lots, contract) if len(own_findings) or len(own_lots) else None

    return in_groups((findings, lots), ["lot"], work, _RESULTS["problems"])


def _check(findings: Any, lots: Any, contract: Contracts) -> None:
    """Raise for contracts with errors and for columns, before anything is computed."""
    every: list[object] = [*contract.values()] if isinstance(contract, Mapping) else [contract]
    for one in every:
        if not isinstance(one, Contract):
            raise DomainError(
                f"contract must be an aql.Contract or a mapping of them, got {short_repr(one)}", value=one
            )
        errors = check(one).errors
        if errors:
            raise DocumentError("the contract", [error.as_problem() for error in errors])
    if cluster_of(findings) != cluster_of(lots):
        engine = CLUSTERS[cluster_of(lots) or ""]
        raise DomainError(f"findings must be a frame of {engine}, as lots are, got {type(findings).__name__}")
    given_findings(without_rows(findings), given_lots(without_rows(lots)))


def _raise_problems(problems: Any) -> None:
    """Compute the problems, and raise the first of them, if there are any."""
    if hasattr(problems, "limit"):
        # To count them takes one job; to look for the first ones would go through one group after another.
        if not problems.count():
            return
        rows = [row.asDict() for row in problems.limit(_MOST_PROBLEMS).collect()]
    else:
        rows = problems.head(_MOST_PROBLEMS, npartitions=-1).to_dict("records")
    found = []
    for row in rows:
        lot, column = row["lot"], row["column"] or ""
        parts = [f"lot {lot}" if lot is not None and lot == lot else "", column]  # noqa: PLR0124
        where = ", column ".join(filter(None, parts))
        found.append(Problem(where, row["message"], code=row["code"], column=column or None))
    if found:
        raise LogError("the frames", found)
