"""Write the recomputed tables and the plan browser to docs/derived/.

Run from the project's folder: ``python docs/make_derived_tables.py``. The pages are committed, and a test checks that
they are up to date. `aql.standards` computes the numbers from the master tables alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from aql import tables
from aql.plans.plan import SinglePlan
from aql.standards.editions import edition
from aql.standards.iso2859_1 import derived
from aql.standards.iso2859_1.arrows import master_name, resolve
from aql.standards.iso2859_1.plan_cells import plan_cells
from aql.types import SAMPLINGS, SEVERITIES, STANDARDS

HERE = Path(__file__).parent
FOLDER = HERE / "derived"
TEMPLATE = HERE / "plan_browser.in.html"
PRINTED = ("ISO 2859-1:1999", "MIL-STD-105E")
ARROWS = {"down": "↓", "up": "↑", "blank": ""}
SHORT = {"plan": "p", "single": "s", "double": "D", "down": "d", "up": "u"}

KINDS: Mapping[str, tuple[str, str]] = {
    "oc_values": (
        "Operating characteristics",
        (
            "Quality accepted with the probability in the column heading, in percent. Binomial for an AQL of 10 or "
            "less and a single sample of 80 or less; Poisson otherwise."
        ),
    ),
    "producer_risks": (
        "Producer's risk at the AQL",
        "Lots rejected when the quality is the AQL, in percent. Binomial up to an AQL of 10, Poisson above.",
    ),
    "consumer_risk_qualities": (
        "Consumer's risk quality at 10 percent",
        (
            "Quality accepted one time in ten: percent nonconforming (binomial) up to an AQL of 10, nonconformities per "
            "100 items (Poisson) above."
        ),
    ),
    "aoqls": (
        "Average outgoing quality limit",
        (
            "Worst average quality delivered when rejected lots are screened, for lots much larger than the sample; "
            "percent or per 100 items, Poisson. For single sampling, multiply by 1 − n/N in a lot of N."
        ),
    ),
    "asn_ratios": (
        "Average sample number relative to single sampling",
        (
            "Items inspected on average, divided by the sample size of the single plan of the same cell, at the "
            "quality where the single plan accepts 95 percent of lots. Poisson; every sample that is started is finished."
        ),
    ),
}
FIGURE = {
    "producer_risks": "risk",
    "consumer_risk_qualities": "crq",
    "aoqls": "aoql",
    "asn_ratios": "ratio_p95",
}


def pages() -> Iterator[tuple[str, Callable[[], str]]]:
    """File names in docs/derived/, each with the function that returns the page's text."""
    yield "index.md", index_page
    yield "plan_browser.html", browser_page
    for kind, standard, severity in product(KINDS, PRINTED, SEVERITIES):
        yield (
            page_name(kind, standard, severity),
            lambda k=kind, s=standard, v=severity: table_page(k, s, v),  # type: ignore[misc]
        )


def page_name(kind: str, standard: str, severity: str) -> str:
    """File name of a page of tables."""
    return f"{kind}_{edition(standard).folder}_{severity}.md"


def index_page() -> str:
    """The list of all pages."""
    lines = [
        "# Derived tables",
        "",
        (
            "Computed from the [master tables](../reference/provenance.md) alone by `aql.standards`; "
            "[Derived tables, recomputed](../explanation/derived_tables.md) explains the conventions. "
            "ANSI/ASQ Z1.4 has the plans of MIL-STD-105E. The [plan browser](plan_browser.html) draws the curve of any "
            "cell."
        ),
        "",
        "Written by `python docs/make_derived_tables.py`; do not edit.",
    ]
    for kind, (title, words) in KINDS.items():
        lines += ["", f"## {title}", "", words, ""]
        for standard in PRINTED:
            links = (f"[{one}]({page_name(kind, standard, one)})" for one in SEVERITIES)
            lines.append(f"- {standard}: {', '.join(links)}")
    lines += ["", "```{toctree}", ":hidden:", ":glob:", "", "*", "```"]
    return "\n".join(lines) + "\n"


def table_page(kind: str, standard: str, severity: str) -> str:
    """The page with one figure, such as the producer's risk, for every cell of an edition and severity."""
    title, words = KINDS[kind]
    lines = [
        f"# {title}: {standard}, {severity} inspection",
        "",
        words,
        "",
        (
            "`*` and `++` mark cells that use the single or double plan of the same cell; † marks a cell with a second "
            "reading. Back to [all derived tables](index.md)."
        ),
    ]
    samplings = SAMPLINGS[1:] if kind == "asn_ratios" else SAMPLINGS
    for sampling in samplings:
        frame = getattr(derived, kind)(standard, severity, sampling)
        lines += ["", f"## {sampling.capitalize()} sampling", ""]
        if kind == "oc_values":
            lines += _list(frame, sampling)
        else:
            lines += _grid(frame, kind, standard, severity, sampling)
    return "\n".join(lines) + "\n"


