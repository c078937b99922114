"""The columns of a log: what each name in its header row stands for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from aql.checks import nearest
from aql.errors import DomainError, Problem
from aql.inspection.findings_source import IGNORED, FindingsSource
from aql.inspection.log_cells import COLUMNS, RawLog, problem_at
from aql.words import listed, short_repr

__all__ = ["column_names", "known_names", "plain_name", "resolved_columns"]

_WIDE = ("lot", "stage", "item", "value", "carton", "sku", "photo", "note")
"""Columns of a wide log; every other column is a term, or a class if the header says so."""

_MOST_NAMES = 8


def plain_name(name: object) -> str:
    """Return the name of a log column as it is compared: composed Unicode, single blanks, lower case.

    Examples
    --------
    >>> plain_name("  Sample   No ")
    'sample no'
    """
    if not isinstance(name, str):
        raise DomainError(f"a column must be text, got {short_repr(name)}", value=name)
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def known_names(how: FindingsSource) -> set[str]:
    """Return the names, in the form of `plain_name`, that the columns of a log may have."""
    return {*COLUMNS, *(plain_name(name) for name, _ in how.columns)}


def resolved_columns(raw: RawLog, how: FindingsSource) -> tuple[tuple[str, ...], list[Problem]]:
    """Return what each column of a log stands for, and what is wrong with the columns.

    Parameters
    ----------
    raw : RawLog
        The log, with its columns as written.
    how : FindingsSource
        The mapping of columns, and whether the log is wide.

    Returns
    -------
    tuple of str
        For each column a log column, the id of a term in a wide log, or ``"ignore"``.
    list of Problem
        Unknown, repeated and missing columns.
    """
    meanings = {plain_name(name): meaning for name, meaning in how.columns}
    columns = tuple(_meaning(name, meanings, wide=how.wide) for name in raw.columns)
    problems = [] if not raw.columns else list(_problems(raw, how, columns))
    return tuple(column or "" for column in columns), problems


def _meaning(name: str, meanings: Mapping[str, str], *, wide: bool) -> str | None:
    """What a column stands for; None if that is unknown."""
    plain = plain_name(name)
    if plain in meanings:
        return meanings[plain]
    if plain in COLUMNS:
        return plain
    return name if wide and name else None


def _problems(raw: RawLog, how: FindingsSource, columns: tuple[str | None, ...]) -> Iterator[Problem]:
    written = {plain_name(name) for name in raw.columns}
    absent = [name for name, _ in how.columns if plain_name(name) not in written]
    if absent:
        message = (
            f"columns under [findings] names {listed(map(repr, absent))}, which {_is(absent)} not in the log"
        )
        yield problem_at(raw.name, None, message, code="no-column")
    unknown = [(place, name) for place, name in enumerate(raw.columns, start=1) if columns[place - 1] is None]
    if unknown:
        yield _unknown(raw, unknown)
    for place, column in enumerate(columns, start=1):
        if column not in {None, IGNORED} and columns.index(column) != place - 1:
            message = f"{column!r} appears twice. Keep one of the two"
            yield problem_at(raw.name, None, message, column=_place(raw, place), code="two-columns")
    if how.wide:
        yield from _wide_problems(raw, columns, how)
    elif not unknown and not {"term", "class"} & set(columns) and not _says_ok(columns):
        message = "there is no column term or class. Add one to say what was found"
        yield problem_at(raw.name, None, message, code="no-column")


def _place(raw: RawLog, place: int) -> str:
    """A column by its number, or by its letter in a workbook."""
    return raw.letters[place - 1] if raw.letters else str(place)


def _wide_problems(raw: RawLog, columns: tuple[str | None, ...], how: FindingsSource) -> Iterator[Problem]:
    for key, names in (("counts", how.counts), ("classes", how.classes)):
        absent = [name for name in names if name not in columns]
        if absent:
            message = f"{key} under [findings] names {listed(map(repr, absent))}, which {_is(absent)} not in the log"
            yield problem_at(raw.name, None, message, code="no-column")
    if "item" not in columns:
        message = "there is no column item. A wide log has one row per item and one column per term"
        yield problem_at(raw.name, None, message, code="no-column")
    other = [column for column in columns if column in COLUMNS and column not in _WIDE]
    if other:
        message = (
            f"a wide log has one column per term, got {listed(other)}. "
            "Remove wide = true, or map the columns to terms"
        )
        yield problem_at(raw.name, None, message, code="unknown-column")


def _says_ok(columns: tuple[str | None, ...]) -> bool:
    """Whether rows can say OK, or a count of 0, about an item as a whole."""
    return "item" in columns and bool({"value", "count"} & set(columns))


def _unknown(raw: RawLog, unknown: list[tuple[int, str]]) -> Problem:
    """One problem for all unknown columns, with the columns or delimiter that were probably meant."""
    close = {name: nearest(name.casefold(), COLUMNS) for _, name in unknown}
    place, name = unknown[0]
    if len(unknown) == 1:
        message = _unknown_name(raw, name, close[name])
        return problem_at(
            raw.name, None, message, column=_place(raw, place), code="unknown-column", nearest=close[name]
        )
    if {"auditid", "response", "failedresponse"} <= {name.casefold() for _, name in unknown}:
        message = "is an export of SafetyCulture. Read it with aql.inspection.read_safety_culture"
        return problem_at(raw.name, None, message, code="unknown-column")
    names = [repr(name) + (f" (did you mean {close[name]!r}?)" if close[name] else "") for _, name in unknown]
    example = next((name for _, name in unknown if name and not close[name]), name)
    message = (
        f"{len(unknown)} columns are not columns of a log: {listed(names, most=_MOST_NAMES)}. "
        f'Map them under [findings], as in columns = {{ "{example}" = "note" }}, or to "{IGNORED}"'
    )
    return problem_at(raw.name, None, message, code="unknown-column")


def _unknown_name(raw: RawLog, name: str, close: str | None) -> str:
    """What is wrong with a single unknown column, and what to do."""
    sign = next((sign for sign in ";\t|," if len(raw.columns) == 1 and sign in name), None)
    if sign is not None:
        named = "'tab'" if sign == "\t" else repr(sign)
        return f"unknown column {name!r}. If {named} separates the cells, declare delimiter = {named} under [findings]"
    if not name:
        return "the column has no name. Add one, or remove the column (pandas: to_csv(path, index=False))"
    if close:
        return f"unknown column {name!r}. Did you mean {close!r}?"
    known = f"must be {listed(COLUMNS, last='or')}, got {name!r}"
    return f'{known}. Map it under [findings], as in columns = {{ "{name}" = "note" }}, or to "{IGNORED}"'


def _is(names: Iterable[object]) -> str:
    return "is" if len(list(names)) == 1 else "are"


def column_names(names: Iterable[object]) -> tuple[str, ...]:
    """Return the cells that name the columns of a log as text, without leading and trailing blanks."""
    return tuple("" if name is None else str(name).strip() for name in names)
