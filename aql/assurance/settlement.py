"""The settlement of a claim: a ledger whose lines add up to zero, with the fees of inspecting and paying on their own lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, cast, get_args

from aql.assurance.claim_facts import ClaimFacts
from aql.assurance.cover import CoverAnswer
from aql.assurance.grounds import Ground
from aql.assurance.ledger import Account, Entered, LedgerLine, transfer
from aql.assurance.money import Money, rounded_money, stated, sum_of
from aql.assurance.partial_refund import METHODS, Method, RefundValues, amount_of, partial_refund
from aql.assurance.paying import paid_in, paying_fee
from aql.assurance.rule_sets import RuleSet, not_in_rules
from aql.checks import choice
from aql.documents.json_values import JsonValue
from aql.errors import AqlError, DomainError
from aql.markup import Shown, in_words
from aql.words import in_brief, short_repr

__all__ = ["OUTCOMES", "Outcome", "Settlement", "settle"]

Outcome = Literal[
    "upheld", "partly", "dismissed", "withdrawn", "return-and-refund", "quick-refund", "late-delivery"
]
"""How a claim ends."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)  #: The same words as a tuple.

SettlementNote = Literal[
    "no-ground-admitted",
    "limited-by-cover",
    "cover-at-most",
    "method-is-yours",
    "on-return",
    "payer-supplier-first",
]
"""What a reader of a settlement must know."""


