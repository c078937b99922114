"""The names of standards: which edition a name means, and which standards are not offered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from aql import tables
from aql.errors import DomainError
from aql.types import STANDARDS, Standard, StandardName
from aql.words import either, listed, short_repr

__all__ = ["standard_named"]


def standard_named(name: StandardName) -> tuple[Standard, str]:
    """Return the edition that the name of a standard means, and a note if it is not the name of the edition itself.

    Spelling, spaces and dashes do not matter. A bare name means the default edition, and that of a national edition the
    edition that it adopts; the note says how the two are related and what is unconfirmed. A standard that is not offered
    is named as such, and never replaced by another.

    Parameters
    ----------
    name : str
        The name of a standard.

    Raises
    ------
    DomainError
        If the name is unknown, or that of a standard that is not offered.

    Examples
    --------
    >>> standard_named("GB/T 2828.1")
    ('ISO 2859-1:1999', 'GB/T 2828.1 is taken as ISO 2859-1:1999. GB/T 2828.1-2012 is identical to it.')
    >>> standard_named("ISO 3951-1")
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: ISO 3951-1 is not offered: plans by variables. Standards offered are ISO 2859-1:1999, ISO 2859-1:2026, ANSI/ASQ Z1.4 and MIL-STD-105E.
    """
    given: object = name
    text = given if isinstance(given, str) else short_repr(given)
    for own in STANDARDS:
        if own == text:
            return own, ""
    key = _key(text)
    found = _names().get(key)
    if found is None:
        raise _unknown(name, key)
    own, note = found
    return own, f"{name} is taken as {own}. {note}" if note else ""


@cache
def _names() -> Mapping[str, tuple[Standard, str]]:
    """The edition and the note of every name."""
    own: dict[str, tuple[Standard, str]] = {_key(name): (name, "") for name in STANDARDS}
    others = {
        _key(name): (record["edition"], _note(record))
        for record in tables.editions()["name"]
        for name in record["names"]
    }
    return others | own


def _note(record: tables.NameRecord) -> str:
    """The note of a record, with what is unconfirmed."""
    unconfirmed = record.get("unconfirmed")
    return f"{record['note']} Unconfirmed: {unconfirmed}." if unconfirmed else record["note"]


def _unknown(name: object, key: str) -> DomainError:
    """The error for a name without an edition: what it contains, if it is a known standard that is not offered."""
    offered = f"Standards offered are {listed(STANDARDS)}"
    others = {
        _key(one): record["what"] for record in tables.editions()["not_offered"] for one in record["names"]
    }
    begins = [
        one for one in (*others, *_names()) if key.startswith(one) and not key[len(one) :][:1].isdigit()
    ]
    if not begins:
        return DomainError(
            f"standard must be {either(STANDARDS)}, got {short_repr(name)}", code="unknown-word", value=name
        )
    closest = max(begins, key=len)
    what = others.get(closest, "another edition than those offered")
    return DomainError(f"{name} is not offered: {what}", todo=offered, code="not-offered", value=name)


def _key(name: str) -> str:
    """A name without what may differ in spelling: letter case, spaces, and every sign that does not separate numbers.

    ISO 2859-1 and ISO 28591 are two standards, so a dash, colon or space between two digits is a dash.
    """
    text = re.sub(r"[\u2010-\u2015\u2212_:/()\s]+", "-", name.casefold().strip())
    text = re.sub(r"-+", "-", re.sub(r"-?([.+])-?", r"\1", text))
    return re.sub(r"(?<!\d)-|-(?!\d)", "", text)
