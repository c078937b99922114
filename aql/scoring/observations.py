"""The log held against the contract: every row becomes an observation, or a fault that names its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from aql.contract.contract import Contract
from aql.contract.measures import Colour, Measured
from aql.contract.terms import Term
from aql.errors import Problem
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow
from aql.scoring.decision_lines import Line
from aql.standards.arguments import nearest

__all__ = ["Defect", "Observations", "observe"]


@dataclass(frozen=True, slots=True)
class Defect:
    """Something nonconforming on an item.

    Attributes
    ----------
    item : int
        The item.
    line : str
        Decision line it belongs to.
    term : str
        The term, or "" for a defect that no term lists.
    found : str
        The reading, or the note.
    times : int
        Nonconformities of this kind on the item.
    difference : Decimal or None
        How far beyond the limit.
    """

    item: int
    line: str
    term: str
    found: str
    times: int = 1
    difference: Decimal | None = None


@dataclass(slots=True)
class Observations:
    """What a log says, line by line.

    Attributes
    ----------
    defects : list of Defect
        Everything nonconforming that has an item.
    counts : dict
        Per line, the counts that have no item, as pairs of term and number.
    readings : dict
        Per term, the items that were read.
    answers : dict
        Per lot-level term, the text of its answer.
    problems : list of Problem
        What contradicts the contract.
    """

    defects: list[Defect] = field(default_factory=list)
    counts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    readings: dict[str, set[int]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def observe(contract: Contract, inspection: Inspection, lines: Sequence[Line]) -> Observations:
    """Read the log by the contract.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    inspection : Inspection
        The inspection.
    lines : sequence of Line
        The decision lines of the contract on this lot.

    Returns
    -------
    Observations
        What was seen, and every fault of the log.
    """
    return _Reader(contract, inspection, lines).read()


class _Reader:
    """One pass over the rows of a log."""

    def __init__(self, contract: Contract, inspection: Inspection, lines: Sequence[Line]) -> None:
        self.contract, self.inspection = contract, inspection
        self.terms = {term.id: term for term in contract.terms}
        self.lines = {line.name: line for line in lines}
        self.visit = inspection.header.inspection
        self.decimal = inspection.header.findings.decimal
        self.seen = Observations()
        self.with_item: dict[str, LogRow] = {}

    def read(self) -> Observations:
        self.seen.problems += self._header()
        for row in self.inspection.rows:
            term = self.terms.get(row.term)
            wrong = list(self._names(row, term))
            if not wrong and term is not None and term.for_the_lot:
                wrong = list(self._answer(row, term))
            elif not wrong:
                wrong = list(self._finding(row, term))
            self.seen.problems += wrong
        self.seen.problems += self._counts_fit()
        return self.seen

    def _header(self) -> Iterator[Problem]:
        header = self.inspection.header
        if header.contract != self.contract.order.id:
            yield Problem(
                "contract",
                f"the inspection is of {header.contract!r}, the contract is {self.contract.order.id!r}. Take the right one",
            )
        known = [*self.contract.class_names(), *self.terms]
        said = self.visit.inspected
        for name, _ in said if isinstance(said, tuple) else ():
            if name not in self.lines:
                close = nearest(name, self.lines)
                why = "has no sample of its own" if name in known else "is no class or term of the contract"
                todo = (
                    f"Did you mean {close!r}?"
                    if close and name not in known
                    else f"Lines are {', '.join(self.lines)}"
                )
                yield Problem("inspection.inspected", f"{name!r} {why}. {todo}")

    def _names(self, row: LogRow, term: Term | None) -> Iterator[Problem]:
        classes = self.contract.class_names()
        if row.term and term is None:
            yield self._unknown(row, "term", row.term, self.terms)
        if row.class_ and row.class_ not in classes:
            yield self._unknown(row, "class", row.class_, classes)
        elif term is not None and row.class_ and row.class_ != (term.class_ or row.class_):
            yield Problem(
                f"{row.place}, column class",
                f"term {term.id!r} is {term.class_} in the contract, not {row.class_}. Leave the class out, or correct it",
            )
        unit = getattr(term.measure, "unit", None) if term is not None else None
        unknown = bool(row.term) and term is None
        if row.unit and row.unit != unit and not unknown:
            allowed = (
                f"the unit of {row.term!r} is {unit}" if unit else f"{row.term or row.class_!r} has no unit"
            )
            yield Problem(
                f"{row.place}, column unit", f"{row.unit!r} differs; {allowed}. Give the reading in that unit"
            )

    def _unknown(self, row: LogRow, column: str, name: str, known: Iterable[str]) -> Problem:
        names = list(known)
        close = nearest(name, names)
        todo = f"Did you mean {close!r}?" if close else f"The contract has {', '.join(names) or 'none'}"
        return Problem(f"{row.place}, column {column}", f"{name!r} is no {column} of the contract. {todo}")

    def _answer(self, row: LogRow, term: Term) -> Iterator[Problem]:
        if term.tested_as in {"quantity", "packed-share", "shipment-date"}:
            yield Problem(
                row.place,
                f"{term.id!r} is read from the header of the inspection, not from the log. Take the row out",
            )
        elif row.item is not None or row.count is not None:
            yield Problem(
                row.place, f"{term.id!r} is judged once for the lot; it has no item and no count. Clear them"
            )
        elif row.value:
            wrong = lot_answer_problem(term, row.value)
            if wrong:
                yield Problem(
                    f"{row.place}, column value", f"{row.value!r} is not possible; {wrong}. Correct it"
                )
            elif self.seen.answers.setdefault(term.id, row.value).casefold() != row.value.casefold():
                yield Problem(row.place, f"{term.id!r} is answered twice, and differently. Keep one answer")

    def _finding(self, row: LogRow, term: Term | None) -> Iterator[Problem]:
        line = self.lines[
            term.id if term is not None and term.own_line else (term.class_ if term else None) or row.class_
        ]
        if term is not None and term.is_read and row.item is not None and not row.value and row.count is None:
            return
        if row.item is None:
            yield from self._without_item(row, line)
            return
        inspected = self.visit.inspected_for(line.name)
        size = self.inspection.header.lot.size
        if row.item > (size if inspected is None else inspected):
            last = f"lot of {size}" if inspected is None else f"{inspected} inspected for {line.name}"
            problem = f"item {row.item} is beyond the {last}. Correct the item, or the header"
            yield Problem(f"{row.place}, column item", problem)
            return
        self.with_item.setdefault(line.name, row)
        if term is not None and term.is_read:
            yield from self._reading(row, term, line)
            return
        if row.value:
            yield Problem(
                f"{row.place}, column value",
                f"{row.value!r} stands beside a defect that is found by eye and logged when it is there. Put it into note",
            )
        elif row.count == 0:
            yield Problem(
                f"{row.place}, column count", "0 on an item says that nothing was found. Take the row out"
            )
        else:
            self.seen.defects.append(Defect(row.item, line.name, row.term, row.note, row.count or 1))

    def _without_item(self, row: LogRow, line: Line) -> Iterator[Problem]:
        if row.count is None:
            what = "a reading needs its item" if row.value else "the row has neither item nor count"
            yield Problem(row.place, f"{what}. Number the item, or give a count")
        elif row.value:
            yield Problem(row.place, "a count goes without a reading. Clear one of them")
        else:
            self.seen.counts.setdefault(line.name, []).append((row.term, row.count))

    def _reading(self, row: LogRow, term: Term, line: Line) -> Iterator[Problem]:
        items = self.seen.readings.setdefault(term.id, set())
        if row.item is None or row.count is not None:
            yield Problem(
                f"{row.place}, column count", f"a reading of {term.id!r} goes without a count. Clear it"
            )
            return
        if row.item in items:
            yield Problem(row.place, f"item {row.item} is read twice for {term.id!r}. Keep one reading")
            return
        items.add(row.item)
        text, wrong = self._point(row.value, term)
        wrong = wrong or (term.measure.problem(text) if term.measure is not None else None)
        if wrong:
            yield Problem(f"{row.place}, column value", f"{row.value!r} is not possible; {wrong}. Correct it")
            return
        judged = term.judged(text)
        if not judged.conforms:
            self.seen.defects.append(
                Defect(row.item, line.name, term.id, judged.found, difference=judged.difference)
            )

    def _point(self, text: str, term: Term) -> tuple[str, str | None]:
        """The text with a decimal point, where the term is a number and the header declares a comma."""
        if not isinstance(term.measure, (Measured, Colour)) or self.decimal == ".":
            number = isinstance(term.measure, (Measured, Colour))
            hint = number and "," in text and "." not in text
            return text, 'it has a decimal comma; declare decimal = "," under [findings]' if hint else None
        if "." in text:
            return text, "it has a point, and the header declares decimal commas"
        return text.replace(",", "."), None

    def _counts_fit(self) -> Iterator[Problem]:
        by_items = self.contract.inspection.counting == "items"
        for name, counts in self.seen.counts.items():
            line = self.lines[name]
            mixed = self.with_item.get(name)
            if mixed is not None:
                yield Problem(
                    mixed.place,
                    f"{name} has rows with items and rows with counts only. Give every row of {name} its item, or none",
                )
            twice = [term for term, number in Counter(term for term, _ in counts).items() if number > 1]
            for term in twice:
                yield Problem(
                    name, f"{term or 'the class itself'} is counted twice. Add the counts up in one row"
                )
            inspected = self.visit.inspected_for(name)
            size = self.inspection.header.lot.size
            held = size if line.not_allowed else line.lot_plan.total
            most = held if inspected is None else min(inspected, held)
            total = sum(number for _, number in counts)
            if by_items and total > most:
                yield Problem(
                    name, f"{total} nonconforming items in a sample of {most} cannot be. Correct the count"
                )


def lot_answer_problem(term: Term, text: str) -> str | None:
    """Say what is wrong with the answer to a lot-level term, or None."""
    if term.measure is not None:
        return term.measure.problem(text)
    return None if text.casefold() in {"yes", "no"} else "the answer is yes or no"
