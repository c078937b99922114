"""The output of the commands: tables and lists that read well in a terminal and in a pipe."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aql.contract.findings import Findings
    from aql.scoring.verdict import Verdict
    from aql.standards.iso2859_1.lookup import Lookup

__all__ = ["console", "print_findings", "print_json", "print_plans", "print_verdict"]

_STYLES = {"accept": "green", "reject": "bold red", "continue": "blue", "hold": "yellow"}
_FINDINGS = {"error": "bold red", "warning": "yellow", "note": "blue"}
_PIPE_WIDTH = 80


def console(*, error: bool = False) -> Console:
    """Return a console as wide as the terminal; in a pipe, with a fixed width and no colours."""
    stream = sys.stderr if error else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        # If the output cannot show a sign, the word next to it still says the same.
        stream.reconfigure(errors="replace")
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False, soft_wrap=False, emoji=False, markup=False)


def print_json(data: object) -> None:
    """Print values as JSON."""
    sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def print_plans(found: list[Lookup]) -> None:
    """Print plans as a table, followed by the explanation of each lookup."""
    out = console()
    first = found[0]
    what = f"lot of {first.lot_size}, level {first.level}" if first.level else f"letter {first.letter}"
    out.print(Text(f"{first.standard}, {first.severity}, {first.sampling} sampling; {what}", style="bold"))
    table = _table("AQL", "letter", "n", "Ac", "Re", "inspect", numbers=("AQL", "n", "Ac", "Re"))
    for one in found:
        stages = one.lot_plan.stages if hasattr(one.lot_plan, "stages") else ()
        for number, stage in enumerate(stages):
            accept = "#" if stage.ac is None else str(stage.ac)
            every = "every item" if one.inspect_all else ""
            head = (one.aql, one.letters or "—") if number == 0 else ("", f"sample {number + 1}")
            table.add_row(*head, str(stage.n), accept, str(stage.re), every if number == 0 else "")
    out.print(table)
    _print_list(out, "", [f"AQL {one.aql}: {one.explain()}" for one in found])


def _table(*columns: str, numbers: Iterable[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    right = set(numbers)
    for name in columns:
        table.add_column(name, justify="right" if name in right else "left")
    return table


def print_findings(findings: Findings) -> None:
    """Print the findings of a check with their fixes."""
    out = console()
    for one in findings:
        out.print(
            Text(f"{one.severity}: ", style=_FINDINGS[one.severity]) + Text(f"{one.where}: {one.problem}")
        )
        out.print(Padding(Text(one.rewrite), (0, 0, 0, 4)))
    if findings:
        out.print(Text(findings.counts()))
    if not findings.errors and not findings.warnings:
        out.print(Text("Every term can be measured and enforced."))


def print_verdict(verdict: Verdict) -> None:
    """Print a verdict: the decision, the lines, the breaches, what is left to do, and notes."""
    from aql.display.breaches import lot_term_words
    from aql.display.decision_lines import line_reasons
    from aql.display.decisions import DECIDED, DECISION_SIGNS
    from aql.display.verdict_notes import verdict_notes

    out = console()
    out.print(
        Text(f"Lot {verdict.lot} of order {verdict.order}, {verdict.lot_size} items: ")
        + Text(
            f"{DECISION_SIGNS[verdict.decision]} {DECIDED[verdict.decision]}",
            style=_STYLES[verdict.decision],
        )
    )
    numbers = ("found", "Ac", "Re", "sample")
    table = _table("line", "decision", *numbers, numbers=numbers)
    for line in verdict.lines:
        decision = Text(f"{DECISION_SIGNS[line.decision]} {line.decision}", style=_STYLES[line.decision])
        accept = "#" if line.ac is None else str(line.ac)
        table.add_row(line.name, decision, str(line.found), accept, str(line.re), str(line.sample))
    for one in verdict.lot_terms:
        sign = "○" if one.status == "open" else DECISION_SIGNS[one.decision]
        decision = Text(f"{sign} {one.status}", style=_STYLES[one.decision])
        table.add_row(one.term, decision, "", "", "", "lot")
    out.print(table)
    _print_list(out, "Nonconforming, term by term", _breaches(verdict))
    undecided = []
    for line in verdict.lines:
        _, *rest = line_reasons(line, verdict.counting)
        undecided += [f"{line.name}: {'; '.join(rest)}"] if rest else []
    unknown = [one for one in verdict.lot_terms if one.status == "unknown"]
    open_terms = [f"{one.term}: {lot_term_words(one, verdict).found}" for one in unknown]
    _print_list(out, "To do", [*undecided, *open_terms])
    _print_list(out, "Notes", verdict_notes(verdict))


def _breaches(verdict: Verdict) -> list[str]:
    from aql.display.breaches import breach_words, breached_items

    lines = []
    for one in verdict.breaches:
        words, items = breach_words(one, verdict), breached_items(one)
        where = f"; {items}" if items else ""
        beyond = f" ({words.beyond})" if words.beyond else ""
        lines.append(f"{one.term}: agreed: {words.agreed}; found: {words.found}{beyond}{where}")
    return lines


def _print_list(out: Console, title: str, lines: Iterable[str]) -> None:
    grid = Table.grid(padding=(0, 1))
    for line in lines:
        grid.add_row("-", Text(line))
    if grid.row_count:
        out.print(Text(f"\n{title}", style="bold") if title else "")
        out.print(grid)
