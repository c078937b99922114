"""Runs the streams of a frame through the switching rules: one class by itself, or several that switch together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from aql.documents.frame_like import FrameLike
from aql.errors import LogError, Problem
from aql.scheme.state import State
from aql.scheme.streams.class_run import ClassRun
from aql.scheme.streams.lot_kinds import RowCodes
from aql.scheme.streams.stream_frames import Words
from aql.scheme.streams.transition import LotKind, joint_transition
from aql.scheme.streams.walk import Walk, lot_by_lot, walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["run_alone", "run_together"]

_MOST_NAMED = 5

Columns = dict[str, "Words | NDArray[Any]"]


def run_alone(run: ClassRun, states: FrameLike | None, stream: Sequence[str], end: str) -> Columns:
    """Run the streams for one class, and return the columns to add, whose names have this end."""
    kind_of, kinds = run.kinds()
    first = run.first(states, stream, end)
    done = walk(first, run.placed.sorted(kind_of), kinds, run.placed.begins)
    _raise_stopped(done, lambda state: [(run, state)])
    return dict(run.columns(run.placed.as_given(done.places), done.transitions, done.last, end))


def run_together(
    runs: Sequence[ClassRun], states: FrameLike | None, stream: Sequence[str], ends: Sequence[str]
) -> Columns:
    """Run the streams so that the switch of one class switches the others, and return the columns to add."""
    each = [run.kinds() for run in runs]
    judged: dict[tuple[LotKind, ...], int] = {}

    def joint(places: Sequence[int]) -> int:
        kind = tuple(kinds[place] for (_, kinds), place in zip(each, places, strict=True))
        return judged.setdefault(kind, len(judged))

    kind_of = RowCodes([codes for codes, _ in each]).replaced(joint)
    first = list(
        zip(*(run.first(states, stream, end) for run, end in zip(runs, ends, strict=True)), strict=True)
    )
    placed = runs[0].placed
    done = lot_by_lot(first, placed.sorted(kind_of), list(judged), placed.begins, move=joint_transition)
    _raise_stopped(done, lambda joint_state: list(zip(runs, joint_state, strict=True)))
    places = placed.as_given(done.places)
    columns: Columns = {}
    for at, (run, end) in enumerate(zip(runs, ends, strict=True)):
        own = [one.classes[at] for one in done.transitions]
        columns |= dict(run.columns(places, own, [state[at] for state in done.last], end))
    return columns


def _raise_stopped(done: Walk, of_classes: Callable[[Any], Sequence[tuple[ClassRun, State]]]) -> None:
    """Raise for the first lots that do not fit, if there are any."""
    problems = []
    for stream, (place, state) in sorted(done.stopped.items())[:_MOST_NAMED]:
        each = (run.problem(stream, place, own) for run, own in of_classes(state))
        problems += [one for one in each if one is not None][:1]
    if len(done.stopped) > _MOST_NAMED:
        more = len(done.stopped) - _MOST_NAMED
        problems.append(
            Problem("", f"and {more} more streams with a lot that does not fit", code="bad-value")
        )
    if done.stopped:
        raise LogError("the frame of lots", problems)
