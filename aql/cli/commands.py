"""The commands plan, sheet, check, score and demo."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.text import Text

from aql.cli import asked
from aql.cli.printing import console, print_findings, print_json, print_plans, print_verdict
from aql.errors import AqlError
from aql.types import LEVELS, SAMPLINGS, SEVERITIES, Level, Sampling, Severity, Standard

if TYPE_CHECKING:
    from collections.abc import Callable

    from aql.contract.contract import Contract
    from aql.inspection.inspection import Inspection
    from aql.scoring.verdict import Verdict
    from aql.standards.iso2859_1.lookup import Lookup

__all__ = ["app"]

EXIT_CODES = {"accept": 0, "reject": 1, "continue": 3, "hold": 3}
WRONG_INPUT = 2

app = typer.Typer(
    name="aql",
    help="Acceptance sampling: look up plans, check contracts and score inspections.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
ContractFile = Annotated[
    Path, typer.Argument(help="The contract, a .toml or .json file.", show_default=False)
]


def _one_of(choices: tuple[str, ...]) -> str:
    return f"<{'|'.join(choices)}>"


def _or_exit(work: Callable[[], None]) -> None:
    """Run a command; print an error of the library as a message and exit with code 2."""
    try:
        work()
    except (AqlError, OSError) as error:
        console(error=True).print(Text(f"aql: {error}"))
        raise typer.Exit(WRONG_INPUT) from None


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"aql-sampling {version('aql-sampling')}\n")
        raise typer.Exit


@app.callback()
def main(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Acceptance sampling: look up plans, check contracts and score inspections."""


@app.command(cls=asked.PlanCommand)
def plan(
    lot_size: Annotated[
        int | None,
        typer.Argument(help="Lot size, unless --letter is given.", show_default=False, parser=asked.lot_size),
    ] = None,
    aql: Annotated[
        list[str] | None, typer.Option("--aql", help="AQL; can be repeated. 0 means not allowed.")
    ] = None,
    letter: Annotated[str | None, typer.Option(help="Code letter, instead of a lot size.")] = None,
    level: Annotated[
        str, typer.Option(help="Inspection level.", parser=asked.level, metavar=_one_of(LEVELS))
    ] = "II",
    severity: Annotated[
        str, typer.Option(help="Severity.", parser=asked.severity, metavar=_one_of(SEVERITIES))
    ] = "normal",
    sampling: Annotated[
        str, typer.Option(help="Type of sampling.", parser=asked.sampling, metavar=_one_of(SAMPLINGS))
    ] = "single",
    standard: Annotated[str, typer.Option(help="Edition of the standard.")] = "ISO 2859-1:1999",
    as_json: AsJson = False,
) -> None:
    """Look up the plan of a standard for a lot."""

    def work() -> None:
        from aql.standards.iso2859_1.lookup import lookup

        found = [
            lookup(
                lot_size,
                aql=one,
                letter=letter,
                level=cast(Level, level),
                severity=cast(Severity, severity),
                sampling=cast(Sampling, sampling),
                standard=cast(Standard, standard),
            )
            for one in aql or ["0", "2.5", "4.0"]
        ]
        if as_json:
            print_json([_lookup_values(one) for one in found])
            return
        print_plans(found)

    _or_exit(work)


def _lookup_values(found: Lookup) -> dict[str, object]:
    plan_now = found.lot_plan
    stages = [
        {"n": stage.n, "total": stage.total, "ac": stage.ac, "re": stage.re}
        for stage in getattr(plan_now, "stages", ())
    ]
    return {
        "standard": found.standard,
        "table": found.table,
        "lot_size": found.lot_size,
        "level": found.level,
        "letter": found.letter,
        "plan_letter": found.plan_letter,
        "aql": found.aql,
        "severity": found.severity,
        "sampling": found.sampling,
        "stages": stages,
        "inspect_all": found.inspect_all,
        "practice": found.practice,
        "disputed": found.disputed,
        "trace": [{"table": cell.table, "letter": cell.letter, "mark": cell.mark} for cell in found.trace],
        "explanation": found.explain(),
    }


