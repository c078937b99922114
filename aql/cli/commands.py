"""The commands plan, sheet, draw, check, score, bulk, switch, claim, hash and demo."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from aql.cli import arguments, exit_codes
from aql.cli.bulk_command import bulk_command
from aql.cli.claim_command import claim_command
from aql.cli.documents import read_contract, read_documents, read_drawing
from aql.cli.draw_command import draw_command
from aql.cli.output import Output, print_json, print_written
from aql.cli.printing import print_findings, print_lost_photos, print_plans, print_verdict
from aql.cli.program import Program
from aql.cli.switch_command import switch_command
from aql.errors import DomainError
from aql.languages import LANGUAGES, say, spoken
from aql.types import LEVELS, SAMPLINGS, SEVERITIES, STANDARDS, Level, Sampling, Severity, Standard
from aql.words import listed

if TYPE_CHECKING:
    from aql.contract.contract import Contract
    from aql.inspection.inspection import Inspection
    from aql.scoring.verdict import Verdict
    from aql.standards.iso2859_1.lookup import Lookup

__all__ = ["app"]

app = typer.Typer(
    name="aql",
    cls=Program,
    help="Acceptance sampling: look up plans, check contracts and score inspections.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


DEFAULT_LEVEL = "II"
USUAL_AQLS = ["0", "2.5", "4.0"]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def _choice(what: str, choices: tuple[str, ...]) -> str:
    return f"{what}: {listed(choices, last='or')}."


ReportLanguage = Annotated[
    str,
    typer.Option(
        "--lang", help=_choice("Language of the report", LANGUAGES), parser=arguments.language, metavar="LANG"
    ),
]
SheetLanguage = Annotated[
    str,
    typer.Option(
        "--lang", help=_choice("Language of the sheet", LANGUAGES), parser=arguments.language, metavar="LANG"
    ),
]
ContractFile = Annotated[
    Path,
    typer.Argument(
        help="The contract: a .toml or .json file, or - for standard input.",
        show_default=False,
        metavar="CONTRACT",
    ),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"aql-sampling {version('aql-sampling')}\n")
        raise typer.Exit


@app.callback()
def all_commands(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Acceptance sampling: look up plans, check contracts and score inspections."""


@app.command("plan", cls=arguments.PlanCommand)
def plan_command(
    lot_size: Annotated[
        int | None,
        typer.Argument(
            help="Lot size, unless --letter is given.",
            show_default=False,
            parser=arguments.lot_size,
            metavar="LOT_SIZE",
        ),
    ] = None,
    aql: Annotated[
        list[str], typer.Option("--aql", help="AQL; can be repeated. 0 means not allowed.", metavar="AQL")
    ] = USUAL_AQLS,
    letter: Annotated[
        str | None, typer.Option(help="Code letter, instead of a lot size.", metavar="LETTER")
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            help=_choice("Inspection level", LEVELS),
            parser=arguments.level,
            metavar="LEVEL",
            show_default=DEFAULT_LEVEL,
        ),
    ] = None,
    severity: Annotated[
        str, typer.Option(help=_choice("Severity", SEVERITIES), parser=arguments.severity, metavar="SEVERITY")
    ] = "normal",
    sampling: Annotated[
        str,
        typer.Option(
            help=_choice("Type of sampling", SAMPLINGS), parser=arguments.sampling, metavar="SAMPLING"
        ),
    ] = "single",
    standard: Annotated[
        str, typer.Option(help=_choice("Edition of the standard", STANDARDS), metavar="STANDARD")
    ] = "ISO 2859-1:1999",
    as_json: AsJson = False,
) -> None:
    """Look up the plan of a standard for a lot."""
    if (lot_size is None) == (letter is None):
        given = "neither" if lot_size is None else "both"
        raise DomainError(f"pass a lot size or --letter, got {given}")
    if letter is not None and level is not None:
        raise DomainError("--level must be left out with --letter")
    from aql.standards.iso2859_1.lookup import lookup

    found = [
        lookup(
            lot_size,
            aql=one,
            letter=letter,
            level=cast(Level, level or DEFAULT_LEVEL),
            severity=cast(Severity, severity),
            sampling=cast(Sampling, sampling),
            standard=cast(Standard, standard),
        )
        for one in aql
    ]
    if as_json:
        print_json([_lookup_values(one) for one in found])
        return
    print_plans(found)


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
        "note": found.note,
        "disputed": found.disputed,
        "trace": [{"table": cell.table, "letter": cell.letter, "mark": cell.mark} for cell in found.trace],
        "explanation": found.explain(),
    }


