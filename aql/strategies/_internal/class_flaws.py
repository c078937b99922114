"""Flaws in classes, and in the plans of classes and terms."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from aql.standards.arguments import over_ten
from aql.standards.editions import DEFAULT_STANDARD
from aql.strategies._internal.aqls import printed_aqls
from aql.strategies._internal.flaw import Flaws, flawed_term, new_term
from aql.strategies._internal.stated_plans import stated_plans
from aql.strategies._internal.toml_table import TomlTable
from aql.types import LEVELS

__all__ = ["CLASS_FLAWS"]

CLASS_FLAWS = Flaws()
_ACS = st.integers(0, 5)
_NUMBERS = st.integers(1, 10_000).map(lambda number: Decimal(number).scaleb(-3))


@CLASS_FLAWS.add("error", "no-classes")
def _no_classes(draw: st.DrawFn, contract: TomlTable) -> str:  # noqa: ARG001
    contract["classes"] = []
    return "classes"


@CLASS_FLAWS.add("error", "repeated-name")
def _repeated_class(draw: st.DrawFn, contract: TomlTable) -> str:
    place = draw(st.integers(0, len(contract["classes"]) - 1))
    contract["classes"].insert(place + 1, dict(contract["classes"][place]))
    return f"classes[{place + 1}].name"


def _new_class(contract: TomlTable, **judged_by: object) -> str:
    """Add another class as the least serious one, and return its path."""
    contract["classes"].append({"name": "spare"} | judged_by)
    return f"classes[{len(contract['classes']) - 1}]"


@CLASS_FLAWS.add("error", "no-plan")
def _no_plan(draw: st.DrawFn, contract: TomlTable) -> str:  # noqa: ARG001
    return _new_class(contract)


@CLASS_FLAWS.add("error", "two-plans")
def _two_plans(draw: st.DrawFn, contract: TomlTable) -> str:
    return _new_class(contract, plan=draw(stated_plans()), inspect="all")


@CLASS_FLAWS.add("error", "ac-alone")
def _ac_beside_a_plan(draw: st.DrawFn, contract: TomlTable) -> str:
    return _new_class(contract, plan=draw(stated_plans()), ac=draw(_ACS)) + ".ac"


CLASS_FLAWS += [
    flawed_term("error", "two-plans", kind="visual", plan=stated_plans(), sample=st.integers(1, 20)),
    flawed_term("error", "ac-alone", "ac", kind="visual", ac=_ACS),
]


@CLASS_FLAWS.add("error", "level-without-aql", standard=DEFAULT_STANDARD)
def _level_of_a_class_without_aql(draw: st.DrawFn, contract: TomlTable) -> str:
    _new_class(contract, plan=draw(stated_plans()))
    level = draw(st.sampled_from(LEVELS))
    return new_term(draw, contract, class_="spare", kind="visual", level=level) + ".level"


@CLASS_FLAWS.add("warning", "class-order", standard=DEFAULT_STANDARD)
def _not_allowed_last(draw: st.DrawFn, contract: TomlTable) -> str:
    columns = [column for column in printed_aqls(DEFAULT_STANDARD) if not over_ten(column)]
    contract["classes"] = [one for one in contract["classes"] if one.get("aql", "0") == "0"]
    contract["classes"].append({"name": "bearing", "aql": draw(st.sampled_from(columns))})
    kept = {one["name"] for one in contract["classes"]}
    for term in contract["terms"]:
        if term.get("class", "bearing") not in kept:
            term["class"] = "bearing"
    return _new_class(contract, aql="0")


@CLASS_FLAWS.add("error", "aql-needs-nonconformities", standard=DEFAULT_STANDARD, counting="items")
def _items_above_ten(draw: st.DrawFn, contract: TomlTable) -> str:
    above = [column for column in printed_aqls(DEFAULT_STANDARD) if over_ten(column)]
    return _new_class(contract, aql=draw(st.sampled_from(above))) + ".aql"


@CLASS_FLAWS.add("error", "unknown-aql", standard=DEFAULT_STANDARD)
def _no_column(draw: st.DrawFn, contract: TomlTable) -> str:
    columns = [Decimal(column) for column in printed_aqls(DEFAULT_STANDARD)]
    number = draw(_NUMBERS.filter(lambda number: number not in columns))
    # Remove the other classes with an AQL; otherwise their order could be a second finding.
    contract["classes"] = [one for one in contract["classes"] if "aql" not in one]
    for term in contract["terms"]:
        if "class" in term:
            term["class"] = "spare"
    return _new_class(contract, aql=f"{number:f}") + ".aql"
