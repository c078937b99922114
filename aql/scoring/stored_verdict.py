"""Whether a stored verdict agrees with itself: counts with defects, decisions with counts, the lot with its lines.

A verdict that was changed by hand, or put together from two, is told rather than shown. What the contract or the log
would be needed for is not checked; `aql.write_report` compares checksums with both.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Protocol

from aql.contract.contract import InspectionClause
from aql.contract.terms import Term
from aql.errors import Problem
from aql.inspection.header import InspectionHeader
from aql.scoring.deciding import lot_decision
from aql.scoring.defects import Count, Defect
from aql.scoring.drawing import Drawing
from aql.scoring.line_result import LineResult
from aql.scoring.lot_result import unlisted_number
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.readings import TermReadings
from aql.types import Decision, LineKind
from aql.words import listed, plural, ranges

__all__ = ["contradictions"]


class _StoredVerdict(Protocol):
    """The parts of an `aql.Verdict` that depend on each other."""

    @property
    def decision(self) -> Decision: ...

    @property
    def header(self) -> InspectionHeader: ...

    @property
    def clause(self) -> InspectionClause: ...

    @property
    def classes(self) -> tuple[LineResult, ...]: ...

    @property
    def terms(self) -> tuple[LineResult, ...]: ...

    @property
    def limits(self) -> tuple[LineResult, ...]: ...

    @property
    def lines(self) -> tuple[LineResult, ...]: ...

    @property
    def lot_terms(self) -> tuple[LotTermResult, ...]: ...

    @property
    def defects(self) -> tuple[Defect, ...]: ...

    @property
    def counts(self) -> tuple[Count, ...]: ...

    @property
    def agreed(self) -> tuple[Term, ...]: ...

    @property
    def readings(self) -> tuple[TermReadings, ...]: ...

    @property
    def ordered(self) -> int | None: ...

    @property
    def unlisted(self) -> int: ...

    @property
    def lot_size(self) -> int: ...

    @property
    def drawing(self) -> Drawing | None: ...


def contradictions(verdict: _StoredVerdict) -> Iterator[Problem]:
    """Yield a problem for each place where a stored verdict does not agree with itself.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> list(contradictions(verdict)), next(contradictions(replace(verdict, decision="accept"))).message
    ([], 'must be "reject", the decision that follows from the lines, got "accept"')
    """
    if verdict.ordered is not None and verdict.ordered < 1:
        yield _problem("ordered", f"must be 1 or more, got {verdict.ordered}")
    yield from _unknown_terms(verdict)
    yield from _drawn(verdict)
    names = [line.name for line in verdict.lines]
    if len(set(names)) < len(names):
        yield _problem("classes", "two lines have the same name")
        return
    yield from _strangers(verdict, set(names))
    for key, lines in (("classes", verdict.classes), ("terms", verdict.terms), ("limits", verdict.limits)):
        for place, line in enumerate(lines):
            path = f"{key}[{place}]"
            found = [*_kind(verdict, line, key, path), *_shape(line, path), *_lot(verdict, line, path)]
            found = found or [*_decided(line, path)]
            yield from found
            if not found and line.kind != "limit":
                yield from _counted(verdict, line, path)
    follows = lot_decision([*verdict.lines, *verdict.lot_terms])
    if verdict.decision != follows:
        message = f'must be "{follows}", the decision that follows from the lines, got "{verdict.decision}"'
        yield _problem("decision", message)


def _problem(path: str, message: str) -> Problem:
    return Problem(path, message, "contradiction", path=path)


def _unknown_terms(verdict: _StoredVerdict) -> Iterator[Problem]:
    """Readings of terms that the verdict does not have."""
    agreed = {term.id for term in verdict.agreed}
    for place, one in enumerate(verdict.readings):
        if one.term not in agreed:
            yield _problem(f"readings[{place}].term", "names a term that the verdict does not have")


def _drawn(verdict: _StoredVerdict) -> Iterator[Problem]:
    """A drawing that is not the one that the header states."""
    stated, drawing = verdict.header.inspection.drawing, verdict.drawing
    if stated is None and drawing is not None:
        yield _problem("drawing", "must be absent, as the header states no drawing")
    elif drawing is not None and stated is not None:
        said = (verdict.header.contract, verdict.header.lot.id, verdict.lot_size, stated.seed)
        if said != (drawing.order, drawing.lot.id, drawing.lot.size, drawing.seed):
            yield _problem("drawing", "must be of the order, the lot and the seed that the header states")


def _strangers(verdict: _StoredVerdict, names: set[str]) -> Iterator[Problem]:
    """Names of lines that the verdict does not have, and defects that both count and do not count."""
    for place, one in enumerate(verdict.defects):
        path = f"defects[{place}]"
        if one.line not in names or one.counts_in not in {*names, ""}:
            yield _problem(path, f"names a line that the verdict does not have; it has {listed(names)}")
        if one.counts == (one.not_counted is not None):
            yield _problem(path, "must have either a line in which it counts or the reason why it does not")
    for place, count in enumerate(verdict.counts):
        if count.line not in names:
            message = f"names a line that the verdict does not have; it has {listed(names)}"
            yield _problem(f"counts[{place}]", message)
    if any(one.line not in names for one in verdict.counts):
        return
    results = {line.name: line for line in verdict.lines}
    unlisted = unlisted_number(verdict.defects, verdict.counts, results, by_items=_by_items(verdict))
    if verdict.unlisted != unlisted:
        yield _problem("unlisted", f"must be {unlisted}, as the defects say, got {verdict.unlisted}")


def _by_items(verdict: _StoredVerdict) -> bool:
    return verdict.clause.counting == "items"


_KINDS: dict[str, LineKind] = {"classes": "class", "terms": "term", "limits": "limit"}


def _kind(verdict: _StoredVerdict, line: LineResult, key: str, path: str) -> Iterator[Problem]:
    """Whether a line is in the list of its kind, and its class is one of the verdict."""
    if line.kind != _KINDS[key]:
        yield _problem(f"{path}.kind", f'must be "{_KINDS[key]}" in {key}, got "{line.kind}"')
    classes = [line.name] if line.kind == "class" else [one.name for one in verdict.classes]
    if line.kind != "limit" and line.class_name not in classes:
        yield _problem(f"{path}.class_name", f"must be {listed(classes, last='or')}, got {line.class_name!r}")


def _shape(line: LineResult, path: str) -> Iterator[Problem]:
    """Whether stage, sample and counts fit the plan."""
    if line.lookup is None and line.origin not in {"plan", "sample", "all"}:
        yield _problem(f"{path}.lookup", "must be the lookup that the plan comes from, got nothing")
    stages = line.lot_plan.stages
    if not 1 <= line.stage <= len(stages):
        yield _problem(
            f"{path}.stage", f"must be 1 to {len(stages)}, the stages of the plan, got {line.stage}"
        )
        return
    if line.sample != stages[line.stage - 1].total:
        total = stages[line.stage - 1].total
        yield _problem(f"{path}.sample", f"must be {total}, the sample of the plan, got {line.sample}")
    ordered = all(0 <= least <= most for least, most in line.by_stage)
    if not line.by_stage:  # a verdict that was stored before it kept the counts of its stages
        return
    if len(line.by_stage) != line.stage or not ordered or line.by_stage[-1][0] != line.found:
        message = (
            f"must have the counts up to stage {line.stage}, ending with {line.found}, the count of the line"
        )
        yield _problem(f"{path}.by_stage", message)
    elif line.weighted and tuple(map(math.ceil, line.weighted)) != line.by_stage[-1]:
        yield _problem(f"{path}.weighted", f"must be {line.found} when rounded up, the count of the line")


def _lot(verdict: _StoredVerdict, line: LineResult, path: str) -> Iterator[Problem]:
    """Whether the line is of this lot and of this way of counting."""
    if line.counting != verdict.clause.counting:
        message = f'must be "{verdict.clause.counting}", as in the settings of the inspection'
        yield _problem(f"{path}.counting", message)
    if line.cartons is not None or line.kind == "limit":
        return
    if line.lookup is not None and line.lookup.lot_size not in {None, verdict.lot_size}:
        message = f"must be {verdict.lot_size}, the size of the lot, got {line.lookup.lot_size}"
        yield _problem(f"{path}.lookup.lot_size", message)
    said = verdict.header.inspection.inspected_for(line.name)
    if line.inspected != said:
        shown = "absent" if said is None else said
        yield _problem(f"{path}.inspected", f"must be {shown}, as in the header, got {line.inspected}")


def _decided(line: LineResult, path: str) -> Iterator[Problem]:
    """Whether the decision follows from the counts, the plan and what is missing."""
    stage, last = line.lot_plan.stages[line.stage - 1], line.stage == len(line.lot_plan.stages)
    ac = -1 if stage.ac is None else stage.ac
    complete = (line.inspected or 0) >= line.sample
    wanting = bool(line.missing or line.too_near)
    accepts = line.at_most < stage.re if last else line.at_most <= ac
    allowed = {
        "reject": line.found >= stage.re,
        "accept": accepts and complete and not wanting,
        "continue": not last
        and ac < line.found
        and line.at_most < stage.re
        and line.draw > 0
        and not wanting,
        "hold": line.undecided or wanting or line.draw > 0,
    }
    if not allowed[line.decision] or (line.undecided and line.decision != "hold"):
        message = (
            f'"{line.decision}" does not follow from {plural(line.found, "finding")} in a sample of {line.sample} '
            f"(Ac {'#' if stage.ac is None else stage.ac}, Re {stage.re})"
        )
        yield _problem(f"{path}.decision", message)
    elif line.found >= stage.re and line.decision != "reject" and not line.undecided:
        message = f'must be "reject", because the count {line.found} reaches Re {stage.re}'
        yield _problem(f"{path}.decision", message)
    elif line.reinstates_normal != (line.decision == "accept" and line.found > max(ac, 0)):
        yield _problem(f"{path}.reinstates_normal", "must be true if the count lies between Ac and Re")


def _counted(verdict: _StoredVerdict, line: LineResult, path: str) -> Iterator[Problem]:
    """Whether count and items of a line are those of the defects and counts kept."""
    mine = [one for one in verdict.defects if one.counts_in == line.name]
    items = tuple(sorted({one.item for one in mine}))
    numbers = [one.number for one in verdict.counts if one.line == line.name]
    said = sum(numbers) if numbers else None
    if line.items != items:
        message = f"must be the items of the defects that count in it, {ranges(items) if items else 'none'}"
        yield _problem(f"{path}.items", message)
    if line.counted != said:
        yield _problem(
            f"{path}.counted", f"must be {said}, the sum of the counts in the log, got {line.counted}"
        )
    number = len(items) if _by_items(verdict) else sum(one.times for one in mine)
    if not any(one.number for one in verdict.counts) and line.found != number:
        yield _problem(f"{path}.found", f"must be {number}, as the defects say, got {line.found}")
