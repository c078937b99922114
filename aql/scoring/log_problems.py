"""Problems that a log can have with its contract: names and units in a row, and the header."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from aql.checks import Suggestions
from aql.codes import ErrorCode
from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.errors import Problem
from aql.inspection.header import InspectionHeader
from aql.inspection.log import LogRow
from aql.scoring.decision_line import Line
from aql.words import listed

__all__ = ["KnownNames", "header_problems", "name_problems", "why_never"]


def header_problems(
    contract: Contract, header: InspectionHeader, lines: Mapping[str, Line]
) -> Iterator[Problem]:
    """Yield problems of a log whose header contradicts the contract: another order, or lines that do not exist."""
    if header.contract != contract.order.id:
        message = f"must be {contract.order.id!r}, the order of the contract, got {header.contract!r}"
        yield Problem("contract", message, code="other-order", path="contract")
    path = "inspection.inspected"
    known = {*contract.class_names(), *(term.id for term in contract.terms)}
    suggestions = Suggestions()
    inspected = header.inspection.inspected
    for name, _ in inspected if isinstance(inspected, tuple) else ():
        if name in known and name not in lines:
            message = f"{name!r} does not have its own sample; {listed(lines, most=_MOST_NAMES)} do"
            yield Problem(path, message, code="no-sample", path=path)
        elif name not in lines:
            close, hint = _meant(name, lines, suggestions)
            message = f"{name!r} is not a class or term of the contract. {hint}"
            yield Problem(path, message, code="unknown-name", path=path, nearest=close, suggestion=close)
    yield from _severity_problems(contract, header, lines, suggestions)
    read = dict.fromkeys(term.id for term in contract.terms if term.is_read)
    path = "inspection.instruments"
    for name, _ in header.inspection.instruments:
        if name not in read:
            close, hint = _meant(name, read, suggestions)
            message = f"{name!r} is not a term of the contract that is read on items. {hint}"
            yield Problem(path, message, code="unknown-name", path=path, nearest=close, suggestion=close)


def _severity_problems(
    contract: Contract, header: InspectionHeader, lines: Mapping[str, Line], suggestions: Suggestions
) -> Iterator[Problem]:
    """Yield where a header states a severity for a name that the contract does not have, or that never switches."""
    severity, path = header.inspection.severity, "inspection.severity"
    known = {*lines, *contract.class_names()}
    for name, stated in severity if isinstance(severity, tuple) else ():
        if name not in known:
            close, hint = _meant(name, lines, suggestions)
            message = f"{name!r} is not a class or term of the contract. {hint}"
            yield Problem(path, message, code="unknown-name", path=path, nearest=close, suggestion=close)
        elif name in lines and lines[name].severity is None and stated != "normal":
            message = f"{name!r} never switches: {why_never(lines[name])}"
            yield Problem(path, message, code="no-switching", path=path)


def why_never(line: Line) -> str:
    """Say why it is a problem if a log states a severity for this line, which never switches.

    Examples
    --------
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "critical", "aql": 0}]})
    >>> from aql.scoring.decision_line import decision_lines
    >>> why_never(decision_lines(contract, 1200)[0])
    'AQL 0 is trade practice, not a plan of the tables'
    """
    return {
        "not-allowed": "AQL 0 is trade practice, not a plan of the tables",
        "lot-of-one": "a lot of one item has no plan in the tables",
        "all": "every item is inspected",
    }.get(line.origin, "the contract states its plan")


class KnownNames:
    """The terms and classes of a contract, with which the rows of a log are compared.

    `resubmitted` says that the contract has been reduced to the classes that the header of a resubmission names.
    """

    def __init__(self, contract: Contract, *, resubmitted: bool = False) -> None:
        self.terms = dict.fromkeys(term.id for term in contract.terms)
        self.classes = dict.fromkeys(contract.class_names())
        self.resubmitted = resubmitted
        self.suggestions = Suggestions()


def name_problems(row: LogRow, names: KnownNames, term: Term | None) -> Iterator[Problem]:
    """Yield problems of a log row with its term, class and unit; `term` is its term in the contract, if any."""
    unknown_term = bool(row.term) and term is None
    if unknown_term:
        yield _unknown(row, "term", row.term, names.terms, names)
    if row.class_ and row.class_ not in names.classes:
        yield _unknown(row, "class", row.class_, names.classes, names)
    elif term is not None and row.class_ and row.class_ != (term.class_ or row.class_):
        message = f"must be {term.class_!r}, the class of {term.id!r}, or empty, got {row.class_!r}"
        yield row.problem(message, column="class", code="other-class")
    unit = getattr(term.measure, "unit", None) if term is not None else None
    if row.unit and row.unit != unit and not unknown_term:
        name = row.term or row.class_
        wanted = f"{unit!r}, the unit of {name!r}" if unit else f"empty, as {name!r} has no unit"
        yield row.problem(f"must be {wanted}, got {row.unit!r}", column="unit", code="other-unit")


def _unknown(row: LogRow, column: str, name: str, known: Collection[str], names: KnownNames) -> Problem:
    close, hint = _meant(name, known, names.suggestions)
    of = "the contract"
    if names.resubmitted:
        # The nearest of the few classes left would be a guess: the name may well be right for the contract.
        close, hint = None, f"It has {listed(known, most=_MOST_NAMES) if known else 'none'}"
        of = "this resubmission, which is for the classes named in its header"
    message = f"must be a {column} of {of}, got {name!r}. {hint}"
    code: ErrorCode = "unknown-term" if column == "term" else "unknown-class"
    return row.problem(message, column=column, code=code, nearest=close)


_MOST_NAMES = 10


def _meant(name: str, known: Collection[str], suggestions: Suggestions) -> tuple[str | None, str]:
    """The name that was probably meant, and a hint that suggests it or else lists all names."""
    close = suggestions.nearest(name, known)
    there = listed(known, most=_MOST_NAMES) if known else "none"
    return close, f"Did you mean {close!r}?" if close is not None else f"The contract has {there}"
