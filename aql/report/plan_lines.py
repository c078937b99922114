"""The rows of the report's table of plans, one per decision line."""

from __future__ import annotations

from dataclasses import dataclass

from aql import markup
from aql.display.decision_lines import DECISION_TONES, plan_basis
from aql.display.reasons import named_items
from aql.languages import say
from aql.report.plan_pictures import oc_picture, oc_words
from aql.scoring.line_result import LineResult
from aql.scoring.verdict import Verdict

__all__ = ["Curve", "PlanLine", "PlanStage", "plan_curves", "plan_lines"]

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class PlanStage:
    """A stage of a plan in the table; `reached` marks the last stage reached."""

    n: str
    ac: str
    re: str
    reached: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A decision line in the table of plans.

    Attributes
    ----------
    result : LineResult
        Result of the line.
    tone : str
        Colour tone of its decision.
    owner : str
        Class of the term if the line is that of a term, otherwise "".
    aql, level, letter : str
        AQL as printed, level and code letters; "stated" and dashes if the contract states the plan.
    stages : tuple of PlanStage
        Its stages.
    basis : str
        Where the plan comes from.
    beyond : str
        What to add if more items were inspected than are in the sample, otherwise "".
    items : str
        The items that count.
    """

    result: LineResult
    tone: str
    owner: str
    aql: str
    level: str
    letter: str
    stages: tuple[PlanStage, ...]
    basis: str
    beyond: str
    items: str


@dataclass(frozen=True, slots=True)
class Curve:
    """An OC curve of the annex: the lines with this plan, the plan, the picture if there is one, and it in words."""

    lines: tuple[str, ...]
    plan: str
    picture: markup.Html | None
    words: str


def plan_lines(verdict: Verdict) -> tuple[PlanLine, ...]:
    """Return the lines of the report's table of plans, one per decision line."""
    return tuple(_plan_line(line, verdict) for line in verdict.lines)


def _plan_line(line: LineResult, verdict: Verdict) -> PlanLine:
    basis = plan_basis(line)
    return PlanLine(
        result=line,
        tone=DECISION_TONES[line.decision],
        owner=line.class_name if line.kind == "term" else "",
        aql=_aql(line),
        level="—" if line.lookup is None else line.lookup.level or verdict.clause.level,
        letter=_letter(line),
        stages=tuple(_stages(line)),
        basis=basis[:1].upper() + basis[1:],
        beyond=_beyond(line),
        items=named_items(line.items, most=_ALL, of=line.counted_of) if line.items else "",
    )


def plan_curves(verdict: Verdict) -> tuple[Curve, ...]:
    """Return the OC curves of the annex of the report, each plan once; twice only if it has two AQLs to mark."""
    same: dict[tuple[object, str | None], list[LineResult]] = {}
    marked_first = sorted(verdict.lines, key=lambda line: line.lookup is None)
    for line in marked_first:
        plan = (line.lot_plan, line.cartons)
        if line.lookup is None:
            found = next((key for key in same if key[0] == plan), (plan, None))
        else:
            found = (plan, line.lookup.aql)
        same.setdefault(found, []).append(line)
    order = {line.name: place for place, line in enumerate(verdict.lines)}
    groups = [sorted(lines, key=lambda line: order[line.name]) for lines in same.values()]
    return tuple(_curve(lines, verdict) for lines in sorted(groups, key=lambda lines: order[lines[0].name]))


def _curve(lines: list[LineResult], verdict: Verdict) -> Curve:
    drawn = min(lines, key=lambda line: line.lookup is None)
    size = verdict.lot_size if drawn.cartons is None else drawn.cartons
    return Curve(
        lines=tuple(one.name for one in lines),
        plan=_in_brief(drawn),
        picture=oc_picture(drawn, counting=verdict.counting, lot_size=size),
        words=oc_words(drawn, counting=verdict.counting, lot_size=size),
    )


def _in_brief(line: LineResult) -> str:
    stages = line.lot_plan.stages
    ac = ", ".join("#" if stage.ac is None else str(stage.ac) for stage in stages)
    return f"n {' + '.join(str(stage.n) for stage in stages)}, Ac {ac}"


def _aql(line: LineResult) -> str:
    if line.lookup is None:
        return say("stated")
    return say("0, not allowed") if line.not_allowed else line.lookup.aql


def _letter(line: LineResult) -> str:
    return (line.lookup.letters if line.lookup is not None else "") or "—"


def _stages(line: LineResult) -> list[PlanStage]:
    several = len(line.lot_plan.stages) > 1
    return [
        PlanStage(
            n=f"+ {stage.n}" if number > 1 else str(stage.n),
            ac="#" if stage.ac is None else str(stage.ac),
            re=str(stage.re),
            reached=several and number == line.stage,
        )
        for number, stage in enumerate(line.lot_plan.stages, start=1)
    ]


def _beyond(line: LineResult) -> str:
    """The size of the sample if more items were inspected, for this line or for another."""
    if line.inspected is None or line.inspected <= line.sample:
        return ""
    facts = {"stage": line.stage, "sample": line.sample}
    if len(line.lot_plan.stages) > 1 and line.not_allowed:
        return say(", all of which count; the samples up to stage {stage} are the first {sample}", **facts)
    if len(line.lot_plan.stages) > 1:
        return say("; the samples up to stage {stage} are the first {sample}", **facts)
    if line.not_allowed:
        return say(", all of which count; the sample is the first {sample}", **facts)
    return say("; the sample is the first {sample}", **facts)
