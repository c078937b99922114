"""The sheet to fill in: a header, and a log with item numbers, terms, classes and units already entered."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from aql.checks import choice, flag, whole_number
from aql.checks import lot_size as checked_lot_size
from aql.contract.check import check
from aql.contract.contract import Contract
from aql.contract.measures import Measured
from aql.contract.terms import Term
from aql.display.decision_lines import plan_basis
from aql.display.plan import plan_in_words
from aql.documents.files import checked_path, in_quotes
from aql.documents.input_limits import DEFAULT_LIMITS
from aql.documents.spreadsheet import Blank, Sheet, guarded, load_openpyxl, write_sheets
from aql.documents.writing import write_file
from aql.errors import AqlError, DocumentError, DomainError
from aql.languages import LANGUAGES, say, spoken
from aql.report.sheet_columns import stage_span
from aql.report.sheet_header import sheet_header
from aql.report.wide_sheet import wide_findings, wide_sheet
from aql.report.wide_workbook import write_wide_workbook
from aql.scoring.decision_line import Line, decision_lines
from aql.scoring.drawing import Drawing
from aql.types import SHEET_FORMS, SheetForm
from aql.words import listed, short_repr

__all__ = ["write_sheet"]

_COLUMNS = ("item", "term", "class", "value", "unit", "count", "note")
_WIDTHS = (8, 26, 14, 18, 12, 8, 48)

Row = tuple[int | str, ...]


def write_sheet(
    contract: Contract,
    folder: str | Path,
    *,
    lot: str = "L1",
    lot_size: int | None = None,
    cartons: int | None = None,
    stage: int = 1,
    workbook: bool = False,
    form: SheetForm = "long",
    drawing: Drawing | None = None,
    language: str = "en",
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write an inspection sheet, header and log, ready to fill in.

    Parameters
    ----------
    contract : Contract
        What was agreed.
    folder : str or Path
        Folder to write to; it is created if it does not exist.
    lot : str
        Id of the lot.
    lot_size : int, optional
        Lot size; defaults to the ordered quantity. [items]
    cartons : int, optional
        Number of cartons, needed for a term of cartons, whose rows have the number of the carton as item.
    stage : int
        The stage of a double or multiple plan to write rows for; 1 is the first.
    workbook : bool
        Write the log as a workbook (extra ``excel``) instead of CSV.
    form : {"long", "wide"}
        ``"long"``: a row per reading, and a row to add per defect. ``"wide"``: a row per item and a column per term; as a
        workbook it has drop-downs, counts what was found next to Ac and Re, and prints on landscape pages.
    drawing : Drawing, optional
        How the sample was drawn, from `aql.draw`. A wide sheet then has the carton and the SKU of each item, and the
        header the lot with its cartons and the seed; `lot`, `lot_size` and `cartons` are left out.
    language : str
        Language of the comments and of what was agreed: ``"en"``, or ``"zh"`` for simplified Chinese. In the wide form
        also that of the columns and answers, which the header then declares. What the contract says stays as it is, and
        so do the columns of the long form.
    overwrite : bool
        Replace existing files.

    Returns
    -------
    tuple of Path
        The files written: the header ``inspection.toml`` and the log in the same folder. A later stage has its own log
        and does not change the header.

    Raises
    ------
    DocumentError
        If the check of the contract finds an error.
    DomainError
        If the drawing is not that of this contract, or the sheet is not wide.
    AqlError
        If the folder cannot be created, a file exists already, the lot size is unknown or no plan has that stage, or if
        a term of a wide sheet has the name of another column.
    MissingExtraError
        If `workbook` is true and openpyxl is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from aql import Inspection, examples
    >>> contract, _ = examples.tablet_order()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     header, findings = write_sheet(contract, folder)
    ...     len(Inspection.load(header).rows)
    407
    """
    home = checked_path(folder, "folder")
    if not isinstance(lot, str):
        raise DomainError(f"lot must be text, got {short_repr(lot)}", value=lot)
    flag(workbook, "workbook")
    flag(overwrite, "overwrite")
    spoken_in = choice(language, "language", LANGUAGES)
    wide = choice(form, "form", SHEET_FORMS) == "wide"
    number = whole_number(stage, "stage", least=1)
    errors = check(contract).errors
    if errors:
        raise DocumentError("the contract", [one.as_problem() for one in errors])
    if workbook:
        load_openpyxl()
    if drawing is not None:
        _check_drawing(drawing, contract, wide=wide, given=(lot != "L1", lot_size, cartons))
        lot, lot_size, cartons = drawing.lot.id, drawing.lot.size, drawing.lot.carton_count
    size = _size(contract, lot_size)
    boxes = None if cartons is None else whole_number(cartons, "cartons", least=1)
    lines = decision_lines(contract, size, cartons=boxes)
    rows = tuple(_rows(contract, lines, number))
    with spoken(spoken_in):
        table = None
        if wide:
            table = wide_sheet(contract, lines, lot=lot, size=size, stage=number, drawing=drawing)
    ending = "xlsx" if workbook else "csv"
    findings = f"findings.{ending}" if stage == 1 else f"findings-{stage}.{ending}"
    header = home / "inspection.toml"
    _room(home, [findings] if stage > 1 else [header.name, findings], overwrite=overwrite)
    with spoken(spoken_in):
        if table is not None and workbook:
            write_wide_workbook(home / findings, table)
        elif workbook:
            write_sheets(home / findings, _sheets(contract, lines, rows))
        elif table is not None:
            names = tuple(column.name for column in table.columns)
            write_file(home / findings, f"\ufeff{_csv(names, table.cells())}")
        else:
            write_file(home / findings, f"\ufeff{_csv(_COLUMNS, rows)}")
        if stage > 1:
            return (home / findings,)
        how = None if table is None else wide_findings(table, workbook=workbook)
        text = sheet_header(contract, lines, lot=lot, size=size, findings=findings, wide=how, drawing=drawing)
        write_file(header, text)
    return header, home / findings


