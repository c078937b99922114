"""Where the findings of an inspection are and how to read them, as its header declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)

from aql.checks import nearest
from aql.documents.document import Document
from aql.documents.fields import FileName, Name, Positive
from aql.errors import DomainError
from aql.inspection.by_line import pairs, table
from aql.inspection.file_kinds import text_encoding
from aql.inspection.log_cells import COLUMNS
from aql.words import as_printed, listed, short_repr

__all__ = ["IGNORED", "Answers", "FindingsSource"]


def _known_codec(value: str) -> str:
    if text_encoding(value) is None:
        raise DomainError(
            f"must be an encoding such as utf-8, cp1252 or gb18030, got {short_repr(value)}", value=value
        )
    return value


def _one_character(value: object) -> str:
    named = {"tab": "\t", "semicolon": ";", "comma": ","}
    sign = named.get(value, value) if isinstance(value, str) else value
    if not isinstance(sign, str) or len(sign) != 1 or sign in '"\r\n\0':
        raise DomainError(
            f"must be one character, such as ',', ';' or 'tab', got {short_repr(value)}", value=value
        )
    return sign


_FILE = TypeAdapter(FileName).json_schema()

_CHARACTER = {
    "anyOf": [
        {"enum": ["tab", "semicolon", "comma"]},
        {"type": "string", "minLength": 1, "maxLength": 1, "pattern": r'[^"\r\n]'},
    ]
}

_CODEC = {"type": "string", "pattern": r"^[A-Za-z0-9][\w-]+(?![\s\S])"}

IGNORED = "ignore"
"""What a column is mapped to if it is not to be read."""

if TYPE_CHECKING:
    Columns = tuple[tuple[str, str], ...]
else:
    Columns = Annotated[
        dict[Name, Name], AfterValidator(pairs), PlainSerializer(table, return_type=dict[str, str])
    ]
"""What columns of a file stand for, stored as pairs."""


class Answers(Document):
    """Words that stand for a conforming or a nonconforming answer, such as "Ja" and "Nein"."""

    conforming: tuple[Name, ...] = ()
    nonconforming: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _differ(self) -> Answers:
        both = {one.casefold() for one in self.conforming} & {one.casefold() for one in self.nonconforming}
        if both:
            raise DomainError(f"answers must not have {min(both)!r} in both lists", value=min(both))
        return self

    def plain(self, text: str) -> str:
        """Return "pass" or "fail" for a word in the lists, and any other text unchanged.

        Examples
        --------
        >>> Answers(conforming=("Ja",)).plain("ja"), Answers(conforming=("Ja",)).plain("no")
        ('pass', 'no')
        """
        said = as_printed(text).casefold()
        if said in {one.casefold() for one in self.conforming}:
            return "pass"
        return "fail" if said in {one.casefold() for one in self.nonconforming} else text


class FindingsSource(Document):
    """The ``[findings]`` table of the header: the files with the findings, and how to read them. Nothing is guessed.

    Attributes
    ----------
    file : tuple of str
        One or several files, in the folder of the header or a subfolder.
    sheet : str
        Sheet of a workbook.
    delimiter, decimal, encoding : str
        Delimiter, decimal mark and encoding of a CSV file.
    header_row : int
        Row of the file that names the columns; defaults to the first filled row.
    columns : tuple of (str, str)
        Pairs of a column in the file and the log column it stands for, or ``"ignore"`` (a table in the document). In a
        wide log, a column can also stand for a term.
    wide : bool
        Whether the log has one row per item and one column per term.
    counts : tuple of str
        Columns of a wide log, by what they stand for, whose cells are how often a term was found by eye on the item.
    classes : tuple of str
        Columns of a wide log, by what they stand for, that are classes: how many defects that no term lists the item has.
    answers : Answers or None
        Further words for conforming and nonconforming answers.
    lots : tuple of str
        Ids of all lots in the log, if there are several; rows of the other lots are not read.
    """

    file: Annotated[
        tuple[FileName, ...],
        BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
        PlainSerializer(lambda value: value[0] if len(value) == 1 else list(value), return_type=str | list),
        WithJsonSchema({"anyOf": [_FILE, {"type": "array", "items": _FILE}]}),
    ] = ()
    sheet: Name | None = None
    delimiter: Annotated[str, BeforeValidator(_one_character), WithJsonSchema(_CHARACTER)] = ","
    decimal: Literal[".", ","] = "."
    encoding: Annotated[str, Field(strict=True), AfterValidator(_known_codec), WithJsonSchema(_CODEC)] = (
        "utf-8"
    )
    header_row: Positive | None = None
    columns: Columns = ()
    wide: Annotated[bool, Field(strict=True)] = False
    counts: tuple[Name, ...] = ()
    classes: tuple[Name, ...] = ()
    lots: tuple[Name, ...] = ()
    answers: Answers | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"wide": {"const": True}}, "required": ["wide"]},
            "else": {
                "properties": {
                    "columns": {"additionalProperties": {"enum": [*COLUMNS, IGNORED]}},
                    "counts": {"maxItems": 0},
                    "classes": {"maxItems": 0},
                }
            },
        }
    )

    @model_validator(mode="after")
    def _columns_are_known(self) -> FindingsSource:
        for name, meaning in self.columns:
            if not self.wide and meaning not in (*COLUMNS, IGNORED):
                raise DomainError(
                    f"columns must map {name!r} to {listed(COLUMNS)} or {IGNORED!r}, got {short_repr(meaning)}",
                    todo="Write wide = true if each column is a term" if meaning else "",
                    value=meaning,
                    nearest=nearest(meaning, COLUMNS),
                )
        return self

    @model_validator(mode="after")
    def _counted_columns_are_wide(self) -> FindingsSource:
        for key, names in (("counts", self.counts), ("classes", self.classes)):
            if names and not self.wide:
                raise DomainError(
                    f"{key} names columns of a wide log, got {short_repr(names[0])}",
                    todo="Write wide = true if each column is a term",
                    value=names[0],
                )
        return self

    def of_rows(self) -> FindingsSource:
        """Return how to read rows in the document itself, which have log columns and one lot."""
        return FindingsSource(decimal=self.decimal)
