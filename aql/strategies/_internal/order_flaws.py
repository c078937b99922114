"""Flaws in the order, its cover and the inspection settings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.strategies._internal.aqls import printed_aqls
from aql.strategies._internal.flaw import Flaws
from aql.strategies._internal.toml_table import TomlTable
from aql.types import STANDARD_NAMES, STANDARDS, Standard

__all__ = ["ORDER_FLAWS"]

ORDER_FLAWS = Flaws()
_COVER = {"rules": "2017", "type": "pre-shipment"}
_BELOW_ZERO = st.integers(1, 5000).map(lambda cents: f"{Decimal(-cents).scaleb(-2):f}")
_BY_LETTER_ONLY: Standard = "ISO 2859-1:2026"


@ORDER_FLAWS.add("warning", "no-shipment-date")
def _no_shipment_date(draw: st.DrawFn, contract: TomlTable) -> str:  # noqa: ARG001
    del contract["order"]["shipment_date"]
    _drop_terms(contract, "shipment-date")
    return "order.shipment_date"


def _drop_terms(contract: TomlTable, *kinds: str) -> None:
    contract["terms"] = [term for term in contract["terms"] if term.get("kind") not in kinds]


@ORDER_FLAWS.add("warning", "no-quantity")
def _no_quantity(draw: st.DrawFn, contract: TomlTable) -> str:  # noqa: ARG001
    contract.get("inspection", {}).pop("packed_share", None)
    _drop_terms(contract, "quantity", "packed-share")
    del contract["order"]["quantity"]
    return "order.quantity"


@ORDER_FLAWS.add("warning", "no-currency")
def _no_currency(draw: st.DrawFn, contract: TomlTable) -> str:
    contract["order"].pop("currency", None)
    contract["order"].setdefault("unit_price", f"{draw(st.integers(0, 50))}")
    contract.pop("cover", None)
    return "order.currency"


@ORDER_FLAWS.add("error", "bad-amount")
def _negative_price(draw: st.DrawFn, contract: TomlTable) -> str:
    contract["order"] |= {"unit_price": draw(_BELOW_ZERO), "currency": "USD"}
    contract.pop("cover", None)
    return "order.unit_price"


@ORDER_FLAWS.add("error", "bad-date")
def _ordered_too_late(draw: st.DrawFn, contract: TomlTable) -> str:
    days = timedelta(days=draw(st.integers(1, 400)))
    contract["order"]["created"] = (
        date.fromisoformat(str(contract["order"]["shipment_date"])) + days
    ).isoformat()
    return "order.created"


@ORDER_FLAWS.add("error", "bad-amount")
def _more_left_than_the_limit(draw: st.DrawFn, contract: TomlTable) -> str:
    contract["order"].pop("unit_price", None)
    limit = draw(st.integers(0, 500))
    contract["cover"] = _COVER | {
        "limit": str(limit),
        "remaining_limit": str(limit + draw(st.integers(1, 9))),
    }
    return "cover.remaining_limit"


@ORDER_FLAWS.add("error", "bad-amount")
def _negative_payment(draw: st.DrawFn, contract: TomlTable) -> str:
    contract["cover"] = contract.get("cover", _COVER) | {"initial_payment": draw(_BELOW_ZERO)}
    return "cover.initial_payment"


@ORDER_FLAWS.add("note", "above-cover")
def _price_above_cover(draw: st.DrawFn, contract: TomlTable) -> str:
    unit_price = draw(st.integers(1, 100))
    contract["order"] |= {"unit_price": str(unit_price), "currency": "USD"}
    price = unit_price * contract["order"]["quantity"]
    contract["cover"] = _COVER | {"limit": str(draw(st.integers(0, price - 1)))}
    return "cover.limit"


@ORDER_FLAWS.add("error", "letter-with-stages")
def _letter_with_stages(draw: st.DrawFn, contract: TomlTable) -> str:
    sampling = draw(st.sampled_from(["double", "multiple"]))
    contract.setdefault("inspection", {}).update(sample="letter", sampling=sampling)
    return "inspection.sample"


@ORDER_FLAWS.add("error", "bad-share")
def _share_in_percent(draw: st.DrawFn, contract: TomlTable) -> str:
    contract.setdefault("inspection", {})["packed_share"] = draw(st.integers(2, 100) | st.just(0))
    return "inspection.packed_share"


@ORDER_FLAWS.add("error", "edition-by-letter", standard=_BY_LETTER_ONLY)
def _edition_by_lot_size(draw: st.DrawFn, contract: TomlTable) -> str:
    place = draw(st.integers(0, len(contract["classes"]) - 1))
    # A verified column, so that there is no other finding.
    column = draw(st.sampled_from(printed_aqls(_BY_LETTER_ONLY)))
    contract["classes"][place] = {"name": contract["classes"][place]["name"], "aql": column}
    return "inspection.standard"


@ORDER_FLAWS.add("note", "standard-name", standard=DEFAULT_STANDARD)
def _standard_by_another_name(draw: st.DrawFn, contract: TomlTable) -> str:
    names = [one for one in STANDARD_NAMES if one not in STANDARDS and edition(one).name == DEFAULT_STANDARD]
    contract.setdefault("inspection", {})["standard"] = draw(st.sampled_from(names))
    return "inspection.standard"
