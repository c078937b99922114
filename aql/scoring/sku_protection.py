"""What a sample divided over SKUs says about each of them: the quality of a SKU at which the lot still passes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aql.checks import whole_number
from aql.contract.contract import Contract
from aql.distributions import hypergeometric
from aql.inspection.drawing import Pick
from aql.plans.stage import Steps, steps_of
from aql.scoring.decision_line import Line, SeverityOf, decision_lines
from aql.words import in_brief

__all__ = ["CONSUMER_RISK", "SkuProtection", "acceptance_by_sku", "sku_protections"]

CONSUMER_RISK = 0.10
"""Probability of acceptance at the limiting quality that is computed for each SKU."""


@dataclass(frozen=True, slots=True, repr=False)
class SkuProtection:
    """What the sample of a decision line says about one SKU.

    Attributes
    ----------
    line : str
        Name of the class, term or limit.
    sku : str
        The SKU; "" for the lot as a whole.
    quantity : int
        Items of the SKU in the lot. [items]
    sample : int
        Items of the SKU in the sample of the line, all stages together. [items]
    limiting : int or None
        The smallest number of nonconforming items in the SKU, all others conforming, at which the lot passes the line
        with a probability of at most 0.10; None if it passes more often even if every item of the SKU is nonconforming.
        [items]
    own_sample : int
        Sample size if the SKU were inspected as a separate lot under the same contract. [items]
    own_limiting : int or None
        As `limiting`, for that lot. [items]
    """

    line: str
    sku: str
    quantity: int
    sample: int
    limiting: int | None
    own_sample: int
    own_limiting: int | None

    def __post_init__(self) -> None:
        quantity = whole_number(self.quantity, "quantity", least=1)
        for name in ("sample", "limiting", "own_sample", "own_limiting"):
            number = getattr(self, name)
            if number is not None:
                whole_number(number, name, most=quantity)

    def __repr__(self) -> str:
        at = "never rejected" if self.limiting is None else f"limiting quality {self.limiting}"
        return in_brief(
            "SkuProtection",
            f"{self.line}, {self.sku or 'lot'}: {self.sample} of {self.quantity} items, {at}",
        )


def sku_protections(
    contract: Contract,
    lines: Sequence[Line],
    picks: Sequence[Pick],
    quantities: Iterable[tuple[str, int]],
    *,
    severity_of: SeverityOf | None = None,
) -> tuple[SkuProtection, ...]:
    """Return what the sample of each line protects against: in the lot and in each SKU.

    Parameters
    ----------
    contract : Contract
        The contract.
    lines : sequence of Line
        Its decision lines for the lot; terms of cartons and limits are left out.
    picks : sequence of Pick
        The items drawn.
    quantities : iterable of (str, int)
        The SKUs of the lot and their quantities. [items]
    severity_of : callable, optional
        As in `decision_lines`.

    Returns
    -------
    tuple of SkuProtection
        For each line, the lot first; exact if the nonconforming items are anywhere in the SKU with the same probability.
    """
    sizes = dict(quantities)
    of_items = [line for line in lines if line.cartons is None and line.kind != "limit"]
    skus = [pick.sku for pick in picks]
    alone = {
        sku: {
            line.name: line for line in decision_lines(contract, quantity, cartons=1, severity_of=severity_of)
        }
        for sku, quantity in sizes.items()
    }
    found = []
    for line in of_items:
        steps = steps_of(line.lot_plan)
        size = sum(sizes.values())
        whole = limiting_number(steps, [n for n, *_ in steps], size)
        found.append(
            SkuProtection(line.name, "", size, line.lot_plan.total, whole, line.lot_plan.total, whole)
        )
        for sku, quantity in sizes.items():
            drawn = [skus[total - n : total].count(sku) for n, total, *_ in steps]
            own = steps_of(alone[sku][line.name].lot_plan)
            found.append(
                SkuProtection(
                    line.name,
                    sku,
                    quantity,
                    sum(drawn),
                    limiting_number(steps, drawn, quantity),
                    own[-1][1],
                    limiting_number(own, [n for n, *_ in own], quantity),
                )
            )
    return tuple(found)


def limiting_number(steps: Steps, drawn: Sequence[int], quantity: int) -> int | None:
    """Return the smallest number nonconforming in a SKU that a sample protects against: the lot passes with at most 0.10.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> steps = steps_of(SinglePlan(n=125, ac=7))
    >>> limiting_number(steps, [125], 3000), limiting_number(steps, [20], 480)
    (275, 248)
    """
    numbers = range(quantity + 1)
    at = bisect_left(
        numbers, True, key=lambda bad: acceptance_by_sku(steps, drawn, bad, quantity) <= CONSUMER_RISK
    )
    return at if at <= quantity else None


def acceptance_by_sku(steps: Steps, drawn: Sequence[int], bad: int, quantity: int) -> float:
    """Probability that a line passes if only one SKU has nonconforming items.

    Parameters
    ----------
    steps : Steps
        The stages of the plan, from `steps_of`.
    drawn : sequence of int
        Items of the SKU in each stage. [items]
    bad, quantity : int
        Nonconforming items of the SKU, and its items. [items]

    Returns
    -------
    float
        The probability, hypergeometric stage by stage.

    Examples
    --------
    >>> from aql import SinglePlan
    >>> round(acceptance_by_sku(steps_of(SinglePlan(n=5, ac=0)), [2], 1, 4), 12)
    0.5
    """
    counts, accepted, before = {0: 1.0}, 0.0, 0
    for n, (_, _, ac, re) in zip(drawn, steps, strict=True):
        after: dict[int, float] = {}
        for count, chance in counts.items():
            for more in range(max(0, n - (quantity - before - (bad - count))), min(n, bad - count) + 1):
                total = count + more
                if total >= re:
                    break
                part = chance * hypergeometric.pmf(more, n, bad - count, quantity - before)
                after[total] = after.get(total, 0.0) + part
        accepted += sum(chance for count, chance in after.items() if count <= ac)
        counts = {count: chance for count, chance in after.items() if count > ac}
        before += n
    return accepted
