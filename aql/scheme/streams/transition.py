"""What a lot does to the state of its stream: one step of the switching rules, for every lot that is like it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aql.errors import DomainError
from aql.scheme.outcome import Outcome
from aql.scheme.state import State
from aql.scheme.step import resumed, step
from aql.scheme.stepped import score_after
from aql.scheme.together import switched_together
from aql.types import SEVERITIES, Severity

__all__ = ["JointTransition", "LotKind", "Transition", "joint_transition", "transition"]


@dataclass(frozen=True, slots=True)
class LotKind:
    """Lots that mean the same to the switching rules, whatever severity is in force.

    Attributes
    ----------
    outcomes : tuple of Outcome or None
        The outcome on normal, tightened and reduced inspection; None where the counts do not fit the plan.
    resubmitted : bool
        Whether the lots were submitted before, so that they do not count.
    resume : bool
        Whether inspection, discontinued before the lot, was resumed with it.
    """

    outcomes: tuple[Outcome | None, ...]
    resubmitted: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """What happens at a lot: the severity in force, the decision, the switching score after it, and the next state."""

    severity: Severity
    accepted: bool
    score: int | None
    state: State


def transition(state: State, kind: LotKind) -> Transition | None:
    """Return what a lot does to the state of its stream; None if the lot does not fit, which `Scheme.run` explains.

    Examples
    --------
    >>> from aql.scheme.rules import switching_rules
    >>> from aql.scheme.state import start_of
    >>> accepted = LotKind((Outcome(True, points=3), Outcome(True), Outcome(True)))
    >>> transition(start_of(switching_rules("ISO 2859-1:1999")), accepted).score
    3
    """
    try:
        now = resumed(state) if kind.resume else state
        outcome = kind.outcomes[SEVERITIES.index(now.severity)]
        if outcome is None:
            return None
        after = now if kind.resubmitted else step(now, outcome)
    except DomainError:
        return None
    score = score_after(now, outcome, resubmitted=kind.resubmitted)
    return Transition(now.severity, outcome.accepted, score, after)


@dataclass(frozen=True, slots=True)
class JointTransition:
    """What happens at a lot in each of the classes that switch together."""

    classes: tuple[Transition, ...]

    @property
    def state(self) -> tuple[State, ...]:
        """The next state of each class."""
        return tuple(one.state for one in self.classes)


def joint_transition(states: tuple[State, ...], kinds: tuple[LotKind, ...]) -> JointTransition | None:
    """Return what a lot does to the states of classes that switch together; None if it does not fit in one of them."""
    each = [transition(state, kind) for state, kind in zip(states, kinds, strict=True)]
    done = [one for one in each if one is not None]
    if len(done) < len(each):
        return None
    if any(kind.resubmitted for kind in kinds):
        return JointTransition(tuple(done))
    after = switched_together([one.severity for one in done], [one.state for one in done])
    return JointTransition(tuple(replace(one, state=state) for one, state in zip(done, after, strict=True)))
