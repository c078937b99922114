"""Random numbers that anyone can repeat from a seed: Philox4x64-10, one stream per purpose, and draws from it.

The algorithm is fixed: the same seed gives the same numbers in every version of this library and on every machine.
`docs/reference/drawing.md` describes it so that it can be written again without this code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from aql.checks import LARGEST_SEED, whole_number

__all__ = ["ALGORITHM", "Seed", "below", "checked_seed", "numbers", "philox", "random_order"]

ALGORITHM = "aql.draw/1"
"""Name of the algorithm, which is part of what every stream is derived from."""

_WORD = 2**64
_ROUNDS = 10
_MULTIPLIERS = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
_KEY_STEPS = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)

Words = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Seed:
    """A seed, and the order and lot that it is used for; other lots have other streams.

    Attributes
    ----------
    number : int
        The seed.
    order, lot : str
        Ids of the order and of the lot.
    """

    number: int
    order: str
    lot: str

    def stream(self, *purpose: object) -> Iterator[int]:
        """Return the 64-bit numbers of the stream for a purpose, such as ``("items", "BLK-64")``.

        The SHA-256 of the UTF-8 text of algorithm, seed, order, lot and purpose, one per line, is read as four 64-bit
        numbers, most significant byte first. The first two are the key of Philox4x64-10, the last two the upper words of
        its counter, whose lower words are the number of the block: 0, 1, ...
        """
        lines = (ALGORITHM, self.number, self.order, self.lot, *purpose)
        digest = hashlib.sha256("\n".join(map(str, lines)).encode()).digest()
        key0, key1, upper0, upper1 = (int.from_bytes(digest[at : at + 8], "big") for at in (0, 8, 16, 24))
        return numbers((key0, key1), (upper0, upper1))


def checked_seed(value: object) -> int:
    """Return a seed as an int: a whole number from 0 to 2**128 - 1.

    Examples
    --------
    >>> checked_seed(20260117)
    20260117
    """
    return whole_number(value, "seed", most=LARGEST_SEED)


def numbers(key: tuple[int, int], upper: tuple[int, int]) -> Iterator[int]:
    """Yield the 64-bit numbers of a seeded stream, block by block."""
    block = 0
    while True:
        yield from philox((block % _WORD, block // _WORD, *upper), key)
        block += 1


def philox(counter: Words, key: tuple[int, int]) -> Words:
    """Return one block of a seeded stream, four 64-bit numbers of Philox4x64-10 [1]_.

    Parameters
    ----------
    counter : tuple of four int
        The counter, least significant word first.
    key : tuple of two int
        The key.

    References
    ----------
    .. [1] J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3,
       Proceedings of SC11, 2011.

    Examples
    --------
    >>> [f"{word:016x}" for word in philox((0, 0, 0, 0), (0, 0))]
    ['16554d9eca36314c', 'db20fe9d672d0fdc', 'd7e772cee186176b', '7e68b68aec7ba23b']
    """
    word0, word1, word2, word3 = counter
    key0, key1 = key
    for _ in range(_ROUNDS):
        high0, low0 = divmod(_MULTIPLIERS[0] * word0, _WORD)
        high1, low1 = divmod(_MULTIPLIERS[1] * word2, _WORD)
        word0, word1, word2, word3 = high1 ^ word1 ^ key0, low1, high0 ^ word3 ^ key1, low0
        key0, key1 = (key0 + _KEY_STEPS[0]) % _WORD, (key1 + _KEY_STEPS[1]) % _WORD
    return word0, word1, word2, word3


def below(stream: Iterator[int], size: int) -> int:
    """Draw from a seeded stream a whole number from 0 to `size` - 1, each with the same probability.

    A number of the stream from the largest multiple of `size` up to 2**64 is skipped; the draw is the remainder of the
    first other one.
    """
    end = _WORD - _WORD % size
    return next(number for number in stream if number < end) % size


def random_order(stream: Iterator[int], size: int) -> Iterator[int]:
    """Yield 0 to `size` - 1 in random order from a seeded stream: Fisher and Yates, from the front.

    Examples
    --------
    >>> list(random_order(Seed(20260117, "PO-1", "L1").stream("items", ""), 5))
    [2, 4, 0, 1, 3]
    """
    moved: dict[int, int] = {}
    for front in range(size):
        here = moved.pop(front, front)
        place = front + below(stream, size - front)
        if place == front:
            yield here
        else:
            yield moved.get(place, place)
            moved[place] = here