def _list(frame: Any, sampling: str) -> list[str]:
    names = [name for name in frame.columns if name[0] == "p" and name[1:].isdigit()]
    lines = [
        f"| letter | AQL | plan | model | {' | '.join(name[1:] for name in names)} |",
        f"|---|--:|---|---|{'--:|' * len(names)}",
    ]
    kept = frame if sampling == "single" else frame[~frame["mark"].isin(["single"])]
    for row in kept.to_dict("records"):
        values = " | ".join(digits(row[name]) for name in names)
        label = f"{row['letter']}{sign(row['mark'])}{'†' if row['disputed'] else ''}"
        lines.append(f"| {label} | {row['aql']} | {plan_text(row['plan'])} | {row['model']} | {values} |")
    return lines


def _grid(frame: Any, kind: str, standard: str, severity: str, sampling: str) -> list[str]:
    table = tables.master_table(edition(standard).folder, master_name(sampling, severity))
    scale = 100 if kind == "producer_risks" else 1
    rows = {(row["letter"], row["aql"]): row for row in frame.to_dict("records")}
    lines = ["| | " + " | ".join(table.aqls) + " |", "|---|" + "--:|" * len(table.aqls)]
    for letter in table.letters:
        cells = []
        for aql in table.aqls:
            row = rows.get((letter, aql))
            if row is None:
                cells.append(ARROWS.get(table.cells[letter, aql].mark, ""))
            else:
                value = digits(scale * row[FIGURE[kind]])
                cells.append(f"{value}{sign(row['mark'])}{'†' if row['disputed'] else ''}")
        lines.append(f"| **{letter}** | " + " | ".join(cells) + " |")
    return lines


def sign(mark: str) -> str:
    """The printed sign of a cell that uses the single or double plan, escaped for Markdown."""
    return {"single": " \\*", "double": " ++"}.get(mark, "")


def digits(value: float) -> str:
    """A number with three significant digits, as in the standards.

    Examples
    --------
    >>> digits(0.012562), digits(1085.08), digits(12.0)
    ('0.0126', '1090', '12.0')
    """
    return format(Decimal(f"{value:#.3g}"), "f")


def plan_text(plan: Any) -> str:
    """A plan in short: the samples, then Ac/Re of each."""
    if isinstance(plan, SinglePlan):
        return f"{plan.n}: {plan.ac}/{plan.re}"
    limits = (f"{'#' if one.ac is None else one.ac}/{one.re}" for one in plan.stages)
    return f"{len(plan.n)} × {plan.n[0]}: {' '.join(limits)}"


def browser_page() -> str:
    """The page of the plan browser, which contains the plans of every cell."""
    text = json.dumps(browser_data(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return TEMPLATE.read_text("utf-8").replace("/*DATA*/", text.replace("<", "\\u003c"))


def browser_data() -> dict[str, Any]:
    """The plan of every cell, as indexes into lists that contain each plan and each second reading once.

    A cell is ``[first mark, letter of the plan, index of the plan, number of the second reading or 0, last mark
    before the plan]``.
    """
    plans: dict[Any, int] = {}
    readings: dict[str, int] = {}
    found: dict[str, Any] = {}
    letters = tables.master_table(edition(PRINTED[0]).folder, "single_tightened").letters
    aqls = tables.master_table(edition(PRINTED[0]).folder, "single_normal").aqls
    for standard, severity in product(STANDARDS, SEVERITIES):
        for sampling in edition(standard).samplings:
            cells = plan_cells(standard, severity, sampling, arrows=True)
            at = {(cell.letter, cell.aql): cell for cell in cells}
            grid: list[Any] = []
            for letter in letters:
                row: list[Any] = []
                for aql in aqls:
                    cell = at.get((letter, aql))
                    if cell is None:
                        row.append(0)
                        continue
                    trace = resolve(standard, sampling, severity, letter, aql, below=False).trace
                    reading = next((one.second_reading for one in trace if one.second_reading), None)
                    number = 0 if reading is None else readings.setdefault(reading, len(readings) + 1)
                    borrowed = next((one.mark for one in trace if one.mark in {"single", "double"}), "plan")
                    plan = plans.setdefault(cell.plan, len(plans))
                    row.append([SHORT[cell.mark], cell.plan_letter, plan, number, SHORT[borrowed]])
                grid.append(row if any(row) else 0)
            found[f"{standard},{severity},{sampling}"] = grid
    numbers = [
        [
            [one.n for one in plan.stages],
            [-1 if one.ac is None else one.ac for one in plan.stages],
            [one.re for one in plan.stages],
        ]
        for plan in plans
    ]
    lists = {"standards": STANDARDS, "severities": SEVERITIES, "samplings": SAMPLINGS}
    return {
        **lists,
        "letters": letters,
        "aqls": aqls,
        "plans": numbers,
        "readings": [*readings],
        "tables": found,
    }


def main() -> None:
    """Write all pages."""
    FOLDER.mkdir(exist_ok=True)
    total = 0
    for name, write in pages():
        text = write()
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        total += len(text.encode())
    sys.stdout.write(f"{len(list(FOLDER.iterdir()))} files, {total / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
