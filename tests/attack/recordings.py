"""Attacks on the recordings of a desk: damaged files, odd headers, and odd arguments of an event."""

import json
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import aql
from aql.examples import tablet_order
from tests.attack.documents import contracts
from tests.attack.mutation import mutated, mutated_bytes
from tests.attack.odd_values import odd_value

__all__ = ["ATTACKS"]

EVENTS: tuple[dict[str, Any], ...] = (
    {"item": 1},
    {"item": 2, "term": "scratch", "note": "near the edge"},
    {"item": 2, "term": "battery-capacity", "value": "2870.5", "unit": "mAh"},
    {"item": 3, "class_": "major", "note": "something else"},
)


@cache
def agreed() -> aql.Contract:
    return aql.Contract.from_dict(contracts()[0])


@cache
def header() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tablet_order()[1].header.to_json())
    del found["findings"], found["inspection"]["inspected"]
    found["inspection"].pop("photos", None)
    return found


@cache
def recorded() -> bytes:
    """A recording with every kind of event."""
    with TemporaryDirectory() as folder, aql.Desk.open(agreed(), header(), f"{folder}/L1.jsonl") as desk:
        for event in EVENTS:
            desk.record(**event)
        desk.undo()
        desk.record(item=3)
        return desk.path.read_bytes()


def used(desk: aql.Desk) -> None:
    """What is done with a recording that opens."""
    desk.state.explain()
    desk.state._repr_html_()
    repr(desk)
    desk.record(item=10, term="scratch")
    desk.undo()
    desk.inspection()


def recording_file(random: Random, folder: Path) -> None:
    """Open a file whose bytes or lines are damaged."""
    path = folder / "L1.jsonl"
    if random.randrange(2):
        path.write_bytes(mutated_bytes(recorded(), random))
    else:
        path.write_bytes(_lines(mutated(list(map(json.loads, recorded().splitlines())), random)))
    given = mutated(header(), random) if random.randrange(4) == 0 else None
    with aql.Desk.open(agreed(), given, path) as desk:
        used(desk)


def _lines(entries: Any) -> bytes:
    """The lines of entries; what JSON cannot hold is left out."""
    text = ""
    for entry in entries if isinstance(entries, list) else [entries]:
        try:
            text += json.dumps(entry) + "\n"
        except (TypeError, ValueError, RecursionError):
            continue
    return text.encode("utf-8", "surrogatepass")


def recording_events(random: Random, folder: Path) -> None:
    """Record an event with odd arguments; what was recorded must open again."""
    how: dict[str, Any] = {}
    if random.randrange(4) == 0:
        how[random.choice(("qualities", "clock", "limits"))] = odd_value(random)
    given: Any = mutated(header(), random) if random.randrange(3) == 0 else header()
    with aql.Desk.open(agreed(), given, folder / "L1.jsonl", **how) as desk:
        event = dict(random.choice(EVENTS))
        event[
            random.choice(("item", "term", "class_", "value", "unit", "note", "photo", "carton", "sku"))
        ] = odd_value(random)
        try:
            desk.record(**event)
        finally:
            before = desk.state
    with aql.Desk.open(agreed(), None, folder / "L1.jsonl") as desk:
        assert desk.state.to_dict() == before.to_dict() or how, "a recording does not read back"


ATTACKS = {"desk, files of recordings": recording_file, "desk, events": recording_events}
