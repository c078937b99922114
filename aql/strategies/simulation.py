"""Lots of a given quality, and what an inspector sees of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.inspection.inspection import Inspection
from aql.scoring.decision_lines import Line, decision_lines
from aql.standards.arguments import SMALLEST_LOT
from aql.strategies.found import line_terms
from aql.strategies.lot_answers import answers_of
from aql.strategies.readings import conforming, nonconforming
from aql.strategies.tables import lot_sizes

__all__ = ["SimulatedLot", "lots"]

_SEEDS = 2**32 - 1


@dataclass(frozen=True, slots=True)
class SimulatedLot:
    """A lot whose items are known: what is wrong with each, in the order in which they are drawn.

    Attributes
    ----------
    size : int
        Items in the lot. [items]
    nonconforming : tuple of (str, tuple of int)
        Per class, or term with a line of its own, the items that do not conform, rising.

    Examples
    --------
    >>> lot = SimulatedLot(5, (("major", (2, 5)),))
    >>> lot.items("major"), lot.found("major", n=3), lot.share("major")
    ((2, 5), 1, 0.4)
    """

    size: int
    nonconforming: tuple[tuple[str, tuple[int, ...]], ...]

    def items(self, name: str) -> tuple[int, ...]:
        """Return the items that do not conform in a class; none where the lot was not given a quality for it."""
        return dict(self.nonconforming).get(name, ())

    def found(self, name: str, *, n: int) -> int:
        """Return how many items do not conform in a class among the first `n` drawn."""
        return sum(item <= n for item in self.items(name))

    def share(self, name: str) -> float:
        """Return the fraction nonconforming of the lot in a class."""
        return len(self.items(name)) / self.size

    def inspection(self, contract: Contract, *, inspected: int | None = None) -> Inspection:
        """Return what an inspector who misses nothing writes down.

        Parameters
        ----------
        contract : Contract
            A contract whose check finds no error.
        inspected : int, optional
            Items inspected; as many as the plans of the contract can ask for unless said. [items]

        Returns
        -------
        Inspection
            Every reading that the terms need on the items inspected, and every nonconforming item among them. The
            terms of the lot as a whole are met where they can be.

        Raises
        ------
        DomainError
            If the lot was given the quality of something that is no class of the contract and no term with a line
            of its own.
        """
        lines = decision_lines(contract, self.size)
        known = [line.name for line in lines]
        strange = [name for name, _ in self.nonconforming if name not in known]
        if strange:
            raise DomainError(
                f"a quality of {', '.join(strange)}",
                f"the contract decides on {', '.join(known)}",
                "Give qualities for these",
                unknown=strange,
            )
        needed = max(line.lot_plan.total for line in lines) if inspected is None else inspected
        rows = [row for line in lines for row in self._rows(contract, line, needed)]
        header: dict[str, Any] = {}
        for answers in answers_of(contract):
            answer = (answers.get("accept") or next(iter(answers.values())))[0]
            rows += [answer["row"]] if "row" in answer else []
            header |= {key: value for key, value in answer.items() if key != "row"}
        day = {"date": header.pop("date")} if "date" in header else {}
        document = {
            "contract": contract.order.id,
            "lot": {"id": "L1", "size": self.size} | header,
            "inspection": {"inspected": needed} | day,
        }
        return Inspection.load(document, findings=rows)

    def _rows(self, contract: Contract, line: Line, inspected: int) -> list[dict[str, Any]]:
        bad = {item for item in self.items(line.name) if item <= inspected}
        terms = list(line_terms(contract, line))
        # What is found by eye is written down by its term; a class of readings shows it in the first of them.
        seen = next((term for term in terms if not term.is_read), None)
        measured = next((term for term in terms if term.is_read), None) if seen is None else None
        rows: list[dict[str, Any]] = []
        for term in terms:
            if term.is_read:
                good, wrong = conforming(term)[0], nonconforming(term)[0]
                last = min(inspected, self.size)
                rows += [
                    {
                        "item": item,
                        "term": term.id,
                        "value": wrong if term is measured and item in bad else good,
                    }
                    for item in range(1, last + 1)
                ]
        if measured is None:
            named = {"term": seen.id} if seen is not None else {"class": line.class_name}
            rows += [{"item": item} | named for item in sorted(bad)]
        return rows


def lots(
    quality: float | Mapping[str, float], *, lot_size: int | None = None
) -> st.SearchStrategy[SimulatedLot]:
    """Lots from a process of a given quality, with every item known.

    Parameters
    ----------
    quality : float, or mapping of str to float
        Fraction nonconforming of the process, by class or by term with a line of its own; one number is that of the
        class ``"major"``. [1]
    lot_size : int, optional
        Items in the lot; 2 to 500 unless said. [items]

    Returns
    -------
    SearchStrategy of SimulatedLot
        Every item is nonconforming with the given probability, independently of all others and in every class by
        itself. The random numbers come from a seed that Hypothesis draws.

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
    shares = dict(quality) if isinstance(quality, Mapping) else {"major": quality}
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise DomainError(
                f"quality {share!r} of {name}",
                "a fraction nonconforming is between 0 and 1",
                "Write 0.025 for 2.5 percent",
                value=share,
            )
    if lot_size is not None and lot_size < SMALLEST_LOT:
        raise DomainError(
            f"lot size {lot_size} is too small",
            f"a lot has {SMALLEST_LOT} items or more",
            "Give a larger one",
            value=lot_size,
        )
    sizes = lot_sizes(max_size=_LARGEST_LOT) if lot_size is None else st.just(lot_size)
    return st.builds(_made, sizes, st.just(tuple(shares.items())), st.integers(0, _SEEDS))


_LARGEST_LOT = 500


def _made(size: int, shares: tuple[tuple[str, float], ...], seed: int) -> SimulatedLot:
    random = Random(seed)
    return SimulatedLot(
        size,
        tuple(
            (name, tuple(item for item in range(1, size + 1) if random.random() < share))
            for name, share in shares
        ),
    )
