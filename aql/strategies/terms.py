"""Terms of a contract as a document states them, each measurable and free of contradiction."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from aql.plans.plan import Plan, SinglePlan
from aql.standards.arguments import LEVELS
from aql.strategies.sampling_plans import plans
from aql.strategies.tables import aqls

__all__ = [
    "KINDS_OF_MEASURE",
    "Values",
    "item_terms",
    "lot_terms",
    "measures",
    "names",
    "own_lines",
    "stated",
    "stated_plans",
]

Values = dict[str, Any]

_ITEM_WORDS = {
    "visual": ("scratch", "Scratch longer than 5 mm"),
    "measured": ("width", "Width of the frame"),
    "yes-no": ("switch", "Switches on within 3 s"),
    "allowed": ("size", "Size on the label"),
    "text": ("barcode", "Barcode on the box"),
    "colour": ("colour", "Colour of the housing"),
}
_LOT_WORDS = {
    "quantity": ("quantity", "Whole quantity produced"),
    "shipment-date": ("shipment", "Shipped by the day of the order"),
    "packed-share": ("packing", "Share packed for export"),
    "mark": ("mark", "Shipping mark on 4 sides"),
    "reference": ("artwork", "Artwork of the file"),
}
_LETTER = st.characters(categories=["L"])
_REST = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=6)

names = st.builds(str.__add__, _LETTER, _REST)
"""Names in any script; their first sign is a letter."""

_references = st.builds(
    lambda digit: {"file": "reference.png", "sha256": digit * 64}, st.sampled_from("0123456789abcdef")
)
_codes = st.sampled_from(["S", "M", "L"]) | names


KINDS_OF_MEASURE = {
    "Measured": "measured",
    "Colour": "colour",
    "Allowed": "allowed",
    "Equals": "text",
    "Answer": "yes-no",
}
"""Kind of term that goes with the class of a measure."""


def measures(kind: str) -> st.SearchStrategy[Values]:
    """Measures of a kind of term, as a contract states them."""
    return _HOWS[kind].map(lambda how: how["measure"])


@st.composite
def item_terms(draw: st.DrawFn) -> Values:
    """A term that is judged item by item, without its class and without a line of its own."""
    kind = draw(_ITEM_KINDS)
    return {"id": draw(_IDS[kind]), "text": _ITEM_WORDS[kind][1]} | draw(_HOWS[kind])


@st.composite
def _measured(draw: st.DrawFn) -> Values:
    """Limits with or without guard and rounding, between which a rounded reading can lie."""
    places = draw(st.integers(0, 3))
    guard = draw(_small_or_none)
    step = draw(_steps)
    # The smallest value that conforms is a multiple of the step, so rounding always leaves one.
    low = step * draw(st.integers(-50, 1000)) - guard
    high = low + 2 * guard + draw(st.integers(0, 100))
    form = draw(_forms)

    def number(units: int) -> str:
        return f"{Decimal(units).scaleb(-places):f}"

    limits: Values = {"unit": draw(_units)}
    if form == "nominal":
        minus = draw(st.integers(0, high - low))
        limits |= {"nominal": number(low + minus), "plus": number(high - low - minus), "minus": number(minus)}
    else:
        limits |= {"min": number(low)} if form in {"min", "both"} else {}
        limits |= {"max": number(high)} if form in {"max", "both"} else {}
    more = {"guard": number(guard)} if guard else {}
    more |= {"rounding": number(step)} if step > 1 or draw(st.booleans()) else {}
    return {"measure": limits} | more


_small_or_none = st.just(0) | st.integers(0, 20)
_steps = st.sampled_from([1, 1, 1, 2, 5, 10])
_forms = st.sampled_from(["min", "max", "both", "nominal"])
_units = st.sampled_from(["mm", "g", "mAh", "1"])


@st.composite
def _coloured(draw: st.DrawFn) -> Values:
    """A colour difference, with its illuminant and its observer."""
    tenths = draw(st.integers(0, 50))
    lab = f"Lab({draw(st.integers(0, 100))}, {draw(st.integers(-60, 60))}, {draw(st.integers(-60, 60))})"
    guard = min(draw(_small_or_none), tenths)
    measure = {
        "unit": "dE2000",
        "reference": lab,
        "illuminant": draw(_illuminants),
        "observer": draw(_observers),
        "max": f"{Decimal(tenths).scaleb(-1):f}",
    }
    return {"measure": measure} | ({"guard": f"{Decimal(guard).scaleb(-1):f}"} if guard else {})


_illuminants, _observers = st.sampled_from(["D50", "D65"]), st.sampled_from(["2", "10"])
_WRITTEN: dict[str, st.SearchStrategy[Values]] = {
    "yes-no": st.fixed_dictionaries({"answer": st.sampled_from(["yes", "no"])}),
    "allowed": st.fixed_dictionaries({"allowed": st.lists(_codes, min_size=1, max_size=3, unique=True)}),
    "text": st.fixed_dictionaries({"equals": st.just("4006381333931") | names}),
}
"""Measures that are read as words."""

_HOWS: dict[str, st.SearchStrategy[Values]] = {
    "visual": st.fixed_dictionaries({"kind": st.just("visual")}, optional={"reference": _references}),
    "measured": _measured(),
    "colour": _coloured(),
    **{kind: st.fixed_dictionaries({"measure": measure}) for kind, measure in _WRITTEN.items()},
}
_ITEM_KINDS = st.sampled_from(tuple(_ITEM_WORDS))
_IDS = {kind: st.just(name) | names for kind, (name, _) in (_ITEM_WORDS | _LOT_WORDS).items()}


@st.composite
def lot_terms(draw: st.DrawFn, quantity: int, has_share: bool) -> Values:
    """A term that is judged once for the lot, which the order of this quantity can meet."""
    kind = draw(_LOT_KINDS)
    term: Values = {"id": draw(_IDS[kind]), "text": _LOT_WORDS[kind][1], "kind": kind}
    term |= draw(_EFFECTS)
    if kind == "quantity" and draw(st.booleans()):
        term["measure"] = {"unit": "items", "min": str(draw(st.integers(0, quantity)))}
    if kind == "packed-share" and (not has_share or draw(st.booleans())):
        term["measure"] = {"min": f"{Decimal(draw(st.integers(1, 100))).scaleb(-2):f}"}
    if kind == "mark":
        term |= draw(_MARKS)
    if kind == "reference":
        term["reference"] = draw(_references)
    return term


_LOT_KINDS = st.sampled_from(tuple(_LOT_WORDS))
_EFFECTS = st.fixed_dictionaries({}, optional={"effect": st.sampled_from(["reject", "hold", "note"])})
_MARKS: st.SearchStrategy[Values] = st.just({}) | st.fixed_dictionaries(
    {"measure": st.one_of(*_WRITTEN.values())}
)


@cache
def own_lines(*, standard: str, counting: str, enters: bool, by_level: bool) -> st.SearchStrategy[Values]:
    """A decision line of a term's own; by the tables only where the contract enters them."""
    level, ac = st.sampled_from(LEVELS), {"ac": st.integers(0, 3)}
    ways: list[st.SearchStrategy[Values]] = [
        st.fixed_dictionaries({"sample": st.integers(1, 20)}, optional=ac),
        st.fixed_dictionaries({"plan": stated_plans()}),
        st.fixed_dictionaries({"inspect": st.just("all")}, optional=ac),
    ]
    if enters:
        column = aqls(standard, counting=counting, not_allowed=True)
        ways.append(st.fixed_dictionaries({"aql": column}, optional={"level": level}))
    if enters and by_level:
        ways.append(st.fixed_dictionaries({"level": level}))
    return st.one_of(ways)


@cache
def stated_plans() -> st.SearchStrategy[Values]:
    """Plans as a contract states them, small enough for a log that a person can read."""
    return plans(max_stages=4, max_n=30, max_step=2).map(stated)


def stated(plan: Plan) -> Values:
    """A plan as a contract states it.

    Examples
    --------
    >>> stated(SinglePlan(50, 2))
    {'n': 50, 'ac': 2}
    """
    if isinstance(plan, SinglePlan):
        return {"n": plan.n, "ac": plan.ac} | ({} if plan.re == plan.ac + 1 else {"re": plan.re})
    return {
        "n": list(plan.n),
        "ac": ["#" if number is None else number for number in plan.ac],
        "re": list(plan.re),
    }
