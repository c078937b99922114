"""The page of a report as PDF, by WeasyPrint."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aql.errors import AqlError, MissingExtraError
from aql.words import listed

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["load_weasyprint", "pdf"]

_LOGGER = "weasyprint"
_MISSING = re.compile(r"\(U\+([0-9A-F]+)\)")
_MOST = 5


def pdf(page: str) -> bytes:
    """Return the page of a report as PDF: tagged, and the same bytes for the same page, fonts and versions.

    Raises
    ------
    AqlError
        If no installed font has a character of the page.
    MissingExtraError
        If WeasyPrint, or a library of the system that it needs, is not installed.
    """
    weasyprint = load_weasyprint()
    missing = _MissingCharacters()
    # The page contains its pictures, so nothing else is ever fetched.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    with missing.listening():
        made: bytes = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_tags=True)
    if missing.found:
        raise _no_font(sorted(missing.found))
    return made


def load_weasyprint() -> ModuleType:
    """Import WeasyPrint, or raise an error that names the extra to install, or the library of the system that it needs."""
    try:
        import weasyprint
    except ImportError:
        raise MissingExtraError("writing a PDF needs WeasyPrint", "pdf") from None
    except OSError as error:
        raise AqlError(
            f"WeasyPrint cannot load a library of the system: {error}",
            todo="Install Pango, on Debian and Ubuntu with: apt-get install libpangoft2-1.0-0 libpangocairo-1.0-0",
            code="missing-library",
        ) from None
    module: ModuleType = weasyprint
    return module


class _MissingCharacters(logging.Handler):
    """Collects the characters for which WeasyPrint logs that no font has them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        named = _MISSING.search(record.getMessage()) if "notdef" in record.msg else None
        if named is not None:
            self.found.add(chr(int(named[1], 16)))

    @contextmanager
    def listening(self) -> Iterator[None]:
        logger = logging.getLogger(_LOGGER)
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)


def _no_font(characters: list[str]) -> AqlError:
    packages = list(dict.fromkeys(_package(ord(one)) for one in characters))
    shown = listed((f"{one} (U+{ord(one):04X})" for one in characters), most=_MOST)
    return AqlError(
        f"no installed font has {shown}",
        todo=f"Install {listed(packages)}, on Debian and Ubuntu with: apt-get install {' '.join(packages)}",
        code="missing-font",
        characters=characters,
        packages=packages,
    )


def _package(code: int) -> str:
    """The font package of Debian that has a character."""
    if 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF:
        return "fonts-noto-color-emoji"
    east_asian = (
        0x2E80 <= code <= 0x9FFF
        or 0xAC00 <= code <= 0xD7FF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
    )
    if east_asian or 0xFF00 <= code <= 0xFFEF or 0x20000 <= code <= 0x3FFFF:
        return "fonts-noto-cjk"
    return "fonts-noto-core"
