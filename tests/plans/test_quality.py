"""Qualities as arguments: what is refused, what type comes back, and long arrays in blocks."""

import math
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from aql.errors import DomainError
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.quality import parse_quality

MANY = 300_001
DOUBLE = MultiplePlan((50, 50), (2, 6), (5, 7))
LOT: dict[str, Any] = {"model": "hypergeometric", "lot_size": 1000}


def some(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Every 5000th value: from all blocks, few enough to be in one."""
    return values[::5000]


@pytest.mark.parametrize("name", ["pa", "pr", "asn", "aoq", "ati"])
@pytest.mark.parametrize("model", [{}, {"model": "poisson"}, LOT])
def test_a_value_does_not_depend_on_the_others(name: str, model: dict[str, Any]) -> None:
    p = np.arange(MANY) % 1001 / 1000
    method = getattr(DOUBLE, name)
    how = dict(model)
    if name in {"aoq", "ati"}:
        how["lot_size"] = 1000
    np.testing.assert_allclose(some(method(p, **how)), method(some(p), **how), rtol=1e-13)


def test_the_shape_is_kept() -> None:
    p = np.linspace(0, 1, 400_000).reshape(2, 200_000)
    assert SinglePlan(80, 5).pa(p).shape == p.shape
    assert SinglePlan(80, 5).pa(p[:, ::2]).shape == (2, 100_000)


def test_the_qualities_given_are_left_as_they_are() -> None:
    p = np.linspace(0, 0.2, 1000)
    p.flags.writeable = False
    before = p.copy()
    for name in ("pa", "pr", "asn", "aoq"):
        getattr(DOUBLE, name)(p)
    DOUBLE.ati(p, lot_size=1000)
    np.testing.assert_array_equal(p, before)
    assert not np.shares_memory(DOUBLE.pa(p), p)


@pytest.mark.parametrize(
    ("value", "how", "said"),
    [
        (1.5, {}, "p must be from 0 to 1, got 1.5. Write 0.015 for 1.5 %."),
        (-1.0, {"model": "poisson"}, "p must be 0 or more and finite, got -1."),
        (np.inf, {"model": "poisson"}, "p must be 0 or more and finite, got inf."),
        (
            0.0015,
            LOT,
            (
                "p must mean a whole number of items in a lot of 1000, got 0.0015, which is 1.5 items. "
                "Use nonconforming=1 or nonconforming=2."
            ),
        ),
    ],
)
def test_an_error_far_behind_is_found(value: float, how: dict[str, Any], said: str) -> None:
    p = np.zeros(MANY)
    p[-2] = value
    with pytest.raises(DomainError) as caught:
        parse_quality(p, **how)
    assert str(caught.value) == said


def test_a_half_item_far_behind_is_found() -> None:
    bad = np.zeros(MANY)
    bad[-1] = 2.5
    with pytest.raises(DomainError, match=r"^nonconforming must be a whole number from 0 to 1000, got 2.5.$"):
        parse_quality(nonconforming=bad, **LOT)


def test_blocks_are_put_together_in_order() -> None:
    values = np.random.default_rng(1).random((3, 111_111))
    given = parse_quality(values)
    np.testing.assert_array_equal(given.evaluate(lambda part: part + 1), values + 1)
    rows = given.evaluate(lambda part: np.array([part, 2 * part]))
    np.testing.assert_array_equal(rows, [values, 2 * values])
    assert parse_quality(np.zeros((0, 4))).evaluate(lambda part: part).shape == (0, 4)


# What comes in, and what does not ---------------------------------------------------------------------------------


def said(*args: Any, **how: Any) -> str:
    with pytest.raises(DomainError) as caught:
        parse_quality(*args, **how)
    return str(caught.value)


NO_NUMBERS: list[Any] = ["ten percent", None, True, [True], ["0.1"], [None], {}, [[0.1], [0.1, 0.2]], 10**400]


@pytest.mark.parametrize("p", NO_NUMBERS, ids=lambda p: repr(p)[:20])
def test_what_holds_no_numbers(p: Any) -> None:
    shown = f"{p!r}." if len(repr(p)) <= 60 else f"{repr(p)[:57]}..."
    assert said(p) == f"p must be a number or an array of numbers, got {shown}"


def test_arguments_that_do_not_go_together() -> None:
    assert said(0.1, model="binomal") == (
        'model must be "binomial", "hypergeometric" or "poisson", got \'binomal\'. Did you mean "binomial"?'
    )
    assert said(0.1, model="poisson", unit="100 item") == (
        'unit must be "item" or "100 items", got \'100 item\'. Did you mean "100 items"?'
    )
    assert said(0.1, unit="100 items") == 'unit must be "item" with model="binomial", got \'100 items\'.'
    both = 'pass either p or nonconforming with model="hypergeometric", got'
    assert said(0.1, nonconforming=1, **LOT) == f"{both} both."
    assert said(**LOT) == f"{both} neither."
    assert said(0.1, lot_size=100) == (
        'lot_size requires model="hypergeometric", got lot_size=100 with model="binomial".'
    )
    assert said(0.1, nonconforming=3) == (
        'nonconforming requires model="hypergeometric", got nonconforming=3 with model="binomial".'
    )
    assert said(0.1, model="hypergeometric") == "lot_size must be a whole number, 1 or more, got None."


@pytest.mark.parametrize(
    "value",
    [0.25, np.float64(0.25), np.array(0.25), np.float32(0.25)],
    ids=["float", "float64", "array", "float32"],
)
def test_every_kind_of_number_is_a_float(value: Any) -> None:
    assert type(parse_quality(value).values) is float
    assert type(SinglePlan(80, 2).pa(value)) is float


@pytest.mark.parametrize("kind", [int, np.int32, np.uint8])
def test_whole_numbers_are_numbers(kind: Any) -> None:
    assert asdict(parse_quality(nonconforming=kind(3), **LOT))["values"] == 3.0


# A Series stays a Series ------------------------------------------------------------------------------------------

METHODS: list[tuple[str, dict[str, Any]]] = [
    ("pa", {}),
    ("pr", {}),
    ("asn", {"inspection": "curtailed"}),
    ("aoq", {"lot_size": 1000}),
    ("ati", {"lot_size": 1000}),
    ("afi", {"lot_size": 1000}),
    ("slope", {}),
    ("quality_at", {}),
    ("crq", {}),
    ("producer_risk", {}),
    ("consumer_risk", {}),
]


@pytest.mark.parametrize(("name", "how"), METHODS)
def test_a_series_keeps_its_index_and_its_name(name: str, how: dict[str, Any]) -> None:
    given = pd.Series([0.01, np.nan, 0.05], index=["a", "b", "c"], name="quality")
    ask = getattr(DOUBLE, name)
    found = ask(given, **how)
    assert type(found) is pd.Series
    assert (list(found.index), found.name, str(found.dtype)) == (["a", "b", "c"], "quality", "float64")
    np.testing.assert_array_equal(found, ask(given.to_numpy(), **how))


def test_stages_of_a_series_are_series() -> None:
    given = pd.Series([0.01, 0.05], index=[7, 9])
    found = DOUBLE.stage_probabilities(given)
    assert all(list(one.index) == [7, 9] for one in (*found.reach, *found.accept, *found.reject))


@pytest.mark.parametrize("dtype", ["int64", "Int64", "int64[pyarrow]"])
def test_numbers_nonconforming_in_a_series(dtype: str) -> None:
    missing = [] if dtype == "int64" else [None]
    given = pd.Series([0, 30, *missing], dtype=dtype, index=["x", "y", "z"][: 2 + len(missing)])
    found = DOUBLE.pa(nonconforming=given, **LOT)
    assert found.dtype == float
    assert list(found.index) == list(given.index)
    np.testing.assert_array_equal(found[:2], DOUBLE.pa(nonconforming=[0, 30], **LOT))
    assert np.isnan(found[2:]).all()


def test_a_series_of_polars_stays_one() -> None:
    given = pl.Series("quality", [0.01, None, 0.05])
    found = DOUBLE.pa(given)
    assert isinstance(found, pl.Series)
    assert found.name == "quality"
    np.testing.assert_array_equal(found.to_numpy(), DOUBLE.pa([0.01, np.nan, 0.05]))


def test_a_series_of_text_is_refused() -> None:
    with pytest.raises(DomainError, match=r"^p must be a number or an array of numbers, got"):
        DOUBLE.pa(pd.Series(["0.1"]))


@pytest.mark.parametrize(("ulps", "whole"), [(-5, False), (-4, True), (0, True), (4, True), (5, False)])
@pytest.mark.parametrize("alone", [True, False])
def test_a_fraction_may_be_four_roundings_off_a_whole_number_of_items(
    ulps: int, whole: bool, alone: bool
) -> None:
    """In a lot of 1024, a product with its size is exact; 700 items are a number with the spacing of its neighbours."""
    p: Any = (700 + ulps * math.ulp(700.0)) / 1024
    given = p if alone else [p, 0.5]
    how: dict[str, Any] = {"model": "hypergeometric", "lot_size": 1024}
    if whole:
        assert np.ravel(parse_quality(given, **how).values)[0] == 700
    else:
        with pytest.raises(DomainError, match="must mean a whole number of items in a lot of 1024"):
            parse_quality(given, **how)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_bad_value_of_an_array_is_found_wherever_it_is(place: int) -> None:
    def values(bad: float) -> np.ndarray:
        found = np.array([0.0, 0.0, 0.0])
        found[place] = bad
        return found

    for bad, law in ((-0.1, {}), (1.5, {}), (-0.1, {"model": "poisson"})):
        with pytest.raises(DomainError, match=r"p must be .* got"):
            parse_quality(values(bad), **law)  # type: ignore[arg-type]
    for bad in (-1.0, 21.0, 0.5):
        with pytest.raises(DomainError, match="nonconforming must be a whole number from 0 to 20"):
            parse_quality(model="hypergeometric", lot_size=20, nonconforming=values(bad))