def _check_drawing(
    drawing: object, contract: Contract, *, wide: bool, given: tuple[bool, int | None, int | None]
) -> None:
    """Raise if a drawing is not that of the contract, or if what it says is stated a second time."""
    if not isinstance(drawing, Drawing):
        raise DomainError(f"drawing must be an aql.Drawing, got {short_repr(drawing)}", value=drawing)
    if drawing.order != contract.order.id:
        raise DomainError(
            f"the drawing must be that of order {contract.order.id}, got {drawing.order}", value=drawing.order
        )
    if not wide:
        raise DomainError('form must be "wide" with a drawing, got "long"', value="long")
    if given != (False, None, None):
        raise DomainError("lot, lot_size and cartons must be left out with a drawing", value=given)


def _size(contract: Contract, lot_size: int | None) -> int:
    if lot_size is not None:
        return checked_lot_size(lot_size)
    size = contract.order.quantity
    if size is None:
        raise AqlError(
            "lot_size is required because the order of the contract has no quantity",
            code="no-lot-size",
        )
    return size


def _room(home: Path, names: list[str], *, overwrite: bool) -> None:
    there = [name for name in names if os.path.exists(home / name)]  # noqa: PTH110 - false for impossible names
    if there and not overwrite:
        raise AqlError(
            f"{listed(there)} already {'exists' if len(there) == 1 else 'exist'} in {in_quotes(home)}",
            todo="Choose another folder, or pass overwrite=True (--force)",
            code="file-exists",
            files=there,
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AqlError(
            f"folder {in_quotes(home)} cannot be created: {reason}", code="bad-folder", file=str(home)
        ) from None


def _rows(contract: Contract, lines: tuple[Line, ...], stage: int) -> Iterator[Row]:
    """Rows to fill in: one reading per item and term of the sample, item by item, then the answers for the lot."""
    spans = {line.name: stage_span(line, stage) for line in lines}
    most = DEFAULT_LIMITS.rows
    if sum(map(len, spans.values())) > most:
        raise AqlError(
            f"a sheet can have at most {most} rows, and the samples of the contract need more",
            todo="Write the log with a program",
            code="too-many-rows",
        )
    if not any(spans.values()):
        last = max(len(line.lot_plan.stages) for line in lines)
        raise AqlError(
            f"stage must be at most {last}, the last stage of any plan, got {stage}",
            code="bad-value",
            value=stage,
        )
    read = [term for term in contract.terms if term.is_read and term.reading_of is None]
    last = max((span.stop for span in spans.values() if span), default=1)
    for item in range(1, last):
        for term in read:
            if item in spans[term.id if term.own_line else term.class_ or ""]:
                yield item, term.id, term.class_ or "", "", _unit(term), "", ""
    if stage == 1:
        for term in contract.terms:
            if term.tested_as in {"mark", "reference"}:
                yield "", term.id, term.class_ or "", "", "", "", ""


def _unit(term: Term) -> str:
    return getattr(term.measure, "unit", None) or ""


def _csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in names])
    writer.writerows([guarded(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def _sheets(contract: Contract, lines: tuple[Line, ...], rows: tuple[Row, ...]) -> list[Sheet]:
    terms = tuple(
        (term.id, term.class_ or say("the lot"), term.tested_as, term.agreed(), _unit(term), term.text)
        for term in contract.terms
    )
    measured = {term.id for term in contract.terms if isinstance(term.measure, Measured)}
    samples = tuple(
        (line.name, line.lot_plan.total, plan_in_words(line.lot_plan), plan_basis(line)) for line in lines
    )
    return [
        Sheet("Log", tuple(zip(_COLUMNS, _WIDTHS, strict=True)), tuple(_cells(rows, measured)), exact=True),
        Sheet(
            "Terms",
            (("term", 24), ("class", 12), ("kind", 14), ("agreed", 40), ("unit", 10), ("text", 60)),
            terms,
        ),
        Sheet("Samples", (("line", 24), ("items", 8), ("plan", 60), ("from", 60)), samples),
    ]


def _cells(rows: tuple[Row, ...], measured: set[str]) -> Iterator[tuple[object, ...]]:
    """Rows of a workbook, whose empty cells take readings of measured terms and counts as numbers."""
    for item, term, name, _, unit, _, note in rows:
        value = Blank.NUMBER if term in measured else ""
        yield item or Blank.NUMBER, term, name, value, unit, Blank.NUMBER, note
