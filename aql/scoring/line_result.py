"""What became of a decision line: its plan, what counts in it, and what the plan says to that."""

from __future__ import annotations

from dataclasses import dataclass

from aql.scoring.decision_line import Line
from aql.types import Decision
from aql.words import in_brief, ranges

__all__ = ["LineResult", "MissingReadings", "count_in_brief"]


@dataclass(frozen=True, slots=True, repr=False)
class MissingReadings:
    """Items of a sample on which a term was not read.

    Attributes
    ----------
    term : str
        The term.
    items : tuple of int
        The items, rising.
    """

    term: str
    items: tuple[int, ...]

    def __repr__(self) -> str:
        return in_brief("MissingReadings", f"{self.term}, items {ranges(self.items)}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LineResult(Line):
    """What became of one decision line; its plan is described at `Line`.

    Attributes
    ----------
    decision : "accept", "reject", "continue" or "hold"
        Decision of the line.
    found : int
        Nonconforming items, or nonconformities, that count.
    items : tuple of int
        The items behind the count; empty where the log gives counts only.
    inspected : int or None
        Items inspected, as the header says for this line or for all; the sample may hold fewer. None where the header
        does not say. [items]
    stage : int
        Stage that was reached, from 1.
    sample : int
        Items in the sample up to that stage. [items]
    draw : int
        Items still to inspect before the plan decides. [items]
    reinstates_normal : bool
        True where the count lies between Ac and Re: the lot is accepted and reduced inspection ends.
    missing : tuple of MissingReadings
        Readings that the sample needs and the log does not have.
    """

    decision: Decision
    found: int
    items: tuple[int, ...]
    inspected: int | None
    stage: int
    sample: int
    draw: int
    reinstates_normal: bool
    missing: tuple[MissingReadings, ...]

    @property
    def ac(self) -> int | None:
        """Acceptance number at the stage that was reached; None where acceptance is not permitted yet."""
        return self.lot_plan.stages[self.stage - 1].ac

    @property
    def re(self) -> int:
        """Rejection number at the stage that was reached."""
        return self.lot_plan.stages[self.stage - 1].re

    def __repr__(self) -> str:
        return in_brief("LineResult", f"{self.name}: {self.decision}, {count_in_brief(self)}")


def count_in_brief(line: LineResult) -> str:
    """Write what was found in a line and what it accepts, as in ``8 of 125 (Ac 7)``."""
    return f"{line.found} of {line.sample} (Ac {'#' if line.ac is None else line.ac})"
