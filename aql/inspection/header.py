"""The header of an inspection: the lot, the inspection itself, and the source of the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    model_validator,
)

from aql.checks import nearest
from aql.documents.document import Document
from aql.documents.fields import FileName, IsoDate, Name, Positive, Sha256, Text
from aql.errors import DomainError
from aql.inspection.by_line import Inspected, Severities, pairs, table
from aql.inspection.findings_source import FindingsSource
from aql.inspection.lot import Lot
from aql.inspection.sample_drawn import SampleDrawn
from aql.types import Severity

__all__ = [
    "InspectionHeader",
    "Photo",
    "Severities",
    "Visit",
]


class Photo(Document):
    """A photograph: its file, checksum and caption, and the number of the item it shows.

    `approved_sample_for` makes it a photograph of the approved sample: it names the photograph of the goods next to which
    a report shows it.
    """

    file: FileName
    sha256: Sha256 | None = None
    caption: Text | None = None
    item: Positive | None = None
    approved_sample_for: FileName | None = None


if TYPE_CHECKING:
    Instruments = tuple[tuple[str, str], ...]
else:
    Instruments = Annotated[
        dict[Name, Text], AfterValidator(pairs), PlainSerializer(table, return_type=dict[str, str])
    ]
"""What each term was measured with, stored as pairs."""


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
    severity : str or tuple of (str, str)
        Severity of inspection: one, or pairs of a class or term and its severity (a table in the document). Defaults to
        that of the contract; the switching rules fill it, see `aql.scoring.class_histories`.
    reinspection_of : str
        Id of the rejected inspection, if this is a resubmission.
    remarks : tuple of str
        Remarks.
    photos : tuple of Photo
        Photographs.
    items : tuple of str
        Names of the items in the order drawn, such as serial numbers or bar codes; empty if items are numbered.
    report : str
        Number of the report.
    client, factory : str
        For whom, and at which factory.
    logo : str
        File with the logo of the company.
    instruments : tuple of (str, str)
        Pairs of a term and the instrument that it was measured with (a table in the document).
    drawing : SampleDrawn or None
        How the sample was drawn; the verdict then has the drawing, and the report shows it.
    """

    date: IsoDate | None = None
    inspector: Name | None = None
    company: Name | None = None
    place: Name | None = None
    inspected: Inspected | None = None
    severity: Severities | None = None
    reinspection_of: Annotated[str, Field(strict=True)] = ""
    remarks: tuple[Text, ...] = ()
    photos: tuple[Photo, ...] = ()
    items: tuple[Name, ...] = ()
    report: Name | None = None
    client: Name | None = None
    factory: Name | None = None
    logo: FileName | None = None
    instruments: Instruments = ()
    drawing: SampleDrawn | None = None

    @model_validator(mode="before")
    @classmethod
    def _photos_by_number(cls, data: object) -> object:
        """Replace the name of the item on a photograph by its number."""
        if not isinstance(data, Mapping) or not isinstance(data.get("items"), Sequence):
            return data
        numbers = {
            name: number for number, name in enumerate(data["items"], start=1) if isinstance(name, str)
        }
        photos = data.get("photos")
        if not isinstance(photos, Sequence) or isinstance(photos, str):
            return data
        named = [
            {**photo, "item": numbers[photo["item"]]}
            if isinstance(photo, Mapping) and isinstance(photo.get("item"), str) and photo["item"] in numbers
            else photo
            for photo in photos
        ]
        return {**data, "photos": named}

    @model_validator(mode="after")
    def _items_are_inspected(self) -> Visit:
        if len(set(self.items)) < len(self.items):
            twice = next(name for name, times in Counter(self.items).items() if times > 1)
            raise DomainError(f"items must name each item once, got {twice!r} twice", value=twice)
        numbers = (
            dict(self.inspected).values() if isinstance(self.inspected, tuple) else [self.inspected or 0]
        )
        most = max(numbers, default=0)
        if self.items and most > len(self.items):
            raise DomainError(
                f"inspected must be at most {len(self.items)}, the number of items named, got {most}",
                value=most,
            )
        return self

    @model_validator(mode="after")
    def _samples_stand_next_to_goods(self) -> Visit:
        goods = {photo.file for photo in self.photos if photo.approved_sample_for is None}
        for photo in self.photos:
            goods_file = photo.approved_sample_for
            if goods_file is not None and goods_file not in goods:
                raise DomainError(
                    f"approved_sample_for must name another photo of the goods, got {goods_file!r}",
                    value=goods_file,
                    nearest=nearest(goods_file, goods),
                )
        return self

    def inspected_for(self, line: str) -> int | None:
        """Number of items inspected for a decision line; None if the header does not state it."""
        if isinstance(self.inspected, tuple):
            return dict(self.inspected).get(line)
        return self.inspected

    def severity_for(self, line: str, class_name: str) -> Severity | None:
        """Severity for a decision line, or that of its class; None if the header does not state it."""
        if isinstance(self.severity, tuple):
            stated = dict(self.severity)
            return stated.get(line, stated.get(class_name))
        return self.severity

    def item_numbers(self) -> dict[str, int]:
        """Return the number of each named item; empty if items are numbered."""
        return {name: number for number, name in enumerate(self.items, start=1)}

    def item_name(self, item: int) -> str:
        """Return the name of an item, or its number as text if items are numbered."""
        return self.items[item - 1] if 0 < item <= len(self.items) else str(item)


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
        named = len(self.inspection.items)
        if named > self.lot.size:
            raise DomainError(
                f"items must name at most {self.lot.size} items, the size of the lot, got {named}",
                value=named,
            )
        if self.findings.lots and self.lot.id not in self.findings.lots:
            raise DomainError(
                f"lots under [findings] must contain {self.lot.id!r}, the lot of the header",
                value=self.lot.id,
            )
        return self

    def with_photos(self, photos: tuple[Photo, ...]) -> InspectionHeader:
        """Return the header with further photographs."""
        visit = self.inspection.model_copy(update={"photos": (*self.inspection.photos, *photos)})
        return self.model_copy(update={"inspection": visit})

    def without_findings(self) -> InspectionHeader:
        """Return the header without the source of its findings, so that moving the log does not change it.

        The meaning of declared answers is kept, because it can change the verdict.
        """
        answers = self.findings.answers
        kept = FindingsSource() if answers is None else FindingsSource(answers=answers)
        return self.model_copy(update={"findings": kept})
