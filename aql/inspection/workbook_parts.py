"""Finds the parts of a workbook: its sheets, its shared texts, and which styles show numbers as dates."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import ZipFile

__all__ = ["WorkbookParts", "elements_of", "local_name", "text_of", "workbook_parts"]

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - days without a zone


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What the cells of a workbook refer to.

    Attributes
    ----------
    sheets : dict of str to str
        The part of each sheet of cells by its name, in the order of the workbook.
    texts : list of str
        The shared texts by number.
    dates, durations : frozenset of int
        The styles that show a number as a date or time, and those of them that show a duration.
    epoch : datetime
        The day with the number 0.
    """

    sheets: dict[str, str]
    texts: list[str]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime


def workbook_parts(archive: ZipFile) -> WorkbookParts:
    """Read what the cells of a workbook refer to; the archive has been checked by `check_package`.

    Raises
    ------
    KeyError, ParseError, ValueError
        If a part is missing or damaged.
    """
    (main,) = [part for kind, part in _related(archive, "").values() if kind == "officeDocument"][:1]
    root = _read(archive, main)
    related = _related(archive, main)
    own = dict(related.values())
    sheets: dict[str, str] = {}
    for one in root.iter():
        if local_name(one) == "sheet":
            kind, part = related[_attribute(one, "id")]
            if kind == "worksheet":
                sheets.setdefault(one.attrib["name"], part)
    if not sheets:
        raise ValueError("it has no sheet")
    texts = list(_shared_texts(archive, own["sharedStrings"])) if "sharedStrings" in own else []
    dates, durations = _date_styles(archive, own["styles"]) if "styles" in own else (frozenset(), frozenset())
    properties = next((one for one in root if local_name(one) == "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    return WorkbookParts(sheets, texts, dates, durations, _EPOCH_1904 if from_1904 else _EPOCH)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace, of which there are two kinds."""
    return element.tag.rpartition("}")[2]


def text_of(element: Element) -> str:
    """Return the text of a shared or inline text: that of all its runs, without how it is pronounced."""
    if len(element) == 1 and element[0].tag.endswith("}t"):
        return element[0].text or ""
    own = (one for one in element if local_name(one) == "t")
    runs = (one for run in element if local_name(run) == "r" for one in run if local_name(one) == "t")
    return "".join(one.text or "" for each in (own, runs) for one in each)


def elements_of(file: IO[bytes], *names: str) -> Iterator[Element]:
    """Yield the elements of a part with these names, one at a time, so that a large part needs little memory."""
    endings = tuple(f"}}{name}" for name in names)
    for _, element in ET.iterparse(file):
        if element.tag.endswith(endings):
            yield element
            element.clear()


def _read(archive: ZipFile, part: str) -> Element:
    return ET.fromstring(archive.read(part))


def _attribute(element: Element, name: str) -> str:
    """An attribute that has a namespace."""
    return next(value for key, value in element.attrib.items() if key.endswith(f"}}{name}"))


def _related(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The kind and the part of each relationship of a part, by its id."""
    folder, name = posixpath.split(part)
    found = {}
    for one in _read(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        target = posixpath.normpath(posixpath.join("/", folder, one.attrib["Target"])).lstrip("/")
        found[one.attrib["Id"]] = (one.attrib["Type"].rpartition("/")[2], target)
    return found


def _shared_texts(archive: ZipFile, part: str) -> Iterator[str]:
    with archive.open(part) as file:
        for one in elements_of(file, "si"):
            yield text_of(one).replace("x005F_", "")  # the escape of an escape


def _date_styles(archive: ZipFile, part: str) -> tuple[frozenset[int], frozenset[int]]:
    """The styles that show a number as a date or time, and as a duration."""
    from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format

    root = _read(archive, part)
    own = {
        int(one.attrib["numFmtId"]): one.get("formatCode")
        for one in root.iter()
        if local_name(one) == "numFmt"
    }
    styles = next((one for one in root if local_name(one) == "cellXfs"), ())
    numbers = [int(one.get("numFmtId", 0)) for one in styles]
    formats = [own[number] if number in own else builtin_format_code(number) for number in numbers]
    dates = frozenset(place for place, one in enumerate(formats) if is_date_format(one))
    return dates, frozenset(place for place, one in enumerate(formats) if is_timedelta_format(one))
