"""The log compared with the contract: every row becomes a defect, count, reading, answer or note, or is a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from aql.contract.answers import is_not_applicable
from aql.contract.colour import Colour
from aql.contract.contract import Contract
from aql.contract.measures import Allowed, Answer, Equals, Measured
from aql.contract.terms import Term
from aql.errors import MOST_PROBLEMS, Problem
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow
from aql.scoring.carton_rows import carton_row
from aql.scoring.count_problems import count_problems, stage_problems
from aql.scoring.decision_line import Line
from aql.scoring.defects import Count, Defect
from aql.scoring.item_places import item_skus
from aql.scoring.log_problems import KnownNames, header_problems, name_problems
from aql.scoring.readings import LogNote, Reading, judged_reading
from aql.scoring.resubmission import names_classes
from aql.scoring.seen_by_eye import contradictions, times_seen

__all__ = ["Observations", "observe"]


@dataclass(slots=True)
class Observations:
    """The contents of a log, in terms of the contract.

    Attributes
    ----------
    defects : list of Defect
        Nonconformities on items; where they count is not known yet.
    counts : list of Count
        Counts without item numbers.
    readings : dict of str to dict of int to Reading
        For each term with readings, its readings by item.
    not_applicable : dict of str to set of int
        For each term, the items to which it does not apply.
    answers : dict of str to str
        Answers by lot term, as the contract spells them.
    notes : list of LogNote
        Notes that belong to neither a defect nor a count.
    with_item : set of str
        Decision lines with rows that have an item.
    skus : dict of int to str
        SKU of each item whose SKU the log states.
    problems : list of Problem
        Contradictions with the contract.
    """

    defects: list[Defect] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    readings: dict[str, dict[int, Reading]] = field(default_factory=dict)
    not_applicable: dict[str, set[int]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    notes: list[LogNote] = field(default_factory=list)
    with_item: set[str] = field(default_factory=set)
    skus: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def observe(contract: Contract, inspection: Inspection, lines: Sequence[Line]) -> Observations:
    """Return the observations in a log: what every row means under the contract.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    inspection : Inspection
        The inspection.
    lines : sequence of Line
        The decision lines of the contract for this lot.

    Returns
    -------
    Observations
        The contents of the log, in an order that does not depend on the order of its rows, and all its problems.
    """
    return _Reader(contract, inspection, lines).read()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What reading the log needs to know of a term, computed once per term.

    `line` is the decision line of its findings; None for a lot term.
    """

    term: Term
    line: Line | None
    is_read: bool
    is_number: bool
    unit: str | None

    @classmethod
    def of(cls, term: Term, lines: Mapping[str, Line]) -> _Asked:
        line = None if term.for_the_lot else lines[term.id if term.own_line else term.class_ or ""]
        is_number = isinstance(term.measure, Measured | Colour)
        return cls(term, line, term.is_read, is_number, getattr(term.measure, "unit", None))

    def names_match(self, row: LogRow) -> bool:
        """Whether a row has the class and unit of the term, or leaves them empty."""
        return row.class_ in {"", self.term.class_} and row.unit in {"", self.unit}


