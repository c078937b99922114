"""Where the photographs of a report stand: next to the defect they show, with the approved sample next to the goods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aql.report.defects import LineDefects, TermDefects
from aql.report.photographs import Photograph
from aql.scoring.defects import Defect

__all__ = ["PlacedPhotos", "placed_photos"]

Figure = tuple[Photograph, ...]
"""A photograph of the goods, and those of the approved sample next to it."""


@dataclass(frozen=True, slots=True)
class PlacedPhotos:
    """The photographs by place, numbered in the order in which they appear.

    Attributes
    ----------
    of_defects : dict of (str, str) to tuple of Figure
        Those next to the defects of a line and a term.
    others : tuple of Figure
        Those of the section on photographs.
    """

    of_defects: dict[tuple[str, str], tuple[Figure, ...]]
    others: tuple[Figure, ...]

    @property
    def every(self) -> Figure:
        """All photographs, by number."""
        groups = (*self.of_defects.values(), self.others)
        return tuple(photo for group in groups for figure in group for photo in figure)

    def of_defect(self, defect: Defect) -> Figure:
        """The photographs of the goods that show a defect or its item, wherever they stand."""
        return tuple(
            one
            for one in self.every
            if not one.approved_sample_for and (one.item == defect.item or one.file == defect.photo)
        )


def placed_photos(photos: Sequence[Photograph], defects: Sequence[LineDefects]) -> PlacedPhotos:
    """Place each photograph of a report once.

    Parameters
    ----------
    photos : sequence of Photograph
        The photographs.
    defects : sequence of LineDefects
        The defects of the report.

    Returns
    -------
    PlacedPhotos
        A photograph that a row of the log names stands next to the defect of that row; one that shows an item, next to the
        first defect of that item.
    """
    goods = list(dict.fromkeys(one for one in photos if not one.approved_sample_for))
    groups = [(line, term) for line in defects for term in line.terms]
    placed: dict[tuple[str, str], list[Photograph]] = {
        (line.result.name, term.name): [] for line, term in groups
    }
    others: list[Photograph] = []
    for photo in goods:
        place = next(_places(photo, groups), None)
        (others if place is None else placed[place]).append(photo)
    numbers = _numbered(photos, [*(one for group in placed.values() for one in group), *others])
    return PlacedPhotos(
        {place: tuple(numbers[one] for one in group) for place, group in placed.items() if group},
        tuple(numbers[one] for one in others),
    )


def _places(
    photo: Photograph, groups: Sequence[tuple[LineDefects, TermDefects]]
) -> Iterator[tuple[str, str]]:
    """Yield where a photograph can stand, the best place first."""
    for line, term in groups:
        if any(entry.defect.photo == photo.file for entry in term.entries):
            yield line.result.name, term.name
    for line, term in groups:
        if line.result.cartons is None and any(entry.defect.item == photo.item for entry in term.entries):
            yield line.result.name, term.name


def _numbered(photos: Sequence[Photograph], goods: Sequence[Photograph]) -> dict[Photograph, Figure]:
    """Number the photographs of the goods, each followed by its approved samples, as figures by photograph."""
    figures: dict[Photograph, Figure] = {}
    number = 0
    for one in goods:
        samples = [other for other in photos if other.approved_sample_for == one.file]
        figure = []
        for photo in (one, *samples):
            number += 1
            figure.append(replace(photo, number=number))
        figures[one] = tuple(figure)
    return figures
