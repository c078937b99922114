"""A measurement sheet: one row per check point, one column per item measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aql.errors import LogError
from aql.inspection.foreign_table import ForeignTable, checked_terms
from aql.inspection.log_cells import problem_at
from aql.inspection.log_columns import plain_name
from aql.inspection.log_sources import TableSource

__all__ = ["read_measurement_sheet"]


def read_measurement_sheet(
    source: TableSource,
    *,
    point: str,
    items: Sequence[str] | Mapping[str, int | str],
    terms: Mapping[str, str],
    unit: str | None = None,
    ignore: Iterable[str] = (),
    how: Mapping[str, object] | None = None,
) -> list[dict[str, str]]:
    """Read a measurement sheet with one row per check point and one column per item.

    Parameters
    ----------
    source : path, frame or rows as mappings
        The sheet.
    point : str
        Column with the names of the check points.
    items : sequence of str, or mapping of str to int or str
        Columns with the readings of items 1, 2, 3 and so on; or for each column the number or name of its item.
    terms : mapping of str to str
        For each check point, the id of its term.
    unit : str, optional
        Column with the unit of the readings.
    ignore : iterable of str
        Columns and check points to leave out.
    how : mapping, optional
        Keys of ``[findings]`` that say how to read a file, such as delimiter, decimal, encoding, sheet and header_row.

    Returns
    -------
    list of dict
        One row per reading, for ``aql.Inspection.load(header, findings=...)``; an empty cell gives no row.

    Raises
    ------
    LogError
        If a column is missing, or a column or check point is neither named nor ignored; it lists every problem.
    AqlError
        If a file is missing or of another kind.

    Examples
    --------
    >>> from aql import examples
    >>> rows = read_measurement_sheet(
    ...     examples.example_file("logs/measurement_sheet.csv"),
    ...     point="Check point",
    ...     items=["S1", "S2", "S3"],
    ...     terms={"Chest width": "chest", "Sleeve length": "sleeve"},
    ...     unit="Unit",
    ...     ignore=["Spec", "Tol"],
    ... )
    >>> rows[0]
    {'item': '1', 'term': 'chest', 'value': '52.0', 'unit': 'cm'}
    """
    table = ForeignTable.read(source, how)
    numbers = (
        {name: str(item) for name, item in items.items()}
        if isinstance(items, Mapping)
        else {name: str(item) for item, name in enumerate(items, start=1) if plain_name(name)}
    )
    ignored = {plain_name(name) for name in ignore}
    table.check_columns([point, *numbers, *([unit] if unit is not None else [])], ignored=ignored)
    known = {plain_name(name): term for name, term in checked_terms(terms).items()}
    rows: list[dict[str, str]] = []
    problems = []
    for number, cells in table.rows():
        name = cells[plain_name(point)]
        term = known.get(plain_name(name))
        if term is None and plain_name(name) not in ignored:
            message = f"check point {name!r} has no term. Add it to terms, or to ignore"
            problems.append(problem_at(table.raw.name, number, message, column=point, code="unknown-term"))
        if term is not None:
            of_point = {"unit": cells[plain_name(unit)]} if unit is not None else {}
            rows += [
                {"item": item, "term": term, "value": cells[plain_name(column)], **of_point}
                for column, item in numbers.items()
                if cells[plain_name(column)]
            ]
    if problems:
        raise LogError(table.raw.name, problems)
    return rows
