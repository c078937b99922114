"""The plans of a frame of lots are those of each lot alone."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given

import aql
from aql.scoring import decision_lines
from tests.profiles import examples
from tests.scoring.builders import Values, cls, contract, single, staged
from tests.scoring.bulk.frames import ENGINES, arrow, pairs, rows_of
from tests.scoring.bulk.many_lots import LOTS, lots_of_every_kind, seeds

LOT = {"lot": "A", "size": 1200}


def planned(engine: str, lots: list[dict[str, Any]], agreed: aql.Contract) -> dict[str, Values]:
    _, frame = pairs(engine, arrow([], {"lot": str}), arrow(lots, LOTS))
    made = aql.with_plans(frame, agreed)
    assert type(made) is type(frame)
    return {row["lot"]: row for row in rows_of(made)}


def expected(agreed: aql.Contract, lot: Values) -> set[tuple[str, str, int]]:
    lines = decision_lines(agreed, lot["size"], severity_of=lambda _line, _class: lot["severity"])
    stages = [
        (line.name, number, one) for line in lines for number, one in enumerate(line.lot_plan.stages, 1)
    ]
    each = [
        (name, number, key, getattr(one, key)) for name, number, one in stages for key in ("n", "ac", "re")
    ]
    return {(f"{key}_{name}", str(number), value) for name, number, key, value in each if value is not None}


@examples(8)
@pytest.mark.parametrize("engine", ENGINES)
@given(seed=seeds())
def test_plans_are_those_of_each_lot(engine: str, seed: int) -> None:
    agreed, lots, _ = lots_of_every_kind(seed)
    found = planned(engine, lots, agreed)
    assert set(found) == {lot["lot"] for lot in lots}
    for lot in lots:
        numbers = {
            name: value for name, value in found[lot["lot"]].items() if name not in LOTS and value is not None
        }
        wanted = expected(agreed, lot)
        assert len(numbers) == len(wanted)
        for name, stage, value in wanted:
            assert numbers.get(name, numbers.get(f"{name}_{stage}")) == value


@pytest.mark.parametrize("sampling", ["single", "double"])
def test_the_plans_at_the_ends_of_every_band_of_sizes(sampling: str) -> None:
    """A band begins at 2, 9, 16, 26, ...; a small lot is smaller than the sample of its band."""
    agreed = contract([cls("major", aql="0.65"), cls("minor", aql="6.5")], sampling=sampling)
    starts = (2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10001, 35001, 150001, 500001)
    lots: list[Values] = [
        {"lot": str(size), "size": size, "severity": None}
        for one in starts
        for size in (one - 1, one, one + 1)
    ]
    found = planned("polars", lots, agreed)
    for lot in lots:
        numbers = {name: value for name, value in found[lot["lot"]].items() if name[:2] in {"n_", "ac", "re"}}
        assert sorted(value for value in numbers.values() if value is not None) == sorted(
            value for *_, value in expected(agreed, lot)
        )


def test_stages_have_their_own_columns() -> None:
    agreed = contract(cls(plan=staged((5, 5), ("#", 3), (3, 4))))
    row = planned("polars", [LOT], agreed)["A"]
    assert (row["n_major_1"], row["ac_major_1"], row["re_major_1"], row["ac_major_2"]) == (5, None, 3, 3)


def test_other_columns_are_kept_whatever_they_are_called() -> None:
    frame = pd.DataFrame([LOT | {"inspected_by": "A. Example", "date": 7}])
    made = aql.with_plans(frame, contract(cls(plan=single(10, 1))))
    assert list(made.columns) == [*frame.columns, "n_major", "ac_major", "re_major"]
    assert made[list(frame.columns)].equals(frame)


def test_bad_arguments_are_refused() -> None:
    _, frame = pairs("pandas", arrow([], {"lot": str}), arrow([LOT, LOT], LOTS))
    agreed = contract(cls(plan=single(10, 1)))
    with pytest.raises(aql.LogError, match="must list each lot once"):
        aql.with_plans(frame, agreed)
    with pytest.raises(aql.LogError, match="must not have the columns of plans yet, got n_major"):
        aql.with_plans(frame[:1].assign(n_major=1), agreed)
    with pytest.raises(aql.DomainError, match=r"contract must be an aql\.Contract"):
        aql.with_plans(frame, {})  # type: ignore[arg-type]
    with pytest.raises(aql.DomainError):
        aql.with_plans(frame[:1].assign(size=-5), contract(cls(aql="2.5")))
