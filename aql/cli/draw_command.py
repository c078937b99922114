"""The command draw: which cartons to open and which items to take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from aql.cli import arguments
from aql.cli.documents import read_contract, read_header
from aql.cli.output import Output, print_json, print_written
from aql.languages import LANGUAGES, say, spoken
from aql.types import DrawnBy
from aql.words import listed

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
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            help=f"Language of the list: {listed(LANGUAGES, last='or')}.",
            parser=arguments.language,
            metavar="LANG",
        ),
    ] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Draw the sample of a lot: which cartons to open, and which items to take."""
    from aql.report.pick_list import pick_list_target, write_pick_list
    from aql.scoring.draw import draw as draw_lot

    number = _whole(seed)
    if commit:
        with spoken(lang):
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
    items, cartons = list(map(_replaced, replace)), list(map(_replaced, replace_carton))
    for item, reason in items:
        drawing = drawing.replace(item, reason=reason)
    for carton, reason in cartons:
        drawing = drawing.replace_carton(carton, reason=reason)
    written = [write_pick_list(drawing, path, stage=stage, language=lang) for path in targets]
    if as_json:
        print_json(drawing.to_dict())
        return
    with spoken(lang):
        _print(drawing, stage)
        out = Output()
        out.line(say("To show the drawing in the report, write this under [inspection] of the header:"))
        out.line(_stated(number, by, nonce, items, cartons), indent=2, wrapped=False)
        print_written(written)


def _stated(
    seed: int, by: str | None, nonce: str | None, items: list[tuple[int, str]], cartons: list[tuple[int, str]]
) -> str:
    """The drawing as the header of the inspection states it, in TOML."""
    replaced = [*(("item", *one) for one in items), *(("carton", *one) for one in cartons)]
    entries = (f"{{ {what} = {number}, reason = {json.dumps(reason)} }}" for what, number, reason in replaced)
    parts = [
        f"seed = {seed}",
        *(f'{name} = "{value}"' for name, value in (("by", by), ("nonce", nonce)) if value is not None),
        *([f"replaced = [{', '.join(entries)}]"] if replaced else []),
    ]
    return f"drawing = {{ {', '.join(parts)} }}"


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
    out.line(say("Send this to the supplier now:"))
    out.line(commitment(seed, digits), indent=2, wrapped=False)
    out.line(say("Keep the nonce, and send it with the seed after the drawing:"))
    out.line(digits, indent=2, wrapped=False)


def _print(drawing: Drawing, stage: int) -> None:
    from aql.checks import whole_number
    from aql.display.drawing import (
        how_drawn,
        lines_in_words,
        opened_in_words,
        protection_columns,
        protection_note,
        protection_rows,
        replacements,
    )

    whole_number(stage, "stage", least=1, most=drawing.stages)
    out = Output()
    out.line(
        say(
            "Lot {lot} of order {order}: {how}",
            lot=drawing.lot.id,
            order=drawing.order,
            how=how_drawn(drawing),
        )
    )
    out.items("", [*lines_in_words(drawing), *replacements(drawing)])
    for opened in opened_in_words(drawing, stage):
        out.line(opened)
    rows = [
        (
            "" if one.carton is None else str(one.carton),
            one.sku,
            str(one.piece),
            str(one.number),
            "" if one.packed else say("not packed"),
        )
        for one in drawing.in_carton_order(stage)
    ]
    carton, piece, item = say("carton"), say("piece"), say("item")
    out.table(
        (carton, "SKU", piece, item, say("note")), rows, numbers=(carton, piece, item), named=f"{carton} "
    )
    whole = [(str(one.carton), one.sku, str(one.number)) for one in drawing.cartons if one.stage == stage]
    if whole:
        out.line(say("Whole cartons:"))
        out.table((carton, "SKU", item), whole, numbers=(carton, item), named=f"{carton} ")
    if drawing.protection:
        columns = protection_columns()
        out.table(columns, list(protection_rows(drawing)), numbers=columns[2:], named="")
        out.line(protection_note())
