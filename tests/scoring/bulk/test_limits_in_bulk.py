"""Limits in bulk: what they count, with and without stages and weights, by items and by nonconformities."""

from decimal import Decimal

import pytest

import aql
from aql.inspection.log_cells import LARGEST_COUNT
from tests.scoring.builders import Values, cls, contract, single, staged, term
from tests.scoring.bulk.test_equal_to_score import in_bulk, one_by_one

ROWS: list[Values] = [
    {"item": 2, "term": "dent", "count": 3},
    {"item": 2, "term": "scratch"},
    {"item": 3, "term": "scratch", "count": 2},
    {"item": 7, "term": "dent"},
]
"""On items 2, 3 and 7: 4 dents and 3 scratches, of which 3 and 3 are on the first 5 items."""


@pytest.mark.parametrize(
    ("counting", "weight", "stages", "found"),
    [
        ("items", None, False, (3,)),
        ("items", None, True, (2, 3)),
        ("items", "0.5", False, (Decimal("2.5"),)),
        ("items", "0.1", False, (Decimal("2.1"),)),  # the smallest fraction is the next whole number too
        ("items", "0.4234567890123456789", False, (Decimal("2.4234567890123456789"),)),
        ("nonconformities", None, False, (7,)),
        ("nonconformities", None, True, (6, 7)),
        ("nonconformities", "0.5", False, (Decimal("5.5"),)),
    ],
)
def test_what_a_limit_counts(
    counting: str, weight: str | None, stages: bool, found: tuple[int | Decimal, ...]
) -> None:
    document = contract(
        [cls("major", plan=single(10, 9)), cls("minor", plan=single(10, 9))],
        [term("dent"), term("scratch", "minor")],
        counting=counting,
    ).to_dict()
    plan = staged((5, 5), ("#", 9), (9, 10)) if stages else single(10, 9)
    limit = {"name": "all", "of": ["major", "minor"], "plan": plan}
    limit |= {"weights": {"minor": weight}} if weight else {}
    agreed = aql.Contract.from_dict(document | {"limits": [limit]})
    lots = [{"lot": f"L{place}", "size": 100, "inspected": 10} for place in range(5)]
    case = agreed, lots, [{"lot": f"L{place}", **row} for place in range(5) for row in ROWS[:place]]
    (line,) = one_by_one(case)[0]["L4"].limits
    counts = (line.weighted[0],) if line.weighted else tuple(least for least, _ in line.by_stage)
    assert counts == found
    in_bulk("polars", case)


def test_weighted_totals_of_the_largest_counts_are_exact() -> None:
    """They are above 2**63 in units of the last digit of the weight."""
    document = contract(
        cls(plan=single(10, 9)), [term("dent"), term("crack")], counting="nonconformities"
    ).to_dict()
    limit = {"name": "all", "of": ["major"], "plan": single(10, 9), "weights": {"dent": "0.0000001"}}
    agreed = aql.Contract.from_dict(document | {"limits": [limit]})
    rows = [{"lot": "L0", "item": 2, "term": name, "count": LARGEST_COUNT} for name in ("dent", "crack")]
    case = agreed, [{"lot": "L0", "size": 100, "inspected": 10}], rows
    (line,) = one_by_one(case)[0]["L0"].limits
    assert (line.found, line.decision) == (LARGEST_COUNT + 10**5, "reject")
    in_bulk("polars", case)


def test_a_large_acceptance_number_of_weighted_totals() -> None:
    """Ac 2148 is above 2**31 in units of the last digit of the weight, which is that of every lot."""
    document = contract(cls(plan=single(2200, 2199)), [term("dent"), term("crack")]).to_dict()
    limit = {"name": "all", "of": ["major"], "plan": single(2200, 2148), "weights": {"dent": "0.000001"}}
    agreed = aql.Contract.from_dict(document | {"limits": [limit]})
    rows: list[Values] = [{"lot": "L0", "item": item, "term": "crack"} for item in range(1, 2149)]
    rows += [{"lot": "L1", "item": item, "term": "crack"} for item in range(1, 2149)]
    rows += [{"lot": "L1", "item": 2149, "term": "dent"}]
    case = agreed, [{"lot": name, "size": 9000, "inspected": 2200} for name in ("L0", "L1")], rows
    decided = [verdict.decision for verdict in one_by_one(case)[0].values()]
    assert decided == ["accept", "reject"]
    in_bulk("duckdb", case)
