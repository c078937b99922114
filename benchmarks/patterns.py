"""Time every regular expression of the library against the length of its text, with the characters it likes least.

    python benchmarks/patterns.py           print the slope of each pattern
    python benchmarks/patterns.py --keep    also save the slopes in results.json

The patterns are found in the syntax trees of the library, so that a new one cannot be forgotten. A text is one or two of
a pattern's own characters or words, repeated, after its beginning and before a character that it does not have. The
slope is that of time against length, both as logarithms: 1 is linear, 2 is quadratic.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from cases import keep, machine, say

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.attack.patterns import Pattern, every_pattern, units

LENGTHS = (2_000, 16_000)
SHORTEST = 5e-4  # seconds; less cannot be told from noise
LINEAR = 1.6


def texts(pattern: Pattern, length: int) -> Iterator[str]:
    """Texts of a length that the pattern likes least."""
    own = units(pattern.compiled)
    for one, other in product(own, repeat=2):
        for beginning in ("", *own[:2]):
            pair = one + other
            yield beginning + pair * (length // len(pair)) + "\u20ac"


def seconds(pattern: Pattern, text: str) -> float:
    """Shortest time of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        pattern.apply(text)
        times.append(time.perf_counter() - start)
    return min(times)


def steepest(pattern: Pattern) -> tuple[float, float, str]:
    """The steepest slope of a pattern, the time of its longest text there, and the beginning of that text."""
    worst = (0.0, 0.0, "")
    for short, long in zip(texts(pattern, LENGTHS[0]), texts(pattern, LENGTHS[1]), strict=True):
        most = seconds(pattern, long)
        if most >= SHORTEST:
            slope = math.log(most / seconds(pattern, short)) / math.log(LENGTHS[1] / LENGTHS[0])
            worst = max(worst, (slope, most, long[:8]))
    return worst


def main() -> int:
    """Measure every pattern; the exit code is 1 if one is not linear."""
    parser = argparse.ArgumentParser(
        description="Time every regular expression against the length of its text."
    )
    parser.add_argument("--keep", action="store_true", help="save the slopes in results.json")
    options = parser.parse_args()
    figures = []
    say(f"{machine()}; texts of {LENGTHS[0]} and {LENGTHS[1]} characters; 0 is below {SHORTEST * 1e3:g} ms")
    for pattern in every_pattern():
        slope, longest, text = steepest(pattern)
        say(f"{pattern.place:<44} slope {slope:4.2f} {longest * 1e3:8.2f} ms {text!a}")
        figures.append({"place": pattern.place, "slope": round(slope, 2), "seconds": longest, "text": text})
    if options.keep:
        keep("patterns", {"machine": machine(), "lengths": LENGTHS, "figures": figures})
    slow = [one["place"] for one in figures if one["slope"] > LINEAR]
    say(f"{len(figures)} patterns, {len(slow)} not linear {slow or ''}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
