"""The grounds of a claim: for each point every fact that bears on it, and what the rule set says of each fact.

A rule set answers each reason with yes, no or unclear; the strictest answer decides the ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from aql.assurance.case import Case
from aql.assurance.inspectors import designated_result, own_report
from aql.assurance.money import Money
from aql.assurance.other_promises import late_delivery_coupon, promise_reasons
from aql.assurance.points import GroundKind, Point
from aql.assurance.reasons import REASONS, Answer, GroundReason, strictest
from aql.assurance.shipment import shipment_reasons
from aql.documents.json_values import JsonValue
from aql.words import in_brief

__all__ = ["Ground", "Proof", "Reasoned", "Relief", "ground_of"]

Proof = Literal["designated-report", "other-evidence", "none", "disputed", "not-needed"]
"""What proves a ground."""

Relief = Literal["refund", "coupon", "compensation", "none"]
"""What a ground that is admitted gives."""

QUALITY: frozenset[GroundKind] = frozenset(
    {
        "quality",
        "workmanship",
        "term",
        "class",
        "unlisted",
        "default-inspection",
        "packing",
        "marks",
        "short-quantity",
    }
)
"""Grounds that an inspection can show."""

Route = Literal["offline-dispute", "none"]
"""Where a refused ground can still be heard on the platform."""

_PROMISES: frozenset[GroundKind] = frozenset({"late-delivery", "cancellation", "easy-return"})
_SHIPMENT: frozenset[GroundKind] = frozenset({"late-shipment", "not-shipped"})
_GOODS = QUALITY | {"seized", "transport-damage", "not-received"}
_PROVED_BY = {"photos", "video", "count", "measurement", "tracking", "carrier-statement", "customs-notice"}


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A reason and what the rule set says of it; `known` is False if the rule set is silent.

    The rule is the entry ``admits.`` followed by the reason.
    """

    reason: GroundReason
    answer: Answer
    known: bool

    @property
    def rule(self) -> str:
        """Key of the entry."""
        return f"admits.{self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Ground(JsonValue):
    """One ground, and whether a claim would be admitted.

    Attributes
    ----------
    kind, subject : str
        What it is about: a term, a class, or what the buyer complains about.
    answer : "yes", "no" or "unclear"
        Whether a claim would be admitted.
    reasons : tuple of Reasoned
        Every reason with its rule, the deciding one first.
    proof : str
        What proves it: ``"designated-report"``, ``"other-evidence"``, ``"none"``, ``"disputed"``, ``"not-needed"``.
    relief : str
        ``"refund"``, ``"coupon"``, ``"compensation"`` or ``"none"``.
    ceiling : Money or None
        Most that it can give; None if that is unknown.
    agreed, found : str
        What was agreed and found, in words.
    share : Decimal or None
        Share of the goods affected. [1]
    lot : str
        Lot of the verdict; "" if it does not come from a verdict.
    route : str
        ``"offline-dispute"`` if the platform hears a refused ground in an offline dispute: mediation, no refund of its own.
    """

    kind: GroundKind
    subject: str
    answer: Answer
    reasons: tuple[Reasoned, ...]
    proof: Proof
    relief: Relief
    ceiling: Money | None
    agreed: str = ""
    found: str = ""
    share: Decimal | None = None
    lot: str = ""
    route: Route = "none"

    @property
    def reason(self) -> GroundReason:
        """The deciding reason."""
        return self.reasons[0].reason

    def __repr__(self) -> str:
        return in_brief("Ground", f"{self.kind} {self.subject}: {self.answer}, {self.reason}")


def ground_of(point: Point, case: Case) -> Ground:
    """Return the ground of a claim that a point is.

    Parameters
    ----------
    point : Point
        What may be a ground.
    case : Case
        The facts and the rules.
    """
    reasons = [_reasoned(one, case) for one in dict.fromkeys(_reasons(point, case))]
    answer = strictest([one.answer for one in reasons])
    # The reasons keep the order of REASONS; those that decide come first.
    ordered = sorted(reasons, key=lambda one: (one.answer != answer, REASONS.index(one.reason)))
    relief, ceiling = _relief(point, case, answer, ordered)
    return Ground(
        kind=point.kind,
        subject=point.subject,
        answer=answer,
        reasons=tuple(ordered),
        proof="not-needed" if answer == "no" else _proof(point, case),
        relief=relief,
        ceiling=ceiling,
        agreed=point.agreed,
        found=point.found,
        share=point.share,
        lot=point.lot,
        route=_route(point, case, answer, ordered),
    )


