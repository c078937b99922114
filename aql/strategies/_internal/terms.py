"""Terms as in the document of a contract, measurable and without contradictions."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import chain, count

from hypothesis import strategies as st

from aql.strategies._internal.aqls import aqls
from aql.strategies._internal.measures import colour_limits, limits, read_texts
from aql.strategies._internal.names import names
from aql.strategies._internal.stated_plans import stated_plans
from aql.strategies._internal.toml_table import TomlTable
from aql.types import EFFECTS, LEVELS, TEXT_CASES, Counting, Standard

__all__ = ["terms"]


@st.composite
def terms(
    draw: st.DrawFn,
    *,
    classes: list[TomlTable],
    quantity: int,
    has_packed_share: bool,
    standard: Standard,
    counting: Counting,
    by_tables: bool,
    most: int,
    judging: bool,
) -> list[TomlTable]:
    """Strategy for the terms of a contract with these classes; the first one is not a lot term.

    With `judging`, a term may judge the readings of another. Without `by_tables`, no term has an AQL or a level, because the standard cannot be entered by lot size.
    """
    drawn: list[TomlTable] = []
    used = {one["name"] for one in classes}
    shared: list[TomlTable] = []
    for place in range(draw(st.integers(1, most))):
        if place and draw(_ONE_IN_FOUR):
            term = draw(_lot_terms(quantity, has_packed_share=has_packed_share))
        elif shared and judging and draw(st.booleans()):
            term = draw(_judging(shared[0])) | {"class": classes[-1]["name"]}
        else:
            owner = classes[draw(st.integers(0, len(classes) - 1))]
            term = draw(_ITEM_TERMS) | {"class": owner["name"]}
            if draw(_ONE_IN_FOUR):
                own = _own_lines(standard, counting, by_tables=by_tables, by_level="aql" in owner)
                term |= draw(own)
                term |= {"of": "cartons"} if draw(_ONE_IN_FOUR) else {}
        numbered = (f"{term['id']} {number}" for number in count(2))
        term["id"] = next(name for name in chain([term["id"]], numbered) if name not in used)
        used.add(term["id"])
        drawn.append(term)
        shared += [term] if _can_be_judged_twice(term) else []
    return drawn


def _can_be_judged_twice(term: TomlTable) -> bool:
    """Whether a second term with wider limits can judge the readings: each that conforms to the first conforms to it."""
    measure = term.get("measure", {})
    limited = {"min", "max"} & set(measure) and "illuminant" not in measure
    return bool(limited) and "class" in term and not {"rounding", "of", "reading_of"} & set(term)


@st.composite
def _judging(draw: st.DrawFn, term: TomlTable) -> TomlTable:
    """A term with wider limits for the readings of another."""
    wider, measure = draw(st.integers(0, 20)), dict(term["measure"])
    for key, sign in (("min", -1), ("max", 1)):
        if key in measure:
            measure[key] = f"{Decimal(measure[key]) + sign * wider:f}"
    own = {"sample": draw(st.integers(1, 5))} if draw(st.booleans()) else {}
    return {"id": "limit", "text": "The same reading", "measure": measure, "reading_of": term["id"]} | own


_ONE_IN_FOUR = st.sampled_from([False, False, False, True])


_REFERENCES = st.integers(1, 999).map(lambda number: {"seal": f"S-{number}"})

# Terms about the items ---------------------------------------------------------------------------------------------

_ITEM_WORDS = {
    "visual": ("scratch", "Scratch longer than 5 mm"),
    "measured": ("width", "Width of the frame"),
    "yes-no": ("switch", "Switches on within 3 s"),
    "allowed": ("size", "Size on the label"),
    "text": ("barcode", "Barcode on the box"),
    "colour": ("colour", "Colour of the housing"),
}
_NOT_APPLICABLE: dict[str, st.SearchStrategy[object]] = {"not_applicable": st.just(True)}
_TEXT_CASES: dict[str, st.SearchStrategy[object]] = {"text_case": st.sampled_from(TEXT_CASES)}
_ITEM_PARTS: dict[str, st.SearchStrategy[TomlTable]] = {
    "visual": st.fixed_dictionaries(
        {"kind": st.just("visual")}, optional={"reference": _REFERENCES, "not_applicable": st.just(True)}
    ),
    "measured": limits(),
    "colour": colour_limits(),
    "yes-no": st.fixed_dictionaries({"measure": read_texts["yes-no"]}, optional=_NOT_APPLICABLE),
    **{
        kind: st.fixed_dictionaries({"measure": read_texts[kind]}, optional=_NOT_APPLICABLE | _TEXT_CASES)
        for kind in ("allowed", "text")
    },
}


def _ids(name: str) -> st.SearchStrategy[str]:
    """The usual id of a term, or one in any script."""
    return st.just(name) | names()


_ITEM_KINDS = st.sampled_from(tuple(_ITEM_WORDS))
_ITEM_IDS = {kind: _ids(name) for kind, (name, _) in _ITEM_WORDS.items()}


@st.composite
def _item_terms(draw: st.DrawFn) -> TomlTable:
    """Terms that are judged item by item, without class and plan."""
    kind = draw(_ITEM_KINDS)
    return {"id": draw(_ITEM_IDS[kind]), "text": _ITEM_WORDS[kind][1]} | draw(_ITEM_PARTS[kind])


_ITEM_TERMS = _item_terms()


@cache
def _own_lines(
    standard: Standard, counting: Counting, *, by_tables: bool, by_level: bool
) -> st.SearchStrategy[TomlTable]:
    """A term's own plan: a sample, a plan, every item, an AQL or a level."""
    level, ac = st.sampled_from(LEVELS), {"ac": st.integers(0, 3)}
    lines: list[st.SearchStrategy[TomlTable]] = [
        st.fixed_dictionaries({"sample": st.integers(1, 20)}, optional=ac),
        st.fixed_dictionaries({"plan": stated_plans()}),
        st.fixed_dictionaries({"inspect": st.just("all")}, optional=ac),
    ]
    if by_tables:
        column = aqls(standard, counting=counting, not_allowed=True)
        lines.append(st.fixed_dictionaries({"aql": column}, optional={"level": level}))
    if by_tables and by_level:
        lines.append(st.fixed_dictionaries({"level": level}))
    return st.one_of(lines)


