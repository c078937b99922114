"""The frames as they are given: their columns checked, and brought to the kinds that everything else works with.

A missing whole number becomes -1 and a missing text "", so that no engine's own missing value matters later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw
from narwhals.schema import Schema

from aql.checks import LARGEST_LOT, nearest
from aql.errors import DomainError, LogError, Problem
from aql.inspection.log_cells import COLUMNS, LARGEST_COUNT
from aql.scoring.bulk.engines import Engine, Frame, of_frame
from aql.words import listed

__all__ = ["INVALID", "MISSING", "GivenFindings", "GivenLots", "given_findings", "given_lots"]

MISSING = -1
"""Stands for a missing whole number."""

INVALID = -2
"""Stands for a number that is negative, has a fraction, or is larger than any number of items."""

_NUMBERS = ("size", "produced", "packed", "cartons")
_DATES = ("shipped_on", "date")
_TEXTS = ("contract", "inspector", "company", "place", "reinspection_of")
_BY_LINE = ("inspected", "severity")

_ROW_NUMBERS = ("item", "count", "stage")
_ROW_TEXTS = ("term", "class", "unit")
_ROW_OTHERS = ("carton", "sku", "photo", "note")


@dataclass(frozen=True, slots=True)
class GivenLots:
    """A frame of lots.

    Attributes
    ----------
    frame : Frame
        Its rows, with the columns below.
    raw : Frame
        Its rows as given.
    engine : Engine
        Its engine.
    key : dtype
        Type of the column ``lot``.
    numbers, texts : tuple of str
        Columns of whole numbers, and of text.
    """

    frame: Frame
    raw: Frame
    engine: Engine
    key: nw.dtypes.DType
    numbers: tuple[str, ...]
    texts: tuple[str, ...]

    def by_line(self, name: str) -> dict[str, str]:
        """Return the columns of `name` by decision line: ``{"major": "inspected_major"}``; "" stands for all lines."""
        return {
            column.removeprefix(name).removeprefix("_"): column
            for column in (*self.numbers, *self.texts)
            if column == name or column.startswith(f"{name}_")
        }


@dataclass(frozen=True, slots=True)
class GivenFindings:
    """A frame of findings; see `GivenLots`.

    Attributes
    ----------
    frame : Frame
        Its rows.
    raw : Frame
        Its rows as given.
    columns : tuple of str
        The columns of a log that it has, without the lot.
    value : dtype or None
        Type of the column ``value`` as given.
    """

    frame: Frame
    raw: Frame
    columns: tuple[str, ...]
    value: nw.dtypes.DType | None


def given_lots(lots: object, *, others: bool = False) -> GivenLots:
    """Read a frame of lots as given; with `others`, columns of any name are allowed, and only those for plans are read.

    Raises
    ------
    DomainError
        If it is not a frame.
    LogError
        If a column is missing, unknown or of the wrong kind.
    """
    frame, engine = of_frame(lots, "lots")
    frame, schema = _with_plain_text(frame)
    if others:
        kept = [name for name in schema if name in {"lot", "size", "cartons"} or name.startswith("severity")]
        schema = type(schema)({name: schema[name] for name in kept})
    known = {"lot", *_NUMBERS, *_DATES, *_TEXTS}
    by_line = [name for name in schema if name.split("_", 1)[0] in _BY_LINE]
    problems = [
        *_missing(schema, ("lot", "size"), "lots"),
        *([] if others else _unknown(schema, known | set(by_line), "lots", {*known, *_BY_LINE})),
        *_of_another_kind(schema, [*_NUMBERS, *(one for one in by_line if one.startswith("i"))], "lots"),
        *_not_of_days(schema),
        *_not_of_text(schema, [*_TEXTS, *(one for one in by_line if one.startswith("s"))], "lots"),
    ]
    if "lot" in schema and not (schema["lot"].is_integer() or schema["lot"] == nw.String):
        message = f"must be a column of text or whole numbers, got {schema['lot']}"
        problems.append(Problem("lots, column lot", message, code="bad-value", column="lot"))
    for name in _BY_LINE:
        if name in by_line and any(one.startswith(f"{name}_") for one in by_line):
            message = f"lots has {name} and columns of {name} by line. Keep one or the others"
            problems.append(Problem("lots", message, code="two-columns", column=name))
    if problems:
        raise LogError("the frame of lots", problems)
    numbers = tuple(name for name in schema if name in _NUMBERS or (name in by_line and name[0] == "i"))
    dates = tuple(name for name in schema if name in _DATES)
    texts = tuple(name for name in schema if name in _TEXTS or (name in by_line and name[0] == "s"))
    if engine.name == "pyarrow":  # which has two types of text that it does not join
        frame = frame.with_columns(nw.col("lot").cast(schema["lot"]))
    read = frame.select(
        "lot",
        *(_whole(name, schema[name], most=LARGEST_LOT) for name in numbers),
        *(_day(name, schema[name]) for name in dates),
        *(text(name) for name in texts),
    )
    return GivenLots(read, frame, engine, schema["lot"], numbers, (*dates, *texts))


def given_findings(findings: object, lots: GivenLots) -> GivenFindings:
    """Read a frame of findings, of the same engine as the lots.

    Raises
    ------
    DomainError
        If it is not a frame of that engine.
    LogError
        If a column is missing, unknown or of the wrong kind.
    """
    frame, engine = of_frame(findings, "findings")
    if engine.name != lots.engine.name:
        raise DomainError(
            f"findings and lots must be frames of the same engine, got {engine.name} and {lots.engine.name}"
        )
    frame, schema = _with_plain_text(frame)
    problems = [
        *_missing(schema, ("lot",), "findings"),
        *_unknown(schema, {*COLUMNS}, "findings", COLUMNS),
        *_of_another_kind(schema, _ROW_NUMBERS, "findings"),
        *_not_of_text(schema, (*_ROW_TEXTS, *_ROW_OTHERS, "value"), "findings"),
    ]
    if "lot" in schema and not _same_kind(schema["lot"], lots.key):
        message = f"must have the type of lot in lots, {lots.key}, got {schema['lot']}"
        problems.append(Problem("findings, column lot", message, code="bad-value", column="lot"))
    if not problems and not {"term", "class"} & set(schema):
        message = "there is no column term or class. Add one to say what was found"
        problems.append(Problem("findings", message, code="no-column"))
    if problems:
        raise LogError("the frame of findings", problems)
    columns = tuple(name for name in COLUMNS if name in schema and name != "lot")
    numbers = [name for name in columns if name in _ROW_NUMBERS]
    texts = [name for name in columns if name in (*_ROW_TEXTS, *_ROW_OTHERS)]
    frame = frame.with_columns(nw.col("lot").cast(lots.key))
    read = frame.select(
        "lot",
        *(_whole(name, schema[name], most=LARGEST_COUNT) for name in numbers),
        *(text(name) for name in texts),
        *(_value(schema["value"]) if "value" in columns else ()),
    )
    return GivenFindings(read, frame, columns, schema.get("value"))


def _with_plain_text(frame: Frame) -> tuple[Frame, Schema]:
    """The frame with lots named by plain text if they are by that of a category, and its schema."""
    schema = frame.collect_schema()
    if isinstance(schema.get("lot"), (nw.Categorical, nw.Enum)):
        frame = frame.with_columns(nw.col("lot").cast(nw.String))
        schema = frame.collect_schema()
    return frame, schema


def _whole(name: str, kind: nw.dtypes.DType, *, most: int) -> nw.Expr:
    """Return a given column of whole numbers, -1 where it is missing; one that is negative, above `most` or a fraction becomes -2."""
    column = nw.col(name)
    if kind.is_integer():
        column = column.cast(nw.Int64) if kind != nw.UInt64 else column
        wrong = (column < 0) | (column > most)
        number = nw.when(wrong).then(nw.lit(INVALID)).otherwise(column).cast(nw.Int64)
        return number.fill_null(MISSING).alias(name)
    column = nw.when(column.is_nan()).then(nw.lit(None, nw.Float64)).otherwise(column.cast(nw.Float64))
    is_whole = (column >= 0) & (column == column.round(0)) & (column <= float(most))
    number = nw.when(is_whole).then(column).otherwise(nw.lit(float(INVALID)))
    number = nw.when(column.is_null()).then(nw.lit(float(MISSING))).otherwise(number)
    return number.cast(nw.Int64).alias(name)


def text(name: str) -> nw.Expr:
    """Return a given column of text, "" where it is missing."""
    return nw.col(name).cast(nw.String).fill_null("").alias(name)


def _day(name: str, kind: nw.dtypes.DType) -> nw.Expr:
    """Return a column of days as text in the form 2026-12-31, followed by a time that is not midnight."""
    if kind == nw.String:
        return text(name)
    column = nw.col(name)
    if kind == nw.Date:
        return column.dt.to_string("%Y-%m-%d").fill_null("").alias(name)
    moment = column.dt.to_string("%Y-%m-%dT%H:%M:%S")
    at_midnight = moment.str.ends_with("T00:00:00")
    return nw.when(at_midnight).then(moment.str.slice(0, 10)).otherwise(moment).fill_null("").alias(name)


def _value(kind: nw.dtypes.DType) -> tuple[nw.Expr, ...]:
    """Return the readings as text, or those that came as binary floats as numbers, with ``valued`` if there is one."""
    if not kind.is_float():
        return (text("value"),)
    column = nw.col("value")
    column = nw.when(column.is_nan()).then(nw.lit(None, nw.Float64)).otherwise(column.cast(nw.Float64))
    return column.fill_null(0.0).alias("value"), (~column.is_null()).alias("valued")


def _same_kind(one: nw.dtypes.DType, other: nw.dtypes.DType) -> bool:
    return one == other or (one.is_integer() and other.is_integer())


def _missing(schema: Mapping[str, object], names: Collection[str], where: str) -> list[Problem]:
    return [
        Problem(where, f"there is no column {name}", code="no-column", column=name)
        for name in names
        if name not in schema
    ]


def _unknown(
    schema: Mapping[str, object], known: Collection[str], where: str, allowed: Collection[str]
) -> list[Problem]:
    problems = []
    for name in schema:
        if name not in known:
            close = nearest(name, allowed)
            hint = f"Did you mean {close!r}?" if close else "Leave it out of the frame that is scored"
            message = f"must be {listed(sorted(allowed), last='or')}, got {name!r}. {hint}"
            problems.append(
                Problem(f"{where}, column {name}", message, code="unknown-column", column=name, nearest=close)
            )
    return problems


def _of_another_kind(
    schema: Mapping[str, nw.dtypes.DType], names: Collection[str], where: str
) -> list[Problem]:
    return [
        Problem(
            f"{where}, column {name}",
            f"must be a column of whole numbers, got {schema[name]}",
            code="bad-value",
            column=name,
        )
        for name in names
        if name in schema and not (schema[name].is_integer() or schema[name].is_float())
    ]


def _not_of_days(schema: Mapping[str, nw.dtypes.DType]) -> list[Problem]:
    problems = []
    for name in _DATES:
        kind = schema.get(name)
        days = (
            kind is None
            or kind in {nw.String, nw.Date}
            or (isinstance(kind, nw.Datetime) and not kind.time_zone)
        )
        if not days:
            message = (
                f"must be a column of days without a time zone, or of text such as 2026-12-15, got {kind}"
            )
            problems.append(Problem(f"lots, column {name}", message, code="bad-value", column=name))
    return problems


def _not_of_text(schema: Mapping[str, nw.dtypes.DType], names: Collection[str], where: str) -> list[Problem]:
    problems = []
    for name in names:
        kind = schema.get(name)
        if kind is not None and (kind.is_nested() or kind.is_temporal() or kind == nw.Binary):
            message = f"must be a column of text or numbers, got {kind}"
            problems.append(Problem(f"{where}, column {name}", message, code="bad-value", column=name))
    return problems