class _Reader:
    """One pass over the rows of a log."""

    def __init__(self, contract: Contract, inspection: Inspection, lines: Sequence[Line]) -> None:
        self.contract, self.rows, self.header = contract, inspection.rows, inspection.header
        self.lines = {line.name: line for line in lines}
        self.asked = {term.id: _Asked.of(term, self.lines) for term in contract.terms}
        self.last_items = {
            name: self._last_item(name) for name, line in self.lines.items() if line.kind != "limit"
        }
        self.seen = Observations(readings={name: {} for name, one in self.asked.items() if one.is_read})
        self.count_rows: dict[str, list[LogRow]] = {}
        self.read_items: set[tuple[str, int]] = set()
        self.cleared: list[LogRow] = []
        self.judging: dict[str, list[_Asked]] = {}
        for one in self.asked.values():
            self.judging.setdefault(one.term.reading_of or "", []).append(one)
        self.names = KnownNames(contract, resubmitted=names_classes(self.header))
        self.cartons = {term.id for term in contract.terms if term.of == "cartons"}
        of_items = [row for row in self.rows if row.term not in self.cartons]
        self.seen.skus, problems = item_skus(of_items, self.header.lot)
        self.seen.problems += problems

    def read(self) -> Observations:
        """Read every row, then sort the results."""
        seen = self.seen
        seen.problems += header_problems(self.contract, self.header, self.lines)
        for row in self.rows:
            self._row(row)
            if len(seen.problems) > MOST_PROBLEMS:
                return seen
        seen.problems += contradictions(self.cleared, seen.defects, self.cartons)
        seen.problems += count_problems(
            self.contract, self.header, self.lines, self.count_rows, seen.with_item
        )
        seen.defects.sort(key=_defect_order)
        seen.counts.sort(key=_count_order)
        seen.notes.sort(key=lambda one: (one.term, one.item or 0, one.note))
        return seen

    def _row(self, row: LogRow) -> None:
        """Take a row whose names and unit are those of the contract."""
        if not row.term and not row.class_:
            self._whole_item(row)
            return
        asked = self.asked.get(row.term)
        if asked is None or not asked.names_match(row):
            problems = list(name_problems(row, self.names, None if asked is None else asked.term))
            if problems:
                self.seen.problems += problems
                return
        if row.term in self.cartons:
            placed = self._carton(row)
            if placed is None:
                return
            row = placed
        if asked is None:
            self._finding(row, self.lines[row.class_], None)
        elif asked.line is None:
            self._answer(row, asked.term)
        else:
            self._finding(row, asked.line, asked)

    def _carton(self, row: LogRow) -> LogRow | None:
        """The row of a term of cartons with the number of its carton; None if it has a problem."""
        found = carton_row(row, items_are_named=bool(self.header.inspection.items))
        if isinstance(found, LogRow):
            return found
        self.seen.problems.append(found)
        return None

    def _last_item(self, line: str) -> tuple[int, str]:
        """The largest item number allowed in the rows of a line, and what that number is."""
        inspected = self.header.inspection.inspected_for(line)
        if inspected is None:
            cartons = self.lines[line].cartons
            last = (self.header.lot.size, "the size of the lot")
            return last if cartons is None else (cartons, "the number of cartons")
        return inspected, f"the number inspected for {line}"

    def _problem(self, row: LogRow, message: str, column: str = "") -> None:
        self.seen.problems.append(row.problem(message, column=column))

    def _answer(self, row: LogRow, term: Term) -> None:
        """Take the answer to a lot term."""
        if term.tested_as in {"quantity", "packed-share", "shipment-date"}:
            self._problem(row, f"{term.id!r} is judged from the header of the inspection. Remove the row")
        elif row.item is not None or row.count is not None:
            self._problem(row, f"{term.id!r} is judged once for the lot. Leave item and count empty")
        elif row.value:
            text = self._declared(row.value, term)
            problem = term.problem(text)
            if problem:
                self._problem(row, f"{problem}, got {row.value!r}", "value")
                return
            said = term.judged(text).found
            if self.seen.answers.setdefault(term.id, said) != said:
                self._problem(row, f"{term.id!r} has two different answers. Keep one")
        if row.note:
            self.seen.notes.append(LogNote(term.id, None, row.note))

    def _finding(self, row: LogRow, line: Line, asked: _Asked | None) -> None:
        """Take a row of a decision line: a count, a reading, or a defect found by eye."""
        if row.item is None:
            self._count(row, line)
            return
        is_read = asked is not None and asked.is_read
        if is_read and not row.value and row.count is None:
            self._note(row)
            return
        if self._beyond(row, *self.last_items[line.name]):
            return
        if not is_read and (self._visual_not_applicable(row, row.item, asked) or self._cleared(row)):
            return
        self.seen.problems += stage_problems(row, line)
        self.seen.with_item.add(line.name)
        if asked is not None and is_read:
            self.seen.with_item.update(one.line.name for one in self.judging.get(row.term, ()) if one.line)
            self._reading(row, row.item, asked)
        else:
            self._seen(row, row.item, line)

    def _beyond(self, row: LogRow, last: int, what: str) -> bool:
        """Whether the item of a row is above the number inspected, which is a problem."""
        beyond = row.item is not None and row.item > last
        if beyond:
            self._problem(row, f"must be at most {last}, {what}, got {row.item}", "item")
        return beyond

    def _visual_not_applicable(self, row: LogRow, item: int, asked: _Asked | None) -> bool:
        """Whether a row says that a defect found by eye cannot occur on its item; if so, take it, or say why not."""
        if asked is None or row.count or not is_not_applicable(row.value):
            return False
        if asked.term.not_applicable:
            self.cleared.append(row)
        self._not_applicable(row, item, asked.term)
        return True

    def _cleared(self, row: LogRow) -> bool:
        """Whether a row says that nothing was found on its item; if so, take it."""
        cleared = times_seen(row, self.header.findings.answers) == 0
        if cleared:
            self.cleared.append(row)
            self._note(row)
        return cleared

    def _whole_item(self, row: LogRow) -> None:
        """Take a row about an item as a whole, which says that it was found OK."""
        if self._beyond(row, *max(self.last_items.values())) or self._cleared(row):
            return
        message = 'must be "OK" in a row without a term or class'
        self._problem(row, f"{message}, got {row.value!r}", "value")

    def _count(self, row: LogRow, line: Line) -> None:
        """Take a number without items."""
        if row.count is None:
            problem = "the reading has no item" if row.value else "the row has neither an item nor a count"
            self._problem(row, f"{problem}. Fill in the item{'' if row.value else ' or a count'}")
        elif row.value:
            self._problem(row, "the row has both a reading and a count. Keep one of them")
        else:
            self.seen.counts.append(
                Count(line.name, row.term, row.count, row.note, row.stage, row.sku, row.carton)
            )
            self.seen.problems += stage_problems(row, line)
            if row.count:
                self.count_rows.setdefault(line.name, []).append(row)

    def _seen(self, row: LogRow, item: int, line: Line) -> None:
        """Take a defect found by eye; these are logged only when present."""
        times = times_seen(row, self.header.findings.answers)
        if isinstance(times, str):
            self._problem(row, times, "value" if row.count is None else "count")
        else:
            self._defect(row, item, line, times=times)

    def _reading(self, row: LogRow, item: int, asked: _Asked) -> None:
        """Take a reading and compare it with what was agreed."""
        term = asked.term
        if row.count is not None:
            self._problem(row, f"must be empty in a row with a reading, got {row.count}", "count")
            return
        if term.reading_of is not None:
            self._problem(row, f"{term.id!r} judges the readings of {term.reading_of!r}. Remove the row")
            return
        if (term.id, item) in self.read_items:
            self._problem(row, f"{term.of[:-1]} {item} has two readings of {term.id!r}. Keep one")
            return
        self.read_items.add((term.id, item))
        if is_not_applicable(row.value) and not _is_agreed(row.value, term):
            self._not_applicable(row, item, term)
            return
        text, problem = self._with_point(self._declared(row.value, term), asked)
        problem = problem or term.problem(text)
        if problem:
            self._problem(row, f"{problem}, got {row.value!r}", "value")
            return
        defects = [self._judged(row, item, text, one) for one in (asked, *self.judging.get(term.id, ()))]
        if not any(defects):
            self._note(row)

    def _judged(self, row: LogRow, item: int, text: str, asked: _Asked) -> bool:
        """Take a reading for a term; return whether it is a defect."""
        term, line = asked.term, asked.line
        reading, found = judged_reading(item, text, term, bits=row.float_bits)
        self.seen.readings[term.id][item] = reading
        if line is None or reading.conforms or reading.too_near is not None:
            return False
        self._defect(row, item, line, term=term.id, found=found, difference=reading.difference)
        return True

    def _defect(
        self,
        row: LogRow,
        item: int,
        line: Line,
        *,
        term: str = "",
        found: str = "",
        times: int = 1,
        difference: Decimal | None = None,
    ) -> None:
        """Keep a defect on an item."""
        self.seen.defects.append(
            Defect(
                item,
                line.name,
                line.class_name,
                term or row.term,
                found,
                row.note,
                times,
                difference,
                sku=self.seen.skus.get(item, "") if line.cartons is None else "",
                carton=row.carton,
                photo=row.photo,
            )
        )

    def _not_applicable(self, row: LogRow, item: int, term: Term) -> None:
        """Take an entry that says that the term does not apply to the item."""
        if not term.not_applicable:
            needed = f"{term.id!r} must have a reading" if term.is_read else 'must be empty, "OK" or "NG"'
            stated = "it" if term.is_read else repr(term.id)
            message = f"{needed} unless {stated} states not_applicable = true, got {row.value!r}"
            self._problem(row, message, "value")
            return
        for one in (term, *(other.term for other in self.judging.get(term.id, ()))):
            self.seen.not_applicable.setdefault(one.id, set()).add(item)
        self._note(row)

    def _declared(self, text: str, term: Term) -> str:
        """The answer to a yes-no term, with "pass" or "fail" instead of a word that the header declares."""
        answers = self.header.findings.answers
        return text if answers is None or not isinstance(term.measure, Answer | None) else answers.plain(text)

    def _note(self, row: LogRow) -> None:
        """Keep the note of a row that does not report a defect."""
        if row.note:
            self.seen.notes.append(LogNote(row.term, row.item, row.note))

    def _with_point(self, text: str, asked: _Asked) -> tuple[str, str | None]:
        """The reading with a decimal point instead of the declared comma, or what is wrong with its decimal mark."""
        if not asked.is_number:
            return text, None
        if self.header.findings.decimal == ".":
            comma = "," in text and "." not in text
            return (
                text,
                'must have a decimal point unless the header declares decimal = ","' if comma else None,
            )
        if "." in text:
            return text, 'must have a decimal comma because the header declares decimal = ","'
        return text.replace(",", "."), None


def _defect_order(one: Defect) -> tuple[int | str, ...]:
    return one.item, one.line, one.term, one.found, one.note, one.times, one.carton, one.photo


def _count_order(one: Count) -> tuple[int | str, ...]:
    return one.line, one.term, one.stage or 0, one.number, one.note, one.sku, one.carton


def _is_agreed(text: str, term: Term) -> bool:
    """Whether a text such as "NA" is one that the term agrees on."""
    return isinstance(term.measure, Allowed | Equals) and term.judged(text).conforms
