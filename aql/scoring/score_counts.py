"""A verdict from counts alone, in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Real

from aql.checks import is_bool, whole_number
from aql.checks import lot_size as checked_lot_size
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.inspection.inspection import Inspection
from aql.scoring.score import score
from aql.scoring.verdict import Verdict
from aql.standards.editions import DEFAULT_STANDARD
from aql.types import AqlColumn, Counting, Level, LotSize, Sample, Sampling, Severity, StandardName
from aql.words import listed, short_repr

__all__ = ["score_counts"]

_ID = "counts"


def score_counts(
    counts: Mapping[str, int | Sequence[int]],
    *,
    lot_size: LotSize,
    inspected: int,
    aql: AqlColumn | Mapping[str, AqlColumn],
    level: Level = "II",
    severity: Severity = "normal",
    sampling: Sampling = "single",
    standard: StandardName = DEFAULT_STANDARD,
    counting: Counting = "items",
    sample: Sample = "per-class",
) -> Verdict:
    """Score counts by class, without a contract and a log.

    Parameters
    ----------
    counts : mapping of str to int or sequence of int
        Number found in each class, most serious first; 0 where nothing was found. Items count once, in their most
        serious class. For plans of several stages, the cumulative numbers by stage make the counts exact.
    lot_size : int
        Lot size. [items]
    inspected : int
        Number of items inspected. [items]
    aql : number or mapping of str to number
        AQL of all classes, or of each; 0 for "not allowed".
    level, severity, sampling, standard, counting : str
        As in `aql.lookup`.
    sample : {"per-class", "largest", "letter"}
        Which sample applies if classes have different sample sizes.

    Returns
    -------
    Verdict
        As returned by `aql.score`. Where more were inspected than the sample, a count may leave the decision open.

    Raises
    ------
    DomainError
        If a number is invalid, or the AQLs name other classes than the counts.
    LogError
        If the counts are impossible, such as more nonconforming items than were inspected.

    Examples
    --------
    >>> verdict = score_counts(
    ...     {"major": 3, "minor": 5}, lot_size=4800, inspected=200, aql={"major": 2.5, "minor": 4.0}
    ... )
    >>> verdict.decision, [(line.name, line.count, line.ac) for line in verdict.lines]
    ('accept', [('major', '3', 10), ('minor', '5', 14)])
    """
    size = checked_lot_size(lot_size)
    given: object = counts
    if not isinstance(given, Mapping) or not given:
        raise DomainError(
            f"counts must be a mapping of classes to numbers, got {short_repr(counts)}", value=counts
        )
    aqls = dict(aql) if isinstance(aql, Mapping) else dict.fromkeys(counts, aql)
    if set(aqls) != set(counts):
        raise DomainError(
            f"aql must name the classes of the counts, {listed(counts)}, got {listed(aqls)}",
            todo="State 0 for a class in which nothing was found",
            value=list(aqls),
        )
    contract = Contract.load(
        {
            "order": {"id": _ID},
            "inspection": {
                "level": level,
                "severity": severity,
                "sampling": sampling,
                "standard": standard,
                "counting": counting,
                "sample": sample,
            },
            "classes": [{"name": name, "aql": _aql_text(aqls[name])} for name in counts],
        }
    )
    header = {
        "contract": _ID,
        "lot": {"id": _ID, "size": size},
        "inspection": {"inspected": whole_number(inspected, "inspected", most=size)},
    }
    rows = [row for name, found in counts.items() for row in _rows(name, found)]
    return score(contract, Inspection.load(header, findings=rows))


def _aql_text(aql: object) -> str:
    try:
        text = str(aql) if isinstance(aql, (str, Real, Decimal)) and not is_bool(aql) else None
    except ValueError:  # an int of 5000 digits has no text
        text = None
    if text is None:
        raise DomainError(f"aql must be a number, got {short_repr(aql)}", value=aql)
    return text


def _rows(name: str, found: int | Sequence[int]) -> list[dict[str, object]]:
    """The rows of a class: one, or one for each stage from cumulative numbers."""
    if not isinstance(found, (list, tuple)):
        return [{"class": name, "count": whole_number(found, f"counts[{short_repr(name)}]")}]
    rows: list[dict[str, object]] = []
    before = 0
    for stage, value in enumerate(found, start=1):
        number = whole_number(value, f"counts[{short_repr(name)}] at stage {stage}", least=before)
        rows.append({"class": name, "count": number - before, "stage": stage})
        before = number
    return rows