@app.command("sheet")
def sheet_command(
    contract: ContractFile,
    out: Annotated[
        Path, typer.Option(help="Folder to write to; created if it does not exist.", metavar="FOLDER")
    ] = Path(),
    lot: Annotated[str, typer.Option(help="Id of the lot.", metavar="LOT")] = "L1",
    lot_size: Annotated[
        int | None,
        typer.Option(
            help="Lot size; defaults to the ordered quantity.", parser=arguments.lot_size, metavar="SIZE"
        ),
    ] = None,
    cartons: Annotated[
        int | None, typer.Option(min=1, help="Number of cartons, for terms of cartons.", metavar="CARTONS")
    ] = None,
    stage: Annotated[
        int,
        typer.Option(
            help="Stage of a double or multiple plan to write rows for.",
            parser=arguments.stage,
            metavar="STAGE",
        ),
    ] = 1,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="Write the log as a workbook.")] = False,
    wide: Annotated[
        bool,
        typer.Option(
            "--wide",
            help="One row per item and one column per term; as a workbook, with drop-downs and a live tally.",
        ),
    ] = False,
    drawing: Annotated[
        Path | None,
        typer.Option(
            help="With --wide: the drawing, a file from aql draw --json, whose cartons are filled in.",
            metavar="FILE",
        ),
    ] = None,
    lang: SheetLanguage = "en",
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
) -> None:
    """Write an inspection sheet, ready to fill in."""
    from aql.report.sheet import write_sheet

    written = write_sheet(
        read_contract(contract),
        out,
        lot=lot,
        lot_size=lot_size,
        cartons=cartons,
        stage=stage,
        workbook=xlsx,
        form="wide" if wide else "long",
        drawing=None if drawing is None else read_drawing(drawing),
        language=lang,
        overwrite=force,
    )
    with spoken(lang):
        print_written(written)
        if stage > 1:
            Output().line(
                say(
                    "In inspection.toml, add the file under [findings], as {names}, and update inspected.",
                    names=f"file = [..., {written[0].name!r}]",
                )
            )


app.command("draw")(draw_command)


@app.command("check")
def check_command(
    contract: ContractFile,
    rules: Annotated[
        str | None,
        typer.Option(
            help="Rule set, by name or as a file: also say what could not be claimed under it.",
            metavar="RULES",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a contract for terms that could not be enforced.

    The exit code is 0, 1 if the contract has an error, or 2 for invalid input.
    """
    from aql.assurance.before_order import check as check_contract

    findings = check_contract(read_contract(contract), rules=rules)
    if as_json:
        print_json([one.to_dict() for one in findings])
    else:
        print_findings(findings)
    if findings.errors:
        raise typer.Exit(exit_codes.BAD_CONTRACT)


@app.command("score")
def score_command(
    contract: ContractFile,
    inspection: Annotated[
        Path,
        typer.Argument(
            help="The header of the inspection: a .toml or .json file, or - for standard input.",
            show_default=False,
            metavar="INSPECTION",
        ),
    ],
    html: Annotated[
        Path | None, typer.Option(help="Write the report to this .html file.", metavar="FILE")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(help="Write the report to this .pdf file.", metavar="FILE")
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option(help="Write the verdict to this .xlsx file.", metavar="FILE")
    ] = None,
    lang: ReportLanguage = "en",
    as_json: AsJson = False,
) -> None:
    """Score an inspection against its contract.

    The exit code is 0 for accept, 1 for reject, 2 for invalid input, and 3 for continue or hold.
    """
    verdict = _scored(
        *read_documents(contract, inspection), html=html, pdf=pdf, language=lang, xlsx=xlsx, as_json=as_json
    )
    raise typer.Exit(exit_codes.DECISIONS[verdict.decision])


app.command("bulk")(bulk_command)
app.command("switch")(switch_command)
app.command("claim")(claim_command)


@app.command("hash")
def hash_command(
    file: Annotated[Path, typer.Argument(help="Any file.", show_default=False, metavar="FILE")],
) -> None:
    """Print the SHA-256 of a file, as a reference or a photograph states it."""
    from aql.documents.files import file_sha256

    Output().line(f"{file_sha256(file)}  {file}", wrapped=False)


@app.command("demo")
def demo_command(
    html: Annotated[
        Path | None, typer.Option(help="Write the report to this .html file.", metavar="FILE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score the example that comes with aql, an order of tablets."""
    from aql import examples

    contract, inspection = examples.tablet_order()
    out = Output()
    if not as_json:
        order = contract.order
        out.line(f"{order.quantity} of {order.product}, order {order.id}, from {order.supplier}")
    verdict = _scored(contract, inspection, html=html, pdf=None, language="en", xlsx=None, as_json=as_json)
    if not as_json:
        code = exit_codes.DECISIONS[verdict.decision]
        out.line(f"\naql score would exit with {code}. The files of this order are in")
        out.line(str(examples.example_file("tablet_order")), wrapped=False)


def _scored(
    contract: Contract,
    inspection: Inspection,
    *,
    html: Path | None,
    pdf: Path | None,
    language: str,
    xlsx: Path | None,
    as_json: bool,
) -> Verdict:
    """Score a lot, write the files asked for, then print the verdict."""
    from aql.scoring.score import score as score_lot

    # Report a file that cannot be written before scoring, not after it.
    reports = [path for path in (html, pdf) if path is not None]
    if reports:
        from aql.report.page import PAGES, PDF, report_target, write_report

        for path, endings in ((html, PAGES), (pdf, PDF)):
            if path is not None:
                report_target(path, endings=endings)
    if xlsx is not None:
        from aql.report.workbook import workbook_target, write_workbook

        workbook_target(xlsx)
    verdict = score_lot(contract, inspection)
    print_lost_photos(inspection)
    written = [write_report(verdict, path, inspection=inspection, language=language) for path in reports]
    if xlsx is not None:
        written.append(write_workbook(verdict, xlsx, inspection=inspection, language=language))
    if as_json:
        print_json(verdict.to_dict())
        return verdict
    with spoken(language):
        print_verdict(verdict)
        print_written(written)
    return verdict
