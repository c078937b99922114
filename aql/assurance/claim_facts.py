"""The facts of a claim: order, payments, events, complaints and evidence, as one document `aql.claim/1`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from aql.assurance.claim_choices import (
    Acceptance,
    ComplaintKind,
    EventKind,
    OrderKind,
    StandardPlace,
    paying_method,
)
from aql.assurance.keys import EvidenceKind
from aql.documents.document import Document
from aql.documents.fields import DecimalText, IsoDate, Name, Text
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.loading import Source, load_document, read_source
from aql.errors import DomainError
from aql.words import short_repr

__all__ = ["ClaimFacts", "Complaint", "Event", "EvidenceItem", "OrderFacts", "Payment"]


def _moment(value: object) -> object:
    """A date, or a date with a time, from a value or its ISO text."""
    if isinstance(value, (date, datetime)):
        return value
    try:
        if isinstance(value, str):
            return (
                date.fromisoformat(value)
                if len(value) == len("2026-12-15")
                else datetime.fromisoformat(value)
            )
    except ValueError:
        pass
    raise DomainError(
        f"must be a date or a date with a time, such as 2026-12-15T09:30:00, got {short_repr(value)}",
        value=value,
    )


Moment = Annotated[
    datetime | date,
    BeforeValidator(_moment),
    PlainSerializer(lambda value: value.isoformat(), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "description": "ISO 8601 date, or date with a time"}),
]
"""A date, or a date with a time; without an offset, the time is in the time zone of the assessment."""

Country = Annotated[str, Field(strict=True, pattern=r"^[A-Z]{2}$")]
Currency: TypeAlias = Name


class OrderFacts(Document):
    """What is known of the order in addition to the contract.

    Attributes
    ----------
    id : str or None
        Id of the order; it must be that of the contract.
    kind : "trade-assurance", "direct-pay" or "off-platform"
        How the order was placed.
    created : date or None
        Day on which the order was created; it chooses the rule set.
    buyer_country, supplier_country : str or None
        Two-letter ISO 3166 codes.
    buyer : "standard", "enterprise", "enterprise-pro" or None
        Level of the buyer's account; None if unknown.
    amount, currency : Decimal and str, or None
        Amount of the order, if the contract has no price.
    cover_type : "pre-shipment", "post-delivery" or None
        Cover type, if the contract does not state it.
    limit, remaining_limit : Decimal or None
        Limit of the supplier, and what remains of it. [currency]
    dispatch_date : date or None
        Last day of shipment that the order itself carries, if the contract has none.
    delivery_date : date or None
        Guaranteed day of delivery.
    logistics : "platform", "supplier", "buyer" or None
        Who arranges the transport.
    transport_risk : "buyer", "supplier" or None
        Who bears the risk of transport, as the delivery terms say.
    category : str or None
        Category of the goods, such as ``"textiles"``.
    easy_return : bool or None
        Whether the product is marked Easy Return.
    easy_return_used : bool
        Whether Easy Return was already granted for this order.
    coupon_granted : bool
        Whether a coupon for late delivery was already granted for this order.
    address_changed : bool
        Whether the delivery address was changed after payment.
    brand_goods_underpriced, restricted : bool
        Whether the goods are brand goods at an unreasonably low price, or banned or restricted.
    """

    id: Name | None = None
    kind: OrderKind = "trade-assurance"
    created: IsoDate | None = None
    buyer_country: Country | None = None
    supplier_country: Country | None = None
    buyer: Literal["standard", "enterprise", "enterprise-pro"] | None = None
    amount: DecimalText | None = None
    currency: Currency | None = None
    cover_type: Literal["pre-shipment", "post-delivery"] | None = None
    limit: DecimalText | None = None
    remaining_limit: DecimalText | None = None
    dispatch_date: IsoDate | None = None
    delivery_date: IsoDate | None = None
    logistics: Literal["platform", "supplier", "buyer"] | None = None
    transport_risk: Literal["buyer", "supplier"] | None = None
    category: Name | None = None
    easy_return: bool | None = None
    easy_return_used: bool = False
    coupon_granted: bool = False
    address_changed: bool = False
    brand_goods_underpriced: bool = False
    restricted: bool = False


class Payment(Document):
    """A payment of the buyer.

    Attributes
    ----------
    amount : Decimal
        Amount for the goods, without the fee of the method. [currency]
    method : str
        Method, one of `aql.assurance.PAYING_METHODS` or of those that the rule set lists; T/T is ``"transfer"``.
    date : date
        Day of the payment.
    currency : str or None
        Currency; defaults to that of the order.
    rate : Decimal or None
        Units of the order's currency per unit of this currency, required if they differ.
    part : "initial", "balance" or None
        Which part of the order it pays.
    account : "designated" or "private", or None
        Account to which a transfer went.
    fee : Decimal or None
        Fee actually charged, if it is known. [currency]
    """

    amount: DecimalText
    method: Annotated[Name, AfterValidator(paying_method)]
    date: IsoDate
    currency: Currency | None = None
    rate: DecimalText | None = None
    part: Literal["initial", "balance"] | None = None
    account: Literal["designated", "private"] | None = None
    fee: DecimalText | None = None


class Event(Document):
    """Something that happened, with its day or moment.

    Attributes
    ----------
    kind : str
        One of `aql.assurance.EVENT_KINDS`.
    at : date or datetime
        When; a time without an offset is in the time zone of the assessment.
    by : "buyer", "supplier" or "platform", or None
        Who did it.
    due : date or datetime, or None
        Until when evidence is due, for ``"evidence-asked"``.
    result : "conforms", "fails", "upheld", "partly", "dismissed" or None
        Result of a report or a ruling.
    inspector : str or None
        Company that made a report.
    designated : bool or None
        Whether it is a designated inspector; defaults to whether the rule set names it.
    amount : Decimal or None
        Amount of an offer, a ruling or a refund. [currency of the order]
    note : str or None
        Remark.
    """

    kind: EventKind
    at: Moment
    by: Literal["buyer", "supplier", "platform"] | None = None
    due: Moment | None = None
    result: Literal["conforms", "fails", "upheld", "partly", "dismissed"] | None = None
    inspector: Name | None = None
    designated: bool | None = None
    amount: DecimalText | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _result_fits(self) -> Event:
        allowed = {"report": ("conforms", "fails"), "ruling": ("upheld", "partly", "dismissed")}.get(
            self.kind, ()
        )
        if self.result is not None and self.result not in allowed:
            raise DomainError(
                f"result {self.result!r} does not belong to the event {self.kind!r}", value=self.result
            )
        if self.result is None and allowed:
            raise DomainError(f"the event {self.kind!r} needs a result: {' or '.join(allowed)}", value=None)
        return self


class Complaint(Document):
    """One thing that the buyer complains about.

    Attributes
    ----------
    kind : str
        One of `aql.assurance.COMPLAINT_KINDS`.
    term : str or None
        Id of the term in the contract, if there is one.
    about : str or None
        The characteristic, in a few words.
    agreed : str or None
        What was agreed, in words; words that cannot be measured make the term vague.
    found : str or None
        What was found.
    standard : str or None
        Where the standard is written, one of `aql.assurance.STANDARD_PLACES`. Defaults to the contract if `term` is
        given, and to nowhere if it is not.
    share : Decimal or None
        Share of the goods that is affected. [1]
    found_on : date or None
        Day on which it was found.
    material : bool or None
        Whether it causes a material loss of value or defeats the known purpose; None if not stated.
    disclosed : bool
        Whether the supplier had disclosed it.
    accepted : "amendment", "explicit", "reply" or None
        How the buyer accepted it, if so.
    refused : bool
        Whether the supplier expressly refuses to ship.
    tracking_forged : bool
        Whether the tracking number was forged.
    carrier_changed : bool
        Whether the supplier changed the carrier and the goods arrived.
    settled : bool
        Whether the parties settled this complaint before.
    reason : str or None
        Reason given for Easy Return.
    """

    kind: ComplaintKind
    term: Name | None = None
    about: Text | None = None
    agreed: Text | None = None
    found: Text | None = None
    standard: StandardPlace | None = None
    share: DecimalText | None = None
    found_on: IsoDate | None = None
    material: bool | None = None
    disclosed: bool = False
    accepted: Acceptance | None = None
    refused: bool = False
    tracking_forged: bool = False
    carrier_changed: bool = False
    settled: bool = False
    reason: Text | None = None

    @model_validator(mode="after")
    def _share_is_one(self) -> Complaint:
        if self.share is not None and not Decimal(0) <= self.share <= Decimal(1):
            raise DomainError(f"share must be from 0 to 1, got {self.share}", value=self.share)
        return self


class EvidenceItem(Document):
    """A piece of evidence that is at hand.

    Attributes
    ----------
    kind : str
        One of `aql.assurance.EVIDENCE_KINDS`.
    note : str or None
        What it shows.
    tied : bool
        Whether photographs of the supplier are tied to the shipment by date, carton marks or SKU.
    agreed_genuine : bool
        Whether both sides agree that it is genuine.
    """

    kind: EvidenceKind
    note: Text | None = None
    tied: bool = False
    agreed_genuine: bool = False


class ClaimFacts(Document):
    """The facts of a claim, as a document: ``[order]``, ``[[payments]]``, ``[[events]]``, ``[[complaints]]``, ``[[evidence]]``.

    Attributes
    ----------
    order : OrderFacts
        What is known of the order in addition to the contract.
    payments : tuple of Payment or None
        The payments; None if they are not known.
    events : tuple of Event
        What happened.
    complaints : tuple of Complaint
        What the buyer complains about, in addition to what the verdict found.
    evidence : tuple of EvidenceItem
        The evidence at hand.

    Examples
    --------
    >>> facts = ClaimFacts.load(
    ...     {"payments": [{"amount": "1500", "method": "card", "date": "2026-05-01", "part": "initial"}]}
    ... )
    >>> facts.payments[0].method
    'card'
    """

    schema_: Literal["aql.claim/1"] = Field(default="aql.claim/1", alias="schema")
    order: OrderFacts = OrderFacts()
    payments: tuple[Payment, ...] | None = None
    events: tuple[Event, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()

    def paid_until(self, day: date) -> Self:
        """Return the facts without the payments after a day."""
        if self.payments is None or all(one.date <= day for one in self.payments):
            return self
        return self.model_copy(update={"payments": tuple(one for one in self.payments if one.date <= day)})

    @classmethod
    def load(cls, source: Source, *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Read the facts from a ``.toml`` or ``.json`` file or a dict.

        Raises
        ------
        DocumentError
            If the document is invalid; it lists every problem with its path.
        AqlError
            If the file cannot be read.
        """
        data, name, _ = read_source(source, limits=limits)
        title = "the facts of the claim" if name == "the document" else name
        return load_document(cls, data, source=title, limits=limits)

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """Return the JSON schema of the document."""
        return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | cls.model_json_schema(
            by_alias=True
        )
