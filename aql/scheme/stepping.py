"""Decides on one lot by the plan in force, and steps the switching rules."""

from __future__ import annotations

from aql.checks import flag
from aql.plans.plan import Plan
from aql.scheme.outcome import Found, Outcome, decide, points_of
from aql.scheme.plan_in_force import Planned, in_force
from aql.scheme.state import State, check_state
from aql.scheme.step import step
from aql.scheme.stepped import Step
from aql.standards.iso2859_1.lookup import Lookup
from aql.types import LotSize

__all__ = ["check_answers", "step_lot"]


def check_answers(**answers: bool) -> None:
    """Raise for an answer about a lot that is not yes or no."""
    for name, answer in answers.items():
        flag(answer, name)


def step_lot(
    scheme: Planned,
    state: State,
    found: Found,
    *,
    lot_size: LotSize | None,
    plan: Plan | Lookup | None,
    tighter_ac: int | None,
    steady: bool,
    authority: bool,
    resubmitted: bool,
) -> Step:
    """Decide on a lot, and return the state for the next one; see `aql.Scheme.step`."""
    check_state(state, scheme.rules)
    check_answers(steady=steady, authority=authority, resubmitted=resubmitted)
    # A resubmitted lot is inspected at the severity that the authority names, which its plan may say.
    severity = plan.severity if resubmitted and isinstance(plan, Lookup) else state.severity
    force = in_force(scheme, severity, lot_size=lot_size, plan=plan, tighter_ac=tighter_ac)
    sampled = decide(force.on_lot, found, scheme.counting)
    normal = severity == "normal"
    outcome = Outcome(
        sampled.accepted,
        points_of(scheme.rules, force.plan, sampled, force.tighter_ac) if normal else 0,
        sampled.gap and severity == "reduced",
        sampled.found,
        sampled.inspected,
        force.limits,
        steady,
        authority,
    )
    after = state if resubmitted else step(state, outcome)
    return Step(state, force.plan, found, outcome, after, resubmitted)
