"""The settlement of a claim in words and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.assurance.keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.assurance.ledger import Entered
    from aql.assurance.settlement import Settlement

__all__ = [
    "buyer_rows",
    "explain_settlement",
    "settlement_html",
    "settlement_notes",
    "settlement_title",
]

_LINES = {
    "goods-paid": "paid for the goods",
    "goods-refunded": "refund for the goods",
    "refunded-before": "refunds before",
    "inspection-paid": "paid for the inspection",
    "inspection-refunded": "refund of the inspection",
    "fee-of-paying": "fees of paying, which do not come back",
    "fee-refunded": "refund of the fees of paying",
    "return-freight": "freight of the return",
    "coupon": "coupon",
}
_NOTES = {
    "no-ground-admitted": "Every ground is refused, so nothing comes back.",
    "limited-by-cover": "The cover limits the refund.",
    "cover-at-most": "The supplier's limit or the cover type is not known and may lower the refund.",
    "method-is-yours": "The method is your choice: no source states how a partial refund is computed.",
    "on-return": "The refund depends on the return; record the state of the goods before you send them back.",
    "payer-supplier-first": "The supplier pays; if it does not, the platform advances the money.",
}
_OUTCOMES = {
    "upheld": "The claim is upheld",
    "partly": "The claim is upheld in part",
    "dismissed": "The claim is dismissed",
    "withdrawn": "The claim is withdrawn",
    "return-and-refund": "The goods are returned and refunded",
    "quick-refund": "The order is refunded at once",
    "late-delivery": "The late delivery is compensated",
}


def explain_settlement(settled: Settlement) -> str:
    """Return a settlement in words: what comes back, the buyer's lines, and what is unknown."""
    return "\n".join([f"{settlement_title(settled)}.", *_lines(settled), *settlement_notes(settled)])


def settlement_html(settled: Settlement) -> markup.Html:
    """Return a settlement as a block of HTML: the ledger, and what is unknown."""
    rows: list[tuple[str, str, str]] = [
        (one.account, _words(one.what, settled), f"{one.amount.amount:f}") for one in settled.lines
    ]
    rows.append(("sum", "", f"{sum(one.amount.amount for one in settled.lines):f}"))
    return markup.block(
        settlement_title(settled),
        markup.table(("account", "what", settled.currency), rows, numbers=(settled.currency,)),
        markup.items(settlement_notes(settled)),
    )


def _comes_back(settled: Settlement) -> str:
    if settled.refund is None:
        return "how much comes back for the goods is unknown"
    return f"{settled.refund} comes back for the goods"


def _words(what: Entered, settled: Settlement) -> str:
    """What a line is for; fees of paying are a sunk cost unless they are refunded."""
    back = what == "fee-of-paying" and any(one.what == "fee-refunded" for one in settled.lines)
    return "fees of paying" if back else _LINES[what]


def buyer_rows(settled: Settlement) -> list[tuple[str, str]]:
    """Return the buyer's lines of a settlement in rows, with their total: what it is for, and the amount."""
    rows = [
        (_words(one.what, settled), f"{one.amount.amount:f}")
        for one in settled.lines
        if one.account == "buyer"
    ]
    return [*rows, ("total", f"{settled.total('buyer').amount:f}")]


def _lines(settled: Settlement) -> Iterator[str]:
    for one in settled.lines:
        if one.account == "buyer":
            yield f"Buyer, {_words(one.what, settled)}: {one.amount}."
    yield f"Total for the buyer: {settled.total('buyer')}."


def settlement_title(settled: Settlement) -> str:
    """Return in words how a settlement ends, and what comes back."""
    return f"{_OUTCOMES[settled.outcome]}: {_comes_back(settled)}"


def settlement_notes(settled: Settlement) -> Iterator[str]:
    """Yield in words what a reader of a settlement must know, and what is unknown."""
    for note in settled.notes:
        yield _NOTES[note]
    for key in settled.unknown:
        yield f"Unknown: {KEYS[key][1] if key in KEYS else key}."
