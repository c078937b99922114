"""The stages of a plan, which are all that most formulas need to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from aql.errors import DomainError
from aql.words import short_repr

__all__ = ["Stage", "Staged", "Step", "Steps", "check_plan", "stages_on_lot", "steps_of"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan, with cumulative numbers.

    Attributes
    ----------
    n : int
        Items drawn at this stage. [items]
    total : int
        Items drawn up to and including this stage. [items]
    ac : int or None
        Accept at this stage on `ac` or fewer; None if acceptance is not permitted.
    re : int
        Reject at this stage on `re` or more.
    """

    n: int
    total: int
    ac: int | None
    re: int


class Staged(Protocol):
    """Anything with stages, such as a plan. Equal plans must have equal hashes."""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in order, with cumulative numbers."""

    def __hash__(self) -> int: ...


Step = tuple[int, int, int, int]
Steps = tuple[Step, ...]
"""For every stage: items drawn, items drawn so far, largest count that accepts (-1: none), smallest that rejects."""


def check_plan(value: object, needed: str = "stages") -> None:
    """Check that a value is a plan with stages, and has another attribute if one is needed.

    Examples
    --------
    >>> check_plan(0.05)
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: plan must be a plan, such as SinglePlan(n=80, ac=5), got 0.05.
    """
    if isinstance(value, type) or not hasattr(value, needed):
        raise DomainError(
            f"plan must be a plan, such as SinglePlan(n=80, ac=5), got {short_repr(value)}", value=value
        )


def stages_on_lot(stages: tuple[Stage, ...], lot_size: int) -> tuple[Stage, ...]:
    """Return the stages as applied to a lot of this size; see `aql.plans.on_lot`.

    Examples
    --------
    >>> stages_on_lot((Stage(20, 20, None, 2), Stage(20, 40, 1, 3)), 30)
    (Stage(n=20, total=20, ac=None, re=2), Stage(n=10, total=30, ac=1, re=3))
    """
    if stages[-1].total <= lot_size:
        return stages
    last = next(place for place, stage in enumerate(stages) if stage.total >= lot_size)
    before = stages[:last]
    drawn = before[-1].total if before else 0
    return (*before, Stage(lot_size - drawn, lot_size, stages[-1].ac, stages[-1].re))


@lru_cache(maxsize=1024)
def steps_of(plan: Staged, lot_size: int | None = None) -> Steps:
    """Return the stages of a plan as steps of plain numbers, applied to a lot if a lot size is given.

    At the last stage, a count in the gap between Ac and Re accepts.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> steps_of(MultiplePlan(n=(13, 13), ac=(None, 1), re=(2, 3)))
    ((13, 13, -1, 2), (13, 26, 2, 3))
    """
    stages = plan.stages if lot_size is None else stages_on_lot(plan.stages, lot_size)
    before = [(one.n, one.total, -1 if one.ac is None else one.ac, one.re) for one in stages[:-1]]
    last = stages[-1]
    return (*before, (last.n, last.total, last.re - 1, last.re))
