"""Words that promise nothing measurable, found in the text of a term."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from aql.documents import exact_decimal

__all__ = ["VagueWord", "amounts", "vague_words"]


@dataclass(frozen=True, slots=True)
class VagueWord:
    """A vague word or phrase: what it is vague about, what to write, and whether a reference mends it."""

    word: str
    about: str
    rewrite: str
    needs_reference: bool


def vague_words(text: str) -> tuple[VagueWord, ...]:
    """Find the vague words of a text, in order; a phrase hides the shorter words in it.

    Parameters
    ----------
    text : str
        The text of a term, in English.

    Returns
    -------
    tuple of VagueWord
        Each once.

    Examples
    --------
    >>> [one.word for one in vague_words("Long lasting battery, good quality")]
    ['long lasting', 'good quality']
    """
    pattern, words = _vocabulary()
    found = [words[" ".join(match.group().casefold().split())] for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(found))


def amounts(text: str, unit: str) -> tuple[Decimal, ...]:
    """Find the numbers that a text gives in a unit.

    Examples
    --------
    >>> amounts("Width 246 mm, plus or minus 1 mm, two screws", "mm")
    (Decimal('246'), Decimal('1'))
    """
    pattern = rf"(?<![\d.,])([+-]?\d+(?:[ ,]\d{{3}})*(?:\.\d+)?)\s*{re.escape(unit)}(?!\w)"
    texts = [match.group(1).replace(" ", "").replace(",", "") for match in re.finditer(pattern, text)]
    return tuple(number for number in map(exact_decimal, texts) if number is not None)


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, VagueWord]]:
    data = tomllib.loads((Path(__file__).parent / "vague_words.toml").read_text("utf-8"))
    words = {
        word: VagueWord(word, group["about"], group["rewrite"], group.get("needs_reference", False))
        for group in data["group"]
        for word in group["words"]
    }
    longest_first = sorted(words, key=len, reverse=True)
    alternatives = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), words
