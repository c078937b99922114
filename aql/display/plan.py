"""A plan in words and as HTML: what the inspector does, and how often lots of good and bad quality are accepted."""

from __future__ import annotations

from math import inf

from aql import markup
from aql.languages import say
from aql.plans.plan import FractionalPlan, MultiplePlan, Plan, SinglePlan
from aql.types import ProcessModel
from aql.words import percent, plural

__all__ = ["plan_html", "plan_in_words", "plan_title", "stage_table"]

_SHARES = (0.95, 0.5, 0.1)
_CROWDED = 0.17  # share of the axis that a label of three digits needs, with some space around it
_UNITS = {"binomial": "% nonconforming", "poisson": "nonconformities per 100 items"}


def plan_in_words(plan: Plan | FractionalPlan) -> str:
    """Return a plan in words: one sentence without a full stop.

    Examples
    --------
    >>> plan_in_words(SinglePlan(n=13, ac=1))
    'inspect 13 items, accept on 1 or fewer, reject on 2 or more'
    """
    if isinstance(plan, FractionalPlan):
        return say("inspect {n} items, acceptance number {ac}", n=plan.n, ac=plan.ac)
    if isinstance(plan, SinglePlan):
        items = plural(plan.n, "item")
        said = say(
            "inspect {items}, {accept}, reject on {re} or more",
            items=items,
            accept=_accept(plan.ac),
            re=plan.re,
        )
        if plan.re > plan.ac + 1:
            said += say(" (a count between them accepts this lot and ends reduced inspection)")
        return said
    steps = [
        say(
            "after {total}, {accept}, reject on {re} or more",
            total=stage.total,
            accept=_accept(stage.ac),
            re=stage.re,
        )
        for stage in plan.stages
    ]
    return say("; ").join([_drawing(plan), *steps])


def _accept(ac: int | None) -> str:
    if ac is None:
        return say("no acceptance yet")
    return say("accept on {ac} or fewer", ac=ac) if ac else say("accept on 0")


def plan_title(plan: Plan | FractionalPlan) -> str:
    """Return a plan in words as a title; Ac and Re of a plan with several stages are in the table below it.

    Examples
    --------
    >>> plan_title(MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7)))
    'Draw 50 items, then 50 more as needed'
    """
    words = _drawing(plan) if isinstance(plan, MultiplePlan) else plan_in_words(plan)
    return words[0].upper() + words[1:]


def _drawing(plan: MultiplePlan) -> str:
    first, *further = plan.n
    return say(
        "draw {first} items, then {further} more as needed", first=first, further=", ".join(map(str, further))
    )


def stage_table(plan: Plan | FractionalPlan) -> markup.Html | None:
    """Return the stages of a plan as an HTML table; None for a single plan, whose title says everything."""
    if not isinstance(plan, MultiplePlan):
        return None
    rows = [
        (number, stage.n, stage.total, "#" if stage.ac is None else stage.ac, stage.re)
        for number, stage in enumerate(plan.stages, start=1)
    ]
    columns = ("stage", "draw", "in all", "Ac", "Re")
    return markup.table(columns, rows, numbers=columns)


def plan_html(plan: Plan) -> markup.Html:
    """Return a plan as a block of HTML: what to do, and a small OC curve with three of its points in a table.

    Parameters
    ----------
    plan : SinglePlan or MultiplePlan
        The plan.

    Returns
    -------
    Html
        A self-contained block. The curve is that of a process (Type B). If no number of nonconforming items in the
        sample can reject a lot, the plan must be for nonconformities, and the curve counts those.

    Examples
    --------
    >>> html = plan_html(SinglePlan(n=80, ac=2))
    >>> "Inspect 80 items, accept on 2 or fewer, reject on 3 or more" in html, html.count("<svg")
    (True, 1)
    """
    from aql.plans.curve_grid import oc_points

    model: ProcessModel = "poisson" if plan.pa(1.0) == 1 else "binomial"
    unit = _UNITS[model]
    qualities = [100 * plan.quality_at(share, model=model) for share in _SHARES]
    points = [(100 * quality, chance) for quality, chance in oc_points(plan, model=model, points=61)]
    written = [_short(quality) for quality in qualities]
    picture = markup.curve(
        points,
        label=f"Operating characteristic: share of lots accepted by {unit}.",
        x_text=_apart(list(zip(qualities, written, strict=True)), points[-1][0]),
        y_text=((0.0, ""), *((share, percent(share)) for share in _SHARES)),
        x_title=unit,
        width=280,
        height=160,
    )
    rows = [
        (percent(share), f"{text} %" if model == "binomial" else text)
        for share, text in zip(_SHARES, written, strict=True)
    ]
    columns = ("lots accepted", "nonconforming" if model == "binomial" else unit)
    return markup.block(
        plan_title(plan),
        stage_table(plan),
        markup.element(
            "p",
            f"A sample of {plan.total} cannot contain enough nonconforming items to reject a lot, so the curve counts "
            "nonconformities.",
            class_="aql-dim",
        )
        if model == "poisson"
        else None,
        markup.element(
            "div",
            picture,
            markup.element("div", markup.table(columns, rows, numbers=columns)),
            class_="aql-row",
        ),
    )


def _apart(texts: list[tuple[float, str]], span: float) -> list[tuple[float, str]]:
    """Leave out tick labels that would touch the next one."""
    follows = [at for at, _ in texts[1:]] + [inf]
    return [
        (at, text if after - at > _CROWDED * span else "")
        for (at, text), after in zip(texts, follows, strict=True)
    ]


def _short(number: float) -> str:
    """Write a number with three significant digits and without an exponent."""
    import numpy as np

    return str(np.format_float_positional(number, precision=3, fractional=False, trim="-"))
