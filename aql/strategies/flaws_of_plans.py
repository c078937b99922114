"""Flaws of the order, of the way of inspecting, of the classes and of their plans."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from aql.errors import DomainError
from aql.standards.arguments import over_ten
from aql.standards.editions import STANDARDS, edition
from aql.standards.iso2859_1.lookup import checked_cell
from aql.strategies.tables import columns_of
from aql.strategies.terms import stated_plans
from aql.strategies.wrongs import Values, Wrong, flaw, new_term

__all__ = ["PLAN_FLAWS"]

PLAN_FLAWS: list[Wrong] = []


def _clause(data: Values) -> Values:
    clause: Values = data.setdefault("inspection", {})
    return clause


def _without_share(data: Values) -> None:
    """Take out what rests on the ordered quantity."""
    _clause(data).pop("packed_share", None)
    data["terms"] = [one for one in data["terms"] if one.get("kind") not in {"quantity", "packed-share"}]


# The order -------------------------------------------------------------------------------------------------------


@flaw(PLAN_FLAWS, "warning", "no-shipment-date")
def _no_date(draw: st.DrawFn, data: Values) -> str:  # noqa: ARG001
    del data["order"]["shipment_date"]
    data["terms"] = [one for one in data["terms"] if one.get("kind") != "shipment-date"]
    return "order.shipment_date"


@flaw(PLAN_FLAWS, "warning", "no-quantity")
def _no_quantity(draw: st.DrawFn, data: Values) -> str:  # noqa: ARG001
    _without_share(data)
    del data["order"]["quantity"]
    return "order.quantity"


@flaw(PLAN_FLAWS, "warning", "no-currency")
def _no_currency(draw: st.DrawFn, data: Values) -> str:
    data["order"].pop("currency", None)
    data["order"].setdefault("unit_price", f"{draw(st.integers(0, 50))}")
    data.pop("cover", None)
    return "order.currency"


_COVER = {"rules": "2017", "type": "pre-shipment"}
_below_zero = st.integers(1, 5000).map(lambda cents: f"{Decimal(-cents).scaleb(-2):f}")


@flaw(PLAN_FLAWS, "error", "bad-amount")
def _bad_price(draw: st.DrawFn, data: Values) -> str:
    data["order"] |= {"unit_price": draw(_below_zero), "currency": "USD"}
    data.pop("cover", None)
    return "order.unit_price"


@flaw(PLAN_FLAWS, "error", "bad-amount")
def _bad_payment(draw: st.DrawFn, data: Values) -> str:
    data["cover"] = data.get("cover", _COVER) | {"initial_payment": draw(_below_zero)}
    return "cover.initial_payment"


@flaw(PLAN_FLAWS, "note", "above-cover")
def _above_cover(draw: st.DrawFn, data: Values) -> str:
    price = draw(st.integers(1, 100))
    data["order"] |= {"unit_price": str(price), "currency": "USD"}
    total = price * data["order"]["quantity"]
    data["cover"] = _COVER | {"limit": str(draw(st.integers(0, total - 1)))}
    return "cover.limit"


# How the lot is inspected ----------------------------------------------------------------------------------------


@flaw(PLAN_FLAWS, "error", "letter-with-stages")
def _letter_with_stages(draw: st.DrawFn, data: Values) -> str:
    _clause(data).update(sample="letter", sampling=draw(st.sampled_from(["double", "multiple"])))
    return "inspection.sample"


@flaw(PLAN_FLAWS, "error", "bad-share")
def _share_of_percent(draw: st.DrawFn, data: Values) -> str:
    _clause(data)["packed_share"] = draw(st.integers(2, 100) | st.just(0))
    return "inspection.packed_share"


@flaw(PLAN_FLAWS, "error", "edition-by-letter", standard=STANDARDS[1])
def _by_lot_size(draw: st.DrawFn, data: Values) -> str:
    one = draw(st.sampled_from(data["classes"]))
    name = one["name"]
    one.clear()
    # The columns that have been checked, and no other finding comes with them.
    one |= {"name": name, "aql": draw(st.sampled_from(columns_of(STANDARDS[1])))}
    return "inspection.standard"


# The classes -----------------------------------------------------------------------------------------------------


@flaw(PLAN_FLAWS, "error", "no-classes")
def _no_classes(draw: st.DrawFn, data: Values) -> str:  # noqa: ARG001
    data["classes"] = []
    return "classes"


@flaw(PLAN_FLAWS, "error", "repeated-name")
def _class_twice(draw: st.DrawFn, data: Values) -> str:
    place = draw(st.integers(0, len(data["classes"]) - 1))
    data["classes"].insert(place + 1, dict(data["classes"][place]))
    return f"classes[{place + 1}].name"


def _spare(data: Values, **how: object) -> str:
    """A further class, the least serious."""
    data["classes"].append({"name": "spare"} | how)
    return f"classes[{len(data['classes']) - 1}]"


@flaw(PLAN_FLAWS, "error", "no-plan")
def _no_plan(draw: st.DrawFn, data: Values) -> str:  # noqa: ARG001
    return _spare(data)


@flaw(PLAN_FLAWS, "error", "two-plans")
def _two_plans(draw: st.DrawFn, data: Values) -> str:
    return _spare(data, plan=draw(stated_plans()), inspect="all")


@flaw(PLAN_FLAWS, "error", "two-plans")
def _two_plans_of_a_term(draw: st.DrawFn, data: Values) -> str:
    plan = draw(stated_plans())
    return new_term(draw, data, kind="visual", plan=plan, sample=draw(st.integers(1, 20)))


@flaw(PLAN_FLAWS, "error", "ac-alone")
def _ac_of_a_class(draw: st.DrawFn, data: Values) -> str:
    return _spare(data, plan=draw(stated_plans()), ac=draw(st.integers(0, 5))) + ".ac"


@flaw(PLAN_FLAWS, "error", "ac-alone")
def _ac_of_a_term(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data, kind="visual", ac=draw(st.integers(0, 5))) + ".ac"


@flaw(PLAN_FLAWS, "warning", "class-order", standard=STANDARDS[0])
def _not_allowed_last(draw: st.DrawFn, data: Values) -> str:
    column = draw(st.sampled_from([one for one in columns_of(STANDARDS[0]) if not over_ten(one)]))
    data["classes"] = [one for one in data["classes"] if "aql" not in one or one["aql"] == "0"]
    data["classes"].append({"name": "bearing", "aql": column})
    kept = {one["name"] for one in data["classes"]}
    data["terms"] = [
        one | {"class": "bearing"} if "class" in one and one["class"] not in kept else one
        for one in data["terms"]
    ]
    return _spare(data, aql="0")


@flaw(PLAN_FLAWS, "error", "aql-needs-nonconformities", standard=STANDARDS[0], counting="items")
def _above_ten(draw: st.DrawFn, data: Values) -> str:
    above = [one for one in columns_of(STANDARDS[0]) if over_ten(one)]
    return _spare(data, aql=draw(st.sampled_from(above))) + ".aql"


@flaw(PLAN_FLAWS, "error", "unknown-aql", standard=STANDARDS[0])
def _no_column(draw: st.DrawFn, data: Values) -> str:
    most = 10_000
    thousandths = draw(st.integers(1, most).map(lambda number: Decimal(number).scaleb(-3)))
    if _is_column(thousandths):
        # No column lies this close to another.
        thousandths += Decimal("0.0001")
    # Every AQL that the classes have is smaller, or their order would be found too.
    data["classes"] = [one for one in data["classes"] if "aql" not in one]
    place = len(data["classes"])
    data["classes"].append({"name": "spare", "aql": f"{thousandths:f}"})
    for term in data["terms"]:
        if "class" in term:
            term["class"] = "spare"
    return f"classes[{place}].aql"


def _is_column(number: Decimal) -> bool:
    try:
        checked_cell(edition(STANDARDS[0]), number, sampling="single", counting=None)
    except DomainError:
        return False
    return True


@flaw(PLAN_FLAWS, "error", "level-without-aql", standard=STANDARDS[0])
def _level_alone(draw: st.DrawFn, data: Values) -> str:
    _spare(data, plan=draw(stated_plans()))
    levels = st.sampled_from(["S-1", "S-2", "S-3", "S-4", "I", "II", "III"])
    return new_term(draw, data, kind="visual", level=draw(levels), **{"class": "spare"}) + ".level"
