"""Attack every public reader and function, and keep what came of it.

    python -m tests.attack.attack --inputs 20000 --seed 1 --keep docs/attack.json

Every input follows from its door, the seed and its number, so `--door DOOR --number NUMBER` repeats one. An input must be
accepted or raise an `AqlError`, in less than `SLOW` seconds; anything else is a failure, and the exit code is 1.
"""

import argparse
import json
import os
import resource
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from aql import AqlError
from tests.attack import documents, functions, logs, writers

__all__ = ["DOORS", "Outcome", "attacked", "one_input"]

Attack = Callable[[Random, Path], None]

DOORS: dict[str, Attack] = documents.ATTACKS | logs.ATTACKS | functions.ATTACKS | writers.ATTACKS
SLOW = 2.0
_HANGS = 20


@dataclass
class Outcome:
    """What came of the inputs of one door."""

    inputs: int = 0
    accepted: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    failures: dict[str, list[int]] = field(default_factory=dict)

    def add(self, number: int, error: BaseException | None, seconds: float) -> None:
        self.inputs += 1
        self.slowest = max(self.slowest, seconds)
        if error is None:
            self.accepted += 1
        elif isinstance(error, AqlError):
            self.errors[error.code] += 1
            try:
                json.dumps(error.to_dict())
                str(error).encode()
            except (TypeError, ValueError) as second:
                self.failures.setdefault(f"error that cannot be stored: {second!r:.80}", []).append(number)
        else:
            self.failures.setdefault(_place(error), []).append(number)
        if seconds > SLOW:
            self.failures.setdefault(f"took {seconds:.0f} s", []).append(number)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; failures as their place with the numbers of at most five inputs."""
        return {
            "inputs": self.inputs,
            "accepted": self.accepted,
            "errors": dict(sorted(self.errors.items())),
            "slowest": round(self.slowest, 3),
            "failures": {
                place: [len(numbers), *numbers[:5]] for place, numbers in sorted(self.failures.items())
            },
        }


class Hangs(BaseException):
    """An input that takes more than `_HANGS` seconds."""


def one_input(door: str, seed: int, number: int) -> tuple[BaseException | None, float]:
    """Attack a door with one input; return what it raised, and the seconds it took."""
    random = Random(f"{door}/{seed}/{number}")
    with TemporaryDirectory() as folder, _inside(folder), warnings.catch_warnings():
        warnings.simplefilter("error")
        start = time.perf_counter()
        try:
            DOORS[door](random, Path(folder))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is an outcome
            return error, time.perf_counter() - start
        return None, time.perf_counter() - start


def attacked(inputs: int, seed: int, doors: list[str] | None = None) -> dict[str, Outcome]:
    """Attack the doors in turn, with this number of inputs in all."""
    found = {door: Outcome() for door in doors or DOORS}
    for number in range(inputs):
        door = list(found)[number % len(found)]
        found[door].add(number, *one_input(door, seed, number))
    return found


@contextmanager
def _inside(folder: str) -> Iterator[None]:
    """Work in a folder, and interrupt what hangs."""
    before = Path.cwd()
    os.chdir(folder)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _interrupt)
        signal.alarm(_HANGS)
    try:
        yield
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)
        os.chdir(before)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise Hangs


def _place(error: BaseException) -> str:
    """The type of an error and the last line of the library that it passed."""
    lines = [
        f"{Path(frame.filename).as_posix().rpartition('/aql/')[2]}:{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "/aql/" in Path(frame.filename).as_posix() and "/tests/" not in Path(frame.filename).as_posix()
    ]
    text = str(error).splitlines()[0][:80] if str(error) else ""
    return f"{type(error).__name__} in {lines[-1] if lines else 'the attack'}: {text}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--door", action="append", choices=sorted(DOORS), help="one door only; can be repeated"
    )
    parser.add_argument("--number", type=int, help="repeat this input of the door, and show what it raises")
    parser.add_argument("--keep", type=Path, help="file for the results, as JSON")
    asked = parser.parse_args(arguments)
    if asked.number is not None:
        error, seconds = one_input(asked.door[0], asked.seed, asked.number)
        sys.stdout.write(f"{seconds:.2f} s\n")
        if error is not None:
            traceback.print_exception(error)
        return 0
    found = attacked(asked.inputs, asked.seed, asked.door)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    doors = {door: outcome.to_dict() for door, outcome in found.items()}
    result = {"seed": asked.seed, "inputs": asked.inputs, "memory": memory, "doors": doors}
    if asked.keep:
        asked.keep.write_text(json.dumps(result, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
    failed = 0
    for door, outcome in doors.items():
        sys.stdout.write(f"{door}: {outcome['inputs']} inputs, slowest {outcome['slowest']} s\n")
        for place, numbers in outcome["failures"].items():
            failed += numbers[0]
            sys.stdout.write(f"    {numbers[0]} x {place!a}: {numbers[1:]}\n")
    sys.stdout.write(f"{asked.inputs} inputs, {failed} failures, {memory} MB at most\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
