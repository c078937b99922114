"""Flaws in measures: limits that are missing, contradict each other, or cannot be met."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from aql.strategies._internal.flaw import Flaws, flawed_term

__all__ = ["MEASURE_FLAWS"]

_MM = {"unit": "mm"}
_COLOUR = {
    "unit": "dE2000",
    "reference": "Lab(20.5, 0.1, -0.4)",
    "illuminant": "D50",
    "observer": "2",
    "max": "2.0",
}
_TO_99 = st.integers(1, 99)
_POSITIVE, _NEGATIVE = _TO_99.map(str), _TO_99.map("-{}".format)
_ABOVE_99 = st.integers(100, 199).map(str)
_ABOVE_ONE = _TO_99.map(lambda hundredths: f"{1 + Decimal(hundredths).scaleb(-2)}")

MEASURE_FLAWS = Flaws(
    [
        # Missing parts
        flawed_term("error", "unmeasurable", "measure", measure=_MM),
        flawed_term("error", "no-unit", "measure.unit", measure={"min": _POSITIVE}),
        flawed_term("error", "no-nominal", "measure", measure=_MM | {"plus": _POSITIVE}),
        flawed_term("error", "no-nominal", "measure", measure=_MM | {"minus": _POSITIVE}),
        flawed_term("error", "no-tolerance", "measure", measure=_MM | {"nominal": _POSITIVE}),
        flawed_term("error", "no-tolerance", "measure", measure=_MM | {"nominal": _POSITIVE, "plus": "1"}),
        flawed_term("error", "no-tolerance", "measure", measure=_MM | {"nominal": _POSITIVE, "minus": "1"}),
        # Contradictions
        flawed_term(
            "warning",
            "text-contradicts-measure",
            "measure",
            text=_ABOVE_99.map("Length of at least {} mm".format),
            measure=_MM | {"min": _POSITIVE},
        ),
        flawed_term(
            "error", "two-kinds-of-limit", "measure", measure=_MM | {"nominal": "2", "min": _POSITIVE}
        ),
        flawed_term(
            "error", "two-kinds-of-limit", "measure", measure=_MM | {"nominal": "2", "max": _POSITIVE}
        ),
        flawed_term(
            "error",
            "bad-tolerance",
            "measure",
            measure=_MM | {"nominal": "248", "plus": _NEGATIVE, "minus": "1"},
        ),
        flawed_term(
            "error",
            "bad-tolerance",
            "measure",
            measure=_MM | {"nominal": "248", "plus": "1", "minus": _NEGATIVE},
        ),
        # Limits between which nothing conforms
        flawed_term("error", "empty-range", "measure", measure=_MM | {"min": _ABOVE_99, "max": _POSITIVE}),
        flawed_term(
            "error", "empty-range", "measure", measure=_MM | {"min": "1", "max": "3"}, guard=_ABOVE_ONE
        ),
        flawed_term(
            "error",
            "empty-range",
            "measure",
            measure=_TO_99.map(lambda tens: _MM | {"min": f"{tens}1", "max": f"{tens}9"}),
            rounding="10",
        ),
        # Colours
        flawed_term("error", "unmeasurable", "measure.max", measure=_COLOUR | {"max": _NEGATIVE}),
        flawed_term(
            "error", "empty-range", "measure.max", measure=_COLOUR, guard=st.integers(3, 101).map(str)
        ),
        flawed_term(
            "error",
            "no-colour",
            "measure.reference",
            measure=_COLOUR | {"reference": st.sampled_from([None, "RAL 9005", "black", "Lab(20.5, 0.1)"])},
        ),
        flawed_term("warning", "no-illuminant", "measure", measure=_COLOUR | {"illuminant": None}),
        flawed_term("warning", "no-illuminant", "measure", measure=_COLOUR | {"observer": None}),
        flawed_term(
            "warning", "no-illuminant", "measure", measure=_COLOUR | {"illuminant": None, "observer": None}
        ),
        # Rounding and guard
        flawed_term(
            "error",
            "bad-rounding",
            "rounding",
            measure=_MM | {"min": "1"},
            rounding=st.integers(-9, 0).map(str),
        ),
        flawed_term("error", "bad-rounding", measure={"answer": "yes"}, rounding="0.1"),
        flawed_term("error", "bad-rounding", measure={"answer": "yes"}, guard="0.1"),
        flawed_term("error", "bad-guard", "guard", measure=_MM | {"min": "1"}, guard=_NEGATIVE),
    ]
)
