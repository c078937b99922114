"""One step of the switching rules: a state and the outcome of a lot give the next state; and the decision on one lot that it needs."""

from __future__ import annotations

from aql.checks import flag
from aql.errors import DomainError
from aql.plans.plan import Plan
from aql.scheme.limit_numbers import within_limit
from aql.scheme.outcome import Found, Outcome, decide, points_of
from aql.scheme.plan_in_force import Planned, in_force
from aql.scheme.state import Cause, State, check_state, start_of
from aql.scheme.stepped import Step
from aql.standards.iso2859_1.lookup import Lookup
from aql.types import LotSize

__all__ = ["check_answers", "resumed", "step", "step_lot"]


def step(state: State, outcome: Outcome) -> State:
    """Return the state after one step of the switching rules.

    Parameters
    ----------
    state : State
        The state before the lot; its severity is in force on the lot.
    outcome : Outcome
        What the lot gave.

    Returns
    -------
    State
        The state after it; a switch binds the next lot.

    Raises
    ------
    DomainError
        If inspection is discontinued.

    References
    ----------
    ISO 2859-1:1999, clause 9; MIL-STD-105E, switching procedures.

    Examples
    --------
    >>> from aql.scheme.rules import switching_rules
    >>> state = start_of(switching_rules("ISO 2859-1:1999"))
    >>> for accepted in (False, True, False):
    ...     state = step(state, Outcome(accepted, points=2))
    >>> state.severity
    'tightened'
    """
    if state.discontinued:
        raise DomainError(
            "inspection is discontinued",
            todo="Resume it after corrective action, with scheme.resume(state)",
            code="discontinued",
        )
    if state.severity == "normal":
        return _on_normal(state, outcome)
    return _on_tightened(state, outcome) if state.severity == "tightened" else _on_reduced(state, outcome)


def _on_normal(state: State, outcome: Outcome) -> State:
    """Enough lots not accepted in the window: tightened. Score or lots enough, steady and agreed: reduced."""
    rules = state.rules
    window = tuple(ago + 1 for ago in state.rejected_ago if ago + 1 < rules.tightened_window)
    if not outcome.accepted:
        if len(state.rejected_ago) + 1 >= rules.tightened_rejected:
            return start_of(rules, "tightened", "rejected")
        window = (*window, 1) if rules.tightened_window > 1 else ()
        return State(rules, "normal", state.cause, rejected_ago=window)
    allowed = outcome.steady and outcome.authority
    if rules.reduced_by == "score":
        score = state.switching_score + outcome.points if outcome.points else 0
        if score >= rules.reduced_score and allowed:
            return start_of(rules, "reduced", "score")
        return State(rules, "normal", state.cause, score, window)
    sample = (outcome.found, outcome.inspected) if rules.limit_numbers else (0, 0)
    samples = (*state.samples, sample)
    due = len(samples) >= rules.reduced_lots
    if rules.limit_numbers:
        due, samples = within_limit(rules.limit_table, outcome.limits, rules.reduced_lots, samples)
    else:
        samples = samples[-rules.reduced_lots :]
    if due and allowed:
        return start_of(rules, "reduced", "lots")
    return State(rules, "normal", state.cause, rejected_ago=window, samples=samples)


def _on_tightened(state: State, outcome: Outcome) -> State:
    """Enough lots accepted in a row: normal. Otherwise, enough lots not accepted, or lots in all: discontinued."""
    rules = state.rules
    accepted = state.accepted_in_a_row + 1 if outcome.accepted else 0
    if accepted >= rules.normal_accepted:
        return start_of(rules, "normal", "accepted")
    rejected = state.rejected_on_tightened + (not outcome.accepted)
    lots = state.lots_on_tightened + 1
    counted = rejected if rules.discontinue_by == "rejected" else lots
    return State(
        rules,
        "tightened",
        state.cause,
        accepted_in_a_row=accepted,
        rejected_on_tightened=rejected,
        lots_on_tightened=lots,
        discontinued=0 < rules.discontinue_after <= counted,
    )


def _on_reduced(state: State, outcome: Outcome) -> State:
    """A lot not accepted, a count in the gap, irregular production, or no permission any longer: normal."""
    rules = state.rules
    cause: Cause
    if not outcome.accepted:
        window = () if rules.fresh_window or rules.tightened_window < 2 else (1,)
        return State(rules, "normal", "rejected", rejected_ago=window)
    if outcome.gap:
        cause = "gap"
    elif not outcome.steady:
        cause = "unsteady"
    elif not outcome.authority:
        cause = "authority"
    else:
        return state
    return start_of(rules, "normal", cause)


def resumed(state: State) -> State:
    """Return the state of the step after corrective action that the authority accepts: tightened, with counters at 0.

    Raises
    ------
    DomainError
        If inspection is not discontinued.
    """
    check_state(state)
    if not state.discontinued:
        raise DomainError(
            f"inspection must be discontinued to be resumed, got a series on {state.severity} inspection",
            code="not-discontinued",
        )
    return start_of(state.rules, "tightened", "resumed")


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
