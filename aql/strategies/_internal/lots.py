"""Simulated lots of a given quality, and their inspections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from aql.checks import share, whole_number
from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.errors import DomainError
from aql.inspection.inspection import Inspection
from aql.scoring.decision_line import Line, decision_lines
from aql.strategies._internal.drawings import cartons_of
from aql.strategies._internal.log_forms import Row
from aql.strategies._internal.logs import defect_rows, line_terms, load_inspection, reading_rows
from aql.strategies._internal.lot_sizes import lot_sizes
from aql.strategies._internal.lot_term_answers import lot_term_answers
from aql.strategies._internal.readings import conforming, nonconforming
from aql.strategies._internal.unsupported_terms import refuse_unsupported_terms
from aql.words import either, listed

__all__ = ["SimulatedLot", "lots"]

_SEEDS = st.integers(0, 2**32 - 1)
_LARGEST_LOT = 500


@dataclass(frozen=True, slots=True)
class SimulatedLot:
    """A simulated lot: it is known which items are nonconforming, in the order in which items are drawn.

    Attributes
    ----------
    size : int
        Items in the lot. [items]
    nonconforming : tuple of (str, tuple of int)
        For each class, and each term with its own line, the nonconforming items in ascending order.

    Examples
    --------
    >>> lot = SimulatedLot(5, (("major", (2, 5)),))
    >>> lot.items("major"), lot.found("major", n=3), lot.share("major")
    ((2, 5), 1, 0.4)
    """

    size: int
    nonconforming: tuple[tuple[str, tuple[int, ...]], ...]

    def items(self, name: str) -> tuple[int, ...]:
        """Return the nonconforming items in a class; none if the lot has no quality for it."""
        return dict(self.nonconforming).get(name, ())

    def found(self, name: str, *, n: int) -> int:
        """Return how many of the first `n` items drawn are nonconforming in a class."""
        return sum(item <= n for item in self.items(name))

    def share(self, name: str) -> float:
        """Return the fraction nonconforming in a class."""
        return len(self.items(name)) / self.size

    def inspection(self, contract: Contract, *, inspected: int | None = None) -> Inspection:
        """Return the inspection of this lot by a perfect inspector.

        Parameters
        ----------
        contract : Contract
            A contract whose check finds no error.
        inspected : int, optional
            Number of items inspected; defaults to the largest number that the plans of the contract can require. [items]

        Returns
        -------
        Inspection
            All readings that the terms require on the items inspected, and all nonconforming items among them. Lot terms
            are met if possible. A lot has a carton for every 10 items; carton k is nonconforming if item k is.

        Raises
        ------
        DomainError
            If a term of the contract judges another term's readings, or the lot has a quality for something that is neither a class of the contract nor a term with its
            own line.
        """
        refuse_unsupported_terms(contract)
        lines = decision_lines(contract, self.size, cartons=cartons_of(self.size))
        own = [line for line in lines if line.kind != "limit"]
        names = [line.name for line in own]
        unknown = [name for name, _ in self.nonconforming if name not in names]
        if unknown:
            raise DomainError(
                f"quality must be given for {either(names)}, got {listed(unknown)}", unknown=unknown
            )
        of_items = [line.lot_plan.total for line in lines if line.cartons is None]
        last = max(of_items) if inspected is None else inspected
        numbers = {
            line.name: min(last, self.size) if line.cartons is None else line.lot_plan.total for line in own
        }
        rows = [row for line in own for row in self._rows(contract, line, numbers[line.name])]
        answers = [
            (by_decision.get("accept") or next(iter(by_decision.values())))[0]
            for by_decision in lot_term_answers(contract)
        ]
        has_cartons = any(line.cartons is not None for line in own)
        return load_inspection(contract, self.size, numbers if has_cartons else last, rows, answers)

    def _rows(self, contract: Contract, line: Line, last: int) -> list[Row]:
        """Return the rows for a line; nonconforming items are shown by a visual term, or else by a reading."""
        bad = {item for item in self.items(line.name) if item <= last}
        terms = sorted(line_terms(contract, line), key=lambda term: term.is_read)
        shown_by = terms[0] if terms else None
        read = [term for term in terms if term.is_read]
        values = {term.id: (conforming(term)[0], nonconforming(term)[0]) for term in read}

        def reading(term: Term, item: int) -> str:
            return values[term.id][term is shown_by and item in bad]

        rows = reading_rows(read, range(1, last + 1), reading)
        return rows + defect_rows(line, shown_by, dict.fromkeys(bad, 1))


def lots(
    quality: float | Mapping[str, float], *, lot_size: int | None = None
) -> st.SearchStrategy[SimulatedLot]:
    """Strategy for simulated lots from a process of a given quality.

    Parameters
    ----------
    quality : float, or mapping of str to float
        Fraction nonconforming of the process, by class or by term with its own line; a single number is for the class
        ``"major"``. [1]
    lot_size : int, optional
        Lot size, 1 or more; defaults to any from 2 to 500. [items]

    Returns
    -------
    SearchStrategy of SimulatedLot
        Every item is nonconforming with the given probability, independently of other items and other classes. Hypothesis
        draws the seed of the random numbers.

    Raises
    ------
    DomainError
        If a quality is not between 0 and 1, or the lot is too small.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(lots(0.5), lambda lot: lot.share("major") == 1).size
    2
    """
    qualities = quality if isinstance(quality, Mapping) else {"major": quality}
    shares = {name: share(value, f"quality of {name}") for name, value in qualities.items()}
    if lot_size is None:
        sizes = lot_sizes(max_size=_LARGEST_LOT)
    else:
        sizes = st.just(whole_number(lot_size, "lot_size", least=1))
    return _simulated(sizes, shares)


@st.composite
def _simulated(draw: st.DrawFn, sizes: st.SearchStrategy[int], shares: Mapping[str, float]) -> SimulatedLot:
    size, random = draw(sizes), Random(draw(_SEEDS))
    items = range(1, size + 1)
    return SimulatedLot(
        size,
        tuple(
            (name, tuple(item for item in items if random.random() < share)) for name, share in shares.items()
        ),
    )


st.register_type_strategy(SimulatedLot, lambda _: st.floats(0, 1).flatmap(lots))
