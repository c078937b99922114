"""Attacks on series of lots: stream files, stored states, and frames of streams with their states."""

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import aql
from aql.scheme import State, read_streams
from tests.attack.logs import odd_frame
from tests.attack.mutation import mutated, mutated_bytes
from tests.attack.odd_values import odd_value

__all__ = ["ATTACKS"]

FILE = b"""stream,lot,date,lot_size,found,severity,steady,authority,resubmitted,resume
a,1,2026-01-01,1200,0,normal,yes,yes,no,no
a,2,2026-01-02,1200,7,normal,yes,yes,no,no
a,3,2026-01-03,500,6,,yes,no,no,no
b,1,2026-01-01,1200,2,,,,,
"""
LOTS = [
    {"line": line, "day": day, "found": found, "size": 1200, "steady": True}
    for line in ("a", "b")
    for day, found in enumerate((0, 7, 6, 1))
]
COLUMNS: dict[str, Any] = {
    "stream": "line",
    "order": "day",
    "found": "found",
    "size": "size",
    "steady": "steady",
}


@cache
def scheme() -> aql.Scheme:
    return aql.Scheme.lookup(1200, aql=2.5)


@cache
def states() -> list[Any]:
    """States on normal and tightened inspection, under the rules of several editions."""
    others = (aql.Scheme.lookup(1200, aql=2.5, standard="MIL-STD-105E"),)
    return [
        json.loads(one.run(found).state.to_json())
        for one in (scheme(), *others)
        for found in ([], [0, 7, 6], [0] * 11, [6] * 7)
    ]


def stream_file(random: Random, folder: Path) -> None:
    file = folder / "stream.csv"
    file.write_bytes(mutated_bytes(FILE, random))
    for name, lots in read_streams(file).items():
        scheme().run(lots, stream=name).explain()


def stored_state(random: Random, _: Path) -> None:
    """Go on from a stored state."""
    state = State.from_dict(mutated(random.choice(states()), random))
    state.explain()
    repr(state)
    state._repr_html_()
    history = scheme().run([0, 7, 1], state=state)
    history.explain()
    history._repr_html_()


def stored_scheme(random: Random, _: Path) -> None:
    """Run lots under a stored scheme."""
    found = aql.Scheme.from_dict(mutated(json.loads(scheme().to_json()), random))
    found.run([0, 7, 6, 1]).explain()
    found.pa(0.02)


def stream_frames(random: Random, _: Path) -> None:
    """Run the streams of odd frames, with odd states before them or odd names of columns."""
    import pandas as pd

    lots = pd.DataFrame(LOTS)
    known: Any = aql.stream_states(_done(), stream="line")
    how: dict[str, Any] = dict(COLUMNS)
    kind = random.randrange(4)
    try:
        if kind == 0:
            lots = odd_frame(random, LOTS)
        elif kind == 1:
            known = odd_frame(random, known.to_dict("records"))
        elif kind == 2:
            known["state"] = json.dumps(mutated(random.choice(states()), random), default=str)
        else:
            how[random.choice((*how, "authority", "resubmitted", "resume", "key"))] = odd_value(random)
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return  # pandas or json does not build it
    done = aql.run_streams(lots, scheme(), states=known if random.randrange(2) else None, **how)
    aql.stream_states(done, stream="line", states=known)


@cache
def _done() -> Any:
    import pandas as pd

    return aql.run_streams(pd.DataFrame(LOTS), scheme(), **COLUMNS)


ATTACKS = {
    "streams, file": stream_file,
    "streams, stored state": stored_state,
    "streams, stored scheme": stored_scheme,
    "streams, frames": stream_frames,
}
