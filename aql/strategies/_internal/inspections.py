"""Inspections whose log leads to a given decision; logs are constructed, not filtered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from hypothesis import strategies as st

from aql.checks import choice, whole_number
from aql.contract.check import check
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.inspection.inspection import Inspection
from aql.scoring.decision_line import Line, decision_lines
from aql.scoring.score import score
from aql.standards.arguments import SMALLEST_LOT
from aql.strategies._internal.choices import Choices
from aql.strategies._internal.contracts import contract_documents, contracts
from aql.strategies._internal.drawings import cartons_of
from aql.strategies._internal.log_forms import LOG_FORMS, Row
from aql.strategies._internal.logs import LineLog, combined_log, line_count_ranges, line_log, load_inspection
from aql.strategies._internal.lot_sizes import LARGEST_LOT, lot_sizes
from aql.strategies._internal.lot_term_answers import LotTermAnswer, LotTermAnswers, lot_term_answers
from aql.strategies._internal.needed_readings import needed_readings
from aql.strategies._internal.readings import has_shared_counts
from aql.types import DECISIONS, Decision

__all__ = ["inspected_contracts", "inspections"]

_LARGEST_LOT = 500
"""Default for the largest lot, so that logs stay short."""

_MOST_ITEMS = 2**53

_OTHERS: dict[Decision, tuple[Decision, ...]] = {
    "accept": ("accept",),
    "continue": ("accept", "continue"),
    "hold": ("accept", "continue", "hold"),
    "reject": DECISIONS,
}
"""Decisions that the other lines can have, by the decision on the lot."""


def inspections(
    contract: Contract | None = None, *, decision: Decision | None = None, lot_size: int | None = None
) -> st.SearchStrategy[Inspection]:
    """Strategy for inspections with a log that leads to a given decision of `aql.score`.

    Parameters
    ----------
    contract : Contract, optional
        A contract whose check finds no error; defaults to any of `contracts`.
    decision : {"accept", "reject", "hold", "continue"}, optional
        The decision on the lot; defaults to any that is possible with the contract.
    lot_size : int, optional
        Lot size, 1 or more; defaults to any from 2 to 500, or larger if the decision requires it. [items]

    Returns
    -------
    SearchStrategy of Inspection
        The logs have readings at and next to a limit, defects that no term covers, findings outside the samples and
        counts without item numbers. They come in the forms that people write: with stages, cartons, SKUs and photos,
        items by serial number, declared answers, decimal commas, mapped columns, several lots, or one row per item.
        They shrink to a small lot in which nothing was found.

    Raises
    ------
    DomainError
        If the check of the contract finds an error, or an argument is invalid. When the first value is drawn, also if
        no log of the contract can lead to the decision.

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
    if contract is None:
        return inspected_contracts(decision=decision, lot_size=lot_size).map(lambda pair: pair[1])
    errors = check(contract).errors
    if errors:
        raise DomainError(
            f"contract must have no errors, got one at {errors[0].path}: {errors[0].problem.rstrip('.')}",
            todo="aql.check(contract) lists all of them",
            errors=errors,
        )
    return _inspections(contract, *_checked(decision, lot_size))


def inspected_contracts(
    *, decision: Decision | None = None, lot_size: int | None = None
) -> st.SearchStrategy[tuple[Contract, Inspection]]:
    """Strategy for contracts with which the decision is possible, each with an inspection."""
    return _inspected_contracts(*_checked(decision, lot_size))


def _checked(decision: Decision | None, lot_size: int | None) -> tuple[Decision | None, int | None]:
    return (
        None if decision is None else choice(decision, "decision", DECISIONS),
        None if lot_size is None else whole_number(lot_size, "lot_size", least=1, most=_MOST_ITEMS),
    )


@st.composite
def _inspected_contracts(
    draw: st.DrawFn, decision: Decision | None, lot_size: int | None
) -> tuple[Contract, Inspection]:
    further_sample = decision == "continue"
    contract = draw(_continued_contracts(lot_size or _LARGEST_LOT) if further_sample else contracts())
    return contract, draw(_inspections(contract, decision, lot_size))


@cache
def _continued_contracts(lot_size: int) -> st.SearchStrategy[Contract]:
    """Contracts with a further sample, whose first sample is smaller than the lot."""
    return contract_documents(open_within=lot_size - 1).map(Contract.load)


@dataclass(frozen=True, slots=True)
class _ContractOnLot:
    """The lines of a contract for a lot, and the possible answers to the questions about the lot."""

    contract: Contract
    lot_size: int
    lines: tuple[Line, ...]
    answers: tuple[LotTermAnswers, ...]

    @property
    def own_lines(self) -> tuple[Line, ...]:
        """The lines with findings of their own: all but the limits."""
        return tuple(line for line in self.lines if line.kind != "limit")

    def causes(self, decision: Decision) -> list[Line | LotTermAnswers]:
        """Return the lines and questions that can cause the decision on the lot; empty if it is impossible."""
        if decision in {"accept", "continue"} and not all("accept" in one for one in self.answers):
            return []
        if decision == "accept":
            return [*self.own_lines]
        if decision == "continue" and has_shared_counts(self.contract):
            return []
        lines = [line for line in self.own_lines if line_count_ranges(self.contract, line, decision)]
        return [*lines, *(one for one in self.answers if decision in one)]


