"""A picture of the readings of a term: ticks on an axis, crosses outside the limits, and the agreed range shaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aql import markup
from aql.languages import numeral, say
from aql.scoring.readings import TermReadings

__all__ = ["reading_picture"]

_WIDTH, _HEIGHT, _BASE = 260, 42, 26


def reading_picture(found: TermReadings, agreed: str) -> markup.Html:
    """Draw the picture of the readings of a term in the report, against its limits, as inline SVG.

    Parameters
    ----------
    found : TermReadings
        The readings; at least one must be a number.
    agreed : str
        What was agreed, for readers who cannot see the picture.

    Returns
    -------
    Html
        The picture.
    """
    numbers = [(one.number, one.conforms) for one in found.readings if one.number is not None]
    low, high = found.lower, found.upper
    marks = [float(one) for one in (*(number for number, _ in numbers), low, high) if one is not None]
    first, last = min(marks), max(marks)
    margin = (last - first) * 0.06 or 1.0
    first, last = first - margin, last + margin

    def across(number: float | Decimal) -> float:
        return round(4 + (_WIDTH - 8) * (float(number) - first) / (last - first), 1)

    left, right = across(first if low is None else low), across(last if high is None else high)
    good = " ".join(f"M{across(number)} 8v12" for number, conforms in numbers if conforms)
    bad = " ".join(
        f"M{across(number) - 3:.1f} 4l6 6m0 -6l-6 6" for number, conforms in numbers if not conforms
    )
    smallest, largest = min(number for number, _ in numbers), max(number for number, _ in numbers)
    label = say(
        "{number} readings of {term} from {smallest} to {largest}; agreed: {agreed}",
        number=len(numbers),
        term=found.term,
        smallest=numeral(smallest),
        largest=f"{numeral(largest)} {found.unit}".strip(),
        agreed=agreed,
    )
    return markup.element(
        "svg",
        markup.element("title", label),
        markup.element(
            "rect",
            x=left,
            y=2,
            width=round(right - left, 1),
            height=_BASE - 2,
            fill="currentColor",
            fill_opacity=0.09,
        ),
        *_limits(((low, left), (high, right))),
        markup.element(
            "line", x1=4, x2=_WIDTH - 4, y1=_BASE, y2=_BASE, stroke="currentColor", stroke_opacity=0.4
        ),
        markup.element("path", d=good, stroke="currentColor", stroke_opacity=0.45) if good else None,
        markup.element("path", d=bad, fill="none", stroke="#d5322c", stroke_width=1.8, class_="beyond")
        if bad
        else None,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        role="img",
        class_="strip",
    )


def _limits(ends: Sequence[tuple[Decimal | None, float]]) -> Iterator[markup.Html]:
    """Draw each limit as a vertical line with its number."""
    for number, x in ends:
        if number is None:
            continue
        anchor = "start" if x < 30 else "end" if x > _WIDTH - 30 else "middle"
        yield markup.element("line", x1=x, x2=x, y1=2, y2=_BASE + 3, stroke="currentColor", stroke_width=1.5)
        yield markup.element(
            "text", numeral(number), x=x, y=_BASE + 13, text_anchor=anchor, font_size=10, fill="currentColor"
        )
