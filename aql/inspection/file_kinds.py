"""What a file is according to its first bytes, which encodings a log may have, and messages that name a wrong one."""

from __future__ import annotations

import codecs
from pathlib import Path

from aql.errors import AqlError, LogError
from aql.inspection.log_cells import problem_at

__all__ = ["TEXT_ENCODINGS", "check_encoding", "check_kind", "text_encoding"]

_SIGNATURES = (
    (b"PK\x03\x04", "a workbook", ".xlsx"),
    (b"PAR1", "a Parquet file", ".parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook in the old .xls format or with a password", ""),
    (b"%PDF", "a PDF file", ""),
)
_ENDING_OF = {".csv": "", ".tsv": "", ".txt": "", ".xlsx": ".xlsx", ".parquet": ".parquet"}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def check_kind(data: bytes, path: Path, called: str) -> None:
    """Check that a file is of the kind that its extension says.

    Parameters
    ----------
    data : bytes
        Its content.
    path : Path
        Its path, with the extension of a log.
    called : str
        Name of the file in error messages.

    Raises
    ------
    LogError
        If the file is empty.
    AqlError
        If it is of another kind; the message says which, and what to do.
    """
    head = data[:4096]
    if not head:
        message = "the file is empty; its first row must name the columns"
        raise LogError(called, [problem_at(called, None, message, code="no-columns")])
    wanted = _ENDING_OF[path.suffix.lower()]
    for signature, kind, ending in _SIGNATURES:
        if head.startswith(signature):
            if not ending:
                raise _other_kind(called, kind, "Save it as .xlsx or .csv")
            if ending != wanted:
                raise _other_kind(called, kind, f"Rename it to {path.stem}{ending}")
            return
    if wanted and _is_text(head):
        wants = next(kind for _, kind, ending in _SIGNATURES if ending == wanted)
        raise _other_kind(called, f"text, not {wants}", f"Rename it to {path.stem}.csv")


def check_encoding(data: bytes, encoding: str, called: str) -> None:
    """Check that the kind of text file that its byte order mark shows has the declared encoding.

    Raises
    ------
    LogError
        If the file starts with the mark of another encoding, or contains NUL bytes as UTF-16 does.
    """
    declared = codecs.lookup(encoding).name
    mark = next((name for sign, name in _MARKS if data.startswith(sign)), None)
    meant = mark
    if mark is None and b"\x00" in data and not declared.startswith(("utf-16", "utf-32")):
        meant = "utf-16-be" if data.startswith(b"\x00") else "utf-16-le"
    if meant is not None and not declared.startswith(meant):
        why = "by its byte order mark" if mark else "by its zero bytes"
        message = f'the file is {meant} {why}. Write encoding = "{meant}" under [findings]'
        raise LogError(called, [problem_at(called, None, message, code="bad-encoding")])


def _is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are text in UTF-8 or a similar encoding, or marked as UTF-16."""
    if any(head.startswith(sign) for sign, _ in _MARKS):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in head)


def _other_kind(called: str, kind: str, todo: str) -> AqlError:
    return AqlError(f"findings file {called!r} is {kind}", todo=todo, code="bad-file", file=called)


_CODE_PAGES = (437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874)
_NAMES = (
    ["ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-32-be", "utf-32-le"]
    + [f"iso8859-{part}" for part in range(1, 17) if part != 12]
    + [f"cp{page}" for page in (*_CODE_PAGES, *range(1250, 1259), 932, 949, 950)]
    + ["gb2312", "gbk", "gb18030", "big5", "big5hkscs", "shift_jis", "shift_jis_2004", "shift_jisx0213"]
    + ["euc_jp", "euc_jis_2004", "euc_jisx0213", "euc_kr", "johab", "koi8-r", "koi8-t", "koi8-u", "kz1048"]
    + ["ptcp154", "tis-620", "hp-roman8"]
    + [f"mac-{name}" for name in ("cyrillic", "greek", "iceland", "latin2", "roman", "turkish")]
)

TEXT_ENCODINGS: frozenset[str] = frozenset(_NAMES)
"""Names of the encodings, as Python's `codecs` writes them."""

_LONGEST_NAME = 40


def text_encoding(name: str) -> str | None:
    """Return the encoding that a name stands for, as `codecs` writes it; None if a log cannot have it.

    Examples
    --------
    >>> text_encoding("Latin-1"), text_encoding("punycode"), text_encoding("utf-7")
    ('iso8859-1', None, None)
    """
    if not name.isascii() or not name.isprintable() or len(name) > _LONGEST_NAME:
        return None
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if found in TEXT_ENCODINGS else None
