"""A second, deliberately naive way to draw a sample, written from the description of the algorithm alone.

It shares nothing with the package: lists of all items, whole permutations, shares as fractions, and cartons served in
turn. It is given the lot as a plain dict and the totals of the stages.
"""

import hashlib
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

M0, M1 = 0xD2E7470EE14C6C93, 0xCA5A826395121157
W0, W1 = 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B
MASK = 2**64 - 1

Item = tuple[str, int, int]


class Stream:
    """The 64-bit numbers of a purpose."""

    def __init__(self, seed: int, order: str, lot: str, *purpose: object) -> None:
        text = f"aql.draw/1\n{seed}\n{order}\n{lot}" + "".join(f"\n{part}" for part in purpose)
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        self.words = [int(digest[at : at + 16], 16) for at in (0, 16, 32, 48)]
        self.numbers = self.blocks()

    def blocks(self) -> Iterator[int]:
        block = 0
        while True:
            x = [block & MASK, block >> 64, self.words[2], self.words[3]]
            k = [self.words[0], self.words[1]]
            for turn in range(10):
                if turn:
                    k = [(k[0] + W0) & MASK, (k[1] + W1) & MASK]
                a, b = M0 * x[0], M1 * x[2]
                x = [(b >> 64) ^ x[1] ^ k[0], b & MASK, (a >> 64) ^ x[3] ^ k[1], a & MASK]
            yield from x
            block += 1

    def below(self, size: int) -> int:
        while True:
            number = next(self.numbers)
            if number // size < 2**64 // size:
                return number % size

    def order(self, things: list[Any]) -> list[Any]:
        things = list(things)
        for front in range(len(things)):
            other = front + self.below(len(things) - front)
            things[front], things[other] = things[other], things[front]
        return things


def shares(n: int, quantities: dict[str, int], first: list[str]) -> dict[str, int]:
    """Largest remainder, at least one each where the sample allows."""
    parts = {name: quantity for name, quantity in quantities.items() if quantity > 0}
    result = dict.fromkeys(quantities, 0)
    if n >= len(parts):
        while True:
            whole = sum(parts.values())
            small = [name for name in parts if Fraction(n * parts[name], whole) < 1]
            if not small:
                break
            for name in small:
                result[name] = 1
                del parts[name]
            n -= len(small)
    whole = sum(parts.values())
    exact = {name: Fraction(n * quantity, whole) for name, quantity in parts.items()}
    for name, share in exact.items():
        result[name] = math.floor(share)
    missing = n - sum(math.floor(share) for share in exact.values())
    ranked = sorted(exact, key=lambda name: (math.floor(exact[name]) - exact[name], first.index(name)))
    for name in ranked[:missing]:
        result[name] += 1
    return result


def items_of(lot: dict[str, Any]) -> list[Item]:
    """Every item of the lot, carton by carton."""
    if not lot.get("carton"):
        if lot.get("skus"):
            return [(one["sku"], 0, piece) for one in lot["skus"] for piece in range(1, one["quantity"] + 1)]
        return [("", 0, piece) for piece in range(1, lot["size"] + 1)]
    cartons = {
        number: (one.get("sku", ""), one["units"]) for one in lot["carton"] for number in one["cartons"]
    }
    return [
        (cartons[number][0], number, piece)
        for number in sorted(cartons)
        for piece in range(1, cartons[number][1] + 1)
    ]


def sku_names(lot: dict[str, Any]) -> list[str]:
    listed = [one["sku"] for one in lot.get("skus", ())] or [
        one.get("sku", "") for one in lot.get("carton", ())
    ]
    return list(dict.fromkeys(listed)) or [""]


def drawn(lot: dict[str, Any], totals: list[int], seed: int, order: str, *, by: str, rule: str) -> list[Item]:
    """The items in the order of their numbers."""
    every, names = items_of(lot), sku_names(lot)

    def stream(*purpose: object) -> Stream:
        return Stream(seed, order, lot["id"], *purpose)

    found: list[Item] = []
    for stage, total in enumerate(totals, start=1):
        left = [item for item in every if item not in found]
        first = stream("ties", stage).order(names)
        n_of = shares(total - len(found), {name: sum(i[0] == name for i in left) for name in names}, first)
        taken: list[Item] = []
        if by == "items":
            for name in names:
                in_order = stream("items", name).order([item for item in every if item[0] == name])
                taken += [item for item in in_order if item in left][: n_of[name]]
        else:
            wanted = [name for name in names if n_of[name]]
            holding = {name: len({i[1] for i in left if i[0] == name}) for name in wanted}
            cartons = len({item[1] for item in every})
            number = {"sqrt": ceil_sqrt(cartons), "sqrt+1": ceil_sqrt(cartons) + 1, "all": cartons}[rule]
            number = min(max(min(number, cartons), len(wanted)), sum(holding.values()))
            open_of = shares(number, holding, wanted)
            for name in wanted:
                everywhere = sorted({item[1] for item in every if item[0] == name})
                in_order = stream("cartons", stage, name).order(everywhere)
                lasting = [carton for carton in in_order if any(i[1] == carton for i in left)]
                at_least = min(open_of[name], n_of[name])
                opened = next(
                    lasting[:k]
                    for k in range(at_least, len(lasting) + 1)
                    if sum(i[1] in lasting[:k] for i in left) >= n_of[name]
                )
                inside = {
                    carton: [
                        item
                        for item in stream("pieces", carton).order([i for i in every if i[1] == carton])
                        if item in left
                    ]
                    for carton in opened
                }
                chosen: dict[int, list[Item]] = {carton: [] for carton in opened}
                while sum(map(len, chosen.values())) < n_of[name]:
                    for carton in opened:
                        if inside[carton] and sum(map(len, chosen.values())) < n_of[name]:
                            chosen[carton].append(inside[carton].pop(0))
                for carton in opened:
                    taken += chosen[carton]
        found += stream("numbers", stage).order(taken)
    return found


def ceil_sqrt(number: int) -> int:
    return next(root for root in range(number + 1) if root * root >= number)
