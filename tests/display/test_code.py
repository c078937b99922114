"""What Hypothesis prints of a value is code that builds an equal value."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

import aql
from aql.strategies import contracts, inspections, lookups, plans, verdicts

NAMES = {"aql": aql, "SinglePlan": aql.SinglePlan, "MultiplePlan": aql.MultiplePlan}

VALUES: st.SearchStrategy[Any] = (
    lookups(not_allowed=True, fractional=True)
    | lookups(not_allowed=True, fractional=True)
    | plans(max_stages=4)
    | contracts()
    | inspections()
    | verdicts()
)


@given(value=VALUES)
def test_what_is_printed_builds_an_equal_value(value: Any) -> None:
    assert eval(pretty(value), dict(NAMES)) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (aql.lookup(1200, aql=2.5), "aql.lookup(1200, aql='2.5')"),
        (aql.lookup(1, aql=0, level="I"), "aql.lookup(1, aql='0', level='I')"),
        (
            aql.lookup(1200, letter="J", aql=4, severity="tightened", standard="MIL-STD-105E"),
            "aql.lookup(1200, aql='4.0', letter='J', severity='tightened', standard='MIL-STD-105E')",
        ),
        (
            aql.lookup(letter="B", aql=6.5, sampling="double", prefer_below=True),
            "aql.lookup(aql='6.5', letter='B', sampling='double', prefer_below=True)",
        ),
        (aql.SinglePlan(80, 2), "SinglePlan(n=80, ac=2)"),
        ([aql.SinglePlan(80, 2)], "[SinglePlan(n=80, ac=2)]"),
    ],
)
def test_a_lookup_is_the_call_that_finds_it(value: Any, code: str) -> None:
    assert " ".join(pretty(value).split()).replace("( ", "(").replace(", )", ")") == code


def test_a_lookup_by_another_name_is_built_from_its_values() -> None:
    found = aql.lookup(1200, aql=2.5, standard="ISO 2859-1")
    assert pretty(found).startswith("aql.Lookup.from_dict(")
    assert eval(pretty(found), dict(NAMES)) == found


def test_a_failing_example_can_be_pasted() -> None:
    """A verdict is printed as the call of `aql.score` that gave it."""
    failed: list[Any] = []

    @settings(database=None, derandomize=True, max_examples=10)
    @given(found=verdicts(decision="reject"))
    def test(found: aql.Verdict) -> None:
        failed[:] = [found]
        raise AssertionError

    with pytest.raises(AssertionError) as caught:
        test()
    notes = "\n".join(caught.value.__notes__)
    code = notes[notes.index("test(") : notes.rindex(")") + 1]
    assert "aql.score(" in code
    assert eval(code, NAMES | {"test": lambda found: found}) == failed[0]
