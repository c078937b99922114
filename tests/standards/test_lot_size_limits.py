"""The smallest and the largest lot that can be looked up, alone and in arrays of every type."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import aql

LARGEST = 2**53
MANY = "must be a whole number, {least} or more, got"


def message(call: Any, *args: Any, **how: Any) -> str:
    with pytest.raises(aql.DomainError) as caught:
        call(*args, **how)
    assert caught.value.code == "bad-lot-size"
    return str(caught.value)


@pytest.mark.parametrize("kind", [int, float, Decimal, np.int64, np.float64])
def test_one_lot_has_up_to_2_to_the_53_items(kind: Any) -> None:
    assert aql.lookup(kind(LARGEST), aql=2.5).letter == aql.code_letter(kind(LARGEST)) == "Q"
    assert aql.lookup(kind(1), aql=2.5).letter is None
    assert aql.lookup(kind(2), aql=2.5).letter == aql.code_letter(kind(2)) == "A"
    above = "lot_size must be a whole number, {} to 2**53 (about 9 quadrillion), got"
    beyond = kind(LARGEST + 2)
    assert message(aql.lookup, beyond, aql=2.5).startswith(above.format(1))
    assert message(aql.code_letter, beyond).startswith(above.format(2))


def test_a_lot_of_one_item_is_named_where_letters_are_asked_for() -> None:
    said = "lot_size must be a whole number, 2 or more, got"
    assert message(aql.code_letter, 1) == f"{said} 1. A lot of one item has no code letter."
    assert message(aql.code_letter, 0) == f"{said} 0."
    assert message(aql.lookup, 0, aql=2.5) == "lot_size must be a whole number, 1 or more, got 0."


@pytest.mark.parametrize(
    "kind", [np.int8, np.int32, np.int64, np.uint64, np.float16, np.float32, np.float64, object]
)
def test_the_smallest_lots_of_an_array(kind: Any) -> None:
    sizes = np.array([2, 8, 9], dtype=kind)
    assert aql.code_letter(sizes).tolist() == ["A", "A", "B"]
    assert aql.lookup_many(np.array([1, 2], dtype=kind), aql=2.5).letter.tolist() == [None, "A"]
    one = np.array([2, 1], dtype=kind)
    assert message(aql.code_letter, one).startswith(f"lot_sizes[1] {MANY.format(least=2)} 1")
    none = np.array([2, 0], dtype=kind)
    assert message(aql.lookup_many, none, aql=2.5).startswith(f"lot_sizes[1] {MANY.format(least=1)} 0")
    if kind not in {np.int8, np.int32, np.float16}:  # these are too small for it
        most = np.array([9, LARGEST], dtype=kind)
        assert aql.code_letter(most).tolist() == aql.lookup_many(most, aql=2.5).letter.tolist() == ["B", "Q"]
        beyond = np.array([9, LARGEST * 2], dtype=kind)
        above = "lot_sizes[1] must be a whole number, {} to 2**53 (about 9 quadrillion), got"
        assert message(aql.code_letter, beyond).startswith(above.format(2))
        assert message(aql.lookup_many, beyond, aql=2.5).startswith(above.format(1))
    kept = sizes.copy()
    aql.lookup_many(sizes, aql=2.5)
    assert (sizes == kept).all()
    assert sizes.flags.writeable, "the lot sizes are copied"
