"""The command draw: which cartons to open and which items to take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from aql.cli.documents import read_contract, read_header
from aql.cli.output import Output, print_json
from aql.types import DrawnBy

if TYPE_CHECKING:
    from aql.scoring.drawing import Drawing

__all__ = ["draw_command"]


def draw_command(
    contract: Annotated[
        Path,
        typer.Argument(
            help="The contract: a .toml or .json file, or - for standard input.",
            show_default=False,
            metavar="CONTRACT",
        ),
    ],
    inspection: Annotated[
        Path,
        typer.Argument(
            help="The header of the inspection, a .toml or .json file; only the lot in it is needed.",
            show_default=False,
            metavar="INSPECTION",
        ),
    ],
    seed: Annotated[
        str, typer.Option(help="The seed: a whole number, 0 or more.", metavar="SEED", show_default=False)
    ],
    by: Annotated[
        str | None,
        typer.Option(
            help="cartons: open some, and spread the items evenly; items: draw from all items alike. "
            "Defaults to cartons if the lot lists them.",
            metavar="BY",
        ),
    ] = None,
    nonce: Annotated[
        str | None, typer.Option(help="Nonce of the commitment: 32 hexadecimal digits.", metavar="NONCE")
    ] = None,
    commit: Annotated[
        bool,
        typer.Option(
            "--commit", help="Only print the commitment to the seed, with a new nonce unless one is given."
        ),
    ] = False,
    replace: Annotated[
        list[str],
        typer.Option(
            help="Replace an item that cannot be drawn, as NUMBER=REASON; can be repeated.", metavar="REPLACE"
        ),
    ] = [],  # noqa: B006 - typer copies it
    replace_carton: Annotated[
        list[str],
        typer.Option(
            help="Replace a carton that cannot be opened, as CARTON=REASON; can be repeated, and comes after "
            "--replace.",
            metavar="REPLACE",
        ),
    ] = [],  # noqa: B006 - typer copies it
    stage: Annotated[
        int, typer.Option(min=1, help="Stage of a double or multiple plan to list.", metavar="STAGE")
    ] = 1,
    html: Annotated[
        Path | None, typer.Option(help="Write the pick list to this .html file.", metavar="FILE")
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option(help="Write the pick list to this .xlsx file.", metavar="FILE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Draw the sample of a lot: which cartons to open, and which items to take."""
    from aql.report.pick_list import pick_list_target, write_pick_list
    from aql.scoring.draw import draw as draw_lot

    number = _whole(seed)
    if commit:
        _print_commitment(number, nonce)
        return
    targets = [pick_list_target(path) for path in (html, xlsx) if path is not None]
    drawing = draw_lot(
        read_contract(contract),
        read_header(inspection),
        seed=number,
        by=cast("DrawnBy | None", by),
        nonce=nonce,
    )
    for item, reason in map(_replaced, replace):
        drawing = drawing.replace(item, reason=reason)
    for carton, reason in map(_replaced, replace_carton):
        drawing = drawing.replace_carton(carton, reason=reason)
    written = [write_pick_list(drawing, path, stage=stage) for path in targets]
    if as_json:
        print_json(drawing.to_dict())
        return
    _print(drawing, stage)
    for path in written:
        Output().line(f"Wrote {path}", wrapped=False)


def _whole(text: str) -> int:
    said = text.strip()
    if not (said.isascii() and said.isdigit() and len(said) <= _LONGEST):
        raise typer.BadParameter(f"the seed must be a whole number, 0 or more, below 2**128, got {text!r}.")
    return int(said)


_LONGEST = 39


def _replaced(text: str) -> tuple[int, str]:
    number, _, reason = text.partition("=")
    if not (number.strip().isascii() and number.strip().isdigit() and reason.strip()):
        raise typer.BadParameter(f"what is replaced must be NUMBER=REASON, such as 31=crushed, got {text!r}.")
    return int(number), reason


def _print_commitment(seed: int, nonce: str | None) -> None:
    import secrets

    from aql.inspection.commitments import commitment

    digits = nonce or secrets.token_hex(16)
    out = Output()
    out.line("Send this to the supplier now:")
    out.line(commitment(seed, digits), indent=2, wrapped=False)
    out.line("Keep the nonce, and send it with the seed after the drawing:")
    out.line(digits, indent=2, wrapped=False)


def _print(drawing: Drawing, stage: int) -> None:
    from aql.checks import whole_number
    from aql.display.drawing import (
        PROTECTION,
        PROTECTION_NOTE,
        how_drawn,
        lines_in_words,
        protection_rows,
        replacements,
    )
    from aql.words import plural, ranges

    whole_number(stage, "stage", least=1, most=drawing.stages)
    out = Output()
    out.line(f"Lot {drawing.lot.id} of order {drawing.order}: {how_drawn(drawing)}")
    out.items("", [*lines_in_words(drawing), *replacements(drawing)])
    cartons = drawing.open_cartons(stage)
    if cartons:
        out.line(f"Open {plural(len(cartons), 'carton')}: {ranges(cartons, most=len(cartons))}.")
    rows = [
        (
            "" if one.carton is None else str(one.carton),
            one.sku,
            str(one.piece),
            str(one.number),
            "" if one.packed else "not packed",
        )
        for one in drawing.in_carton_order(stage)
    ]
    columns = ("carton", "SKU", "piece", "item", "note")
    out.table(columns, rows, numbers=("carton", "piece", "item"), named="carton ")
    whole = [(str(one.carton), one.sku, str(one.number)) for one in drawing.cartons if one.stage == stage]
    if whole:
        out.line("Whole cartons:")
        out.table(("carton", "SKU", "item"), whole, numbers=("carton", "item"), named="carton ")
    if drawing.protection:
        out.table(PROTECTION, list(protection_rows(drawing)), numbers=PROTECTION[2:], named="")
        out.line(PROTECTION_NOTE)
