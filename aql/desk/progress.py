"""Computes the state of an inspection while it is recorded, from the items and rows recorded so far."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.desk.chances import Rest, still_accepts, still_accepts_by_evidence
from aql.desk.state import DeskLine, DeskState, LineProgress, Missing
from aql.errors import LogError
from aql.inspection.header import InspectionHeader
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow
from aql.scoring.common_drawing import all_steps_accept
from aql.scoring.counting import Counting, recorded_of
from aql.scoring.decision_line import Line
from aql.scoring.limits import LimitCounts, counts_in_limit
from aql.scoring.line_results import judged_in
from aql.scoring.observations import Observations, observe
from aql.types import CountedOf

__all__ = ["Recording", "partial_inspection"]

Number = int | Decimal


@dataclass(frozen=True)
class Recording:
    """What has been recorded, in the order of recording.

    Attributes
    ----------
    contract : Contract
        The contract.
    header : InspectionHeader
        The header.
    lines : tuple of Line
        The decision lines.
    qualities : mapping of str to float
        Quality of each line for its chance; a line that is not named has none.
    rows : tuple of LogRow
        The rows; a row with nothing but an item says that it was inspected.
    """

    contract: Contract
    header: InspectionHeader
    lines: tuple[Line, ...]
    qualities: Mapping[str, float]
    rows: tuple[LogRow, ...]

    def state(self, *, events: int, notes: tuple[str, ...]) -> DeskState:
        """Return the state after these rows."""
        lines = tuple(self._line(line) for line in self.lines)
        needed = [
            item
            for line, one in zip(self.lines, lines, strict=True)
            if one.progress == "open" and one.of == "items"
            for item in self._not_recorded(line, one.sample)
        ]
        return DeskState(
            order=self.contract.order.id,
            lot=self.header.lot.id,
            events=events,
            inspected=len(self._order[False]),
            next_item=min(needed, default=None),
            lines=lines,
            missing=tuple(self._missing(lines)),
            chance=self._chance(lines),
            notes=notes,
        )

    @cached_property
    def _cartons(self) -> set[str]:
        return {term.id for term in self.contract.terms if term.of == "cartons"}

    @cached_property
    def _order(self) -> dict[bool, dict[int, int]]:
        """For items, and for cartons: the place in the order of recording at which each was first recorded."""
        order: dict[bool, dict[int, int]] = {False: {}, True: {}}
        for place, row in enumerate(self.rows):
            if row.item is not None:
                order[row.term in self._cartons].setdefault(row.item, place)
        return order

    @cached_property
    def _seen(self) -> Observations:
        inspection = partial_inspection(self.header, self.lines, self.rows, cartons=self._cartons)
        seen = observe(self.contract, inspection, self.lines)
        if seen.problems:
            raise LogError("the recording", seen.problems)
        return seen

    @cached_property
    def _found_at(self) -> dict[str, dict[int, int]]:
        own = [line for line in self.lines if line.kind != "limit"]
        by_items = self.contract.inspection.counting == "items"
        return Counting.of(own, self._seen.defects, by_items=by_items).found_at(self._seen.defects)

    def _recorded(self, line: Line) -> dict[int, int]:
        return self._order[line.cartons is not None]

    def _not_recorded(self, line: Line, last: int) -> Iterator[int]:
        return (item for item in range(1, last + 1) if item not in self._recorded(line))

    def _counts(self, line: Line) -> list[Number]:
        """What counts so far in the sample up to the end of each stage."""
        if line.kind == "limit":
            header = self.header
            others = [one for one in self.lines if one.kind != "limit"]
            recorded = [recorded_of(header, one, self._seen, self._found_at[one.name]) for one in others]
            counts = LimitCounts(self.contract, line, header.lot.size, self._seen.defects, recorded)
            return [least for least, _ in counts.spans()]
        at = self._found_at[line.name]
        if line.not_allowed:
            return [sum(at.values())]
        return [
            sum(times for item, times in at.items() if item <= stage.total) for stage in line.lot_plan.stages
        ]

    def _line(self, line: Line) -> DeskLine:
        """The state of a line: the first stage that is not complete or that decides."""
        counts = self._counts(line)
        stages = line.lot_plan.stages
        recorded = self._recorded(line)
        inside = [sum(item <= stage.total for item in recorded) for stage in stages]
        progress: LineProgress = "open"
        for place, stage in enumerate(stages):
            found, last = counts[place], place == len(stages) - 1
            if found > stage.re - 1:
                progress = "reject"
                break
            if inside[place] < stage.total:
                break
            if last or (stage.ac is not None and found <= stage.ac):
                progress = "hold" if any(self._unread(line, stage.total)) else "accept"
                break
        stage = stages[place]
        chance, by_evidence = self._chances(line, counts, progress)
        return DeskLine(
            name=line.name,
            kind=line.kind,
            of=line.counted_of,
            stage=place + 1,
            sample=stage.total,
            inspected=inside[place],
            found=counts[place],
            ac=stage.ac,
            re=stage.re,
            progress=progress,
            decided_at=self._decided_at(line, stage.total, stage.re, progress),
            quality=self.qualities.get(line.name),
            chance=chance,
            chance_by_evidence=by_evidence,
        )

    def _rest(self, line: Line, counts: Sequence[Number]) -> Rest:
        """What is left of the plan of a line; an item that needs further readings is left too."""
        stages = line.lot_plan.stages
        unread = {item for item, _ in self._unread(line, stages[-1].total)}
        complete = self._recorded(line).keys() - unread
        left = [stage.total - sum(item <= stage.total for item in complete) for stage in stages]
        return Rest.of(line.lot_plan, left, [int(one) for one in counts])

    def _chances(
        self, line: Line, counts: Sequence[Number], progress: LineProgress
    ) -> tuple[float | None, float | None]:
        """The chances of a line, at its quality and by the evidence."""
        if progress in {"reject", "accept"}:
            return (float(progress == "accept"),) * 2
        if line.weights:
            return None, None
        rest = self._rest(line, counts)
        quality, counting = self.qualities.get(line.name), self.contract.inspection.counting
        chance = None if quality is None else still_accepts(rest, quality, counting=counting)
        inspected = line.lot_plan.total - rest.steps[-1][1]
        return chance, still_accepts_by_evidence(rest, int(counts[-1]), inspected, counting=counting)

    def _decided_at(self, line: Line, last: int, re: int, progress: LineProgress) -> int | None:
        """The item whose recording decided a line."""
        order = self._recorded(line)
        if progress == "accept":
            return max((item for item in order if item <= last), key=order.__getitem__, default=None)
        if progress != "reject":
            return None
        if line.kind == "limit":
            at = [one.item for one in self._seen.defects if counts_in_limit(one, line) and one.item <= last]
        else:
            each = self._found_at[line.name].items()
            at = [
                one
                for item, times in each
                if line.not_allowed or item <= last
                for one in [item] * min(times, re)
            ]
        at.sort(key=order.__getitem__)
        return at[-1] if line.weights or len(at) < re else at[re - 1]

    def _unread(self, line: Line, last: int) -> Iterator[tuple[int, Term]]:
        """The recorded items of a sample, each with a term that needs a reading of it and has none."""
        for term in self.contract.terms:
            if term.is_read and judged_in(term, line):
                read = self._seen.readings[term.id].keys() | self._seen.not_applicable.get(term.id, set())
                for item in self._recorded(line):
                    if item <= last and item not in read:
                        yield item, term

    def readings_needed(self, item: int, of: CountedOf, lines: Sequence[DeskLine]) -> tuple[Term, ...]:
        """Return the terms that need a reading of an item or carton, recorded or not, in the order of the contract."""
        needed = {
            term.reading_of or term.id
            for line, one in zip(self.lines, lines, strict=True)
            if one.of == of and item <= one.sample
            for term in self.contract.terms
            if term.is_read and judged_in(term, line)
        }
        return tuple(term for term in self.contract.terms if term.id in needed)

    def _missing(self, lines: Sequence[DeskLine]) -> Iterator[Missing]:
        needed: dict[int, list[str]] = {}
        for line, one in zip(self.lines, lines, strict=True):
            if one.of == "items":
                for item, term in self._unread(line, one.sample):
                    terms = needed.setdefault(item, [])
                    if term.id not in terms:
                        terms.append(term.id)
        return (Missing(item, tuple(needed[item])) for item in sorted(needed))

    def _chance(self, lines: Sequence[DeskLine]) -> float | None:
        """Probability that every line accepts; see `DeskState`."""
        if any(one.progress == "reject" for one in lines):
            return 0.0
        open_ = [(line, one) for line, one in zip(self.lines, lines, strict=True) if one.progress != "accept"]
        if any(one.chance is None or line.kind == "limit" for line, one in open_):
            return None
        apart = math.prod(one.chance or 0.0 for line, one in open_ if line.kind == "term")
        classes = [(line, one) for line, one in open_ if line.kind == "class"]
        if self.contract.inspection.counting == "nonconformities" or len(classes) < 2:
            return apart * math.prod(one.chance or 0.0 for _, one in classes)
        shares = [one.quality or 0.0 for _, one in classes]
        if math.fsum(shares) > 1:
            return None
        steps = []
        for line, _ in classes:
            rest = self._rest(line, self._counts(line))
            common = rest.for_a_common_drawing()
            if common is None:
                return 0.0
            steps.append(common)
        return apart * min(all_steps_accept(steps, shares), 1.0)


def partial_inspection(
    header: InspectionHeader, lines: Sequence[Line], rows: Sequence[LogRow], *, cartons: set[str]
) -> Inspection:
    """Return the rows as an inspection that has reached the highest item recorded; rows with nothing but an item are left out."""
    last = {False: 0, True: 0}
    for row in rows:
        if row.item is not None:
            last[row.term in cartons] = max(last[row.term in cartons], row.item)
    inspected: int | tuple[tuple[str, int], ...] = last[False]
    if any(line.cartons is not None for line in lines):
        inspected = tuple(
            (line.name, last[line.cartons is not None]) for line in lines if line.kind != "limit"
        )
    visit = header.inspection.model_copy(update={"inspected": inspected})
    kept = tuple(row for row in rows if row.term or row.class_ or row.value)
    return Inspection(header.model_copy(update={"inspection": visit}), kept)
