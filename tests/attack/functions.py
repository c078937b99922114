"""Attacks on functions: one or two arguments of a valid call are replaced by odd values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import aql
from aql import plans, plot, standards
from aql.assurance import (
    Money,
    after_working_days,
    choose_rules,
    claim_draft,
    fee_crossover,
    holidays_of,
    largest_payment,
    load_rules,
    paying_costs,
    paying_fee,
    settle,
    worth_curve,
    worth_opening,
)
from tests.attack import documents
from tests.attack.mutation import mutated
from tests.attack.odd_values import odd_value

__all__ = ["ATTACKS"]

DOUBLE = aql.MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
SINGLE = aql.SinglePlan(80, 5)
# What an argument can also be: right for another argument.
OTHERS: tuple[Any, ...] = (
    SINGLE,
    DOUBLE,
    "II",
    "normal",
    "double",
    "hypergeometric",
    "poisson",
    0.05,
    1200,
    [0.01, 0.05],
)


@dataclass(frozen=True)
class Call:
    """A function and valid arguments."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)

    def attacked(self, random: Random) -> object:
        """Call it with one or two arguments replaced, or mutated where they are lists or tables."""
        arguments, named = list(self.arguments), dict(self.named)
        places: list[Any] = [*range(len(arguments)), *named]
        for place in random.sample(places, min(len(places), random.choice((1, 1, 1, 2)))):
            where: Any = arguments if isinstance(place, int) else named
            old = where[place]
            if isinstance(old, (list, tuple, dict)) and random.randrange(2):
                where[place] = mutated(list(old) if isinstance(old, tuple) else old, random)
            else:
                where[place] = random.choice(OTHERS) if random.randrange(4) == 0 else odd_value(random)
        return self.function(*arguments, **named)


def of_lot(**more: Any) -> dict[str, Any]:
    return {"model": "hypergeometric", "lot_size": 1200, **more}


