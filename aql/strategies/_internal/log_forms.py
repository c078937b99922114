"""The forms in which people write one and the same log: other words, other columns, names of items, several lots."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from aql.contract.colour import Colour
from aql.contract.contract import Contract
from aql.contract.measures import Answer, Measured
from aql.inspection.log_cells import COLUMNS

__all__ = ["LOG_FORMS", "LogForm", "Row", "with_decimal_commas"]

Row = dict[str, Any]
"""A row, in the form that `Inspection.load` reads."""

LogForm = Callable[[Contract, Row, list[Row]], list[Row]]
"""Takes the contract, the header (which it completes) and the rows; returns the rows in another form."""


def _plain(_contract: Contract, _header: Row, rows: list[Row]) -> list[Row]:
    return rows


def _decimal_commas(contract: Contract, header: Row, rows: list[Row]) -> list[Row]:
    if not any("." in row.get("value", "") for row in rows):
        return rows
    header["findings"] = {"decimal": ","}
    return with_decimal_commas(contract, rows)


def _declared_answers(contract: Contract, header: Row, rows: list[Row]) -> list[Row]:
    """The answers to yes-no terms in words that the header declares."""
    right = {term.id: term.measure.answer for term in contract.terms if isinstance(term.measure, Answer)}
    header["findings"] = {"answers": {"conforming": ["Fit"], "nonconforming": ["Unfit"]}}
    return [
        row | {"value": "Fit" if row["value"] == right[row["term"]] else "Unfit"}
        if row.get("term") in right and row.get("value") in {"yes", "no"}
        else row
        for row in rows
    ]


def _of_cartons(contract: Contract, row: Row) -> bool:
    return any(term.id == row.get("term") and term.of == "cartons" for term in contract.terms)


def _cartons_skus_and_photos(contract: Contract, header: Row, rows: list[Row]) -> list[Row]:
    size = header["lot"]["size"]
    skus = [("odd", size - size // 2), ("even", size // 2)]
    header["lot"]["skus"] = [{"sku": sku, "quantity": number} for sku, number in skus if number]
    return [
        row
        | {"carton": f"C{row['item']}", "sku": skus[row["item"] % 2 == 0][0], "photo": f"{row['item']}.jpg"}
        if "item" in row and not _of_cartons(contract, row)
        else row
        for row in rows
    ]


def _named_items(contract: Contract, header: Row, rows: list[Row]) -> list[Row]:
    """Items by serial number; cartons have none, so their number is in the column of cartons."""
    inspected = header["inspection"]["inspected"]
    numbers = [inspected] if isinstance(inspected, int) else inspected.values()
    header["inspection"]["items"] = [f"SN-{1000 + item}" for item in range(1, max([1, *numbers]) + 1)]

    def named(row: Row) -> Row:
        if "item" not in row:
            return row
        if not _of_cartons(contract, row):
            return row | {"item": f"SN-{1000 + row['item']}"}
        rest = {key: value for key, value in row.items() if key not in {"item", "count"}}
        return rest | {"carton": str(row["item"])} if row.get("count", 1) == 1 else row

    found = [named(row) for row in rows]
    if any("item" in row and _of_cartons(contract, row) for row in found):
        del header["inspection"]["items"]
        return rows
    return found


def _mapped_columns(_contract: Contract, header: Row, rows: list[Row]) -> list[Row]:
    other = {"item": "No.", "term": "Défaut", "value": "Messwert", "note": "Remark"}
    used = {key: name for key, name in other.items() if any(key in row for row in rows)}
    header["findings"] = {"columns": {name: key for key, name in used.items()}}
    return [{used.get(key, key): value for key, value in row.items()} for row in rows]


def _several_lots(contract: Contract, header: Row, rows: list[Row]) -> list[Row]:
    header["findings"] = {"lots": [header["lot"]["id"], "another"]}
    elsewhere: Row = {"lot": "another", "item": 1, "class": contract.classes[0].name}
    return [*(row | {"lot": header["lot"]["id"]} for row in rows), elsewhere]


def _wide(_contract: Contract, header: Row, rows: list[Row]) -> list[Row]:
    """One row per item and one column per term, if the log says nothing else."""
    simple = all({"item", "term"} <= set(row) <= {"item", "term", "value", "unit"} for row in rows)
    if not rows or not simple or any(row["term"].casefold() in COLUMNS for row in rows):
        return rows
    header["findings"] = {"wide": True}
    items: dict[int, Row] = {}
    for row in rows:
        items.setdefault(row["item"], {"item": row["item"]})[row["term"]] = row.get("value", "NG")
    return list(items.values())


LOG_FORMS: tuple[LogForm, ...] = (
    _plain,
    _decimal_commas,
    _declared_answers,
    _cartons_skus_and_photos,
    _named_items,
    _mapped_columns,
    _several_lots,
    _wide,
)
"""The forms, simplest first."""


def with_decimal_commas(contract: Contract, rows: Iterable[Row]) -> list[Row]:
    """Return drawn rows of a log with decimal commas in numeric readings."""
    numeric = {term.id for term in contract.terms if isinstance(term.measure, Measured | Colour)}
    return [
        row | {"value": row["value"].replace(".", ",")}
        if row.get("term") in numeric and "value" in row
        else row
        for row in rows
    ]
