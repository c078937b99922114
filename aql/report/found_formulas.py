"""Formulas of a spreadsheet that count what a cell of a wide sheet says was found, as scoring does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from aql.contract.colour import Colour
from aql.contract.measures import Allowed, Answer, Equals, Measured
from aql.contract.terms import Term

__all__ = ["number_found", "weighted_sum"]

_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
_CONFORMING, _FAILED = ("ok", "pass", "passed"), ("ng", "fail", "failed")
_MOST_ARGUMENTS = 200
_COLOUR_STEP = Decimal("0.0001")


def number_found(term: Term | None, cell: str, *, words: Sequence[str] = (), texts: str = "") -> str:
    """Return a formula for the number of nonconformities that a cell says were found.

    Parameters
    ----------
    term : Term or None
        The term of the cell; None for a class, whose cell is a number.
    cell : str
        Address of the cell.
    words : sequence of str
        Further words that say that an item does not conform.
    texts : str
        Range with the texts that a term of texts agrees on.

    Examples
    --------
    >>> from aql.examples import tablet_order
    >>> number_found(tablet_order()[0].term("width"), "C2")
    'IF(ISNUMBER(C2),IF(OR(C2<244.95,C2>247.05),1,0),0)'
    """
    if term is None or term.tested_as == "visual":
        return f"IF(ISNUMBER({cell}),{cell},{_if_one_of(cell, (*_FAILED, '1', *words))})"
    measure = term.measure
    if isinstance(measure, Measured):
        low, high = measure.limits(term.guard)
        return _if_beyond(cell, low, high, term.rounding)
    if isinstance(measure, Colour):
        step = _COLOUR_STEP if term.rounding is None else term.rounding
        return _if_beyond(cell, None, measure.limit(term.guard), step)
    if isinstance(measure, Allowed | Equals):
        said = f"TRIM({cell})"
        same = f"{texts}={said}" if term.text_case == "ignore" else f"EXACT({texts},{said})"
        found = f'IF({cell}="",0,IF(SUMPRODUCT(--({same}))>0,0,1))'
        return f"IF({_is_one_of(cell, _NA)},0,{found})" if term.not_applicable else found
    wrong = _NO if not isinstance(measure, Answer) or measure.answer == "yes" else _YES
    return _if_one_of(cell, (*wrong, *_FAILED, *words))


_NA = ("n/a", "na", "n.a.", "not applicable")


def weighted_sum(cells: Sequence[tuple[str, int | Decimal]], *, largest: bool) -> str:
    """Return a formula for the sum of numbers with weights, or for the largest weight of those above 0.

    Examples
    --------
    >>> weighted_sum([("A2", 1), ("B2", 3)], largest=False)
    'A2+3*B2'
    >>> weighted_sum([("A2", 1), ("B2", 1)], largest=True)
    'IF(A2+B2>0,1,0)'
    >>> weighted_sum([("A2", 1), ("B2", 3)], largest=True)
    'MAX(IF(A2>0,1,0),IF(B2>0,3,0))'
    """
    if not cells:
        return "0"
    if not largest:
        return "+".join(name if weight == 1 else f"{Decimal(weight):f}*{name}" for name, weight in cells)
    if all(weight == 1 for _, weight in cells):
        return f"IF({'+'.join(name for name, _ in cells)}>0,1,0)"
    parts = [f"IF({name}>0,{Decimal(weight):f},0)" for name, weight in cells]
    while len(parts) > _MOST_ARGUMENTS:
        groups = range(0, len(parts), _MOST_ARGUMENTS)
        parts = [f"MAX({','.join(parts[at : at + _MOST_ARGUMENTS])})" for at in groups]
    return f"MAX({','.join(parts)})"


def _if_beyond(cell: str, low: Decimal | None, high: Decimal | None, step: Decimal | None) -> str:
    """1 if a number is below or above its limits after it was rounded half-even to a multiple of `step`."""
    tests = []
    if low is not None:
        sign, edge = ("<", low) if step is None else _edge(low, step, -1)
        tests.append(f"{cell}{sign}{edge:f}")
    if high is not None:
        sign, edge = (">", high) if step is None else _edge(high, step, 1)
        tests.append(f"{cell}{sign}{edge:f}")
    beyond = f"OR({','.join(tests)})" if tests else "FALSE"
    return f"IF(ISNUMBER({cell}),IF({beyond},1,0),0)"


def _edge(limit: Decimal, step: Decimal, way: int) -> tuple[str, Decimal]:
    """Where rounding starts to lead beyond a limit: the comparison and the number, exactly.

    The first multiple of the step beyond the limit is reached from half a step before it; from exactly there, if the
    multiple is even.
    """
    inside = way * Fraction(limit) // Fraction(step)
    first = inside + 1
    sign = ">" if way > 0 else "<"
    half = Decimal(2 * inside + 1) * step / 2
    return (f"{sign}=" if first % 2 == 0 else sign), way * half


def _if_one_of(cell: str, words: Sequence[str]) -> str:
    return f"IF({_is_one_of(cell, words)},1,0)"


def _is_one_of(cell: str, words: Sequence[str]) -> str:
    """Whether the text of a cell is one of some words in lower case."""
    quoted = ('"' + word.casefold().replace('"', '""') + '"' for word in words)
    return f"OR({','.join(f'LOWER(TRIM({cell}))={word}' for word in quoted)})"