# Terms about the lot as a whole ------------------------------------------------------------------------------------

_LOT_WORDS = {
    "quantity": ("quantity", "Whole quantity produced"),
    "shipment-date": ("shipment", "Shipped by the date in the order"),
    "packed-share": ("packing", "Share packed for export"),
    "mark": ("mark", "Shipping mark on 4 sides"),
    "reference": ("artwork", "Artwork as in the sealed sample"),
}
_LOT_IDS = {kind: _ids(name) for kind, (name, _) in _LOT_WORDS.items()}
_LOT_KINDS = st.sampled_from(tuple(_LOT_WORDS))
_EFFECTS = st.fixed_dictionaries({}, optional={"effect": st.sampled_from(EFFECTS)})
_MARKS: st.SearchStrategy[TomlTable] = st.just({}) | st.fixed_dictionaries(
    {"measure": st.one_of(*read_texts.values())}
)


@st.composite
def _lot_terms(draw: st.DrawFn, quantity: int, *, has_packed_share: bool) -> TomlTable:
    """A lot term that can be met with the ordered quantity."""
    kind = draw(_LOT_KINDS)
    term: TomlTable = {"id": draw(_LOT_IDS[kind]), "text": _LOT_WORDS[kind][1], "kind": kind} | draw(_EFFECTS)
    if kind == "quantity" and draw(st.booleans()):
        term["measure"] = {"unit": "items", "min": str(draw(st.integers(0, quantity)))}
    if kind == "packed-share" and (not has_packed_share or draw(st.booleans())):
        term["measure"] = {"min": f"{Decimal(draw(st.integers(1, 100))).scaleb(-2):f}"}
    if kind == "mark":
        term |= draw(_MARKS)
    if kind == "reference":
        term["reference"] = draw(_REFERENCES)
    return term
