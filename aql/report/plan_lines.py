"""The rows of the report's table of plans, one per decision line."""

from __future__ import annotations

from dataclasses import dataclass

from aql import markup
from aql.display.decision_lines import plan_basis
from aql.display.decisions import DECISION_TONES
from aql.report.plan_pictures import oc_picture, oc_words
from aql.scoring.line_result import LineResult
from aql.scoring.verdict import Verdict
from aql.words import ranges

__all__ = ["PlanLine", "PlanStage", "plan_lines"]

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
    aql, letter : str
        AQL as printed and code letters; "stated" and a dash if the contract states the plan.
    stages : tuple of PlanStage
        Its stages.
    basis : str
        Where the plan comes from.
    beyond : str
        What to add if more items were inspected than are in the sample, otherwise "".
    items : str
        The items that count.
    picture : Html or None
        Its OC curve.
    words : str
        The OC curve in words.
    """

    result: LineResult
    tone: str
    owner: str
    aql: str
    letter: str
    stages: tuple[PlanStage, ...]
    basis: str
    beyond: str
    items: str
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
        letter=_letter(line),
        stages=tuple(_stages(line)),
        basis=basis[:1].upper() + basis[1:],
        beyond=_beyond(line),
        items=ranges(line.items, most=_ALL) if line.items else "",
        picture=oc_picture(line, counting=verdict.counting, lot_size=verdict.lot_size),
        words=oc_words(line, counting=verdict.counting, lot_size=verdict.lot_size),
    )


def _aql(line: LineResult) -> str:
    if line.lookup is None:
        return "stated"
    return "0, not allowed" if line.not_allowed else line.lookup.aql


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
    several = len(line.lot_plan.stages) > 1
    sample = f"the samples up to stage {line.stage} are" if several else "the sample is"
    return f"{', all of which count' if line.not_allowed else ''}; {sample} the first {line.sample}"
