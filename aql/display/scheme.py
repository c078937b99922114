"""Schemes, states and histories in words and as HTML: why a severity is in force, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.display.decision_lines import DECIDED, DECISION_TONES
from aql.display.plan import plan_in_words
from aql.plans.plan import plan_in_short
from aql.words import listed, plural

if TYPE_CHECKING:
    from aql.scheme.history import History
    from aql.scheme.rules import Rules
    from aql.scheme.scheme import Scheme
    from aql.scheme.skip_lot import SkipLot
    from aql.scheme.state import State
    from aql.scheme.stepped import Step

__all__ = [
    "explain_history",
    "explain_scheme",
    "explain_skip_lot",
    "explain_state",
    "explain_step",
    "history_html",
    "scheme_html",
    "skip_lot_html",
    "state_html",
]

_TONES = {"normal": "open", "tightened": "bad", "reduced": "good", "discontinued": "wait"}


def explain_state(state: State) -> str:
    """Say in words why a scheme has reached its severity, and what would change it next.

    Examples
    --------
    >>> from aql import Scheme
    >>> print(explain_state(Scheme.lookup(1200, aql=2.5).run([6, 6, 0, 0, 0]).state))
    Tightened inspection is in force because 2 of 5 or fewer consecutive lots were not accepted. Two more accepted lots and
    normal inspection resumes. Inspection under the standard is discontinued if 5 more lots are not accepted before that.
    """
    if state.discontinued:
        return (
            f"Inspection under {state.rules.standard} is discontinued because {_stopped(state)}. It resumes on tightened "
            "inspection after corrective action that the authority accepts."
        )
    because = f"{state.severity.capitalize()} inspection is in force because {_cause(state)}."
    return " ".join(
        [
            because,
            *{"normal": _from_normal, "tightened": _from_tightened, "reduced": _from_reduced}[state.severity](
                state
            ),
        ]
    )


def _cause(state: State) -> str:
    rules = state.rules
    if state.cause == "rejected":
        return (
            _rejected(rules)
            if state.severity == "tightened"
            else "a lot was not accepted on reduced inspection"
        )
    return {
        "start": f"inspection starts on {state.severity}",
        "accepted": f"{rules.normal_accepted} consecutive lots were accepted on tightened inspection",
        "score": f"the switching score reached {rules.reduced_score}",
        "lots": "enough consecutive lots were accepted on normal inspection",
        "gap": "a lot was accepted with a count between Ac and Re",
        "unsteady": "production was not steady",
        "authority": "the authority does not allow reduced inspection",
        "together": "another class switched",
        "resumed": "inspection resumed after corrective action",
    }[state.cause]


def _rejected(rules: Rules) -> str:
    return (
        f"{rules.tightened_rejected} of {rules.tightened_window} or fewer consecutive lots were not accepted"
    )


def _stopped(state: State) -> str:
    if state.rules.discontinue_by == "rejected":
        return f"{plural(state.rejected_on_tightened, 'lot')} were not accepted on tightened inspection"
    return f"{plural(state.lots_on_tightened, 'lot')} remained on tightened inspection"


def _from_normal(state: State) -> list[str]:
    rules = state.rules
    missing = rules.tightened_rejected - len(state.rejected_ago)
    said = []
    if missing == 1:
        within = rules.tightened_window - (state.rejected_ago[0] if state.rejected_ago else 0)
        lots = "the next lot is" if within == 1 else f"one of the next {within} lots is"
        said.append(f"If {lots} not accepted, tightened inspection follows.")
    else:
        said.append(f"Tightened inspection follows once {_rejected(rules)}.")
    if rules.reduced_by == "score":
        left = rules.reduced_score - state.switching_score
        due = (
            f"The switching score is {state.switching_score}; at {rules.reduced_score}"
            if left > 0
            else "The score is reached;"
        )
        said.append(
            f"{due}{', with' if left > 0 else ' with'} steady production and the authority's consent, reduced inspection follows."
        )
        return said
    left = rules.reduced_lots - len(state.samples)
    total = " if the total found in their samples is within the limit number" if rules.limit_numbers else ""
    lots = f"{plural(left, 'more accepted lot')} and" if left > 0 else "The accepted lots are enough:"
    said.append(
        f"{lots} reduced inspection follows{total}, with steady production and the authority's consent."
    )
    return said


_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five")


def _from_tightened(state: State) -> list[str]:
    rules = state.rules
    left = rules.normal_accepted - state.accepted_in_a_row
    count = _NUMBERS[left] if left < len(_NUMBERS) else str(left)
    said = [f"{count} more accepted {'lot' if left == 1 else 'lots'} and normal inspection resumes."]
    if rules.discontinue_after == 0:
        return said
    if rules.discontinue_by == "rejected":
        left = rules.discontinue_after - state.rejected_on_tightened
        what = f"{plural(left, 'more lot')} {'is' if left == 1 else 'are'} not accepted before that"
    else:
        left = rules.discontinue_after - state.lots_on_tightened
        what = f"{plural(left, 'more lot')} {'remains' if left == 1 else 'remain'} on it"
    return [*said, f"Inspection under the standard is discontinued if {what}."]


def _from_reduced(state: State) -> list[str]:
    gap = ", a count lies between Ac and Re" if state.rules.reduced_by == "lots" else ""
    back = f"Normal inspection resumes as soon as a lot is not accepted{gap}, production is not steady"
    return [f"{back} or the authority no longer allows reduced inspection."]


def explain_step(step: Step) -> str:
    """Say in words what a lot changed under a scheme."""
    decided = DECIDED[step.decision].capitalize()
    if step.resubmitted:
        return f"{decided}; a resubmitted lot does not count."
    if step.state.discontinued:
        return f"{decided}; discontinued because {_stopped(step.state)}."
    if step.switched:
        return f"{decided}; {step.state.severity} inspection follows because {_cause(step.state)}."
    return f"{decided}; {step.state.severity} inspection continues."


def explain_history(history: History) -> str:
    """Say in words what happened in a series under a scheme, and what is in force on the next lot."""
    name = f"{history.stream}: " if history.stream else ""
    rejected = history.decisions.count("reject")
    said = [f"{name}{plural(len(history), 'lot')}, {rejected} not accepted."]
    said += [f"Lot {step.id}: {step.reason}" for step in history.switches]
    return " ".join([*said, explain_state(history.state)])


def explain_scheme(scheme: Scheme) -> str:
    """Say in words which plans of a scheme apply and what switches between them."""
    rules = scheme.rules
    said = [f"{rules.standard}."]
    said += [f"{severity.capitalize()}: {plan_in_words(one.plan)}." for severity, one in scheme.plans.items()]
    reduced = (
        f"a switching score of {rules.reduced_score}"
        if rules.reduced_by == "score"
        else f"{rules.reduced_lots} accepted lots{' within the limit number' if rules.limit_numbers else ''}"
    )
    said.append(
        f"Tightened inspection follows once {_rejected(rules)}, normal after {rules.normal_accepted} accepted lots, reduced "
        f"after {reduced}."
    )
    if rules.unverified:
        said.append(f"Not confirmed by a public text: {listed(rules.unverified)}.")
    return " ".join(said)


def state_html(state: State) -> markup.Html:
    """Return the state of a scheme as a block of HTML."""
    now = "discontinued" if state.discontinued else state.severity
    return markup.block(
        None, markup.element("p", markup.badge(_TONES[now], now)), markup.element("p", explain_state(state))
    )


def scheme_html(scheme: Scheme) -> markup.Html:
    """Return a scheme as a block of HTML: its three plans, and the rules in words."""
    rows = [(severity, plan_in_short(one.plan)) for severity, one in scheme.plans.items()]
    return markup.block(
        f"Scheme of {scheme.rules.standard}",
        markup.table(("severity", "plan"), rows),
        markup.element("p", explain_scheme(scheme), class_="aql-dim"),
    )


def history_html(history: History) -> markup.Html:
    """Return the history of a scheme as a block of HTML, with one row per lot."""
    rows = []
    for step in history.steps:
        now = "discontinued" if step.state.discontinued else step.state.severity
        rows.append(
            (
                step.id,
                step.severity,
                plan_in_short(step.plan),
                step.outcome.found,
                markup.badge(DECISION_TONES[step.decision], step.decision),
                "" if step.score is None else step.score,
                markup.badge(_TONES[now], now) if step.switched else "",
            )
        )
    columns = ("lot", "severity", "plan", "found", "decision", "score", "next")
    return markup.block(
        f"Series {history.stream}" if history.stream else "Series of lots",
        markup.table(columns, rows, numbers=("found", "score")),
        markup.element("p", explain_state(history.state), class_="aql-dim"),
    )


def explain_skip_lot(skipping: SkipLot) -> str:
    """Say in words when a skip-lot scheme skips lots."""
    said = []
    for place, stage in enumerate(skipping.stages):
        lots = (
            "every lot is inspected"
            if stage.frequency == 1
            else f"a lot is inspected with probability {stage.frequency:g}"
        )
        parts = [f"{stage.name.capitalize()}: {lots}"]
        if stage.accepted is not None:
            after = stage.forward or skipping.stages[place + 1].name
            parts.append(f'after {plural(stage.accepted, "consecutive accepted lot")}, "{after}" follows')
        back = stage.back or skipping.stages[0].name
        parts.append(f'after {plural(stage.rejected, "lot")} not accepted, "{back}" follows')
        said.append("; ".join(parts) + ".")
    return " ".join(said)


def skip_lot_html(skipping: SkipLot) -> markup.Html:
    """Return a skip-lot scheme as a block of HTML."""
    rows = [
        (stage.name, f"{stage.frequency:g}", "" if stage.accepted is None else stage.accepted, stage.rejected)
        for stage in skipping.stages
    ]
    columns = ("stage", "frequency", "accepted to move on", "not accepted to go back")
    return markup.block(
        skipping.short_name.capitalize(),
        markup.table(columns, rows, numbers=columns[1:]),
        markup.element("p", explain_skip_lot(skipping), class_="aql-dim"),
    )
