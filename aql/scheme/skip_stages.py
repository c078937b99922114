"""The stages of skip-lot inspection, and the random selection of lots, which an auditor can repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from aql.checks import LARGEST_SEED, share, whole_number
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.words import short_repr

__all__ = ["SkipStage", "checked_stages", "selected", "stage_after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipStage(JsonValue):
    """A stage of skip-lot inspection.

    Attributes
    ----------
    name : str
        Name of the stage, such as "normal" or "skip".
    frequency : float
        Probability that a lot is inspected; above 0. [1]
    accepted : int or None
        Consecutive inspected lots accepted in this stage after which another stage follows; None for the last stage.
    forward : str
        Name of that stage; "" for the next in the list.
    rejected : int
        Lots not accepted in this stage after which a stricter stage follows.
    back : str
        Name of that stage; "" for the first in the list.
    """

    name: str
    frequency: float = 1.0
    accepted: int | None = None
    forward: str = ""
    rejected: int = 1
    back: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            raise DomainError(f"name of a stage must be text, got {short_repr(self.name)}", value=self.name)
        if share(self.frequency, "frequency") == 0:
            raise DomainError(
                f"frequency must be above 0, got {short_repr(self.frequency)}", value=self.frequency
            )
        if self.accepted is not None:
            whole_number(self.accepted, "accepted", least=1)
        whole_number(self.rejected, "rejected", least=1)


def checked_stages(stages: Sequence[SkipStage]) -> tuple[SkipStage, ...]:
    """Return the stages of skip-lot inspection as a tuple; names must differ, and those that are referred to exist."""
    found = tuple(stages)
    names = [stage.name for stage in found]
    if not found or len(set(names)) < len(names):
        raise DomainError(f"stages must be one or more stages with different names, got {names}")
    for place, stage in enumerate(found):
        for name in filter(None, (stage.forward, stage.back)):
            if name not in names:
                raise DomainError(
                    f"stage {stage.name!r} leads to {short_repr(name)}, which is not one of {names}"
                )
        if stage.accepted is not None and not stage.forward and place == len(found) - 1:
            raise DomainError(f"the last stage {stage.name!r} must have accepted=None or a forward stage")
    return found


def stage_after(
    stages: tuple[SkipStage, ...], at: int, accepted: int, rejected: int, *, lot_accepted: bool
) -> tuple[int, int, int]:
    """Return the stage of skip-lot inspection after an inspected lot, with its lots accepted and not accepted.

    Examples
    --------
    >>> stages = (SkipStage(name="every lot", accepted=2), SkipStage(name="skip", frequency=0.5))
    >>> stage_after(stages, 0, 1, 0, lot_accepted=True), stage_after(stages, 1, 0, 0, lot_accepted=False)
    ((1, 0, 0), (0, 0, 0))
    """
    stage = stages[at]
    names = [one.name for one in stages]
    if not lot_accepted:
        rejected += 1
        if rejected < stage.rejected:
            return at, 0, rejected
        return (names.index(stage.back) if stage.back else 0), 0, 0
    if stage.accepted is None:
        # Nothing is counted towards another stage; the lots not accepted still are.
        return at, 0, rejected
    if accepted + 1 < stage.accepted:
        return at, accepted + 1, rejected
    return (names.index(stage.forward) if stage.forward else at + 1), 0, 0


def selected(lot: str, frequency: float, *, seed: int | str) -> bool:
    """Return whether a stage of skip-lot inspection selects a lot, by a number from the seed and the lot's name.

    The first 8 bytes of the SHA-256 of ``seed:lot`` (UTF-8), read as a whole number and divided by 2**64, are uniform
    between 0 and 1; the lot is selected if they are below the frequency. Anyone who knows seed and name can repeat it.

    Examples
    --------
    >>> [selected(f"L{number}", 0.5, seed=20260117) for number in range(1, 5)]
    [False, True, True, False]
    """
    chance = share(frequency, "frequency")
    if not isinstance(lot, str):
        raise DomainError(f"the name of a lot must be text, got {short_repr(lot)}", value=lot)
    if not isinstance(seed, str):
        whole_number(seed, "seed", most=LARGEST_SEED)
    digest = hashlib.sha256(f"{seed}:{lot}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < chance * 2**64