@app.command()
def sheet(
    contract: ContractFile,
    out: Annotated[Path, typer.Option(help="Folder to write to; created if it does not exist.")] = Path(),
    lot: Annotated[str, typer.Option(help="Id of the lot.")] = "L1",
    lot_size: Annotated[
        int | None,
        typer.Option(help="Lot size; defaults to the ordered quantity.", parser=asked.lot_size),
    ] = None,
    stage: Annotated[
        int, typer.Option(help="Stage of a double or multiple plan to write rows for.", parser=asked.stage)
    ] = 1,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="Write the log as a workbook.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
) -> None:
    """Write an inspection sheet, ready to fill in."""

    def work() -> None:
        from aql.contract.contract import Contract
        from aql.report.sheet import write_sheet

        written = write_sheet(
            Contract.load(contract),
            out,
            lot=lot,
            lot_size=lot_size,
            stage=stage,
            workbook=xlsx,
            overwrite=force,
        )
        for path in written:
            console().print(Text(f"Wrote {path}"), soft_wrap=True)
        if stage > 1:
            names = f"file = [..., {written[0].name!r}]"
            console().print(
                Text(f"In inspection.toml, add the file under [findings], as {names}, and update inspected.")
            )

    _or_exit(work)


@app.command()
def check(contract: ContractFile, as_json: AsJson = False) -> None:
    """Check a contract for terms that could not be enforced.

    The exit code is 0, 1 if the contract has an error, or 2 for invalid input.
    """

    def work() -> None:
        from aql.contract.check import check as check_contract
        from aql.contract.contract import Contract

        read = Contract.load(contract)
        findings = check_contract(read)
        if as_json:
            print_json([one.to_dict() for one in findings])
        else:
            print_findings(findings)
        if findings.errors:
            raise typer.Exit(1)

    _or_exit(work)


@app.command()
def score(
    contract: ContractFile,
    inspection: Annotated[
        Path, typer.Argument(help="The header of the inspection, a .toml or .json file.", show_default=False)
    ],
    html: Annotated[Path | None, typer.Option(help="Write the report to this .html file.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Write the verdict to this .xlsx file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Score an inspection against its contract.

    The exit code is 0 for accept, 1 for reject, 2 for invalid input, and 3 for continue or hold.
    """

    def work() -> None:
        from aql.contract.contract import Contract
        from aql.inspection.inspection import Inspection

        verdict = _scored(
            Contract.load(contract), Inspection.load(inspection), html=html, xlsx=xlsx, as_json=as_json
        )
        raise typer.Exit(EXIT_CODES[verdict.decision])

    _or_exit(work)


@app.command()
def demo(
    html: Annotated[Path | None, typer.Option(help="Write the report to this .html file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Score the example that comes with aql, an order of tablets."""

    def work() -> None:
        from aql import examples

        contract, inspection = examples.tablet_order()
        if not as_json:
            order = contract.order
            console().print(
                Text(f"{order.quantity} of {order.product}, order {order.id}, from {order.supplier}")
            )
        verdict = _scored(contract, inspection, html=html, xlsx=None, as_json=as_json)
        if not as_json:
            code = EXIT_CODES[verdict.decision]
            folder = examples.example_file("tablet_order")
            console().print(Text(f"\naql score would exit with {code}. The files of this order are in"))
            console().print(Text(str(folder)), soft_wrap=True)

    _or_exit(work)


def _scored(
    contract: Contract, inspection: Inspection, *, html: Path | None, xlsx: Path | None, as_json: bool
) -> Verdict:
    from aql.scoring.score import score as score_lot

    # Report a file that cannot be written before the verdict, not after it.
    if html is not None:
        from aql.report.page import report_target, write_report

        report_target(html)
    if xlsx is not None:
        from aql.report.workbook import workbook_target, write_workbook

        workbook_target(xlsx)
    verdict = score_lot(contract, inspection)
    if as_json:
        print_json(verdict.to_dict())
    else:
        print_verdict(verdict)
    written: list[Path] = []
    if html is not None:
        written.append(write_report(verdict, html, inspection=inspection))
    if xlsx is not None:
        written.append(write_workbook(verdict, xlsx, inspection=inspection))
    for path in written if not as_json else ():
        console().print(Text(f"Wrote {path}"), soft_wrap=True)
    return verdict
