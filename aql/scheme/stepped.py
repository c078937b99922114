"""What happened at one lot: the decision, the plan, and the states before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aql.markup import in_words
from aql.plans.plan import Plan
from aql.scheme.outcome import Found, Outcome
from aql.scheme.state import State
from aql.types import Severity
from aql.words import in_brief

__all__ = ["Step", "score_after"]


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """What happened at one lot.

    Attributes
    ----------
    before : State
        The state before the lot; its severity was in force.
    plan : SinglePlan or MultiplePlan
        The plan in force.
    found : int or tuple of int
        What was found.
    outcome : Outcome
        What that means for the switching rules.
    state : State
        The state for the next lot.
    resubmitted : bool
        Whether the lot was submitted before, so that it did not count.
    id : str
        Name of the lot.
    resumed : bool
        Whether inspection was resumed with this lot.
    """

    before: State
    plan: Plan
    found: Found
    outcome: Outcome
    state: State
    resubmitted: bool = False
    id: str = ""
    resumed: bool = False

    @property
    def severity(self) -> Severity:
        """Severity in force on the lot."""
        return self.before.severity

    @property
    def decision(self) -> Literal["accept", "reject"]:
        """Decision on the lot."""
        return "accept" if self.outcome.accepted else "reject"

    @property
    def score(self) -> int | None:
        """Switching score after the lot; None where there is none.

        At the lot whose score makes the switch to reduced inspection due, this is that score.
        """
        return score_after(self.before, self.outcome, resubmitted=self.resubmitted)

    @property
    def switched(self) -> bool:
        """Whether another severity is in force on the next lot, or inspection is discontinued."""
        return self.before.severity != self.state.severity or self.state.discontinued

    @property
    def reason(self) -> str:
        """What the lot changed, as one sentence."""
        return in_words(self)

    def __repr__(self) -> str:
        return in_brief("Step", f"{self.severity}, found {self.found}: {self.decision}. {self.reason}")


def score_after(before: State, outcome: Outcome, *, resubmitted: bool = False) -> int | None:
    """Return the switching score after a lot; None where there is none.

    At the lot whose score makes the switch to reduced inspection due, this is that score.
    """
    if before.rules.reduced_by != "score" or before.severity != "normal":
        return None
    if resubmitted or not outcome.points:
        return before.switching_score if resubmitted else 0
    return before.switching_score + outcome.points
