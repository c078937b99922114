"""Strategies over inspections and verdicts: the log of a visit that leads to a decision, built and not searched for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.inspection.inspection import Inspection
from aql.scoring.decision_lines import Line, decision_lines
from aql.scoring.score import score
from aql.scoring.verdict import Verdict
from aql.standards.arguments import SMALLEST_LOT, choice, lot_size_number
from aql.strategies.agreements import agreed_values, contracts
from aql.strategies.found import Found, log_of, rooms, unread_routes, written_with_comma
from aql.strategies.lot_answers import Answers, answers_of
from aql.strategies.routes import Route, routes_to
from aql.strategies.tables import MOST_ITEMS, lot_sizes
from aql.types import Decision

__all__ = ["DECISIONS", "inspections", "verdicts"]

DECISIONS: tuple[Decision, ...] = ("accept", "reject", "hold", "continue")
_LARGEST_LOT = 500
"""Lots drawn unless one is given: no log is longer than its lot has items."""

_MAY_STAND_BESIDE: dict[Decision, tuple[Decision, ...]] = {
    "accept": ("accept",),
    "continue": ("accept", "continue"),
    "hold": ("accept", "continue", "hold"),
    "reject": DECISIONS,
}


def inspections(
    contract: Contract | None = None, *, decision: str | None = None, lot_size: int | None = None
) -> st.SearchStrategy[Inspection]:
    """Inspections that `aql.score` takes, with a log that leads to the decision asked for.

    Parameters
    ----------
    contract : Contract, optional
        A contract whose check finds no error; any of `contracts` unless said.
    decision : {"accept", "reject", "hold", "continue"}, optional
        The verdict on the lot; any that the contract can lead to unless said.
    lot_size : int, optional
        Items in the lot; up to 500 unless said, or more where only a larger lot leads to the decision. [items]

    Returns
    -------
    SearchStrategy of Inspection
        Logs with readings on the limit and beside it, defects that no term lists, findings outside the samples,
        counts without items. They shrink to a small lot with nothing found.

    Raises
    ------
    DomainError
        If the check of the contract finds an error, an argument is not known, or no log of the contract can lead to
        the decision.

    Examples
    --------
    >>> import aql
    >>> from hypothesis import find
    >>> contract = aql.Contract.load(
    ...     {
    ...         "order": {"id": "PO-1"},
    ...         "classes": [{"name": "major", "aql": 2.5}],
    ...         "terms": [
    ...             {"id": "dent", "class": "major", "text": "Dent deeper than 0.5 mm", "kind": "visual"}
    ...         ],
    ...     }
    ... )
    >>> inspection = find(inspections(contract, decision="reject"), lambda one: True)
    >>> len(inspection.rows), aql.score(contract, inspection).decision
    (1, 'reject')
    """
    wanted = _decision(decision)
    size = None if lot_size is None else lot_size_number(lot_size)
    if contract is None:
        return _any_case(wanted, size).map(lambda pair: pair[1])
    errors = check(contract).errors
    if errors:
        raise DomainError(
            f"a contract with errors: {errors[0]}",
            "an inspection is scored against a contract whose check finds none",
            "Correct the contract; aql.check(contract) shows all",
            errors=errors,
        )
    return _inspections(contract, wanted, size)


def verdicts(*, decision: str | None = None) -> st.SearchStrategy[Verdict]:
    """Verdicts on contracts and inspections of every kind; see `contracts` and `inspections`.

    Parameters
    ----------
    decision : {"accept", "reject", "hold", "continue"}, optional
        The verdict on the lot; any unless said.

    Returns
    -------
    SearchStrategy of Verdict
        What `aql.score` returned.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(verdicts(decision="hold"), lambda verdict: True).decision
    'hold'
    """
    return _any_case(_decision(decision), None).map(lambda pair: score(*pair))


def _decision(name: str | None) -> Decision | None:
    """The decision of that name; raise where there is none."""
    if name is None:
        return None
    choice(name, "decision", DECISIONS)
    return next(one for one in DECISIONS if one == name)


@st.composite
def _any_case(
    draw: st.DrawFn, decision: Decision | None, lot_size: int | None
) -> tuple[Contract, Inspection]:
    """A contract and an inspection of it; contracts that cannot lead to the decision are not drawn."""
    staged = decision == "continue"
    contract = draw(_continued(lot_size or _LARGEST_LOT) if staged else contracts())
    return contract, draw(_inspections(contract, decision, lot_size))


@cache
def _continued(lot_size: int) -> st.SearchStrategy[Contract]:
    """Contracts whose first sample leaves part of the lot."""
    return agreed_values(staged=lot_size - 1).map(Contract.load)


@dataclass(frozen=True, slots=True)
class _Case:
    """A contract on a lot: its lines, and the answers that can be given about the lot as a whole."""

    contract: Contract
    lot_size: int
    lines: tuple[Line, ...]
    answers: list[Answers]

    def routes(self, place: int, decision: Decision, taken: frozenset[int] = frozenset()) -> list[Route]:
        """The ways of a line to a decision, with these items taken by other classes."""
        line = self.lines[place]
        mine = taken if line.kind == "class" else frozenset()
        found = routes_to(decision, line.lot_plan, rooms(self.contract, line, mine))
        return found + (unread_routes(self.contract, line) if decision == "hold" else [])

    def causes(self, decision: Decision) -> list[int]:
        """What can lead the lot to the decision: places of lines, then of answers; empty where nothing can."""
        quiet = all("accept" in one for one in self.answers)
        if decision in {"accept", "continue"} and not quiet:
            return []
        if decision == "hold" and any(set(one) == {"reject"} for one in self.answers):
            return []
        number = len(self.lines)
        if decision == "accept":
            return list(range(number))
        found = [place for place in range(number) if self.routes(place, decision)]
        return found + [number + place for place, one in enumerate(self.answers) if decision in one]


def _case(contract: Contract, lot_size: int, answers: list[Answers]) -> _Case:
    return _Case(contract, lot_size, decision_lines(contract, lot_size), answers)


@st.composite
def _inspections(
    draw: st.DrawFn, contract: Contract, wanted: Decision | None, lot_size: int | None
) -> Inspection:
    answers = answers_of(contract)
    size = draw(_SIZES) if lot_size is None else lot_size
    case = _case(contract, size, answers)
    possible = [one for one in DECISIONS if wanted in {None, one} and (wanted or case.causes(one))]
    decision = draw(st.sampled_from(possible))
    causes = case.causes(decision)
    if not causes and lot_size is None:
        case = draw(st.sampled_from(_cases_for(contract, decision, answers)))
        causes = case.causes(decision)
    if not causes:
        raise _impossible(decision, f"on a lot of {size}")
    cause = draw(st.sampled_from(causes))
    header, rows = _lot_as_a_whole(draw, case, decision, cause)
    found = _lines(draw, case, decision, cause)
    visit, more = log_of(draw, case.lot_size, found)
    rows += more
    comma = draw(st.booleans()) and any("." in row.get("value", "") for row in rows)
    return Inspection.load(
        {
            "contract": contract.order.id,
            "lot": {"id": "L1", "size": case.lot_size}
            | {key: value for key, value in header.items() if key != "date"},
            "inspection": {key: value for key, value in header.items() if key == "date"} | visit,
        }
        | ({"findings": {"decimal": ","}} if comma else {}),
        findings=written_with_comma(contract, rows) if comma else rows,
    )


_SIZES = lot_sizes(max_size=_LARGEST_LOT)


def _cases_for(contract: Contract, decision: Decision, answers: list[Answers]) -> list[_Case]:
    """The contract on lots that lead to the decision, a lot in every band of the tables; the smallest first."""
    found: list[_Case] = []
    for size in _trial_sizes():
        case = _case(contract, size, answers)
        if case.causes(decision):
            found.append(case)
            if size > _LARGEST_LOT or len(found) == 8:
                break
    if not found:
        raise _impossible(decision, "of any size")
    return found


@cache
def _trial_sizes() -> tuple[int, ...]:
    small = range(SMALLEST_LOT, 40)
    return (*small, *(size for power in range(4, 15) for size in (13 * 2**power,) if size <= MOST_ITEMS))


def _impossible(decision: str, where: str) -> DomainError:
    why = {
        "accept": "a term of the lot can never be met",
        "reject": "no count can reach a rejection number",
        "hold": "a term of the lot is always breached",
        "continue": "it needs a plan of several stages that leaves part of the lot, and terms of the lot that can be met",
    }[decision]
    return DomainError(
        f"no log of this contract {where} leads to {decision!r}",
        why,
        "Ask for another decision, lot size or contract",
        decision=decision,
    )


def _lot_as_a_whole(
    draw: st.DrawFn, case: _Case, decision: Decision, cause: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Answers about the lot as a whole: keys of the header, and rows of the log."""
    header: dict[str, Any] = {}
    rows: list[dict[str, Any]] = []
    for place, answers in enumerate(case.answers):
        beside = _MAY_STAND_BESIDE[decision]
        allowed = (decision,) if cause == len(case.lines) + place else beside
        answer = draw(st.sampled_from([one for key in allowed for one in answers.get(key, ())]))
        rows += [answer["row"]] if "row" in answer else []
        header |= {key: value for key, value in answer.items() if key != "row"}
    return header, rows


def _lines(draw: st.DrawFn, case: _Case, decision: Decision, cause: int) -> list[Found]:
    """What is found in every line; the line that leads to the decision takes its items first."""
    found: dict[int, Found] = {}
    taken: frozenset[int] = frozenset()
    places = range(len(case.lines))
    for place in sorted(places, key=lambda one: one != cause):
        allowed = (decision,) if place == cause else _MAY_STAND_BESIDE[decision]
        ways = [(one, route) for one in allowed for route in case.routes(place, one, taken)]
        kept, route = draw(st.sampled_from(ways))
        mine = taken if case.lines[place].kind == "class" else frozenset()
        found[place] = Found.drawn(draw, case.contract, case.lines[place], kept, route, mine)
        if case.lines[place].kind == "class" and case.contract.inspection.counting == "items":
            taken |= found[place].items
    return [found[place] for place in places]
