"""The state of an inspection that is being recorded, in words and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.words import listed, plural, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.desk.state import DeskLine, DeskState, LineProgress

__all__ = ["desk_html", "explain_desk"]

_TONES: dict[LineProgress, str] = {"accept": "good", "reject": "bad", "open": "open", "hold": "wait"}
_PROGRESS: dict[LineProgress, str] = {
    "accept": "accepted",
    "reject": "rejected",
    "open": "open",
    "hold": "readings missing",
}
_ITEMS = 3  # items whose missing readings are listed


def explain_desk(state: DeskState) -> str:
    """Say in words how far a recording is: each line, what is missing, and the chance of acceptance."""
    return "\n".join(
        [
            f"Lot {state.lot}: {plural(state.inspected, 'item')} recorded, {_PROGRESS[state.decision]}.",
            *map(_line, state.lines),
            *_further(state),
        ]
    )


def desk_html(state: DeskState) -> markup.Html:
    """Return the state of a recording as a block of HTML: the tally of every line, and what is missing."""
    rows = [
        (
            one.name,
            f"{one.inspected} of {one.sample}",
            str(one.found),
            _number(one.ac),
            str(one.re),
            markup.badge(_TONES[one.progress], _PROGRESS[one.progress]),
            _share(one.chance),
            _share(one.chance_by_evidence),
        )
        for one in state.lines
    ]
    columns = ("line", "inspected", "found", "Ac", "Re", "decision", "chance at AQL", "chance by evidence")
    return markup.block(
        f"{state.lot}: {plural(state.inspected, 'item')} recorded, {_PROGRESS[state.decision]}",
        markup.table(columns, rows, numbers=columns[1:5] + columns[6:]),
        markup.items(_further(state)),
    )


def _line(one: DeskLine) -> str:
    numbers = f"Ac {_number(one.ac)}, Re {one.re}"
    if one.decided_at is not None:
        decided = "reject" if one.progress == "reject" else "accept"
        return f"{one.name} is decided: {decided} at {one.of[:-1]} {one.decided_at}, with {one.found} found ({numbers})."
    further = f", stage {one.stage}" if one.stage > 1 else ""
    tally = f"{one.name}: {one.found} found ({numbers}) in {one.inspected} of {plural(one.sample, one.of[:-1])}{further}"
    chances = listed(_chances(one))
    return f"{tally}; it will be accepted with probability {chances}." if chances else f"{tally}."


def _chances(one: DeskLine) -> Iterator[str]:
    if one.chance is not None and one.quality is not None:
        yield f"{_share(one.chance)} at quality {100 * one.quality:.3g} %"
    if one.chance_by_evidence is not None:
        yield f"{_share(one.chance_by_evidence)} by what was found"


def _further(state: DeskState) -> Iterator[str]:
    """What is missing, the next item, the chance of the lot, and the notes."""
    for one in state.missing[:_ITEMS]:
        yield f"Item {one.item} needs {listed(one.terms)}."
    if len(state.missing) > _ITEMS:
        yield f"Items {ranges([one.item for one in state.missing[_ITEMS:]])} need readings too."
    if state.next_item is not None:
        yield f"Next item: {state.next_item}."
    if state.chance is not None and state.decision in {"open", "hold"}:
        yield f"At these qualities, every line will be accepted with probability {_share(state.chance)}."
    for note in state.notes:
        yield f"Note: {note}."


def _number(ac: int | None) -> str:
    return "#" if ac is None else str(ac)


def _share(chance: float | None) -> str:
    """A probability to a tenth of a percent; neither 0 nor 1 unless it is."""
    if chance is None:
        return "unknown"
    if 0 < chance < 0.0005:
        return "below 0.1 %"
    if 0.9995 < chance < 1:
        return "above 99.9 %"
    return f"{100 * chance:.1f} %"
