"""A small OC curve of a plan, with the AQL marked on it, and the same in words."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from aql import markup
from aql.display.decision_lines import line_name
from aql.languages import marked, say
from aql.plans.curve_grid import oc_points

if TYPE_CHECKING:
    from aql.scoring.line_result import LineResult
    from aql.types import Counting, ProcessModel

__all__ = ["oc_picture", "oc_words"]

_SHARES = ((0.0, "0"), (0.5, "50 %"), (1.0, "100 %"))
_UNITS = {"binomial": marked("percent nonconforming"), "poisson": marked("nonconformities per 100 items")}


def oc_picture(line: LineResult, *, counting: Counting, lot_size: int) -> markup.Html | None:
    """Return the picture of a plan in the report: its operating characteristic as inline SVG.

    Parameters
    ----------
    line : LineResult
        The line.
    counting : "items" or "nonconformities"
        What the contract counts. The curve uses the Poisson model for nonconformities and for an AQL above 10, and the
        binomial model otherwise.
    lot_size : int
        Lot size. [items]

    Returns
    -------
    Html or None
        Share of lots accepted as a function of process quality, with the AQL marked if there is one. None if the
        sample is the whole lot, because then nothing depends on chance.

    Examples
    --------
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> oc_picture(verdict.classes[1], counting="items", lot_size=3000)[:4]
    '<svg'
    """
    plan = line.lot_plan
    if plan.stages[0].n >= lot_size:
        return None
    model = _model(line, counting)
    points = [(100 * quality, pa) for quality, pa in oc_points(plan, model=model)]
    aql = _aql(line)
    end = points[-1][0]
    mark = None
    if aql and float(aql) <= end:
        mark = (float(aql), plan.pa(float(aql) / 100, model=model), f"AQL {aql}")
    return markup.curve(
        points,
        label=say(
            "Operating characteristic of {line}: share of lots accepted by {quality}.",
            line=line_name(line.name),
            quality=say(_UNITS[model]),
        ),
        x_text=[(x, f"{x:g}") for x in _ticks(end)],
        y_text=_SHARES,
        x_title=say(_UNITS[model]),
        mark=mark,
        width=280,
        height=150,
    )


def oc_words(line: LineResult, *, counting: Counting, lot_size: int) -> str:
    """Describe the picture of a plan in words: how many of 100 lots are accepted at a few qualities.

    Parameters
    ----------
    line, counting, lot_size
        As in `oc_picture`.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> print(oc_words(verdict.classes[1], counting="items", lot_size=3000))
    Of 100 lots with 2.5 % nonconforming (the AQL), the plan accepts 99; with 6.1 %, 50; with 9.2 %, 10.
    """
    plan, model = line.lot_plan, _model(line, counting)
    if plan.stages[0].n >= lot_size:
        return say("Every item of the lot is inspected, so there is no sampling risk.")
    aql = _aql(line)
    said = []
    if aql:
        pa = plan.pa(float(aql) / 100, model=model)
        said.append((aql, say("{quality} (the AQL)", quality=_quality(aql, model)), _of_hundred(pa)))
    rejects = model == "poisson" or plan.pa(1.0) < 1
    for pa, number in ((0.5, "50"), (0.1, "10")) if rejects else ():
        quality = _short(100 * plan.quality_at(pa, model=model))
        said.append((quality, _quality(quality, model), number))
    if not said:
        return say("The plan accepts more than half of all lots, whatever their quality.")
    (_, quality, number), *others = said
    first = say("Of 100 lots with {quality}, the plan accepts {number}", quality=quality, number=number)
    percent = " %" if model == "binomial" else ""
    more = [
        say("with {quality}, {number}", quality=f"{one}{percent}", number=number) for one, _, number in others
    ]
    return say("; ").join([first, *more]) + say(".")


def _quality(number: str, model: ProcessModel) -> str:
    """A quality in words."""
    if model == "binomial":
        return say("{number} % nonconforming", number=number)
    return say("{number} nonconformities per 100 items", number=number)


def _model(line: LineResult, counting: Counting) -> ProcessModel:
    above_ten = line.lookup is not None and line.lookup.per_hundred_items
    return "poisson" if counting == "nonconformities" or above_ten else "binomial"


def _aql(line: LineResult) -> str:
    """The AQL of a line as printed, or "" if there is none or it is 0."""
    return line.lookup.aql if line.lookup is not None and float(line.lookup.aql) else ""


def _of_hundred(pa: float) -> str:
    if pa >= 0.995:
        return say("more than 99")
    return say("fewer than 1") if pa <= 0.005 else f"{100 * pa:.0f}"


def _short(number: float) -> str:
    """Write a number with two significant digits, or with all digits before the decimal point if there are more."""
    return f"{number:.{max(0, 1 - floor(log10(number)))}f}"


def _ticks(end: float) -> list[float]:
    """Return about four to six round numbers from 0 to at most `end`."""
    power = 10.0 ** floor(log10(end))
    step = next(part * power for part in (0.2, 0.5, 1.0, 2.0) if end / (part * power) <= 5.0)
    return [place * step for place in range(int(end / step) + 1)]
