"""Attack every public reader and function, and keep what came of it.

    python -m tests.attack.attack --inputs 20000 --seed 1 --keep docs/attack.json

Every input follows from its door, the seed and its number, so `--door DOOR --number NUMBER` repeats one. An input must be
accepted or raise an `AqlError`, in less than `SLOW` seconds and `BIG` megabytes; anything else is a failure, and the exit
code is 1. A door of functions stands for ten functions or more, and gets ten times as many inputs. `--keep` is written
every 5000 inputs. What it holds already is added to, so that a long run can be done in parts: `--first` says where.
"""

import argparse
import json
import os
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
from tests.attack import commands, documents, frames, functions, logs, recordings, streams, writers
from tests.attack.memory import peak_of

__all__ = ["DOORS", "Outcome", "attacked", "one_input"]

Attack = Callable[[Random, Path], None]

DOORS: dict[str, Attack] = (
    documents.ATTACKS
    | logs.ATTACKS
    | frames.ATTACKS
    | streams.ATTACKS
    | recordings.ATTACKS
    | functions.ATTACKS
    | writers.ATTACKS
    | commands.ATTACKS
)
SLOW = 2.0
BIG = 500
_HANGS = 20
_PART = 5000


@dataclass
class Outcome:
    """What came of the inputs of one door."""

    inputs: int = 0
    accepted: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: float = 0.0
    failures: dict[str, list[int]] = field(default_factory=dict)

    def add(self, number: int, error: BaseException | None, seconds: float, memory: float) -> None:
        self.inputs += 1
        self.slowest = max(self.slowest, seconds)
        self.memory = max(self.memory, memory)
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
        if memory > BIG:
            self.failures.setdefault(f"took {memory:.0f} MB", []).append(number)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; failures as their place with the numbers of at most five inputs."""
        return {
            "inputs": self.inputs,
            "accepted": self.accepted,
            "errors": dict(sorted(self.errors.items())),
            "slowest": round(self.slowest, 3),
            "memory": round(self.memory, 1),
            "failures": {
                place: [len(numbers), *numbers[:5]] for place, numbers in sorted(self.failures.items())
            },
        }


class Hangs(BaseException):
    """An input that takes more than `_HANGS` seconds of processor time."""


def one_input(door: str, seed: int, number: int, folder: Path) -> tuple[BaseException | None, float, float]:
    """Attack a door with one input in an empty folder; return what it raised, its seconds and its megabytes."""
    random = Random(f"{door}/{seed}/{number}")
    raised: BaseException | None = None
    with _inside(folder), warnings.catch_warnings(), peak_of() as peak:
        warnings.simplefilter("error")
        start = time.process_time()
        try:
            DOORS[door](random, folder)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is an outcome
            raised = error
        seconds = time.process_time() - start
    return raised, seconds, peak.megabytes


def attacked(inputs: int, seed: int, doors: list[str] | None = None, first: int = 0) -> dict[str, Outcome]:
    """Attack the doors in turn, with this number of inputs in all, numbered from `first`."""
    found = {door: Outcome() for door in doors or DOORS}
    turns = [door for door in found for _ in range(10 if door in functions.ATTACKS else 1)]
    with TemporaryDirectory(dir=_in_memory()) as parent:
        folder = Path(parent) / "0"
        for number in range(first, first + inputs):
            if not folder.is_dir() or any(folder.iterdir()):
                folder = Path(parent) / str(number + 1)
                folder.mkdir()
            door = turns[number % len(turns)]
            found[door].add(number, *one_input(door, seed, number, folder))
    return found


def _in_memory() -> str | None:
    """A folder in memory, where there is one: it is several times faster."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in a folder, and interrupt what takes too much time of the processor."""
    before = Path.cwd()
    os.chdir(folder)
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, _interrupt)
        signal.setitimer(signal.ITIMER_PROF, _HANGS)
    try:
        yield
    finally:
        if hasattr(signal, "SIGPROF"):
            signal.setitimer(signal.ITIMER_PROF, 0)
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
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--keep", type=Path, help="file for the results, as JSON")
    asked = parser.parse_args(arguments)
    if asked.number is not None:
        with TemporaryDirectory() as folder:
            error, seconds, memory = one_input(asked.door[0], asked.seed, asked.number, Path(folder))
        sys.stdout.write(f"{seconds:.2f} s, {memory:.0f} MB\n")
        if error is not None:
            traceback.print_exception(error)
        return 0
    doors: dict[str, Any] = {}
    for first in range(asked.first, asked.first + asked.inputs, _PART):
        inputs = min(_PART, asked.first + asked.inputs - first)
        found = attacked(inputs, asked.seed, asked.door, first)
        part = {door: outcome.to_dict() for door, outcome in found.items() if outcome.inputs}
        doors = _together(doors, part)
        if asked.keep:
            _keep(asked.keep, asked.seed, part)
    failed = 0
    for door, outcome in doors.items():
        sys.stdout.write(
            f"{door}: {outcome['inputs']} inputs, at most {outcome['slowest']} s and {outcome['memory']} MB\n"
        )
        for place, numbers in outcome["failures"].items():
            failed += numbers[0]
            sys.stdout.write(f"    {numbers[0]} x {place!a}: {numbers[1:]}\n")
    sys.stdout.write(f"{asked.inputs} inputs, {failed} failures\n")
    return 1 if failed else 0


def _keep(file: Path, seed: int, doors: dict[str, Any]) -> None:
    """Add the results of this run to those in the file."""
    kept: dict[str, Any] = {"seeds": [], "doors": {}}
    if file.exists():
        kept = json.loads(file.read_text("utf-8"))
    if seed not in kept["seeds"]:
        kept["seeds"].append(seed)
    kept["doors"] = _together(kept["doors"], doors)
    last = kept.get("last", {})
    same = last.get("seed") == seed
    kept["last"] = {
        "seed": seed,
        "inputs": sum(one["inputs"] for one in doors.values()) + (last["inputs"] if same else 0),
        "failed": sum(count for one in doors.values() for count, *_ in one["failures"].values())
        + (last["failed"] if same else 0),
    }
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")


def _together(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The results of every door in two runs together."""
    both = {door: _added(one, new[door]) for door, one in old.items() if door in new}
    return old | new | both


def _added(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The results of a door in two runs together."""
    failures = dict(old["failures"])
    for place, (count, *numbers) in new["failures"].items():
        before, *others = failures.get(place, [0])
        failures[place] = [before + count, *[*others, *numbers][:5]]
    return {
        "inputs": old["inputs"] + new["inputs"],
        "accepted": old["accepted"] + new["accepted"],
        "errors": dict(sorted((Counter(old["errors"]) + Counter(new["errors"])).items())),
        "slowest": max(old["slowest"], new["slowest"]),
        "memory": max(old["memory"], new["memory"]),
        "failures": failures,
    }


if __name__ == "__main__":
    sys.exit(main())
