"""Attacks on logs: CSV, workbooks, Parquet, records and frames, in the layouts that are read."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import aql
from aql.documents.spreadsheet import load_openpyxl
from aql.examples import example_file, tablet_order
from aql.inspection import read_defect_register, read_measurement_sheet, read_safety_culture
from tests.attack.mutation import mutated, mutated_bytes, mutated_text
from tests.attack.odd_values import odd_value

__all__ = ["ATTACKS"]

ROWS: list[dict[str, Any]] = [
    {"item": 3, "term": "scratch", "class": "minor", "count": 1, "note": "near the edge"},
    {"item": 31, "term": "battery-capacity", "value": "3050", "unit": "mAh"},
    {"item": 57, "term": "battery-capacity", "value": 2870.5, "unit": "mAh"},
    {"item": 60, "term": "width", "value": "246.2", "unit": "mm"},
    {"lot": "L1", "item": 61, "class": "major", "note": "something else"},
]
HEADER: dict[str, Any] = {
    "contract": "PO-2026-0117",
    "lot": {"id": "L1", "size": 3000, "produced": 3000, "packed": 2600},
    "inspection": {"inspected": 125},
}
COLUMNS = ("lot", "item", "term", "class", "value", "unit", "count", "note")


def scored(findings: Any, folder: Path | None = None, more: dict[str, Any] | None = None) -> None:
    found = aql.Inspection.load(HEADER | (more or {}), findings=findings, folder=folder)
    aql.score(tablet_order()[0], found).explain()


def csv_text() -> str:
    lines = [",".join(COLUMNS)]
    lines += [",".join(str(row.get(column, "")) for column in COLUMNS) for row in ROWS]
    return "\n".join(lines) + "\n"


def csv(random: Random, folder: Path) -> None:
    file = folder / "findings.csv"
    if random.randrange(2):
        file.write_bytes(mutated_bytes(csv_text().encode(), random))
    else:
        file.write_bytes(mutated_text(csv_text(), random).encode("utf-8", "surrogatepass"))
    scored(file)


def csv_options(random: Random, folder: Path) -> None:
    (folder / "findings.csv").write_text(csv_text(), encoding="utf-8")
    options: dict[str, Any] = {"file": "findings.csv", "delimiter": ",", "decimal": ".", "encoding": "utf-8"}
    options |= {"header_row": 1, "columns": {"item": "item"}} if random.randrange(2) else {}
    scored(None, folder, {"findings": mutated(options, random)})


LAYOUTS: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "defect_register.csv": (
        read_defect_register,
        {
            "contract": "PO-9",
            "lot": "Report",
            "size": "Lot size",
            "inspected": "total_inspected",
            "date": "Date",
            "terms": {"Broken stitch": "broken-stitch", "Open seam": "open-seam"},
            "classes": {"Other minor": "minor"},
            "ignore": ["Inspector", "total_defects"],
        },
    ),
    "measurement_sheet.csv": (
        read_measurement_sheet,
        {
            "point": "Check point",
            "items": ["S1", "S2", "S3"],
            "terms": {"Chest width": "chest", "Sleeve length": "sleeve"},
            "unit": "Unit",
            "ignore": ["Spec", "Tol"],
        },
    ),
    "safety_culture.csv": (
        read_safety_culture,
        {
            "terms": {"Wall thickness": "wall", "Sharp edges": "sharp-edge", "Carton marks": "marks"},
            "item": "Unit number",
            "ignore": ["Site", "Conducted on"],
        },
    ),
}


def layouts(random: Random, folder: Path) -> None:
    """Mutate a file in another layout, or the names of its columns."""
    name = random.choice(list(LAYOUTS))
    read, names = LAYOUTS[name]
    data = example_file(f"logs/{name}").read_bytes()
    if random.randrange(3):
        data = mutated_bytes(data, random)
    else:
        changed = random.choice(list(names))
        names = names | {changed: mutated(names[changed], random)}
    (folder / name).write_bytes(data)
    read(folder / name, **names)


def records(random: Random, _: Path) -> None:
    scored(mutated(ROWS, random))


def odd_frame(random: Random, rows: list[dict[str, Any]]) -> Any:
    """Build a frame with odd names, kinds or values of columns."""
    import pandas as pd

    data = pd.DataFrame(rows).astype(object)
    for _place in range(random.choice((1, 1, 3))):
        column = random.choice(list(data.columns))
        kind = random.randrange(4)
        if kind == 0:
            data = data.rename(columns={column: random.choice((1, "Item", "item ", "extra", None))})
        elif kind == 1:
            data[column] = data[column].astype(random.choice(("string", "category", "str")))
        else:
            data[column] = pd.Series(
                [odd_value(random) if random.randrange(2) else one for one in data[column]], dtype=object
            )
    return data


def frame(random: Random, _: Path) -> None:
    try:
        data = odd_frame(random, ROWS)
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return  # pandas does not build it
    scored(data)


@cache
def book_bytes() -> bytes:
    book = load_openpyxl().Workbook()
    page = book.active
    page.append(list(COLUMNS))
    for row in ROWS:
        page.append([row.get(column) for column in COLUMNS])
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def workbook_bytes(random: Random, folder: Path) -> None:
    (folder / "log.xlsx").write_bytes(mutated_bytes(book_bytes(), random))
    scored(folder / "log.xlsx")


def workbook_parts(random: Random, folder: Path) -> None:
    """Mutate the XML inside the archive, so that the mutation is not only caught by a checksum."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(book_bytes())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = random.choice(sorted(parts))
    parts[name] = mutated_bytes(parts[name], random)
    if random.randrange(6) == 0:
        del parts[name]
    with zipfile.ZipFile(folder / "log.xlsx", "w") as book:
        for one, data in parts.items():
            book.writestr(one, data)
    scored(folder / "log.xlsx")


def workbook_cells(random: Random, folder: Path) -> None:
    """Type odd values into cells."""
    from openpyxl.utils.exceptions import IllegalCharacterError

    openpyxl = load_openpyxl()
    book = openpyxl.load_workbook(io.BytesIO(book_bytes()))
    for _ in range(random.choice((1, 3))):
        cell = book.active.cell(random.randrange(1, 8), random.randrange(1, 10))
        try:
            cell.value = odd_value(random)
        except (ValueError, TypeError, ArithmeticError, RecursionError, IllegalCharacterError):
            cell.value = "=1/0"
    try:
        book.save(folder / "log.xlsx")
    except (ValueError, TypeError, ArithmeticError, AttributeError, RecursionError):
        return  # openpyxl does not store it
    scored(folder / "log.xlsx")


def parquet(random: Random, folder: Path) -> None:
    (folder / "log.parquet").write_bytes(mutated_bytes(parquet_bytes(), random))
    scored(folder / "log.parquet")


@cache
def parquet_bytes() -> bytes:
    import pandas as pd

    stored = io.BytesIO()
    pd.DataFrame(ROWS).astype("string").to_parquet(stored)
    return stored.getvalue()


ATTACKS = {
    "log, CSV": csv,
    "log, options of a CSV": csv_options,
    "log, other layouts": layouts,
    "log, records": records,
    "log, frame": frame,
    "log, bytes of a workbook": workbook_bytes,
    "log, parts of a workbook": workbook_parts,
    "log, cells of a workbook": workbook_cells,
    "log, Parquet": parquet,
}
