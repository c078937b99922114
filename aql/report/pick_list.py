"""The pick list of a drawing: which cartons to open and what to take, to print or as a workbook."""

from __future__ import annotations

from pathlib import Path

from aql import markup
from aql.checks import choice, whole_number
from aql.display.drawing import (
    by_carton,
    carton_in_words,
    how_drawn,
    lines_in_words,
    opened_in_words,
    protection_columns,
    protection_note,
    protection_rows,
    replacements,
)
from aql.documents.spreadsheet import Sheet, load_openpyxl, write_sheets
from aql.documents.writing import write_file
from aql.errors import AqlError, DomainError
from aql.inspection.drawing import Pick
from aql.inspection.seeded_stream import ALGORITHM
from aql.languages import LANGUAGES, html_language, say, spoken
from aql.scoring.drawing import Drawing
from aql.words import short_repr

__all__ = ["pick_list_html", "pick_list_target", "write_pick_list"]

_PAGES, _BOOK = (".html", ".htm"), ".xlsx"
_STYLE = """
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:1.5rem auto;max-width:62rem;padding:0 1rem;font:15px/1.5 system-ui,'Noto Sans','DejaVu Sans',sans-serif;
overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:1.6rem 0 .2rem;break-after:avoid}
.picks{border-collapse:collapse;width:calc(100% - 1px);margin:.6rem 0 1rem;break-inside:auto}
.picks th,.picks td{border:1px solid color-mix(in srgb,currentColor 35%,transparent);padding:.25rem .6rem;text-align:left;
vertical-align:top;overflow-wrap:break-word}
.picks th{word-break:keep-all}
.picks .n{text-align:right;font-variant-numeric:tabular-nums}
.picks .carton{font-weight:650}
.picks .note{width:16%}
.picks .sku{width:8rem}
.picks tr{break-inside:avoid}
.pick{display:inline-block;min-width:6.2rem;white-space:nowrap;font-variant-numeric:tabular-nums}
.sign{display:flex;flex-wrap:wrap;gap:2.5rem 2rem;margin-top:3rem;break-inside:avoid}
.sign span{flex:1 1 10rem;border-top:1px solid;padding-top:.3rem}
@page{size:A4;margin:15mm}
@media print{:root{color-scheme:light}body{margin:0;max-width:none;padding:0;font-size:9.5pt}}
"""


def write_pick_list(drawing: Drawing, path: str | Path, *, stage: int = 1, language: str = "en") -> Path:
    """Write the pick list of a stage as a page to print or as a workbook.

    Parameters
    ----------
    drawing : Drawing
        The drawing, from `aql.draw`.
    path : str or Path
        File to write; it must end in ``.html``, ``.htm`` or ``.xlsx``, and its folder must exist.
    stage : int
        The stage whose items are listed; 1 is the first.
    language : str
        Language of the list: ``"en"``, or ``"zh"`` for simplified Chinese.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DomainError
        If `drawing` is not a Drawing, or has no such stage, or the language is unknown.
    AqlError
        If the file has another ending, its folder does not exist, or it cannot be written.
    MissingExtraError
        If a workbook is asked for and openpyxl is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from aql import Contract, draw
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> drawing = draw(contract, {"id": "L1", "size": 480}, seed=20260117)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_pick_list(drawing, f"{folder}/picks.html").name
    'picks.html'
    """
    target = pick_list_target(path)
    if target.suffix.lower() == _BOOK:
        with spoken(choice(language, "language", LANGUAGES)):
            sheets = _sheets(_checked(drawing, stage), stage)
        write_sheets(target, sheets)
    else:
        write_file(target, pick_list_html(drawing, stage=stage, language=language))
    return target


def pick_list_target(path: str | Path) -> Path:
    """Return the path of a pick list after checking its ending, its folder and openpyxl, before anything is drawn."""
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in {*_PAGES, _BOOK}:
        raise AqlError(
            f"the pick list must end in .html, .htm or .xlsx, got {target.name!r}",
            code="bad-file",
            file=str(path),
        )
    if not target.parent.is_dir():
        raise AqlError(f"folder {str(target.parent)!r} does not exist", code="bad-folder", file=str(path))
    if ending == _BOOK:
        load_openpyxl()
    return target


def pick_list_html(drawing: Drawing, *, stage: int = 1, language: str = "en") -> str:
    """Return the pick list of a stage as one self-contained HTML page; errors are those of `write_pick_list`."""
    with spoken(choice(language, "language", LANGUAGES)):
        return _page(_checked(drawing, stage), stage)


