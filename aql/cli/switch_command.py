"""The command switch: series of lots under the switching rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from aql.cli import arguments
from aql.cli.output import Output, print_json
from aql.errors import DomainError
from aql.plans.plan import plan_in_short
from aql.types import Level, Sampling, StandardName

if TYPE_CHECKING:
    from aql.scheme.history import History
    from aql.scheme.lot import LotRecord
    from aql.scheme.scheme import Scheme

__all__ = ["switch_command"]


def switch_command(
    stream: Annotated[
        Path,
        typer.Argument(
            help="A .csv file with one row per lot: found, and lot, date, lot_size, stream and others as needed.",
            show_default=False,
            metavar="STREAM",
        ),
    ],
    aql: Annotated[str, typer.Option("--aql", help="AQL of the tables.", metavar="AQL", show_default=False)],
    lot_size: Annotated[
        int | None,
        typer.Option(
            help="Lot size, unless --letter is given or the file has a column lot_size.",
            parser=arguments.lot_size,
            metavar="LOT_SIZE",
        ),
    ] = None,
    letter: Annotated[
        str | None, typer.Option(help="Code letter, instead of a lot size.", metavar="LETTER")
    ] = None,
    level: Annotated[
        str, typer.Option(help="Inspection level.", parser=arguments.level, metavar="LEVEL")
    ] = "II",
    sampling: Annotated[
        str, typer.Option(help="single, double or multiple.", parser=arguments.sampling, metavar="SAMPLING")
    ] = "single",
    standard: Annotated[
        str, typer.Option(help="Edition of the standard.", metavar="STANDARD")
    ] = "ISO 2859-1:1999",
    reduced: Annotated[bool, typer.Option(help="Whether the authority allows reduced inspection.")] = True,
    delimiter: Annotated[str, typer.Option(help="Delimiter of the file.", metavar="SIGN")] = ",",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Follow the switching rules through series of lots: severity, plan, decision and score, lot by lot."""
    from aql.scheme.scheme import Scheme
    from aql.scheme.stream_file import read_streams

    if lot_size is not None and letter is not None:
        raise DomainError("pass a lot size or --letter, got both")
    streams = read_streams(stream, delimiter=delimiter)
    histories = []
    for name, lots in streams.items():
        size = lot_size or (None if letter else _size_of(lots))
        scheme = Scheme.lookup(
            size,
            aql=aql,
            letter=letter,
            level=cast(Level, level),
            sampling=cast(Sampling, sampling),
            standard=cast(StandardName, standard),
        )
        given = lots if reduced else [replace(lot, authority=False) for lot in lots]
        histories.append((scheme, scheme.run(given, stream=name)))
    if as_json:
        print_json([_values(history) for _, history in histories])
        return
    out = Output()
    for number, (scheme, history) in enumerate(histories):
        if number:
            out.line("")
        _print(out, scheme, history)


def _size_of(lots: list[LotRecord]) -> int:
    """The size of the first lot, whose scheme the others follow."""
    size = lots[0].lot_size
    if size is None or any(lot.lot_size is None for lot in lots):
        raise DomainError("pass --lot-size or --letter, or a column lot_size with a size for every lot")
    return size


def _values(history: History) -> dict[str, object]:
    frame = history.to_frame()
    rows = frame.astype(object).where(frame.notna(), None).to_dict(orient="records")
    return {"stream": history.stream, "next_severity": history.next_severity, "lots": rows}


def _print(out: Output, scheme: Scheme, history: History) -> None:
    name = f"{history.stream}: " if history.stream else ""
    out.line((f"{name}{scheme.rules.standard}, {scheme.short_name}", "bold"))
    rows = []
    for step in history:
        after = "discontinued" if step.state.discontinued else step.state.severity
        rows.append(
            (
                step.id,
                step.severity,
                plan_in_short(step.plan),
                str(step.outcome.found),
                step.decision,
                "" if step.score is None else str(step.score),
                "does not count" if step.resubmitted else after if step.switched else "",
            )
        )
    columns = ("lot", "severity", "plan", "found", "decision", "score", "next")
    out.table(columns, rows, numbers=("found", "score"), named="lot ")
    out.line(history.state.explain())
