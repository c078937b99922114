"""The results of the commands: plans, findings and verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.cli.output import Cell, Output
from aql.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.contract.findings import Findings
    from aql.inspection.inspection import Inspection
    from aql.plans.stage import Stage
    from aql.scoring.verdict import Verdict
    from aql.standards.iso2859_1.lookup import Lookup
    from aql.types import Decision

__all__ = ["print_findings", "print_lost_photos", "print_plans", "print_verdict"]

_STYLES = {"accept": "green", "reject": "bold red", "continue": "blue", "hold": "yellow"}
_FINDINGS = {"error": "bold red", "warning": "yellow", "note": "blue"}
_EVERY = "Every term can be measured and enforced."


def print_plans(found: list[Lookup]) -> None:
    """Print plans as a table, followed by the explanation of each lookup."""
    out = Output()
    first = found[0]
    what = f"lot of {first.lot_size}, level {first.level}" if first.level else f"letter {first.letter}"
    out.line((f"{first.standard}, {first.severity}, {first.sampling} sampling; {what}", "bold"))
    staged = ("sample",) if any(len(_stages(one)) > 1 for one in found) else ()
    columns = ("AQL", "letter", *staged, "n", "Ac", "Re", "inspect")
    rows = [row for one in found for row in _rows_of_stages(one, staged=bool(staged))]
    out.table(columns, rows, numbers=("AQL", *staged, "n", "Ac", "Re"), named="AQL ")
    out.items("", [f"AQL {one.aql}: {one.explain()}" for one in found])


def _stages(found: Lookup) -> tuple[Stage, ...]:
    return tuple(getattr(found.lot_plan, "stages", ()))


def _rows_of_stages(found: Lookup, *, staged: bool) -> Iterator[tuple[str, ...]]:
    for number, stage in enumerate(_stages(found), start=1):
        head = (found.aql, found.letters or "—") if number == 1 else ("", "")
        place = (str(number),) if staged else ()
        accept = "#" if stage.ac is None else str(stage.ac)
        every = "every item" if found.inspect_all and number == 1 else ""
        yield *head, *place, str(stage.n), accept, str(stage.re), every


def print_findings(findings: Findings) -> None:
    """Print the findings of a check with their fixes."""
    out = Output()
    for one in findings:
        out.line((f"{one.severity}: ", _FINDINGS[one.severity]), f"{one.where}: {one.problem}")
        out.line(one.rewrite, indent=4)
    if findings:
        out.line(findings.counts())
    if not findings.errors and not findings.warnings:
        out.line(_EVERY)


def print_verdict(verdict: Verdict) -> None:
    """Print a verdict in the current language: the decision, lines, breaches, what is left to do, and notes."""
    from aql.display.decision_lines import DECIDED
    from aql.display.note_sentences import verdict_notes
    from aql.display.verdict import lot_in_words
    from aql.languages import say

    out = Output()
    decided = _signed(verdict.decision, say(DECIDED[verdict.decision]))
    out.line(say("{lot}: ", lot=lot_in_words(verdict)), decided)
    numbers = (say("found"), "Ac", "Re", say("sample"))
    out.table((say("line"), say("decision"), *numbers), list(_rows(verdict)), numbers=numbers)
    out.items(say("Nonconforming, term by term"), _breaches(verdict))
    out.items(say("To do"), _to_do(verdict))
    out.items(say("Notes"), verdict_notes(verdict))


def print_lost_photos(inspection: Inspection) -> None:
    """Print to standard error which photographs of an inspection a report cannot contain, and why."""
    from aql.report.photographs import photographs

    out = Output(error=True)
    try:
        found = photographs(inspection.header, inspection.rows, inspection.folder)
    except MissingExtraError as error:
        out.line(f"aql: the photographs were not checked: {error}")
        return
    for one in found:
        if one.problem:
            out.line(f"aql: photograph {one.file} {one.problem}.")


def _signed(decision: Decision, words: str, sign: str = "") -> Cell:
    from aql.display.decision_lines import DECISION_SIGNS

    return f"{sign or DECISION_SIGNS[decision]} {words}", _STYLES[decision]


def _rows(verdict: Verdict) -> Iterator[tuple[Cell, ...]]:
    from aql.display.decision_lines import line_name
    from aql.languages import say

    for line in verdict.lines:
        accept = "#" if line.ac is None else str(line.ac)
        numbers = (line.count, accept, str(line.re), str(line.sample))
        yield line_name(line.name), _signed(line.decision, say(line.decision)), *numbers
    for one in verdict.lot_terms:
        sign = "○" if one.status == "open" else ""
        yield one.term, _signed(one.decision, say(one.status), sign), "", "", "", say("lot")


def _to_do(verdict: Verdict) -> Iterator[str]:
    from aql.display.breaches import lot_term_words
    from aql.display.decision_lines import line_name
    from aql.languages import say

    for line in verdict.lines:
        _, *rest = map(str, line.reasons)
        if rest:
            yield say("{line}: {rest}", line=line_name(line.name), rest=say("; ").join(rest))
    for one in verdict.lot_terms:
        if one.status == "unknown":
            yield say("{line}: {rest}", line=one.term, rest=lot_term_words(one, verdict).found)


def _breaches(verdict: Verdict) -> list[str]:
    from aql.display.breaches import breach_words, breached_items
    from aql.languages import say

    lines = []
    for one in verdict.breaches:
        words, items = breach_words(one, verdict), breached_items(one, of=verdict.counted_of(one.term))
        beyond = say(" ({beyond})", beyond=words.beyond) if words.beyond else ""
        found = say("; ").join([f"{words.found}{beyond}", *([items] if items else [])])
        met = say("agreed: {agreed}; found: {found}", agreed=words.agreed, found=found)
        lines.append(say("{line}: {rest}", line=one.term, rest=met))
    return lines
