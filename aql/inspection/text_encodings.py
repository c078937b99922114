"""The encodings that a log in text may have: those whose text takes time in proportion to its length."""

from __future__ import annotations

import codecs

__all__ = ["TEXT_ENCODINGS", "text_encoding"]

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
