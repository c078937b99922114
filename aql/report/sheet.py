"""The sheet to fill: a header and a findings sheet with terms, units, classes and item numbers ready."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import tomli_w

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.display.decision_lines import plan_basis
from aql.display.plan import plan_in_words
from aql.documents.spreadsheet import Sheet, guarded, load_openpyxl, write_sheets
from aql.errors import AqlError, DocumentError, Problem
from aql.scoring.decision_lines import Line, decision_lines

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
    stage: int = 1,
    workbook: bool = False,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write the header and the findings sheet of an inspection, ready to fill.

    Parameters
    ----------
    contract : Contract
        What was agreed.
    folder : str or Path
        Folder to write to; it is made where it does not exist.
    lot : str
        Name of the lot.
    lot_size : int, optional
        Items in the lot; the ordered quantity unless said. [items]
    stage : int
        Which sample of a double or multiple plan to write the rows for; 1 is the first.
    workbook : bool
        Write the findings as a workbook (extra ``excel``) in place of CSV.
    overwrite : bool
        Replace files that are there.

    Returns
    -------
    tuple of Path
        The files written: the header ``inspection.toml`` and the findings beside it. A later stage has a findings
        sheet of its own and leaves the header alone.

    Raises
    ------
    DocumentError
        If the check of the contract finds an error.
    AqlError
        If the folder cannot be made, a file is there already, the lot size is unknown or no plan has that stage.
    MissingExtraError
        If a workbook is asked for without openpyxl.

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
    errors = check(contract).errors
    if errors:
        raise DocumentError(
            "the contract", [Problem(one.path, f"{one.problem} {one.rewrite}") for one in errors]
        )
    if workbook:
        load_openpyxl()
    size = _size(contract, lot_size)
    lines = decision_lines(contract, size)
    rows = tuple(_rows(contract, lines, stage))
    ending = "xlsx" if workbook else "csv"
    findings = f"findings.{ending}" if stage == 1 else f"findings-{stage}.{ending}"
    home = Path(folder)
    header = home / "inspection.toml"
    _room(home, [findings] if stage > 1 else [header.name, findings], overwrite=overwrite)
    if workbook:
        write_sheets(home / findings, _sheets(contract, lines, rows))
    else:
        (home / findings).write_text(_csv(rows), "utf-8-sig", newline="")
    if stage > 1:
        return (home / findings,)
    header.write_text(_header(contract, lines, lot, size, findings), "utf-8", newline="\n")
    return header, home / findings


def _size(contract: Contract, lot_size: int | None) -> int:
    size = contract.order.quantity if lot_size is None else lot_size
    if size is None:
        raise AqlError(
            "the contract has no quantity",
            "the samples depend on the size of the lot",
            "Give lot_size, or add the quantity to the order",
        )
    return size


def _room(home: Path, names: list[str], *, overwrite: bool) -> None:
    there = [name for name in names if (home / name).exists()]
    if there and not overwrite:
        raise AqlError(
            f"{' and '.join(there)} in {str(home)!r} would be overwritten",
            "a sheet that is filled must not be lost",
            "Choose another folder, or allow it with overwrite=True (--force)",
            files=there,
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AqlError(
            f"folder {str(home)!r} cannot be made: {error.strerror}",
            "a sheet is written into a folder",
            "Name another",
            folder=str(home),
        ) from None


def _rows(contract: Contract, lines: tuple[Line, ...], stage: int) -> Iterator[Row]:
    """Rows to fill: a reading for every item and term of the sample, item by item, then the lot's answers."""
    spans = {line.name: _span(line, stage) for line in lines}
    if not any(spans.values()):
        raise AqlError(
            f"no plan of the contract has a stage {stage}",
            f"the longest has {max(len(line.lot_plan.stages) for line in lines)}",
            "Ask for an earlier stage",
            stage=stage,
        )
    read = [term for term in contract.terms if term.is_read]
    last = max((span.stop for span in spans.values() if span), default=1)
    for item in range(1, last):
        for term in read:
            if item in spans[term.id if term.own_line else term.class_ or ""]:
                yield item, term.id, term.class_ or "", "", _unit(term), "", ""
    if stage == 1:
        for term in contract.terms:
            if term.tested_as in {"mark", "reference"}:
                yield "", term.id, term.class_ or "", "", "", "", ""


