"""A decision line in words: where its plan comes from, and the reasons for its decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from aql.words import plural, ranges

if TYPE_CHECKING:
    from aql.scoring.decision_line import Line
    from aql.scoring.line_result import LineResult
    from aql.scoring.readings import TooNear
    from aql.standards.iso2859_1.lookup import Lookup
    from aql.types import Counting

__all__ = ["found_in_words", "line_reasons", "named_items", "plan_basis"]

_STATED = {
    "plan": "plan stated in the contract",
    "sample": "sample stated in the contract",
    "all": "every item, as the contract states",
}


def plan_basis(line: Line) -> str:
    """Say where the plan of a line comes from.

    Examples
    --------
    >>> from aql import examples, score
    >>> print(plan_basis(score(*examples.tablet_order()).terms[0]))
    ISO 2859-1:1999, table 2-A, AQL 2.5, letter D, arrow to C, level S-2
    """
    found = line.lookup
    if found is None:
        return _STATED[line.origin]
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
    return "; ".join(parts)


def _sample_of_zero(line: Line, found: Lookup) -> str:
    own = line.plan == found.plan and not line.common_letter
    sample = f"sample of letter {found.letter}" if own else "common sample"
    return f'AQL 0, "not allowed" (trade practice), {sample}'


def _looked_up(found: Lookup) -> str:
    way = f"letter {found.letter}"
    if found.plan_letter != found.letter:
        way += f", arrow to {found.plan_letter}"
    return f"{found.standard}, table {found.table}, AQL {found.aql}, {way}"


def line_reasons(line: LineResult, counting: Counting) -> tuple[str, ...]:
    """Return the reasons for the decision on a line, each a sentence without a full stop.

    Examples
    --------
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> line_reasons(verdict.classes[1], verdict.counting)
    ('7 nonconforming items in the sample of 125, Ac 7, Re 8',)
    """
    return tuple(_reasons(line, counting))


def _reasons(line: LineResult, counting: Counting) -> Iterator[str]:
    accept = "not permitted yet" if line.ac is None else line.ac
    yield f"{found_in_words(line.found, counting)} in {_sample(line)}, Ac {accept}, Re {line.re}"
    if line.decision == "continue":
        items = f"items {line.sample + 1} to {line.sample + line.draw}"
        yield f"a further sample of {line.draw} is due, {items}"
    if line.decision == "hold" and line.draw:
        if line.inspected is None:
            yield f"the number inspected is not stated; {line.sample} are needed"
        else:
            needed = f"{line.draw} more {'is' if line.draw == 1 else 'are'} needed"
            yield f"only {line.inspected} of {line.sample} were inspected; {needed}"
    if line.reinstates_normal:
        yield "the count lies between Ac and Re: the lot is accepted, and normal inspection is due"
    if line.decision == "hold":
        for one in line.missing:
            yield f"no reading of {one.term} on {plural(len(one.items), 'item')}: {ranges(one.items)}"
        yield from map(_too_near, line.too_near)


def _too_near(one: TooNear) -> str:
    return (
        f"{one.term} on {named_items(one.items)}: {one.text} came as a binary float and is too near to the limit "
        f"{one.limit:f} to be told from it; state rounding in the term, or send the reading as text"
    )


def _sample(line: LineResult) -> str:
    if line.not_allowed and line.inspected is not None and line.inspected > line.sample:
        return f"the {line.inspected} inspected, all of which count; the sample is {line.sample}"
    if line.stage > 1:
        return f"samples 1 to {line.stage} ({line.sample} items)"
    return f"the sample of {line.sample}"


def found_in_words(number: int, counting: Counting) -> str:
    """Write a count with what is counted.

    Examples
    --------
    >>> found_in_words(1, "items"), found_in_words(2, "nonconformities")
    ('1 nonconforming item', '2 nonconformities')
    """
    if counting == "items":
        return plural(number, "nonconforming item")
    return plural(number, "nonconformity", "nonconformities")


def named_items(items: Iterable[int], *, most: int = 12) -> str:
    """Name items by number, each once.

    Examples
    --------
    >>> named_items([7]), named_items([9, 7, 8, 7])
    ('item 7', 'items 7 to 9')
    """
    numbers = set(items)
    return f"{'item' if len(numbers) == 1 else 'items'} {ranges(numbers, most=most)}"
