"""Readings: conforming ones conform and others do not, for random terms and for limits chosen by hand."""

from typing import Any

import pytest
from hypothesis import given

import aql
from aql.contract.terms import Term
from aql.strategies import contracts
from aql.strategies._internal.readings import conforming, nonconforming


@given(contract=contracts())
def test_a_reading_conforms_or_does_not(contract: aql.Contract) -> None:
    for term in contract.terms:
        if term.is_read:
            assert all(term.judged(text).conforms for text in conforming(term))
            assert not any(term.judged(text).conforms for text in nonconforming(term))


COLOUR = {"unit": "dE2000", "reference": "Lab(20.5, 0.1, -0.4)", "illuminant": "D50", "observer": "2"}


@pytest.mark.parametrize(
    ("parts", "inside", "outside"),
    [
        ({"measure": {"unit": "mm", "min": "5.0"}}, ("5.0", "5.1"), ("4.9", "3.9")),
        ({"measure": {"unit": "mm", "max": "5"}, "guard": "0.2"}, ("4.8", "4.7"), ("4.9", "5.9")),
        (
            {"measure": {"unit": "mm", "min": "1", "max": "14"}, "rounding": "5"},
            ("5", "10", "3.75", "11.25"),
            ("0", "15", "-50", "65"),
        ),
        (
            {"measure": {"unit": "mm", "nominal": "3", "plus": "0", "minus": "0"}},
            ("3",),
            ("2", "4", "-8", "14"),
        ),
        ({"measure": COLOUR | {"max": "0.5"}}, ("0", "0.0001", "0.5000"), ("0.5001", "0.5011")),
        ({"measure": COLOUR | {"max": "0.5"}, "rounding": "0.2"}, ("0", "0.2", "0.4"), ("0.6", "2.6")),
        ({"measure": {"allowed": ["S", "M"]}}, ("S", "M"), ("Sx",)),
        ({"measure": {"equals": "A1"}}, ("A1",), ("A1x",)),
        ({"measure": {"answer": "no"}}, ("no",), ("yes",)),
        ({"kind": "mark"}, ("yes",), ("no",)),
    ],
)
def test_readings_by_hand(parts: Any, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    term = Term.from_dict({"id": "one", "text": "One"} | parts)
    assert conforming(term) == inside
    assert nonconforming(term) == outside
