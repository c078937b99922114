"""Is a dispute worth opening: the chance that the designated inspection rejects the lot, and what to expect.

The quality of the lot is not known. It is integrated out over the posterior of the first inspection, or bounded with a
stated confidence; no single value is plugged in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import prod

from aql.assurance.assessment import ClaimAssessment
from aql.assurance.money import Money, decimals_of
from aql.assurance.partial_refund import amount_of
from aql.checks import instance
from aql.checks import share as checked_share
from aql.documents.json_values import JsonValue
from aql.errors import AqlError, DomainError
from aql.markup import Shown, in_words
from aql.plans.confidence_bounds import lot_quality_bound
from aql.plans.lot_posterior import posterior, reinspection_pa
from aql.plans.operating_characteristic import pr
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.scoring.line_result import LineResult
from aql.scoring.verdict import Verdict
from aql.words import in_brief

__all__ = ["LineChance", "Worth", "worth_opening"]


_ROUNDING = 1e-9
"""By how much chances that should add up to 1 may exceed it."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LineChance(JsonValue):
    """Chance that a second inspection rejects a decision line.

    Attributes
    ----------
    line : str
        Name of the line.
    plan : SinglePlan or MultiplePlan
        Its plan, as applied to the lot.
    d, n, lot_size : int
        Nonconforming items found, items inspected, lot size.
    rejected : float
        Chance by the posterior of the lot. [1]
    low, high : float
        Chances at the ends of the confidence bound for the lot. [1]
    """

    line: str
    plan: SinglePlan | MultiplePlan
    d: int
    n: int
    lot_size: int
    rejected: float
    low: float
    high: float

    def __repr__(self) -> str:
        return in_brief("LineChance", f"{self.line}: {self.rejected:.4f}, {self.low:.4f} to {self.high:.4f}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Worth(JsonValue, Shown):
    """What to expect of a dispute.

    Attributes
    ----------
    lines : tuple of LineChance
        The decision lines.
    rejected : float
        Chance that at least one line is rejected, by the posterior, with independent lines. [1]
    rejected_low, rejected_high : float
        The same whatever the lines have to do with each other. [1]
    bound_low, bound_high : float
        The same at the ends of the confidence bounds. [1]
    confidence : float
        Confidence of these bounds, for each line. [1]
    fee, refund : Money
        Price of the inspection, and what comes back for the goods if the claim is upheld.
    prior : (float, float)
        Parameters of the beta prior of the fraction nonconforming.
    upheld_if_rejected, upheld_if_conforms : (float, float)
        Chances that the claim is upheld, as given or as far as the rule set states them. [1]
    partly_if_rejected : float
        Chance that it is upheld in part if the inspection rejects the lot, as given. [1]
    partial : Money
        What comes back for the goods then.
    fee_back : (int, int)
        Whether the fee comes back if the claim is upheld: 0, 1, or both if it is unknown.
    expected : (Money, Money)
        Smallest and largest expected value of opening a dispute, by the posterior, whatever the lines have to do with each
        other.
    expected_independent : (Money, Money)
        The same with independent lines.
    expected_by_bound : (Money, Money)
        The same by the confidence bounds.
    """

    lines: tuple[LineChance, ...]
    rejected: float
    rejected_low: float
    rejected_high: float
    bound_low: float
    bound_high: float
    confidence: float
    fee: Money
    refund: Money
    prior: tuple[float, float]
    upheld_if_rejected: tuple[float, float]
    upheld_if_conforms: tuple[float, float]
    partly_if_rejected: float
    partial: Money
    fee_back: tuple[int, int]
    expected: tuple[Money, Money]
    expected_independent: tuple[Money, Money]
    expected_by_bound: tuple[Money, Money]

    def value_at(self, rejected: float) -> tuple[float, float]:
        """Return the smallest and largest expected value at a chance of rejection. [currency]."""
        return _values(rejected, self)

    def explain(self) -> str:
        """Return in plain sentences what to expect."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        low, high = self.expected
        return in_brief("Worth", f"rejected {self.rejected:.4f}, expected {low} to {high}")


def worth_opening(
    claim: ClaimAssessment,
    verdict: Verdict,
    *,
    fee: Decimal | str,
    refund: Decimal | str | None = None,
    upheld_if_rejected: float | None = None,
    upheld_if_conforms: float | None = None,
    partly_if_rejected: float | None = None,
    partial: Decimal | str | None = None,
    fee_back: bool | None = None,
    confidence: float = 0.95,
    prior: tuple[float, float] = (1.0, 1.0),
) -> Worth:
    r"""Return what a dispute on a lot is worth opening: the chances, and what to expect.

    Parameters
    ----------
    claim : ClaimAssessment
        The claim.
    verdict : Verdict
        The verdict of the first inspection, in which items are counted.
    fee : Decimal or str
        Price of the designated inspection; no source states one. [currency]
    refund : Decimal or str, optional
        What comes back for the goods if the claim is upheld; defaults to the cover. [currency]
    upheld_if_rejected, upheld_if_conforms : float, optional
        Your chance that the claim is upheld if the inspection rejects the lot or finds that it conforms. Without them the
        answer is an interval: no success rates are invented. If the rule set says that a report that conforms ends the
        claim, the second is 0. [1]
    partly_if_rejected : float, optional
        Your chance that it is upheld in part if the inspection rejects the lot; then `partial` is what comes back. Without
        it a partial refund lies inside the interval. [1]
    partial : Decimal or str, optional
        What comes back for the goods if the claim is upheld in part. [currency]
    fee_back : bool, optional
        Whether the fee comes back if the claim is upheld; defaults to what the rule set says.
    confidence : float
        Confidence of the bounds. [1]
    prior : (float, float)
        Parameters of the beta prior of the fraction nonconforming.

    Returns
    -------
    Worth
        Chances of rejection and the expected value, each as an interval where something is unknown.

    Raises
    ------
    DomainError
        If nonconformities are counted, nothing was inspected, the cover is unknown and no refund is given, or a chance or
        an amount is out of range.
    AqlError
        If the verdict is that of another contract.

    Notes
    -----
    The chance that a line is rejected is its Type A probability of rejection, averaged over the posterior of the lot
    (`aql.plans.reinspection_pa`): with R items nonconforming of those not inspected, :math:`\sum_R P(R) P_r(d + R)`. If
    the kinds of nonconformity occur independently, so do the lines reject, and their chances combine to
    :math:`1 - \prod (1 - r_k)`. The interval from the largest of them to their sum holds whatever the lines have to do
    with each other (the bounds of Boole and Fréchet).

    Examples
    --------
    >>> from datetime import date
    >>> import aql
    >>> contract, inspection = aql.examples.tablet_order()
    >>> verdict = aql.score(contract, inspection)
    >>> claim = aql.assess_claim(contract, verdict, as_of=date(2026, 12, 20))
    >>> found = worth_opening(claim, verdict, fee="600", refund="37350", upheld_if_rejected=0.5)
    >>> round(found.rejected, 4), found.expected[0]
    (0.9912, <Money 13615.32 USD>)
    """
    instance(claim, ClaimAssessment, "claim", "an aql.ClaimAssessment", todo="Make one with aql.assess_claim")
    instance(verdict, Verdict, "verdict", "an aql.Verdict", todo="Make one with aql.score")
    if claim.order != verdict.order or claim.contract_sha256 != verdict.evidence.contract_sha256:
        raise AqlError(
            f"the verdict must be based on the contract of the claim, order {claim.order}, got order {verdict.order}",
            code="other-contract",
            value=verdict.order,
        )
    if verdict.counting != "items":
        raise DomainError(
            "verdict must count items, got one that counts nonconformities", value=verdict.counting
        )
    covered = claim.cover.amount if refund is None else None
    currency = claim.currency or (None if covered is None else covered.currency)
    if currency is None:
        raise DomainError(
            "the currency of the order is missing", todo="Add currency to [order]", code="missing-value"
        )
    back = covered if refund is None else amount_of(refund, currency, "refund")
    if back is None:
        raise DomainError(
            "the cover is unknown", todo="State the refund, or the payments", code="missing-value", value=None
        )
    price = amount_of(fee, currency, "fee")
    lines = tuple(_line(one, verdict, confidence, prior) for one in verdict.lines if one.sample)
    first, second = map(float, prior)
    if not lines:
        raise DomainError("verdict must have an inspected line", value=verdict)
    chances = [one.rejected for one in lines]
    known = claim.rules.value("admits.report-conforms")
    ends = known is not None and known.value == "no"
    returned = claim.rules.value("settle.inspection-fee")
    stated = fee_back if fee_back is not None else None if returned is None else returned.value == "yes"
    if_conforms = (
        (0.0, 0.0)
        if upheld_if_conforms is None and ends
        else _interval(upheld_if_conforms, "upheld_if_conforms")
    )
    upheld, partly, part = _endings(upheld_if_rejected, partly_if_rejected, partial, back)
    unpriced = Worth(
        lines=lines,
        rejected=any_of(chances),
        rejected_low=max(chances),
        rejected_high=min(sum(chances), 1.0),
        bound_low=max(one.low for one in lines),
        bound_high=min(sum(one.high for one in lines), 1.0),
        confidence=confidence,
        fee=price,
        refund=back,
        prior=(first, second),
        upheld_if_rejected=upheld,
        upheld_if_conforms=if_conforms,
        partly_if_rejected=partly,
        partial=part,
        fee_back=(0, 1) if stated is None else (int(stated), int(stated)),
        expected=(price, price),
        expected_independent=(price, price),
        expected_by_bound=(price, price),
    )
    return replace(
        unpriced,
        expected_independent=_expected(unpriced, unpriced.rejected, unpriced.rejected),
        expected=_expected(unpriced, unpriced.rejected_low, unpriced.rejected_high),
        expected_by_bound=_expected(unpriced, unpriced.bound_low, unpriced.bound_high),
    )


def any_of(chances: Iterable[float]) -> float:
    """Return the chance that at least one of independent events happens.

    Examples
    --------
    >>> any_of([0.5, 0.5])
    0.75
    """
    return 1.0 - prod(1.0 - one for one in chances)


def _endings(
    upheld: float | None, partly: float | None, partial: Decimal | str | None, refund: Money
) -> tuple[tuple[float, float], float, Money]:
    """How a claim can end if the lot is rejected: the chance of a refund, as interval, and of a partial one with its amount."""
    if (partly is None) != (partial is None):
        raise DomainError(
            "partly_if_rejected and partial must be passed together", value=partly, code="missing-value"
        )
    if partly is None or partial is None:
        return _interval(upheld, "upheld_if_rejected"), 0.0, Money(Decimal(0), refund.currency)
    part, amount = checked_share(partly, "partly_if_rejected"), amount_of(partial, refund.currency, "partial")
    if refund < amount:
        raise DomainError(f"partial must be at most the refund, {refund}, got {amount}", value=partial)
    low, high = (0.0, 1.0 - part) if upheld is None else _interval(upheld, "upheld_if_rejected")
    if high + part > 1.0 + _ROUNDING:
        raise DomainError(
            f"upheld_if_rejected and partly_if_rejected must add up to at most 1, got {high:g} and {part:g}",
            value=part,
        )
    return (low, high), part, amount


def _line(line: LineResult, verdict: Verdict, confidence: float, prior: tuple[float, float]) -> LineChance:
    n = (line.inspected or line.sample) if line.not_allowed else line.sample
    size = verdict.lot_size
    known = posterior(line.found, n, size, prior=prior)
    bound = lot_quality_bound(line.found, n, size, confidence=confidence, side="two-sided")
    low, high = (
        float(pr(line.lot_plan, nonconforming=count, lot_size=size, model="hypergeometric"))
        for count in (bound.lower, bound.upper)
    )
    return LineChance(
        line=line.name,
        plan=line.lot_plan,
        d=line.found,
        n=n,
        lot_size=size,
        rejected=1.0 - reinspection_pa(known, line.lot_plan),
        low=low,
        high=high,
    )


def _interval(chance: float | None, name: str) -> tuple[float, float]:
    if chance is None:
        return 0.0, 1.0
    number = checked_share(chance, name)
    return number, number


def _values(rejected: float, worth: Worth) -> tuple[float, float]:
    """The smallest and largest expected value at a chance of rejection."""
    fee, refund, partial = (float(one.amount) for one in (worth.fee, worth.refund, worth.partial))
    ends = list(zip(worth.upheld_if_rejected, worth.upheld_if_conforms, worth.fee_back, strict=True))
    low, high = (
        (rejected * upheld + (1.0 - rejected) * conforms) * (refund + back * fee)
        + rejected * worth.partly_if_rejected * (partial + back * fee)
        - fee
        for upheld, conforms, back in ends
    )
    return low, high


def _expected(worth: Worth, low: float, high: float) -> tuple[Money, Money]:
    values = [value for chance in (low, high) for value in _values(chance, worth)]
    step = Decimal(1).scaleb(-decimals_of(worth.fee.currency))
    smallest = Decimal(repr(min(values))).quantize(step, rounding=ROUND_FLOOR)
    largest = Decimal(repr(max(values))).quantize(step, rounding=ROUND_CEILING)
    return Money(smallest, worth.fee.currency), Money(largest, worth.fee.currency)
