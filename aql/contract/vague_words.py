"""Finds words in the text of a term that promise nothing measurable."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["VagueWord", "vague_words"]

_BLANKS = r"[\s\u2010\u2011-]+"
_QUOTED = re.compile(r'"[^"]*+"|“[^“”]*+”|„[^„“”]*+[“”]|«[^«»]*+»')


@dataclass(frozen=True, slots=True)
class VagueWord:
    """A vague word or phrase: what it is vague about, what to write, and whether a reference fixes it."""

    word: str
    about: str
    rewrite: str
    needs_reference: bool


def vague_words(text: str) -> tuple[VagueWord, ...]:
    """Return the vague words of a text in order; a phrase takes precedence over the shorter words in it.

    Parameters
    ----------
    text : str
        The text of a term, in English.

    Returns
    -------
    tuple of VagueWord
        The vague words, each once.

    Examples
    --------
    >>> [one.word for one in vague_words("Long lasting battery, good quality")]
    ['long lasting', 'good quality']
    """
    pattern, words = _vocabulary()
    bare = _QUOTED.sub(" ", text)
    found = [words[" ".join(re.split(_BLANKS, match.group().casefold()))] for match in pattern.finditer(bare)]
    return tuple(dict.fromkeys(found))


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, VagueWord]]:
    """The pattern of all vague words, longest first, and the entry of each."""
    data = tomllib.loads((Path(__file__).parent / "vague_words.toml").read_text("utf-8"))
    words: dict[str, VagueWord] = {}
    patterns: dict[str, str] = {}
    for group in data["group"]:
        about, rewrite = group["about"], group["rewrite"]
        for word in group["words"]:
            bare = " ".join(re.split(_BLANKS, word))
            words[bare] = VagueWord(bare, about, rewrite, group.get("needs_reference", False))
            patterns[bare] = _BLANKS.join(map(re.escape, bare.split())) + group.get("only_where", "")
    longest_first = sorted(patterns, key=len, reverse=True)
    alternatives = "|".join(patterns[word] for word in longest_first)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), words
