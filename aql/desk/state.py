"""The state of an inspection while it is recorded: what each line has shown, what is missing, and what is decided."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from aql.documents.json_values import JsonValue
from aql.markup import Shown, in_words
from aql.types import LineKind
from aql.words import in_brief, plural

__all__ = ["DeskLine", "DeskState", "LineProgress", "Missing"]

LineProgress = Literal["open", "hold", "accept", "reject"]
"""How far a line is: ``"open"``: items are still to be inspected; ``"hold"``: all are, but readings are missing."""


@dataclass(frozen=True, slots=True, repr=False)
class Missing:
    """Readings that items already recorded still need.

    Attributes
    ----------
    item : int
        Item number.
    terms : tuple of str
        Ids of the terms.
    """

    item: int
    terms: tuple[str, ...]

    def __repr__(self) -> str:
        return in_brief("Missing", f"item {self.item}: {', '.join(self.terms)}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DeskLine:
    """A decision line while the inspection is recorded.

    Attributes
    ----------
    name : str
        Name of the class or limit, or id of the term.
    kind : "class", "term" or "limit"
        What the line judges.
    of : "items" or "cartons"
        What is counted and inspected.
    stage : int
        Stage that is being inspected, from 1.
    sample : int
        Items of the sample up to that stage. [items]
    inspected : int
        Recorded items in that sample. [items]
    found : int or Decimal
        What counts so far; a weighted total if the line is a limit with weights.
    ac : int or None
        Acceptance number of the stage; None if acceptance is not permitted there.
    re : int
        Rejection number of the stage.
    progress : "open", "hold", "accept" or "reject"
        Whether the line is decided.
    decided_at : int or None
        Item whose recording decided the line; None if it is not decided.
    quality : float or None
        Quality for `chance`: as given, or the AQL; None if there is neither.
    chance : float or None
        Probability that the line will accept, at that quality, given what has been found.
    chance_by_evidence : float or None
        The same without an assumed quality: under the posterior from Jeffreys' prior and the items inspected. None
        before the first item, and for a limit with weights.
    """

    name: str
    kind: LineKind
    of: Literal["items", "cartons"] = "items"
    stage: int
    sample: int
    inspected: int
    found: int | Decimal
    ac: int | None
    re: int
    progress: LineProgress
    decided_at: int | None
    quality: float | None
    chance: float | None
    chance_by_evidence: float | None

    def __repr__(self) -> str:
        ac = "#" if self.ac is None else self.ac
        inspected = f"{self.inspected} of {self.sample} inspected"
        return in_brief(
            "DeskLine",
            f"{self.name}: {self.progress}, {self.found} found (Ac {ac}, Re {self.re}), {inspected}",
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DeskState(JsonValue, Shown):
    """The state of an inspection while it is recorded; a new value after every event.

    Attributes
    ----------
    order, lot : str
        Ids of the order and the lot.
    events : int
        Events recorded, those that were undone and the undoing included.
    inspected : int
        Items recorded. [items]
    next_item : int or None
        Lowest item number that an open line needs and that is not recorded; None if none is.
    lines : tuple of DeskLine
        The decision lines.
    missing : tuple of Missing
        Recorded items that need further readings.
    chance : float or None
        Probability that all lines will accept, at the quality of each line, if an item is nonconforming in at most one
        class. Terms with their own plans are independent. None if a limit is open or a quality is not known.
    notes : tuple of str
        What was found when the file was opened, and times that go backwards.
    """

    order: str
    lot: str
    events: int
    inspected: int
    next_item: int | None
    lines: tuple[DeskLine, ...]
    missing: tuple[Missing, ...] = ()
    chance: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def decision(self) -> LineProgress:
        """The decision of the lot so far, without its lot terms: reject if any line does, accept if all do."""
        found = {line.progress for line in self.lines}
        order: tuple[LineProgress, ...] = ("reject", "open", "hold")
        return next((one for one in order if one in found), "accept")

    def explain(self) -> str:
        """Say in words how far the inspection is."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        lines = ", ".join(f"{line.name} {line.found}/{line.ac}" for line in self.lines)
        return in_brief(
            "DeskState", f"{self.lot}: {self.decision}, {plural(self.inspected, 'item')}; {lines}"
        )