STANDARDS = (
    Call(aql.lookup, (1200,), {"aql": 2.5, "level": "II", "severity": "normal", "sampling": "single"}),
    Call(aql.lookup, (), {"aql": "4.0", "letter": "K", "standard": "MIL-STD-105E", "counting": "items"}),
    Call(aql.lookup, (30,), {"aql": 0.4, "prefer_below": True, "fractional": True}),
    Call(aql.lookup_many, ([30, 1200],), {"aql": 2.5, "level": ["I", "II"], "severity": "normal"}),
    Call(
        aql.lookup_many, ([30, 1200],), {"aql": [2.5, 4.0], "counting": "items", "standard": "MIL-STD-105E"}
    ),
    Call(aql.code_letter, (1200, "S-2"), {"standard": "ISO 2859-1:1999"}),
    Call(aql.code_letter, ([30, 1200],), {"level": "I"}),
    Call(standards.edition, ("ISO 2859-1",)),
    Call(standards.standard_named, ("GB/T 2828.1",)),
    Call(standards.law_of, ("4.0", 80), {"binomial_up_to": 80}),
)
PLANS = (
    Call(aql.SinglePlan, (80, 5, 6)),
    Call(aql.MultiplePlan, ((50, 50), (2, 6), (5, 7))),
    *(
        Call(function, (plan, 0.03), {"model": "binomial", "unit": "item", **more})
        for plan in (SINGLE, DOUBLE)
        for function, more in (
            (plans.pa, {"inspector": plans.Inspector(0.1)}),
            (plans.pr, {"lot_size": None}),
            (plans.slope, {}),
            (plans.asn, {"inspection": "semi"}),
            (plans.aoq, {"lot_size": 1200, "found": "removed"}),
            (plans.ati, {"lot_size": 1200}),
            (plans.afi, {"lot_size": 1200}),
            (plans.quality_at, {}),
            (plans.crq, {}),
            (plans.producer_risk, {}),
            (plans.consumer_risk, {}),
        )
    ),
    *(
        Call(function, (DOUBLE,), of_lot(nonconforming=[3, 60]))
        for function in (plans.pa, plans.asn, plans.aoq)
    ),
    Call(plans.aoql, (DOUBLE,), of_lot(found="replaced")),
    Call(plans.indifference_quality, (SINGLE,), {"model": "binomial"}),
    Call(plans.discrimination_ratio, (SINGLE, 0.05, 0.1)),
    Call(SINGLE.decide, (3,)),
    Call(DOUBLE.decide, ((2, 6),)),
    Call(DOUBLE.stage_probabilities, (0.03,), {"model": "poisson"}),
    Call(plans.on_lot, (DOUBLE, 60)),
    Call(plans.Inspector, (0.1, 0.05)),
    Call(aql.compare, ([SINGLE, DOUBLE], [0.01, 0.05]), {"names": ["a", "b"], "points": 5}),
)
DESIGNS = (
    Call(
        aql.design,
        (),
        {"prq": (0.01, 0.05), "crq": (0.06, 0.1), "model": "binomial", "max_n": 200, "best": True},
    ),
    Call(aql.design, (), {"prq": (2, 0.05), "crq": (20, 0.1), "unit": "lot", **of_lot()}),
    Call(aql.design_double, (), {"prq": (0.01, 0.05), "crq": (0.06, 0.1), "ratio": 1, "at": "crq"}),
    Call(aql.design_double, (), {"prq": (1, 0.05), "crq": (6, 0.1), "unit": "100 items", "model": "poisson"}),
    Call(aql.zero_acceptance, (), {"lq": 0.05, "beta": 0.1, "model": "binomial"}),
)
BOUNDS = (
    Call(aql.lot_quality_bound, (3, 80, 1200), {"confidence": 0.95, "side": "two-sided"}),
    Call(plans.process_bound, (3, 80), {"model": "poisson", "confidence": 0.9, "side": "lower"}),
    Call(plans.staged_lot_bound, (DOUBLE,), {"stage": 2, "d": 6, "lot_size": 1200, "confidence": 0.95}),
    Call(plans.staged_process_bound, (DOUBLE,), {"stage": 2, "d": 6, "model": "binomial"}),
    Call(plans.posterior, (3, 80, 1200), {"prior": (1.0, 1.0)}),
    Call(plans.posterior(3, 80, 1200).interval, (0.95,), {"side": "upper"}),
    Call(plans.posterior(3, 80, 1200).sf, ([3, 60],)),
    Call(plans.next_lot_pa, (plans.posterior(3, 80, 1200), DOUBLE), {"lot_size": 1200}),
    Call(plans.reinspection_pa, (plans.posterior(3, 80, 1200), DOUBLE), {"found": "removed"}),
)
COUNTS = (
    Call(
        aql.score_counts,
        ({"major": 3, "minor": 5},),
        {"lot_size": 4800, "inspected": 200, "aql": 2.5, "level": "II"},
    ),
    Call(
        aql.score_counts,
        ({"major": (3, 7), "minor": (1, 2)},),
        {"lot_size": 4800, "inspected": 250, "aql": {"major": 2.5, "minor": 4.0}, "sampling": "double"},
    ),
)


@cache
def schemes() -> tuple[Call, ...]:
    one = aql.Scheme.lookup(1200, aql=2.5)
    return (
        Call(
            aql.Scheme.lookup,
            (1200,),
            {"aql": 2.5, "level": "II", "standard": "MIL-STD-105E", "limit_numbers": True},
        ),
        Call(one.step, (one.start(),), {"found": 3, "lot_size": 1200, "steady": True, "authority": True}),
        Call(one.run, ([0, 2, 7, 1, {"found": 3, "lot_size": 500}],), {"stream": "a"}),
        Call(one.resume, (one.start(),)),
        Call(one.pa, (0.02,), {"reduced": True}),
        Call(one.shares, ([0.01, 0.02],)),
        Call(one.lots_until, ("tightened", 0.03)),
        Call(one.transient, (0.02,), {"lots": 5}),
        Call(aql.skip_lot, (SINGLE,), {"f": 0.25, "i": 8}),
        Call(one.asn, (0.02,)),
    )


