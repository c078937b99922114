"""A decision line in words: where its plan comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aql.words import listed

if TYPE_CHECKING:
    from aql.scoring.decision_line import Line
    from aql.standards.iso2859_1.lookup import Lookup

__all__ = ["plan_basis"]

_STATED = {
    "plan": "plan stated in the contract",
    "sample": "sample stated in the contract",
    "all": "every item, as the contract states",
}


def plan_basis(line: Line) -> str:
    """Say in words where the plan of a decision line comes from.

    Examples
    --------
    >>> from aql import examples, score
    >>> print(plan_basis(score(*examples.tablet_order()).terms[0]))
    ISO 2859-1:1999, table 2-A, AQL 2.5, letter D, arrow to C, level S-2
    """
    of_cartons = "" if line.cartons is None else f"; the lot is {line.cartons} cartons"
    found = line.lookup
    if line.of:
        own = replace(line, of=())
        weighed = ", ".join(f"{name} × {weight:f}" for name, weight in line.weights)
        return f"{plan_basis(own)}; counts {listed(line.of)}{f', weights {weighed}' if weighed else ''}"
    if found is None:
        return _STATED[line.origin] + of_cartons
    parts = [_sample_of_zero(line, found) if line.not_allowed else _looked_up(found)]
    if found.letter is None:
        parts = [f"AQL {found.aql}, lot of one item (trade practice)"]
    if line.kind == "term":
        parts[0] += f", level {found.level}"
    if line.origin == "letter":
        parts.append(
            f"sample size of letter {found.letter} with Ac and Re of letter {found.plan_letter} (trade practice)"
        )
    if line.common_letter:
        parts.append(f"all classes at letter {line.common_letter}, that of the largest plan")
    if line.raised_from:
        parts.append(f"raised from letter {line.raised_from} of the lot by the minimum, {_minimum(line)}")
    elif line.minimum is not None and found.letter is None:
        parts.append(f"the minimum, {_minimum(line)}, is more than the lot")
    return "; ".join(parts) + of_cartons


def _minimum(line: Line) -> str:
    """The minimum of a class, such as "letter M and n 32"."""
    letter, n = (None, None) if line.minimum is None else (line.minimum.letter, line.minimum.n)
    return listed([*([f"letter {letter}"] if letter else []), *([f"n {n}"] if n else [])])


def _sample_of_zero(line: Line, found: Lookup) -> str:
    own = line.plan == found.plan and not line.common_letter
    sample = f"sample of letter {found.letter}" if own else "common sample"
    return f'AQL 0, "not allowed" (trade practice), {sample}'


def _looked_up(found: Lookup) -> str:
    way = f"letter {found.letter}"
    if found.plan_letter != found.letter:
        way += f", arrow to {found.plan_letter}"
    return f"{found.standard}, table {found.table}, AQL {found.aql}, {way}"