class Claim(Protocol):
    """What a settlement needs of a claim."""

    @property
    def rules(self) -> RuleSet: ...
    @property
    def facts(self) -> ClaimFacts: ...
    @property
    def grounds(self) -> tuple[Ground, ...]: ...
    @property
    def cover(self) -> CoverAnswer: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def as_of(self) -> date: ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settlement(JsonValue, Shown):
    """How a claim is settled.

    Attributes
    ----------
    outcome : str
        How it ends, one of `aql.assurance.OUTCOMES`.
    method : str or None
        How a partial refund was computed, one of `aql.assurance.METHODS`.
    refund : Money or None
        What comes back for the goods; None if the cover is unknown.
    computed : Money or None
        The same before it was limited to the cover.
    lines : tuple of LedgerLine
        The ledger; the amounts add up to zero.
    unknown : tuple of str
        Keys of entries that are unknown, whose amounts are therefore missing from the ledger.
    notes : tuple of str
        Codes of notes.
    currency : str
        Currency of the ledger.
    """

    outcome: Outcome
    method: Method | None
    refund: Money | None
    computed: Money | None
    lines: tuple[LedgerLine, ...]
    unknown: tuple[str, ...]
    notes: tuple[SettlementNote, ...]
    currency: str

    def total(self, account: Account, *what: Entered) -> Money:
        """Return the sum of the lines of an account, all or of some kinds only."""
        mine = (one.amount for one in self.lines if one.account == account and (not what or one.what in what))
        return sum_of(mine, self.currency)

    def explain(self) -> str:
        """Return the settlement in plain sentences."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return in_brief("Settlement", f"{self.outcome}: {stated(self.refund)} for the goods")


def settle(
    claim: Claim,
    outcome: Outcome,
    *,
    method: Method | None = None,
    share: Decimal | str | None = None,
    delivered: Decimal | str | None = None,
    conforming: Decimal | str | None = None,
    amount: Decimal | str | None = None,
    inspection_fee: Decimal | str | None = None,
    fee_ordered: bool | None = None,
    return_freight: Decimal | str | None = None,
) -> Settlement:
    """Return the settlement of a claim as a ledger.

    Parameters
    ----------
    claim : ClaimAssessment
        The claim; anything with its rules, facts, grounds, cover and currency.
    outcome : str
        How it ends, one of `aql.assurance.OUTCOMES`.
    method : str, optional
        How a partial refund is computed, one of `aql.assurance.METHODS`; required if the outcome is ``"partly"``.
    share : Decimal or str, optional
        Share of nonconforming items, or of the quantity that is missing. [1]
    delivered, conforming : Decimal or str, optional
        Value of the goods as delivered and as agreed, both at delivery (CISG article 50). [currency]
    amount : Decimal or str, optional
        Amount of a ruling. [currency]
    inspection_fee : Decimal or str, optional
        What the inspection cost. [currency]
    fee_ordered : bool, optional
        Whether the ruling orders that the inspection fee comes back; defaults to what the rule set says.
    return_freight : Decimal or str, optional
        What sending the goods back cost. [currency]

    Returns
    -------
    Settlement
        The ledger; nothing comes back on grounds that are all refused.

    Raises
    ------
    DomainError
        If an outcome, method or amount is invalid, or the rule set does not have the outcome.
    """
    checked: Outcome = choice(outcome, "outcome", OUTCOMES)
    way = None if method is None else choice(method, "method", METHODS)
    currency = _currency(claim)
    promised = {"quick-refund": "clock.quick-refund-hours", "late-delivery": "delivery.percent"}
    key = promised.get(checked)
    if key is not None and claim.rules.find(key) is None:
        raise not_in_rules(claim.rules, f"the outcome {checked!r}", key)
    steps = claim.rules.value("dispute.steps")
    if checked == "return-and-refund" and steps is not None and "return-agreed" not in steps.words:
        raise not_in_rules(claim.rules, f"the outcome {checked!r}", steps.key, word="return-agreed")
    open_grounds = _grounds_for(claim, checked)
    values = RefundValues(share, delivered, conforming, amount)
    computed = _computed(claim, checked, way, values, open_grounds, currency)
    notes: list[SettlementNote] = []
    refund = computed
    ceiling = _rest(claim.cover) if checked == "quick-refund" else claim.cover.amount
    gives = checked not in {"dismissed", "withdrawn", "late-delivery"}
    if gives and not open_grounds:
        refund = Money(Decimal(0), currency)
        notes.append("no-ground-admitted")
    elif gives and refund is not None:
        refund = None if ceiling is None else min(refund, ceiling)
        if refund is not None and computed is not None and refund < computed:
            notes.append("limited-by-cover")
    if gives and claim.cover.at_most and refund:
        notes.append("cover-at-most")
    if way is not None and way != "ruling":
        notes.append("method-is-yours")
    if checked == "return-and-refund":
        notes.append("on-return")
    if refund and claim.rules.value("settle.payer") is not None:
        notes.append("payer-supplier-first")
    unknown = list(_unknown(claim, checked, way, refund, open_grounds))
    lines = [*_paid(claim, currency, unknown)]
    if refund:
        lines += transfer("supplier", "buyer", "goods-refunded", refund)
    if checked == "late-delivery" and open_grounds and open_grounds[0].ceiling:
        lines += transfer("platform", "buyer", "coupon", open_grounds[0].ceiling)
    won = gives and bool(open_grounds)
    returned = claim.rules.value("settle.fees-of-paying")
    if won and refund and returned is not None and returned.value == "yes":
        fees = -sum_of((one.amount for one in lines if (one.account, one.what) == _FEE), currency)
        lines += transfer("supplier", "buyer", "fee-refunded", fees)
    lines += _inspection(claim, currency, inspection_fee, unknown, won=won, ordered=fee_ordered)
    if return_freight is not None:
        freight = amount_of(return_freight, currency, "return_freight")
        bearer = claim.rules.value(_freight_rule(open_grounds))
        payer = "buyer" if bearer is None else cast("Account", bearer.value)
        lines += transfer(payer, "carrier", "return-freight", freight)
    return Settlement(
        outcome=checked,
        method=way,
        refund=refund,
        computed=computed,
        lines=tuple(one for one in lines if one.amount),
        unknown=tuple(dict.fromkeys(unknown)),
        notes=tuple(notes),
        currency=currency,
    )


_FEE: tuple[Account, Entered] = ("buyer", "fee-of-paying")


def _currency(claim: Claim) -> str:
    try:
        known, otherwise = claim.cover.paid or claim.cover.total or claim.cover.planned, claim.currency
    except AttributeError as error:
        raise DomainError(
            f"claim must be an aql.ClaimAssessment, got {short_repr(claim)}",
            todo="Make one with aql.assess_claim",
            value=claim,
        ) from error
    currency = otherwise if known is None else known.currency
    if currency is None:
        raise DomainError(
            "a settlement needs the currency of the order",
            todo="Add currency to [order]",
            code="missing-value",
        )
    return currency


def _grounds_for(claim: Claim, outcome: Outcome) -> list[Ground]:
    """The grounds that are not refused and that this outcome can be about."""
    kinds = {"quick-refund": {"cancellation"}, "late-delivery": {"late-delivery"}}.get(outcome)
    found = [one for one in claim.grounds if one.answer != "no" and one.kind != "default-inspection"]
    if kinds is not None:
        return [one for one in found if one.kind in kinds]
    return [one for one in found if one.kind not in {"cancellation", "late-delivery"}]


def _computed(
    claim: Claim,
    outcome: Outcome,
    method: Method | None,
    values: RefundValues,
    grounds: Sequence[Ground],
    currency: str,
) -> Money | None:
    """What would come back for the goods before it is limited to the cover."""
    if outcome in {"dismissed", "withdrawn", "late-delivery"}:
        return Money(Decimal(0), currency)
    if outcome == "partly":
        if method is None:
            raise DomainError(
                "the outcome 'partly' needs a method",
                todo="No rule set states a formula; choose share, missing-quantity, price-reduction or ruling",
                code="missing-value",
            )
        return partial_refund(method, values, claim.cover, grounds, currency)
    if method is not None:
        raise DomainError(
            f"method must be left out with the outcome {outcome!r}, got {short_repr(method)}", value=method
        )
    return _rest(claim.cover) if outcome == "quick-refund" else claim.cover.amount


def _rest(cover: CoverAnswer) -> Money | None:
    """What was paid through listed methods and has not come back."""
    if cover.listed is None or cover.refunded is None:
        return cover.listed
    return max(cover.listed - cover.refunded, Money(Decimal(0), cover.listed.currency))


def _freight_rule(grounds: Sequence[Ground]) -> str:
    """The entry that says who pays the freight of a return: that of Easy Return if nothing else is claimed."""
    easy = bool(grounds) and all(one.kind == "easy-return" for one in grounds)
    return "easy-return.freight" if easy else "settle.return-freight"


def _unknown(
    claim: Claim, outcome: Outcome, method: Method | None, refund: Money | None, grounds: Sequence[Ground]
) -> Iterator[str]:
    """What the rule set does not say about this settlement."""
    if refund is None:
        yield from claim.cover.unknown
    if method is not None and method != "ruling" and claim.rules.value("settle.partial-formula") is None:
        yield "settle.partial-formula"
    freight = _freight_rule(grounds)
    if outcome == "return-and-refund" and claim.rules.value(freight) is None:
        yield freight
    if claim.rules.value("settle.fees-of-paying") is None:
        yield "settle.fees-of-paying"
    if outcome not in {"dismissed", "withdrawn"} and claim.rules.value("settle.upheld") is None:
        yield "settle.upheld"


def _paid(claim: Claim, currency: str, unknown: list[str]) -> Iterator[LedgerLine]:
    """What was paid for the goods, and the fees of paying."""
    payments = claim.facts.paid_until(claim.as_of).payments or ()
    yield from transfer(
        "buyer", "supplier", "goods-paid", sum_of((paid_in(one, currency) for one in payments), currency)
    )
    if claim.cover.refunded:
        yield from transfer("supplier", "buyer", "refunded-before", claim.cover.refunded)
    for one in payments:
        fee = None
        if one.fee is not None:
            own = one.currency or currency
            rate = Decimal(1) if own == currency else one.rate or Decimal(1)
            fee = rounded_money(one.fee * rate, currency)
        else:
            try:
                fee = paying_fee(paid_in(one, currency), one.method, on=one.date, rules=claim.rules)
            except AqlError:
                fee = None
        if fee is None:
            unknown.append(f"fee.{one.method}")
        else:
            yield from transfer("buyer", "payment-service", "fee-of-paying", fee)


def _inspection(
    claim: Claim,
    currency: str,
    paid: Decimal | str | None,
    unknown: list[str],
    *,
    won: bool,
    ordered: bool | None,
) -> Iterator[LedgerLine]:
    if paid is None:
        return
    fee = amount_of(paid, currency, "inspection_fee")
    yield from transfer("buyer", "inspector", "inspection-paid", fee)
    entry = claim.rules.value("settle.inspection-fee")
    if not won:
        return
    back = ordered if ordered is not None else None if entry is None else entry.value == "yes"
    if back is None:
        unknown.append("settle.inspection-fee")
    elif back:
        yield from transfer("supplier", "buyer", "inspection-refunded", fee)
