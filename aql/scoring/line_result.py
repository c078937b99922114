"""The result of a decision line: its plan, its count and its decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from aql.languages import say
from aql.scoring.decision_line import Line
from aql.scoring.possible_counts import Span
from aql.scoring.readings import TooNear
from aql.scoring.reasons import Reason, reason
from aql.types import Counting, Decision
from aql.words import in_brief, ranges

__all__ = ["LineResult", "MissingReadings", "count_in_brief"]


@dataclass(frozen=True, slots=True, repr=False)
class MissingReadings:
    """Items of a sample for which the log has no reading of a term.

    Attributes
    ----------
    term : str
        Id of the term.
    items : tuple of int
        Item numbers in ascending order.
    """

    term: str
    items: tuple[int, ...]

    def __repr__(self) -> str:
        return in_brief("MissingReadings", f"{self.term}, items {ranges(self.items)}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LineResult(Line):
    """The result of one decision line; see `Line` for its plan.

    Attributes
    ----------
    decision : "accept", "reject", "continue" or "hold"
        Decision of the line.
    counting : "items" or "nonconformities"
        What is counted.
    found : int
        Number of nonconforming items, or nonconformities, that count; the smallest possible if the log leaves it open.
        In a limit with weights, the weighted total rounded up, which is compared with Ac and Re.
    by_stage : tuple of (int, int)
        Smallest and largest possible count at the end of each stage up to the one reached.
    counted : int or None
        Sum of the counts without items, in everything inspected; None if the log has none for this line.
    weighted : tuple of (Decimal, Decimal) or None
        Smallest and largest possible weighted total of a limit with weights; None for any other line.
    undecided : bool
        True if the counts leave open what the plan decides.
    items : tuple of int
        Item numbers behind the count; empty if the log gives only counts.
    inspected : int or None
        Number of items inspected according to the header, for this line or for all; the sample may be smaller. None if
        the header does not state it. [items]
    stage : int
        Stage reached, counted from 1.
    sample : int
        Sample size up to that stage. [items]
    draw : int
        Items still to be inspected before the plan can decide. [items]
    reinstates_normal : bool
        True if the count lies between Ac and Re: the lot is accepted and reduced inspection ends.
    missing : tuple of MissingReadings
        Readings that the sample needs but that are not in the log.
    too_near : tuple of TooNear
        Readings that came as binary floats and are too near to a limit to be told from it.
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
    too_near: tuple[TooNear, ...] = ()
    by_stage: tuple[Span, ...] = ()
    counted: int | None = None
    weighted: tuple[Decimal, Decimal] | None = None
    undecided: bool = False
    counting: Counting = "items"

    @property
    def ac(self) -> int | None:
        """Acceptance number at the stage reached; None if acceptance is not permitted there."""
        return self.lot_plan.stages[self.stage - 1].ac

    @property
    def re(self) -> int:
        """Rejection number at the stage reached."""
        return self.lot_plan.stages[self.stage - 1].re

    @property
    def at_most(self) -> int:
        """The largest possible count; equal to `found` if the log leaves nothing open."""
        return self.by_stage[-1][1] if self.by_stage else self.found

    @property
    def count(self) -> str:
        """The count as text: one number, or two with "to" between them if the log leaves it open."""
        least, most = self.weighted or (self.found, self.at_most)
        return f"{least}" if least == most else say("{least} to {most}", least=least, most=most)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons for the decision, as codes, facts and sentences; the first is the count."""
        return tuple(_reasons(self))

    def __repr__(self) -> str:
        return in_brief("LineResult", f"{self.name}: {self.decision}, {count_in_brief(self)}")


def count_in_brief(line: LineResult) -> str:
    """Format the count of a line's result with its acceptance number, as in ``8 of 125 (Ac 7)``."""
    return f"{line.count} of {line.sample} (Ac {'#' if line.ac is None else line.ac})"


def _reasons(line: LineResult) -> Iterator[Reason]:
    """Yield why the line was decided as it was; the first reason is its count."""
    of: dict[str, str] = {} if line.cartons is None else {"of": "cartons"}
    yield reason(
        "count",
        line.name,
        counting=line.counting,
        found=line.found,
        at_most=line.at_most,
        counted=line.counted,
        inspected=line.inspected,
        sample=line.sample,
        stage=line.stage,
        ac=line.ac,
        re=line.re,
        any_item="yes" if line.not_allowed else None,
        weighted=None if line.weighted is None else line.count,
        **of,
    )
    if line.decision == "continue":
        first = line.sample + 1
        yield reason(
            "further-sample", line.name, draw=line.draw, first=first, last=line.sample + line.draw, **of
        )
    if line.decision == "hold" and line.draw:
        if line.inspected is None:
            yield reason("inspected-not-stated", line.name, sample=line.sample)
        else:
            yield reason(
                "sample-incomplete",
                line.name,
                inspected=line.inspected,
                sample=line.sample,
                draw=line.draw,
            )
    if line.undecided:
        yield reason("undecided", line.name, stages=len(line.lot_plan.stages), counted=line.counted)
    if line.decision == "hold":
        for one in line.missing:
            yield reason("missing-readings", line.name, term=one.term, items=one.items, **of)
        for near in line.too_near:
            yield reason(
                "too-near",
                line.name,
                term=near.term,
                items=near.items,
                text=near.text,
                limit=near.limit,
                **of,
            )
