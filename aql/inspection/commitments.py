"""The commitment to a seed: proof that it was chosen before the cartons were fixed."""

from __future__ import annotations

import hashlib

from aql.errors import DomainError
from aql.inspection.seeded_stream import checked_seed
from aql.words import short_repr

__all__ = ["checked_nonce", "commitment"]

_NONCE_DIGITS = 32


def commitment(seed: int, nonce: str) -> str:
    """Return what binds an inspector to a seed without revealing it: a SHA-256.

    Send it to the supplier before the cartons are fixed, and nonce and seed after the drawing. The nonce prevents a
    supplier from trying out likely seeds, such as dates.

    Parameters
    ----------
    seed : int
        The seed, 0 to 2**128 - 1.
    nonce : str
        128 random bits as 32 hexadecimal digits, such as ``secrets.token_hex(16)``.

    Returns
    -------
    str
        SHA-256 of the text of the nonce in lower case, a space, and the seed in decimal digits.

    Raises
    ------
    DomainError
        If the seed is not a whole number, or the nonce has another form.

    Examples
    --------
    >>> commitment(20260117, "000102030405060708090a0b0c0d0e0f")[:16]
    '2ef8dc691ea273a0'
    """
    number = checked_seed(seed)
    return hashlib.sha256(f"{checked_nonce(nonce)} {number}".encode()).hexdigest()


def checked_nonce(value: object) -> str:
    """Return a nonce in lower case."""
    digits = value.lower() if isinstance(value, str) else ""
    if len(digits) != _NONCE_DIGITS or set(digits) - set("0123456789abcdef"):
        raise DomainError(
            f"nonce must be {_NONCE_DIGITS} hexadecimal digits, got {short_repr(value)}",
            todo="Make one with secrets.token_hex(16)",
            value=value,
        )
    return digits
