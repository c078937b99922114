"""Many qualities at once: worked on block by block, which changes neither values nor errors."""

from typing import Any

import numpy as np
import pytest

from aql.errors import DomainError
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.quality import by_blocks, qualities

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
        (
            1.5,
            {},
            "p 1.5 is not possible; a fraction nonconforming lies between 0 and 1. Write 0.01 for one percent.",
        ),
        (
            -1.0,
            {"model": "poisson"},
            "p -1 is not possible; nonconformities per item are 0 or more. Give a finite number.",
        ),
        (
            np.inf,
            {"model": "poisson"},
            "p inf is not possible; nonconformities per item are 0 or more. Give a finite number.",
        ),
        (
            0.0015,
            LOT,
            (
                "p 0.0015 of a lot of 1000 is 1.5 items; a finite lot has a whole number; the nearest are 1/1000 and "
                "2/1000. Use nonconforming=1 or nonconforming=2."
            ),
        ),
    ],
)
def test_an_error_far_behind_is_found(value: float, how: dict[str, Any], said: str) -> None:
    p = np.zeros(MANY)
    p[-2] = value
    with pytest.raises(DomainError) as caught:
        qualities(p, **how)
    assert str(caught.value) == said


def test_a_half_item_far_behind_is_found() -> None:
    bad = np.zeros(MANY)
    bad[-1] = 2.5
    with pytest.raises(DomainError, match=r"^nonconforming 2.5 is not possible"):
        qualities(None, nonconforming=bad, **LOT)


def test_blocks_are_put_together_in_order() -> None:
    values = np.random.default_rng(1).random((3, 111_111))
    given = qualities(values)
    np.testing.assert_array_equal(by_blocks(lambda part: part.values + 1, given), values + 1)
    assert by_blocks(lambda part: part.values, qualities(np.zeros((0, 4)))).shape == (0, 4)
