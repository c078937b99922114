"""Orders and their covers, as in the document of a contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from aql.strategies._internal.toml_table import TomlTable

__all__ = ["covers", "orders"]


@st.composite
def orders(draw: st.DrawFn) -> TomlTable:
    """Strategy for orders in which nothing that the check requires is missing; half of them are the simplest one."""
    if not draw(st.booleans()):
        return {"id": "PO-1", "quantity": 1000, "shipment_date": "2026-12-15"}
    order: TomlTable = {
        "id": f"PO-{draw(st.integers(1, 9999))}",
        "quantity": draw(_QUANTITIES),
        "shipment_date": draw(_DAYS).isoformat(),
    }
    order |= draw(_OPTIONAL)
    return order | ({"currency": draw(_CURRENCIES)} if "unit_price" in order else {})


_QUANTITIES = st.integers(1, 100_000)
_DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
_CURRENCIES = st.sampled_from(["USD", "EUR"])
_OPTIONAL: st.SearchStrategy[TomlTable] = st.fixed_dictionaries(
    {},
    optional={
        "supplier": st.just("Example Electronics Co."),
        "product": st.just("10.1 inch tablet"),
        "unit_price": st.integers(0, 10_000).map(lambda cents: f"{Decimal(cents).scaleb(-2):f}"),
    },
)


@st.composite
def covers(draw: st.DrawFn, order: TomlTable) -> TomlTable:
    """Strategy for covers of an order; the limit, if any, is not below the order total."""
    price = Decimal(order.get("unit_price", "0")) * order["quantity"]
    cover: TomlTable = draw(_COVER_RULES)
    if draw(st.booleans()):
        cover["limit"] = f"{price + draw(st.integers(0, 1000)):f}"
    return cover | ({"initial_payment": "0"} if draw(st.booleans()) else {})


_COVER_RULES = st.sampled_from(
    [
        {"rules": "2017", "type": "pre-shipment"},
        {"rules": "2017", "type": "post-delivery"},
        {"rules": "current"},
    ]
).map(dict[str, Any])