def _span(line: Line, stage: int) -> range:
    stages = line.lot_plan.stages
    if stage > len(stages):
        return range(0)
    one = stages[stage - 1]
    return range(one.total - one.n + 1, one.total + 1)


def _unit(term: Term) -> str:
    return getattr(term.measure, "unit", None) or ""


def _csv(rows: tuple[Row, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([guarded(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def _sheets(contract: Contract, lines: tuple[Line, ...], rows: tuple[Row, ...]) -> list[Sheet]:
    terms = tuple(
        (term.id, term.class_ or "the lot", term.tested_as, term.agreed(), _unit(term), term.text)
        for term in contract.terms
    )
    samples = tuple(
        (line.name, line.lot_plan.total, plan_in_words(line.lot_plan), plan_basis(line)) for line in lines
    )
    return [
        Sheet("Log", tuple(zip(_COLUMNS, _WIDTHS, strict=True)), rows),
        Sheet(
            "Terms",
            (("term", 24), ("class", 12), ("kind", 14), ("agreed", 40), ("unit", 10), ("text", 60)),
            terms,
        ),
        Sheet("Samples", (("line", 24), ("items", 8), ("plan", 60), ("from", 60)), samples),
    ]


def _header(contract: Contract, lines: tuple[Line, ...], lot: str, size: int, findings: str) -> str:
    plans = [f"#   {line.name}: {plan_in_words(line.lot_plan)}" for line in lines]
    seen = [
        f"#   {term.id} ({term.class_}): {term.text}" for term in contract.terms if term.tested_as == "visual"
    ]
    read = [f"#   {term.id} ({term.class_}): {term.agreed()}" for term in contract.terms if term.is_read]
    answers = [
        f"#   {term.id}: {term.agreed() if term.measure is not None else f'yes or no: {term.text}'}"
        for term in contract.terms
        if term.tested_as in {"mark", "reference"}
    ]
    parts = [
        f"# Inspection of order {contract.order.id}. Fill in the numbers here and the readings in {findings},",
        "# then run: aql score CONTRACT inspection.toml, with the file of the contract.",
        "#",
        "# Samples:",
        *plans,
        "# Items are numbered in the order drawn.",
    ]
    if read:
        parts += ["#", f"# Read on every item of the sample, in the rows of {findings}:", *read]
    if seen:
        parts += [
            "#",
            f"# Found by eye: add a row with item and term to {findings} for each one seen.",
            *seen,
        ]
    if answers:
        parts += ["#", f"# For the lot as a whole, in the last rows of {findings}:", *answers]
    parts += [
        "",
        'schema = "aql.inspection/1"',
        _line("contract", contract.order.id),
        "",
        "[lot]",
        _line("id", lot),
        f"size = {size}",
        "# produced = 0              # items made",
        "# packed = 0                # items packed for export",
        "# cartons = 0",
        "# shipped_on = 2026-12-14   # leave out while it has not been shipped",
        "",
        "[inspection]",
        "# date = 2026-12-10",
        '# inspector = ""',
        '# company = ""',
        '# place = ""',
        *_inspected(lines),
        "",
        "[findings]",
        _line("file", findings),
        '# delimiter = ";"           # what your spreadsheet program writes',
        '# decimal = ","',
        "",
    ]
    return "\n".join(parts)


def _inspected(lines: tuple[Line, ...]) -> list[str]:
    """The numbers to fill in: one, or one for each line where the first of several samples differ."""
    first = {line.name: line.lot_plan.stages[0].total for line in lines}
    staged = any(len(line.lot_plan.stages) > 1 for line in lines)
    if not staged or len(set(first.values())) == 1:
        return [
            f"inspected = 0               # items inspected so far; the first samples need {max(first.values())}"
        ]
    numbers = tomli_w.dumps(dict.fromkeys(first, 0)).splitlines()
    sizes = ", ".join(f"{name} {size}" for name, size in first.items())
    return [
        f"# Items inspected so far, line by line; the first samples need {sizes}.",
        f"inspected = {{ {', '.join(numbers)} }}",
    ]


def _line(key: str, text: str) -> str:
    return tomli_w.dumps({key: text}).rstrip("\n")
