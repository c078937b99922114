"""Measures, as in the document of a contract: limits, colours and texts."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from aql.strategies._internal.names import names
from aql.strategies._internal.toml_table import TomlTable

__all__ = ["colour_limits", "limits", "read_texts"]


@st.composite
def limits(draw: st.DrawFn) -> TomlTable:
    """Strategy for a measure with limits, rounding and guard; there is always a rounded reading that conforms."""
    places = draw(st.integers(0, 3))
    guard = draw(_GUARDS)
    step = draw(_STEPS)
    # The smallest conforming value is a multiple of the step, so at least one rounded reading conforms.
    low = step * draw(st.integers(-50, 1000)) - guard
    high = low + 2 * guard + draw(st.integers(0, 100))
    form = draw(_FORMS)
    if form == "percent":
        return {"measure": draw(_PERCENTS)}

    def number(units: int) -> str:
        return f"{Decimal(units).scaleb(-places):f}"

    measure: TomlTable = {"unit": draw(_UNITS)}
    if form == "nominal":
        minus = draw(st.integers(0, high - low))
        measure |= {"nominal": number(low + minus)}
        measure |= {"plus": number(high - low - minus), "minus": number(minus)}
    else:
        measure |= {"min": number(low)} if form in {"min", "both"} else {}
        measure |= {"max": number(high)} if form in {"max", "both"} else {}
    parts: TomlTable = {"measure": measure} | ({"guard": number(guard)} if guard else {})
    is_rounded = draw(st.booleans()) or step > 1
    return parts | ({"rounding": number(step)} if is_rounded else {})


_GUARDS = st.just(0) | st.integers(0, 20)
_STEPS = st.sampled_from([1, 1, 1, 2, 5, 10])
_FORMS = st.sampled_from(["min", "max", "both", "nominal", "percent"])
_UNITS = st.sampled_from(["mm", "g", "mAh", "1"])


_TENTHS = st.integers(0, 100).map(lambda tenths: f"{Decimal(tenths).scaleb(-1):f}%")
_PERCENTS: st.SearchStrategy[TomlTable] = st.fixed_dictionaries(
    {
        "unit": _UNITS,
        "nominal": st.integers(1, 50).map(lambda number: str(100 * number)),
        "plus": _TENTHS,
        "minus": _TENTHS,
    }
)
"""Percentages of a multiple of 100, which conforms itself."""


@st.composite
def colour_limits(draw: st.DrawFn) -> TomlTable:
    """Strategy for a measure with a limit for the colour difference, and its guard."""
    tenths = draw(st.integers(0, 50))
    lab = f"Lab({draw(st.integers(0, 100))}, {draw(st.integers(-60, 60))}, {draw(st.integers(-60, 60))})"
    guard = min(draw(_GUARDS), tenths)
    measure = {
        "unit": "dE2000",
        "reference": lab,
        "illuminant": draw(_ILLUMINANTS),
        "observer": draw(_OBSERVERS),
        "max": f"{Decimal(tenths).scaleb(-1):f}",
    }
    return {"measure": measure} | ({"guard": f"{Decimal(guard).scaleb(-1):f}"} if guard else {})


_ILLUMINANTS, _OBSERVERS = st.sampled_from(["D50", "D65"]), st.sampled_from(["2", "10"])
_CODES = st.sampled_from(["S", "M", "L"]) | names()

read_texts: dict[str, st.SearchStrategy[TomlTable]] = {
    "yes-no": st.fixed_dictionaries({"answer": st.sampled_from(["yes", "no"])}),
    "allowed": st.fixed_dictionaries({"allowed": st.lists(_CODES, min_size=1, max_size=3, unique=True)}),
    "text": st.fixed_dictionaries({"equals": st.just("4006381333931") | names()}),
}
"""Measures of texts, by the kind of the term."""
