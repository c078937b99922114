"""The header of an inspection: the lot, the inspection itself, and the source of the findings."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    WithJsonSchema,
    model_validator,
)

from aql.documents.document import Document
from aql.documents.fields import FileName, IsoDate, Name, Sha256, Text
from aql.errors import DomainError

__all__ = ["FindingsSource", "InspectionHeader", "Lot", "Photo", "Sku", "Visit"]


Count = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, ge=1)]


def _kind_of_number(value: object) -> str:
    return "<table>" if isinstance(value, Mapping) else "<number>"


def _pairs(value: object) -> object:
    return tuple(value.items()) if isinstance(value, Mapping) else value


def _table(value: object) -> object:
    return dict(value) if isinstance(value, tuple) else value


if TYPE_CHECKING:
    Inspected = int | tuple[tuple[str, int], ...]
else:
    Inspected = Annotated[
        Annotated[Count, Tag("<number>")] | Annotated[dict[Name, Count], Tag("<table>")],
        Discriminator(_kind_of_number),
        AfterValidator(_pairs),
        PlainSerializer(_table, return_type=int | dict[str, int]),
    ]
"""Number of items inspected: one number, or a table by class or term, stored as pairs."""


def _known_codec(value: str) -> str:
    try:
        known = codecs.lookup(value)._is_text_encoding
    except LookupError:
        known = False
    if not known:
        raise DomainError(f"must be an encoding such as utf-8, cp1252 or gb18030, got {value!r}", value=value)
    return value


def _one_character(value: object) -> str:
    named = {"tab": "\t", "semicolon": ";", "comma": ","}
    sign = named.get(value, value) if isinstance(value, str) else value
    if not isinstance(sign, str) or len(sign) != 1 or sign in '"\r\n':
        raise DomainError(f"must be one character, such as ',', ';' or 'tab', got {value!r}", value=value)
    return sign


class Sku(Document):
    """A part of the lot with its own stock-keeping unit (SKU)."""

    sku: Name
    quantity: Positive


class Lot(Document):
    """The lot submitted for inspection.

    Attributes
    ----------
    id : str
        Id of the lot.
    size : int
        Lot size. [items]
    produced, packed : int
        Items produced, and items packed for export. [items]
    cartons : int
        Number of export cartons.
    shipped_on : date
        Date of shipment; None if not shipped yet.
    skus : tuple of Sku
        Parts of the lot by SKU; their quantities add up to the lot size.
    """

    id: Name
    size: Positive
    produced: Count | None = None
    packed: Count | None = None
    cartons: Count | None = None
    shipped_on: IsoDate | None = None
    skus: tuple[Sku, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Lot:
        total = sum(sku.quantity for sku in self.skus)
        if self.skus and total != self.size:
            raise DomainError(
                f"skus must add up to {self.size}, the size of the lot, got {total}", value=total
            )
        if self.produced is not None and self.packed is not None and self.packed > self.produced:
            raise DomainError(
                f"packed must be at most {self.produced}, the number produced, got {self.packed}",
                value=self.packed,
            )
        return self


class Photo(Document):
    """A photograph: its file, checksum and caption, and the number of the item it shows."""

    file: FileName
    sha256: Sha256 | None = None
    caption: Text | None = None
    item: Positive | None = None


class Visit(Document):
    """The ``[inspection]`` table of the header.

    Attributes
    ----------
    date : date
        Date of the inspection.
    inspector, company, place : str
        Who inspected, and where.
    inspected : int or tuple of (str, int)
        Number of items inspected: one number, or pairs of a class or term and its number (a table in the document).
    reinspection_of : str
        Id of the rejected inspection, if this is a resubmission.
    remarks : tuple of str
        Remarks.
    photos : tuple of Photo
        Photographs.
    """

    date: IsoDate | None = None
    inspector: Name | None = None
    company: Name | None = None
    place: Name | None = None
    inspected: Inspected | None = None
    reinspection_of: Annotated[str, Field(strict=True)] = ""
    remarks: tuple[Text, ...] = ()
    photos: tuple[Photo, ...] = ()

    def inspected_for(self, line: str) -> int | None:
        """Number of items inspected for a decision line; None if the header does not state it."""
        if isinstance(self.inspected, tuple):
            return dict(self.inspected).get(line)
        return self.inspected


_FILE = {"type": "string", "minLength": 1}


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
    """

    file: Annotated[
        tuple[FileName, ...],
        BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
        PlainSerializer(lambda value: value[0] if len(value) == 1 else list(value), return_type=str | list),
        WithJsonSchema({"anyOf": [_FILE, {"type": "array", "items": _FILE}]}),
    ] = ()
    sheet: Name | None = None
    delimiter: Annotated[str, BeforeValidator(_one_character)] = ","
    decimal: Literal[".", ","] = "."
    encoding: Annotated[str, Field(strict=True), AfterValidator(_known_codec)] = "utf-8"


class InspectionHeader(Document):
    """The header of an inspection.

    Attributes
    ----------
    contract : str
        Id of the order in the contract.
    lot : Lot
        The lot.
    inspection : Visit
        Date, place, inspector and number of items inspected.
    findings : FindingsSource
        The files with the findings.
    """

    schema_: Literal["aql.inspection/1"] = Field(default="aql.inspection/1", alias="schema")
    contract: Name
    lot: Lot
    inspection: Visit = Visit()
    findings: FindingsSource = FindingsSource()

    @model_validator(mode="after")
    def _inside_the_lot(self) -> InspectionHeader:
        inspected = self.inspection.inspected
        numbers = dict(inspected) if isinstance(inspected, tuple) else {"": inspected or 0}
        for line, number in numbers.items():
            if number > self.lot.size:
                where = f" for {line}" if line else ""
                raise DomainError(
                    f"inspected{where} must be at most {self.lot.size}, the size of the lot, got {number}",
                    value=number,
                )
        return self

    def without_findings(self) -> InspectionHeader:
        """Return the header without the source of its findings, so that moving the log does not change it."""
        return self.model_copy(update={"findings": FindingsSource()})
