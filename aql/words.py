"""Writes numbers and lists in words, and texts as they print."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from decimal import Decimal
from itertools import islice

from aql.languages import marked, say, say_plural

__all__ = [
    "UNSEEN",
    "as_printed",
    "either",
    "in_brief",
    "listed",
    "percent",
    "plural",
    "ranges",
    "short_repr",
    "signed",
    "visible",
]


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))


def as_printed(text: str) -> str:
    """Write a text as it prints, in Unicode NFC with single spaces, so that texts that print alike are equal.

    Examples
    --------
    >>> as_printed("Gru\u0308n\u00a0 matt") == "Gr\u00fcn matt"
    True
    """
    if text.isascii() and text.isalnum():
        return text
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


_KEPT = {9, 10}  # tab and line feed
_BIDIRECTIONAL = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_OTHERS = (*range(0x80, 0xA0), *range(0xD800, 0xE000), 0x2028, 0x2029, 0xFFFE, 0xFFFF)

UNSEEN = {
    **{code: chr(0x2400 + code) for code in range(32) if code not in _KEPT},
    0x7F: "\u2421",
    **{code: f"\u27e8U+{code:04X}\u27e9" for code in (*_OTHERS, *_BIDIRECTIONAL)},
}
"""Characters that steer a terminal or reorder a line, and the signs that stand for them."""


def visible(text: str) -> str:
    r"""Return a text with a sign for each character that steers a terminal or reorders a line; tab and line feed stay.

    Whatever a document says, its text cannot colour, erase or reorder the words around it.

    Examples
    --------
    >>> visible("ok \x1b[31m"), visible("a\u202eb"), visible("two\r\nlines")
    ('ok ␛[31m', 'a⟨U+202E⟩b', 'two\nlines')
    """
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(UNSEEN)


def either(words: Iterable[str]) -> str:
    """Write words to choose from, in quotation marks.

    Examples
    --------
    >>> either(["normal", "tightened", "reduced"])
    '"normal", "tightened" or "reduced"'
    """
    return listed((f'"{word}"' for word in words), last="or")


_JOINED = {"and": marked("{first} and {end}"), "or": marked("{first} or {end}")}


def listed(words: Iterable[object], *, last: str = "and", most: int | None = None) -> str:
    """Join words as in a sentence; after `most` words, write how many follow.

    Examples
    --------
    >>> listed([5, 8, 31])
    '5, 8 and 31'
    >>> listed(range(20), most=3)
    '0, 1, 2 and 17 more'
    """
    if most is None:
        *first, end = [str(word) for word in words] or [say("nothing")]
    else:
        all_words = words if isinstance(words, Collection) else tuple(words)
        more = len(all_words) - most
        *first, end = [str(word) for word in islice(all_words, most)] or [say("nothing")]
        if more > 0:
            first, end = [*first, end], say("{number} more", number=more)
    return say(_JOINED[last], first=say(", ").join(first), end=end) if first else end


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Write a count in words with its noun.

    Examples
    --------
    >>> plural(1, "item"), plural(3, "item"), plural(2, "nonconformity", "nonconformities")
    ('1 item', '3 items', '2 nonconformities')
    """
    return say_plural(f"{{number}} {noun}", f"{{number}} {nouns or noun + 's'}", count)


def percent(share: float) -> str:
    """Write a share in words as a percentage, without rounding.

    Examples
    --------
    >>> percent(0.95), percent(0.9), percent(0.999)
    ('95 %', '90 %', '99.9 %')
    """
    text = f"{100 * Decimal(repr(share)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + " %"


def short_repr(value: object, *, most: int = 60) -> str:
    """Write the ``repr`` of any value, shortened to at most `most` characters; it never fails.

    Examples
    --------
    >>> short_repr([1, 2]), len(short_repr("x" * 100)), short_repr(10**5000)
    ('[1, 2]', 60, 'an int')
    """
    try:
        text = " ".join(repr(value).split("\n"))
    except Exception:  # noqa: BLE001 - an int of 5000 digits, or a class whose repr is broken
        kind = type(value).__name__
        return f"{'an' if kind[0].lower() in 'aeiou' else 'a'} {kind}"
    return text if len(text) <= most else text[: most - 3] + "..."


def signed(number: Decimal) -> str:
    """Write a difference in words with its sign, such as +0.5.

    Examples
    --------
    >>> signed(Decimal("0.5")), signed(Decimal("-10"))
    ('+0.5', '-10')
    """
    return f"{number:+f}"


def ranges(numbers: Iterable[int], *, most: int = 12) -> str:
    """Write whole numbers in words as ranges; after `most` ranges, write how many numbers follow.

    Examples
    --------
    >>> ranges([2, 3, 4, 5, 30, 42])
    '2 to 5, 30 and 42'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [
        word
        for run in runs[:most]
        for word in (
            [say("{first} to {last}", first=run[0], last=run[-1])] if len(run) > 2 else map(str, run)
        )
    ]
    more = sum(map(len, runs[most:]))
    return listed([*words, say("{number} more", number=more)] if more else words)


LONGEST_LINE = 120
"""Maximum length of the ``repr`` of a value. [characters]"""


def in_brief(name: str, text: str) -> str:
    """Write the ``repr`` of a value: its class and a short text, on one line of at most 120 characters.

    Examples
    --------
    >>> in_brief("Verdict", "PO-1 L1: accept")
    '<Verdict PO-1 L1: accept>'
    >>> len(in_brief("Verdict", "many words " * 100))
    120
    """
    line = f"<{' '.join([name, *visible(text).split()])}>"
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 4] + "...>"