def _reasoned(reason: GroundReason, case: Case) -> Reasoned:
    entry = case.rules.value(f"admits.{reason}")
    if entry is None:
        return Reasoned(reason, "unclear", known=False)
    answers: dict[object, Answer] = {"yes": "yes", "no": "no", "unclear": "unclear"}
    return Reasoned(reason, answers[entry.value], known=True)


def _reasons(point: Point, case: Case) -> Iterator[GroundReason]:
    yield from _of_the_order(case)
    if point.kind in _SHIPMENT:
        yield from shipment_reasons(point, case)
    elif point.kind in _PROMISES:
        yield from promise_reasons(point, case)
    else:
        yield _base(point, case)
    yield from _of_the_point(point, case)
    if point.kind in _GOODS:
        yield from _of_the_cover(point, case)
    if point.kind not in _PROMISES:
        yield from _of_the_time(case)
    if point.kind in QUALITY and _report(point, case) == "conforms":
        yield "report-conforms"


def _base(point: Point, case: Case) -> GroundReason:
    """The reason of the point's kind; damage in the platform's own logistics is another promise where a set has it."""
    if point.kind not in {"transport-damage", "not-received"}:
        return point.base
    platform: GroundReason = "transport-loss-platform-logistics"
    if case.facts.order.logistics == "platform" and case.rules.find(f"admits.{platform}") is not None:
        return platform
    at_supplier = point.kind == "transport-damage" and case.facts.order.transport_risk == "supplier"
    return "transport-damage-supplier-risk" if at_supplier else point.base


def _of_the_order(case: Case) -> Iterator[GroundReason]:
    """What is true of the whole order."""
    order, cover = case.facts.order, case.cover
    if order.kind == "off-platform":
        yield "off-platform"
    elif order.kind == "direct-pay":
        yield "direct-pay"
    excluded = case.rules.value("cover.excluded-categories")
    if excluded is not None and (order.category or "").casefold() in map(str.casefold, excluded.words):
        yield "excluded-category"
    if cover.paid is not None and cover.listed is not None and cover.paid and not cover.listed:
        yield "paid-outside"
    if cover.paid is not None and not cover.paid and order.kind == "trade-assurance":
        yield "nothing-paid"
    if order.restricted:
        yield "restricted-goods"
    if order.brand_goods_underpriced:
        yield "brand-goods-underpriced"


def _of_the_point(point: Point, case: Case) -> Iterator[GroundReason]:
    """What is true of the point itself: disclosed, accepted, immaterial, within what sampling accepts."""
    if point.within:
        yield "within-acceptance"
    if point.undecided:
        yield "not-decided"
    complaint = point.complaint
    if (complaint is not None and complaint.settled) or _settled_before(point, case):
        yield "already-settled"
    if complaint is None:
        return
    if complaint.disclosed:
        yield "disclosed"
    if complaint.material is False:
        yield "immaterial"
    if complaint.accepted is not None:
        accepted: dict[str, GroundReason] = {
            "amendment": "accepted-by-amendment",
            "explicit": "accepted-explicitly",
            "reply": "accepted-by-reply",
        }
        yield accepted[complaint.accepted]
    if complaint.carrier_changed:
        yield "carrier-changed"
    if point.kind == "short-quantity" and _tolerated(point, case):
        yield "within-tolerance"


_BEING_SETTLED = {"agreed", "return-agreed", "return-sent", "return-received", "condition-disputed"}


def _settled_before(point: Point, case: Case) -> bool:
    """Whether buyer and supplier agreed on a settlement that was carried out, after the point was found."""
    agreed = case.timeline.day("agreed")
    if agreed is None or case.clock.state in _BEING_SETTLED or point.kind in _PROMISES | {"unkept-promise"}:
        return False
    return point.found_on is None or point.found_on <= agreed


def _tolerated(point: Point, case: Case) -> bool:
    category = case.facts.order.category
    entry = None if category is None else case.rules.value(f"quantity.tolerance.{category}")
    return entry is not None and point.share is not None and 100 * point.share <= entry.decimal