def _page(drawing: Drawing, stage: int) -> str:
    title = say("Pick list: lot {lot}, order {order}", lot=drawing.lot.id, order=drawing.order)
    if drawing.stages > 1:
        title = say("{title}, stage {stage}", title=title, stage=stage)
    body = markup.block(
        title,
        markup.element("p", how_drawn(drawing)),
        markup.items(
            [*lines_in_words(drawing), *replacements(drawing), *opened_in_words(drawing, stage, by_sku=True)]
        ),
    )
    whole = _whole(drawing, stage)
    columns = (say("Carton"), "SKU", say("Piece (item number)"), say("Note"))
    signed = (say("Inspector"), say("Factory"), say("Date"))
    parts = [
        body,
        _table(columns, _item_rows(drawing, stage)),
        *([markup.element("h2", say("Whole cartons")), _carton_table(whole)] if whole else []),
        *_protection(drawing),
        markup.element("div", *(markup.element("span", name) for name in signed), class_="sign"),
    ]
    style = markup.element("style", markup.Html(_STYLE.strip()))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    page = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{html_language()}">\n'
        f"<head>{head}{markup.element('title', title)}{style}</head>\n"
        f"<body>\n{page}\n</body>\n</html>\n"
    )


def _checked(drawing: Drawing, stage: int) -> Drawing:
    if not isinstance(drawing, Drawing):
        raise DomainError(f"drawing must be an aql.Drawing, got {short_repr(drawing)}", value=drawing)
    whole_number(stage, "stage", least=1, most=drawing.stages)
    return drawing


def _whole(drawing: Drawing, stage: int) -> list[Pick]:
    return sorted(
        (pick for pick in drawing.cartons if pick.stage == stage), key=lambda pick: pick.carton or 0
    )


def _item_rows(drawing: Drawing, stage: int) -> list[markup.Html]:
    """One row per carton, with a box to tick for each item."""
    rows = []
    for carton, sku, picks in by_carton(drawing, stage):
        boxes = (markup.element("span", f"☐ {pick.piece} ({pick.number})", class_="pick") for pick in picks)
        cells = [
            _cell(carton_in_words(carton, picks), "carton"),
            _cell(sku, "sku"),
            _cell(markup.Html(" ".join(boxes))),
            _cell("", "note"),
        ]
        rows.append(markup.element("tr", *cells))
    return rows


def _carton_table(picks: list[Pick]) -> markup.Html:
    rows = [
        markup.element(
            "tr",
            _cell(pick.carton, "carton"),
            _cell(pick.sku),
            _cell(pick.number, "n"),
            _cell("☐"),
            _cell("", "note"),
        )
        for pick in picks
    ]
    return _table((say("Carton"), "SKU", say("Item"), say("Taken"), say("Note")), rows)


def _cell(value: object, kind: str | None = None) -> markup.Html:
    return markup.element("td", value, class_=kind)


def _table(columns: tuple[str, ...], rows: list[markup.Html]) -> markup.Html:
    head = markup.element("tr", *(markup.element("th", name, scope="col") for name in columns))
    return markup.element(
        "table", markup.element("thead", head), markup.element("tbody", *rows), class_="picks"
    )


def _protection(drawing: Drawing) -> list[markup.Html]:
    if not drawing.protection:
        return []
    rows = [
        markup.element("tr", *(_cell(value, "n" if place > 1 else None) for place, value in enumerate(row)))
        for row in protection_rows(drawing)
    ]
    names = tuple(name[:1].upper() + name[1:] for name in protection_columns())
    return [
        markup.element("h2", say("What the sample says about each SKU")),
        _table(names, rows),
        markup.element("p", protection_note()),
    ]


def _sheets(drawing: Drawing, stage: int) -> list[Sheet]:
    """The workbook: the items in carton order, the whole cartons, each SKU, and how the drawing is repeated."""
    items = tuple(
        (one.carton, one.sku, one.piece, one.number, say("yes" if one.packed else "no"), "", "")
        for one in drawing.in_carton_order(stage)
    )
    columns = (
        (say("carton"), 10),
        (say("sku"), 22),
        (say("piece"), 8),
        (say("item"), 8),
        (say("packed"), 9),
        (say("taken"), 9),
        (say("note"), 40),
    )
    whole = tuple((one.carton, one.sku, one.number, "", "") for one in _whole(drawing, stage))
    facts = (
        (say("order"), drawing.order),
        (say("lot"), drawing.lot.id),
        (say("stage"), stage),
        (say("seed"), str(drawing.seed)),
        (say("algorithm"), ALGORITHM),
        (say("how"), how_drawn(drawing)),
        *((say("sample"), line) for line in lines_in_words(drawing)),
        *((say("replaced"), line) for line in replacements(drawing)),
    )
    sheets = [Sheet(say("Picks"), columns, items)]
    if whole:
        names = tuple(columns[place] for place in (0, 1, 3, 5, 6))
        sheets.append(Sheet(say("Whole cartons"), names, whole))
    if drawing.protection:
        widths = (20, 22, 18, 22, 10, 24)
        named = tuple(zip(protection_columns(), widths, strict=True))
        sheets.append(Sheet(say("SKUs"), named, tuple(protection_rows(drawing))))
    return [*sheets, Sheet(say("Drawing"), ((say("what"), 14), (say("value"), 100)), facts)]
