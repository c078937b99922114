"""Derived figures at an AQL above 10 and at the AQL itself, and the index of many lookups."""

import pandas as pd
import pytest

import aql
from aql.standards.iso2859_1.derived import asn_ratios, law_of


@pytest.mark.parametrize(
    ("column", "model", "law"),
    [
        ("10", "binomial", "binomial"),
        ("15", "binomial", None),
        ("10", "poisson", "poisson"),
        ("15", "poisson", "poisson"),
    ],
)
def test_a_chosen_law_holds_wherever_it_can(column: str, model: str, law: str | None) -> None:
    """Above 10, an AQL is in nonconformities per 100 items, which is no share of items."""
    assert law_of(column, 13, model=model) == law  # type: ignore[arg-type]


def test_the_ratio_at_the_aql_is_that_of_the_mean_sample_there() -> None:
    frame = asn_ratios("ISO 2859-1:1999", "normal", "double")
    for letter, column, p in (("J", "2.5", 0.025), ("G", "0.65", 0.0065), ("F", "15", 0.15)):
        for row in frame[(frame.letter == letter) & (frame.aql == column)].to_dict("records"):
            mean = row["plan"].asn(p, model=row["model"])
            assert row["ratio_aql"] == pytest.approx(mean / row["single"].n, rel=1e-12)


def test_the_rows_of_sample_numbers_are_numbered_anew_without_a_further_column() -> None:
    frame = asn_ratios("ISO 2859-1:1999", "normal", "double")
    assert list(frame.index) == list(range(len(frame)))
    assert list(frame.columns) == [
        *("letter", "aql", "mark", "plan_letter", "plan", "model", "disputed", "single"),
        *("ratio_0", "ratio_aql", "ratio_p99", "ratio_p95", "ratio_p50", "ratio_p10"),
    ]


def test_many_lookups_keep_the_index_of_a_series_only() -> None:
    sizes = pd.Series([30, 1200], index=["x", "y"])
    assert aql.lookup_many(sizes, aql=2.5).index.tolist() == ["x", "y"]  # type: ignore[union-attr]
    assert aql.lookup_many([30, 1200], aql=2.5).index is None