def _of_the_cover(point: Point, case: Case) -> Iterator[GroundReason]:
    """Whether the cover reaches what happens after shipment, and what is inspected after delivery."""
    if case.rules.find("cover.types") is not None and case.after_shipment(point.found_on):
        if case.cover.type == "pre-shipment":
            yield "after-shipment"
        elif case.cover.type is None:
            yield "cover-type-unknown"
    # Packing and quantity are not inspected after delivery, so something else must show them.
    if case.after_delivery(point.found_on) and not _shown(case):
        if point.kind == "packing":
            yield "packing-after-delivery"
        elif point.kind == "short-quantity":
            yield "quantity-after-delivery"


def _shown(case: Case) -> bool:
    """Whether there is a count, a photograph or a video that counts as evidence."""
    kinds = {one.kind for one in case.facts.evidence} & {"count", "photos", "video"}
    entries = (case.rules.value(f"evidence.{kind}") for kind in kinds)
    return any(one is not None and one.value == "yes" for one in entries)


def _of_the_time(case: Case) -> Iterator[GroundReason]:
    if case.clock.in_time == "no":
        yield "out-of-time"
    elif case.clock.in_time == "unclear":
        yield "time-unclear"


def _report(point: Point, case: Case) -> Literal["conforms", "fails"] | None:
    """What the designated report says: of the lot of the point, if its verdict is one, or else of the order."""
    if not point.lot or case.timeline.first("report") is not None:
        return case.report
    return designated_result(
        case.timeline, [one for one in case.verdicts if one.lot == point.lot], case.rules
    )


def _proof(point: Point, case: Case) -> Proof:
    if point.kind in {"default-inspection", "cancellation", "fee", "freight", "changed-mind"}:
        return "not-needed"
    if case.clock.state == "condition-disputed":
        return "disputed"
    if point.kind in QUALITY and _report(point, case) == "fails":
        return "designated-report"
    own = case.rules.value("evidence.own-report")
    if point.kind in QUALITY and own is not None and own.value == "no":
        return "none"
    kinds = {one.kind for one in case.facts.evidence}
    recorded = point.kind in _SHIPMENT and bool(case.timeline.events)
    reported = point.kind in QUALITY and own_report(case.timeline, case.verdicts, case.rules)
    return "other-evidence" if recorded or reported or kinds & _PROVED_BY else "none"


def _route(point: Point, case: Case, answer: Answer, reasons: Sequence[Reasoned]) -> Route:
    """Whether an offline dispute accepts a ground that is refused."""
    accepted = case.rules.value("offline.accepts")
    off = case.facts.order.kind == "off-platform"
    if answer != "no" or accepted is None:
        return "none"
    if off:
        return "offline-dispute" if point.base in accepted.words else "none"
    if point.base == "unkept-promise" or _late_by_confirmation(case, reasons):
        return "offline-dispute"
    return "none"


def _late_by_confirmation(case: Case, reasons: Sequence[Reasoned]) -> bool:
    """Whether a ground is refused only as late, while the days have not passed since the goods really arrived."""
    heard, days = case.rules.value("offline.after-actual-receipt"), case.rules.value("clock.claim-days")
    received = case.timeline.day("received")
    if heard is None or heard.value != "yes" or days is None or received is None:
        return False
    late = {one.reason for one in reasons if one.answer == "no"} == {"out-of-time"}
    return late and case.as_of <= received + timedelta(days=days.number)


def _relief(
    point: Point, case: Case, answer: Answer, reasons: Sequence[Reasoned]
) -> tuple[Relief, Money | None]:
    """What the ground gives, and the most of it."""
    currency = None if case.cover.total is None else case.cover.total.currency
    if case.cover.paid is not None:
        currency = case.cover.paid.currency
    if answer == "no":
        return "none", None if currency is None else Money(Decimal(0), currency)
    if any(not one.known and one.answer == answer for one in reasons):
        return "refund", None
    if point.kind == "late-delivery":
        return "coupon", late_delivery_coupon(case)
    if point.kind == "cancellation":
        return "refund", case.cover.listed
    if reasons[0].reason == "transport-loss-platform-logistics":
        return "compensation", None
    return "refund", case.cover.amount