@cache
def claims() -> tuple[Call, ...]:
    """Functions of a claim, its settlement, and what paying costs."""
    agreed, verdict, facts = documents.agreed(), documents.verdict(), documents.facts()
    found, day = documents.assessed(), date(2026, 12, 20)
    pay = {"on": date(2026, 6, 1), "rules": "current"}
    amounts = [Money(Decimal(3000), "USD"), Money(Decimal(7000), "USD")]
    return (
        Call(
            aql.assess_claim,
            (agreed, verdict),
            {"facts": facts, "as_of": day, "rules": "2017", "timezone": "Europe/Berlin", "calendar": "CN"},
        ),
        Call(aql.check, (agreed,), {"rules": "2017"}),
        Call(settle, (found, "upheld"), {"share": "0.5", "amount": "200", "inspection_fee": "300"}),
        Call(settle, (found, "partly-upheld"), {"delivered": "3000", "conforming": "2600"}),
        Call(worth_opening, (found, verdict), {"fee": "300", "refund": "5000", "prior": (1.0, 1.0)}),
        Call(worth_curve, (worth_opening(found, verdict, fee="300", refund="5000"),), {"line": "major"}),
        Call(claim_draft, (found,), {"asked": "a refund", "answer_by": day}),
        Call(paying_fee, (amounts[0], "apple-pay"), dict(pay)),
        Call(paying_costs, (amounts,), dict(pay)),
        Call(fee_crossover, ("apple-pay", "tt"), {**pay, "payments": 2}),
        Call(largest_payment, ("apple-pay",), dict(pay)),
        Call(holidays_of, ("CN",)),
        Call(after_working_days, (day, 10), {"closed": {day}}),
        Call(choose_rules, (None,), {"created": day, "buyer_country": "US", "supplier_country": "CN"}),
        Call(load_rules, ("2017",)),
        Call(Money, (Decimal(3000), "USD")),
    )


@cache
def pictures() -> tuple[Call, ...]:
    return (
        Call(plot.oc_curve, (DOUBLE, [0.01, 0.05]), {"model": "binomial", "also": (0.02,)}),
        Call(plot.aoq_curve, (DOUBLE,), {"lot_size": 1200, "found": "replaced"}),
        Call(plot.asn_curve, (DOUBLE, [0.01]), {"inspection": "semi"}),
        Call(plot.ati_curve, (DOUBLE, [0.01]), {"lot_size": 1200}),
        Call(plot.oc_marks, (SINGLE,), {"aql": 0.01, "alpha": 0.05, "beta": 0.1}),
        Call(plot.severity_curves, (1200, [0.01, 0.05]), {"aql": 2.5}),
        Call(plot.type_curves, (SINGLE,), {"lot_size": 1200, "points": 5}),
        Call(plot.posterior_distribution, (plans.posterior(3, 80, 1200),), {"points": 5}),
    )


def attack(calls: Callable[[], tuple[Call, ...]]) -> Callable[[Random, Path], None]:
    def one(random: Random, _: Path) -> None:
        shown(random.choice(calls()).attacked(random))

    return one


def shown(value: object) -> None:
    """What a notebook does with a value that a function returned."""
    repr(value)
    for name in ("explain", "_repr_html_"):
        if callable(method := getattr(value, name, None)):
            method()


ATTACKS = {
    "lookups": attack(lambda: STANDARDS),
    "plans": attack(lambda: PLANS),
    "designs": attack(lambda: DESIGNS),
    "bounds and posteriors": attack(lambda: BOUNDS),
    "verdicts from counts": attack(lambda: COUNTS),
    "schemes": attack(schemes),
    "claims": attack(claims),
    "numbers of plots": attack(pictures),
}