@lru_cache(maxsize=64)
def _answers_to(contract: Contract) -> tuple[LotTermAnswers, ...]:
    return tuple(lot_term_answers(contract))


@lru_cache(maxsize=1024)
def _on_lot(contract: Contract, lot_size: int) -> _ContractOnLot:
    lines = decision_lines(contract, lot_size, cartons=cartons_of(lot_size))
    return _ContractOnLot(contract, lot_size, lines, _answers_to(contract))


@st.composite
def _inspections(
    draw: st.DrawFn, contract: Contract, wanted: Decision | None, lot_size: int | None
) -> Inspection:
    every = Choices(draw)
    case = _on_lot(contract, draw(_SIZES) if lot_size is None else lot_size)
    decision: Decision = wanted or "accept"
    if wanted is None:
        decision = every.one_of([one for one in DECISIONS if case.causes(one)])
    causes = case.causes(decision)
    if not causes and lot_size is None:
        case = every.one_of(_lots_leading_to(contract, decision))
        causes = case.causes(decision)
    if not causes:
        raise _impossible(contract, decision, f"on a lot of {case.lot_size}")
    cause = every.one_of(causes)
    choices = every if every.flag() else Choices()
    drawn = _inspection(choices, case, decision, cause)
    # What counts in several lines can change the decision, which the simplest log for it does not.
    if wanted is None or not has_shared_counts(contract) or score(contract, drawn).decision == wanted:
        return drawn
    simplest = _inspection(Choices(), case, decision, cause)
    if score(contract, simplest).decision != wanted:
        raise _impossible(contract, decision, f"on a lot of {case.lot_size}")
    return simplest


def _inspection(
    choices: Choices, case: _ContractOnLot, decision: Decision, cause: Line | LotTermAnswers
) -> Inspection:
    """Choose an inspection in which each line, and the answer to each question, leads to the decision."""
    given = _answers(choices, case, decision, cause)
    found = _line_logs(choices, case, decision, cause)
    needed: dict[str, int] = {}
    more: list[Row] = []
    if decision == "accept" and has_shared_counts(case.contract):
        needed, more = needed_readings(case.contract, case.lines, found)
    inspected, rows = combined_log(choices, case.lot_size, found, needed)
    return load_inspection(
        case.contract, case.lot_size, inspected, [*rows, *more], given, form=choices.one_of(LOG_FORMS)
    )


_SIZES = st.integers(SMALLEST_LOT, 20) | lot_sizes(max_size=_LARGEST_LOT)
"""Half of the lots are small, as their logs are short."""


def _lots_leading_to(contract: Contract, decision: Decision) -> list[_ContractOnLot]:
    """Return the contract with lot sizes for which the decision is possible, smallest first."""
    found: list[_ContractOnLot] = []
    for size in _TRIAL_SIZES:
        case = _on_lot(contract, size)
        if case.causes(decision):
            found.append(case)
            if size > _LARGEST_LOT or len(found) == 8:
                break
    if not found:
        raise _impossible(contract, decision, "on a lot of any size")
    return found


_TRIAL_SIZES = (
    *range(SMALLEST_LOT, 40),
    *(13 * 2**power for power in range(4, 15) if 13 * 2**power <= LARGEST_LOT),
)


def _impossible(contract: Contract, decision: Decision, lot: str) -> DomainError:
    # "hold" is always possible: nothing was inspected.
    why = {
        "accept": "a lot term can never be met",
        "reject": "no count can reach a rejection number",
        "continue": (
            "this requires a plan of several stages whose first sample is smaller than the lot, and lot terms that can be met"
        ),
    }[decision]
    if decision == "continue" and has_shared_counts(contract):
        why = "with limits, or a term with reading_of, only the other decisions are drawn"
    return DomainError(f'no log of this contract {lot} leads to "{decision}": {why}', decision=decision)


def _answers(
    choices: Choices, case: _ContractOnLot, decision: Decision, cause: Line | LotTermAnswers
) -> list[LotTermAnswer]:
    """Choose an answer to every question about the lot."""
    given: list[LotTermAnswer] = []
    for question in case.answers:
        allowed = (decision,) if question is cause else _OTHERS[decision]
        given.append(choices.one_of([one for kept in allowed for one in question.get(kept, ())]))
    return given


def _line_logs(
    choices: Choices, case: _ContractOnLot, decision: Decision, cause: Line | LotTermAnswers
) -> list[LineLog]:
    """Choose the findings of every line; the line that causes the decision takes its items first."""
    found: dict[str, LineLog] = {}
    taken: frozenset[int] = frozenset()
    units = choices.flag()
    for line in sorted(case.own_lines, key=lambda one: one is not cause):
        allowed = (decision,) if line is cause else _OTHERS[decision]
        ways = [
            (kept, ranges)
            for kept in allowed
            for ranges in line_count_ranges(case.contract, line, kept, taken)
        ]
        kept, ranges = choices.one_of(ways)
        found[line.name] = line_log(choices, case.contract, line, kept, ranges, taken, units=units)
        if line.kind == "class" and case.contract.inspection.counting == "items":
            taken |= found[line.name].items
    return [found[line.name] for line in case.own_lines]
