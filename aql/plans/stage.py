"""The stages of a plan, which are all that most formulas need of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

__all__ = ["Stage", "Staged", "Step", "Steps", "stages_on_lot", "steps_of"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan, in cumulative terms.

    Attributes
    ----------
    n : int
        Items drawn at this stage. [items]
    total : int
        Items drawn so far, this stage included. [items]
    ac : int or None
        Accept at this stage on `ac` or fewer; None where acceptance is not permitted yet.
    re : int
        Reject at this stage on `re` or more.
    """

    n: int
    total: int
    ac: int | None
    re: int


class Staged(Protocol):
    """What is carried out in stages: a plan. Equal plans hash alike."""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in order, in cumulative terms."""

    def __hash__(self) -> int: ...


Step = tuple[int, int, int, int]
Steps = tuple[Step, ...]
"""Of every stage: items drawn, items drawn so far, the last count that accepts (-1: none) and the first that rejects."""


def stages_on_lot(stages: tuple[Stage, ...], lot_size: int) -> tuple[Stage, ...]:
    """Return the stages that are carried out on a lot of this size; see `aql.plans.on_lot`.

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
    """Return the steps of a plan, as it is carried out on a lot where there is one.

    A count in a gap before the last rejection number accepts.

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
