"""The plans of a scheme: looked up in a standard or stated by hand, and the one that is in force on a lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from aql import tables
from aql.checks import whole_number
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.plans.plan import Plan, SinglePlan, on_lot
from aql.plans.stage import check_plan
from aql.scheme.lot_outcomes import PlanInForce
from aql.scheme.rules import Rules
from aql.standards.arguments import lot_size_number
from aql.standards.editions import edition
from aql.standards.iso2859_1.lookup import Lookup, lookup
from aql.types import Counting, LotSize, Severity, Standard
from aql.words import listed, short_repr

__all__ = [
    "Planned",
    "StatedPlan",
    "check_normal_plan",
    "check_plans",
    "force_of",
    "in_force",
    "tighter_ac_of",
    "usual_force",
]


@dataclass(frozen=True, slots=True)
class StatedPlan(JsonValue):
    """A plan that was stated rather than looked up.

    Attributes
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.
    """

    plan: Plan

    def __post_init__(self) -> None:
        check_plan(self.plan)

    @property
    def lot_plan(self) -> Plan:
        """The plan itself, because no lot size is known."""
        return self.plan


@lru_cache(maxsize=1024)
def tighter_ac_of(found: Lookup) -> int | None:
    """Return the acceptance number of the plan in force one AQL step tighter; None for a plan that needs none.

    Examples
    --------
    >>> from aql import lookup
    >>> tighter_ac_of(lookup(letter="J", aql=2.5)), tighter_ac_of(lookup(letter="J", aql=0.15))
    (3, None)
    """
    plan = found.plan
    table = tables.master_table(edition(found.standard).folder, "single_normal")
    if not isinstance(plan, SinglePlan) or found.aql not in table.aqls:
        return None
    place = table.aqls.index(found.aql)
    if place == 0 or found.plan_letter not in table.letters:
        return None
    cell = table.cells[found.plan_letter, table.aqls[place - 1]]
    if cell.mark != "plan" or cell.n != (plan.n,):
        return None
    ac = cell.ac[0]
    return ac if isinstance(ac, int) else None


def force_of(one: Lookup | StatedPlan, tighter_ac: int | None = None, limits: str = "") -> PlanInForce:
    """Return a plan as one that can be in force, with what the switching rules need to know about it."""
    if isinstance(one, Lookup):
        return PlanInForce(one.severity, one.plan, one.lot_plan, tighter_ac_of(one), one.aql)
    return PlanInForce("normal", one.plan, one.plan, tighter_ac, limits)


def check_plans(plans: Mapping[Severity, Lookup | StatedPlan]) -> None:
    """Check the plans of a scheme: each of its severity, and all of one edition."""
    editions = set()
    for severity, one in plans.items():
        if not isinstance(one, Lookup | StatedPlan):
            raise DomainError(
                f"{severity} must be a lookup or a stated plan, got {short_repr(one)}", value=one
            )
        if isinstance(one, Lookup):
            editions.add(one.standard)
            if one.severity != severity:
                raise DomainError(f"{severity} must be a lookup of that severity, got {one.severity}")
    if len(editions) > 1:
        raise DomainError(
            f"the plans must be of one edition, got {listed(sorted(editions))}", code="other-edition"
        )


def check_normal_plan(rules: Rules, normal: PlanInForce) -> None:
    """Check that the switching rules can be applied to a plan on normal inspection."""
    plan = normal.plan
    if isinstance(plan, SinglePlan) and plan.re != plan.ac + 1:
        raise DomainError(f"only a reduced plan can have a gap between Ac and Re, got normal {plan!r}")
    scored = rules.reduced_by == "score" and isinstance(plan, SinglePlan)
    if scored and plan.final_ac > rules.score_small_ac and normal.tighter_ac is None:
        raise DomainError(
            f"tighter_ac is required to score a normal plan with Ac {plan.final_ac}",
            todo="Pass the acceptance number of the plan one AQL step tighter",
        )
    if rules.reduced_by == "lots" and rules.limit_numbers and not normal.limits:
        raise DomainError(
            "limits must be an AQL column under rules with limit numbers",
            todo="Pass limits, or agree on rules without: rules.agreed(limit_numbers=False)",
        )


class Planned(Protocol):
    """Anything with switching rules and plans, such as a scheme."""

    @property
    def rules(self) -> Rules:
        """The switching rules."""

    @property
    def plans(self) -> Mapping[Severity, Lookup | StatedPlan]:
        """The plans by severity."""

    @property
    def tighter_ac(self) -> int | None:
        """Ac of the plan one AQL step tighter, for plans made by hand."""

    @property
    def limits(self) -> str:
        """AQL column of the limit numbers, for plans made by hand."""

    @property
    def prefer_below(self) -> bool:
        """As in `aql.lookup`."""

    @property
    def counting(self) -> Counting:
        """What is counted."""


def usual_force(scheme: Planned, severity: Severity) -> PlanInForce:
    """Return the plan of a scheme at a severity, with what the switching rules need to know about it."""
    return replace(force_of(scheme.plans[severity], scheme.tighter_ac, scheme.limits), severity=severity)


def in_force(
    scheme: Planned,
    severity: Severity,
    *,
    lot_size: LotSize | None = None,
    plan: Plan | Lookup | None = None,
    tighter_ac: int | None = None,
) -> PlanInForce:
    """Return the plan in force for a lot at a severity, with what the switching rules need to know about it.

    Parameters and errors are those of `aql.Scheme.step`.

    Examples
    --------
    >>> from aql import Scheme
    >>> in_force(Scheme.lookup(1200, aql=2.5), "normal", lot_size=300).plan
    SinglePlan(n=50, ac=3)
    """
    usual = usual_force(scheme, severity)
    size = None if lot_size is None else lot_size_number(lot_size, least=1)
    if isinstance(plan, Lookup):
        return _of_lookup(plan, severity, scheme.rules.standard)
    if plan is not None:
        check_plan(plan)
        ac = None if tighter_ac is None else whole_number(tighter_ac, "tighter_ac")
        return PlanInForce(severity, plan, plan if size is None else on_lot(plan, size), ac, usual.limits)
    if size is None:
        return usual
    found = scheme.plans[severity]
    if isinstance(found, StatedPlan):
        return replace(usual, on_lot=on_lot(usual.plan, size))
    if size == found.lot_size:
        return usual
    if found.level is None:
        raise DomainError(
            "lot_size requires a scheme with an inspection level, got one looked up by letter",
            todo="Use Scheme.lookup(lot_size, aql=...), or pass plan",
            value=size,
        )
    return force_of(
        lookup(
            size,
            aql=found.aql,
            level=found.level,
            severity=severity,
            sampling=found.sampling,
            standard=found.standard,
            prefer_below=scheme.prefer_below,
        )
    )


def _of_lookup(found: Lookup, severity: Severity, standard: Standard) -> PlanInForce:
    """The plan of a lookup, which must be of the severity in force and of the edition of the series."""
    if found.standard != standard:
        raise DomainError(
            f"plan must be of {standard}, the edition of this series, got {found.standard}",
            code="other-edition",
            value=found.standard,
        )
    if found.severity != severity:
        raise DomainError(
            f"plan must be of {severity} inspection, which is in force, got {found.severity}",
            code="other-severity",
            value=found.severity,
        )
    return force_of(found)
