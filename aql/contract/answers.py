"""Answers in words: yes and no, OK and NG, and "not applicable"."""

from __future__ import annotations

from typing import Literal

from aql.words import as_printed

__all__ = ["YesNo", "is_not_applicable", "says_conforming", "yes_or_no"]

YesNo = Literal["yes", "no"]

_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
_CONFORMING, _NONCONFORMING = frozenset({"ok", "pass", "passed"}), frozenset({"ng", "fail", "failed"})
_OPPOSITE: dict[YesNo, YesNo] = {"yes": "no", "no": "yes"}


def yes_or_no(text: str, *, conforming: YesNo = "yes") -> YesNo | None:
    """Return what an answer says; None if it is neither yes nor no.

    Parameters
    ----------
    text : str
        The answer; case is ignored.
    conforming : {"yes", "no"}
        The conforming answer, which is what "OK" and "pass" mean.

    Examples
    --------
    >>> yes_or_no("Y"), yes_or_no("OK", conforming="no"), yes_or_no("maybe")
    ('yes', 'no', None)
    """
    said = as_printed(text).casefold()
    if said in _YES or said in _NO:
        return "yes" if said in _YES else "no"
    conforms = says_conforming(said)
    if conforms is None:
        return None
    return conforming if conforms else _OPPOSITE[conforming]


def says_conforming(text: str) -> bool | None:
    """Whether an answer such as "OK" or "NG" says that an item conforms; None if it is another answer.

    Examples
    --------
    >>> says_conforming("OK"), says_conforming("Fail"), says_conforming("yes")
    (True, False, None)
    """
    said = as_printed(text).casefold()
    return said in _CONFORMING if said in _CONFORMING | _NONCONFORMING else None


def is_not_applicable(text: str) -> bool:
    """Whether the answer on an item says that the term does not apply to it.

    Examples
    --------
    >>> is_not_applicable("N/A"), is_not_applicable("no")
    (True, False)
    """
    return as_printed(text).casefold() in {"n/a", "na", "n.a.", "not applicable"}
