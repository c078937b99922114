"""Mutates documents by structure, and files by their text or bytes; every choice comes from the given random numbers."""

from random import Random
from typing import Any

from tests.attack.odd_values import ODD_TEXTS, odd_value

__all__ = ["mutated", "mutated_bytes", "mutated_text"]


def mutated(document: Any, random: Random) -> Any:
    """Change one to three places of a tree of dicts and lists; the tree itself is not changed.

    Each function leaves one input in twenty as it is, so that every door is also seen to open.
    """
    if random.randrange(20) == 0:
        return document
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        document = _changed(document, random)
    return document


def _changed(tree: Any, random: Random) -> Any:
    """Walk down a random path and change what is there."""
    if isinstance(tree, dict) and tree and random.randrange(6):
        key = random.choice(list(tree))
        return {**tree, key: _changed(tree[key], random)}
    if isinstance(tree, list) and tree and random.randrange(6):
        place = random.randrange(len(tree))
        return [*tree[:place], _changed(tree[place], random), *tree[place + 1 :]]
    if isinstance(tree, dict) and tree:
        return _changed_keys(tree, random)
    if isinstance(tree, list) and tree:
        return _changed_items(tree, random)
    return _changed_scalar(tree, random)


def _changed_keys(tree: dict[Any, Any], random: Random) -> Any:
    key = random.choice(list(tree))
    rest = {name: value for name, value in tree.items() if name != key}
    kind = random.randrange(5)
    if kind == 0:
        return rest
    if kind == 1:
        return {**rest, mutated_text(str(key), random): tree[key]}
    if kind == 2:
        return {**tree, random.choice(ODD_TEXTS): odd_value(random)}
    if kind == 3:
        return {**tree, random.choice((1, None, (1, 2), "extra")): odd_value(random)}
    other = random.choice(list(tree))
    return {**tree, key: tree[other], other: tree[key]}


def _changed_items(tree: list[Any], random: Random) -> Any:
    place, kind = random.randrange(len(tree)), random.randrange(5)
    if kind == 0:
        return tree[:place] + tree[place + 1 :]
    if kind == 1:
        return [*tree, tree[place]]
    if kind == 2:
        return [*tree[:place], odd_value(random), *tree[place:]]
    if kind == 3:
        return [tree[place]] * random.choice((2, 40))
    return tree[::-1]


def _changed_scalar(value: Any, random: Random) -> Any:
    kind = random.randrange(4)
    if kind == 0 and isinstance(value, str):
        return mutated_text(value, random)
    if kind == 1 and isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e300:
        return random.choice((-value, value + 1, value * 10**9, str(value), float(value), [value]))
    if kind == 2:
        return [value] if random.randrange(2) else {"value": value}
    return odd_value(random)


def mutated_text(text: str, random: Random) -> str:
    """Cut, double, swap or insert a piece of a text."""
    if random.randrange(20) == 0:
        return text
    place, other = sorted((random.randrange(len(text) + 1), random.randrange(len(text) + 1)))
    kind = random.randrange(5)
    if kind == 0:
        return text[:place] + text[other:]
    if kind == 1:
        return text[:place] + text[place:other] * random.choice((2, 20)) + text[other:]
    if kind == 2:
        return text[:place] + random.choice(ODD_TEXTS) + text[place:]
    if kind == 3:
        return (
            text[:place] + chr(random.choice((0, 9, 10, 34, 44, 0x2028, 0xFFFF, 0x1F600))) + text[place + 1 :]
        )
    return text.swapcase() if random.randrange(2) else text[::-1]


def mutated_bytes(data: bytes, random: Random) -> bytes:
    """Flip, cut, double or insert bytes."""
    if random.randrange(20) == 0:
        return data
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8))):
        place = random.randrange(len(changed) + 1)
        kind = random.randrange(5)
        if kind == 0 and place < len(changed):
            changed[place] ^= 1 << random.randrange(8)
        elif kind == 1:
            changed[place:place] = random.randbytes(random.choice((1, 4, 64)))
        elif kind == 2:
            del changed[place : place + random.choice((1, 10, 1000))]
        elif kind == 3:
            changed[place:place] = changed[place : place + 100]
        elif random.randrange(4) == 0:
            del changed[place:]
    return bytes(changed)
