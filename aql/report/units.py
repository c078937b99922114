"""Units: written with differences, and kept on the line of their number."""

from __future__ import annotations

import re
from decimal import Decimal
from html import escape

from aql.contract.colour import Colour
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.scoring.verdict import Verdict
from aql.words import signed

__all__ = ["with_unit", "with_units_kept"]


def with_unit(difference: Decimal | None, term: Term | None) -> str:
    """Write a difference with the unit of its term in the report; return "" if there is no difference.

    Examples
    --------
    >>> with_unit(Decimal("0.3"), None)
    '+0.3'
    """
    measure = term.measure if term is not None else None
    unit = measure.unit if isinstance(measure, Measured) and measure.unit != "1" else None
    text = "" if difference is None else signed(difference)
    return f"{text} {unit}" if text and unit else text


def with_units_kept(page: str, verdict: Verdict) -> str:
    r"""Return the page of a report with a space that does not break between each number and its unit.

    Examples
    --------
    >>> from aql import examples, score
    >>> with_units_kept("<body>2870 mAh, 86.7 % of 3 m", score(*examples.tablet_order())).split(" ")
    ['<body>2870\xa0mAh,', '86.7\xa0%', 'of', '3', 'm']
    """
    measures = (term.measure for term in verdict.agreed)
    units = {escape(one.unit) for one in measures if isinstance(one, Measured | Colour) and one.unit} | {"%"}
    longest = "|".join(re.escape(one) for one in sorted(units, key=lambda unit: (-len(unit), unit)))
    head, body, rest = page.partition("<body>")
    return head + body + re.sub(rf"(?<=\d) (?=(?:{longest})(?!\w))", "\u00a0", rest)
