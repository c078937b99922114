"""Puts a photograph together from the parts that the page sends, because a server may refuse a large message."""

from __future__ import annotations

from dataclasses import dataclass, field

from aql.desk.photographing import LARGEST
from aql.errors import AqlError, DomainError

__all__ = ["PhotoParts"]


@dataclass(slots=True)
class PhotoParts:
    """The parts of the photograph that is being sent; a part of another one replaces it.

    Attributes
    ----------
    key : str
        Key of the photograph.
    parts : list of bytes
        The parts so far.
    """

    key: str = ""
    parts: list[bytes] = field(default_factory=list)

    def take(self, key: str, part: int, count: int, size: int, data: bytes) -> bytes | None:
        """Take a part and return the photograph if it is whole.

        Parameters
        ----------
        key : str
            Key of the photograph.
        part, count : int
            Number of the part, from 0, and how many there are.
        size : int
            Size of the whole photograph. [bytes]
        data : bytes
            The part.

        Raises
        ------
        AqlError
            If a part is missing, or the photograph is too large.
        """
        if part == 0:
            self.key, self.parts = key, []
        if key != self.key or part != len(self.parts):
            raise AqlError("a part of the photograph did not arrive", todo="Send it again")
        self.parts.append(data)
        if sum(map(len, self.parts)) > LARGEST:
            self.parts = []
            raise DomainError(f"a photograph must have at most {LARGEST // 1_000_000} MB")
        if part < count - 1:
            return None
        whole, self.key, self.parts = b"".join(self.parts), "", []
        if len(whole) != size:
            raise AqlError(
                f"only {len(whole)} of {size} bytes of the photograph arrived", todo="Send it again"
            )
        return whole
