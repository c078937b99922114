"""The judgement of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = [
    "Judgement",
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement of a reading.

    Attributes
    ----------
    conforms : bool
        Whether the reading meets the term.
    found : str
        The value that was compared, with its unit.
    difference : Decimal or None
        How far the reading is beyond the limit: negative below a minimum, positive above a maximum; None if it conforms
        or nothing is measured. [the measure's unit]
    compared : Decimal or None
        The number that was compared with the limits; None if nothing is measured. [the measure's unit]
    too_near : Decimal or None
        The limit that a binary float is too near to be told from it; the reading is then not judged, and `conforms` is
        False. [the measure's unit]
    """

    conforms: bool
    found: str
    difference: Decimal | None = None
    compared: Decimal | None = None
    too_near: Decimal | None = None
