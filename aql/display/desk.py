"""The state of an inspection that is being recorded, in words and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.display.decision_lines import line_name
from aql.languages import marked, say
from aql.words import listed, plural, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.desk.state import DeskLine, DeskState, LineProgress

__all__ = [
    "PROGRESS",
    "TONES",
    "ac_in_words",
    "chances_in_words",
    "decided_in_words",
    "desk_html",
    "explain_desk",
    "share_in_words",
]

TONES: dict[LineProgress, str] = {"accept": "good", "reject": "bad", "open": "open", "hold": "wait"}
PROGRESS: dict[LineProgress, str] = {
    "accept": marked("accepted"),
    "reject": marked("rejected"),
    "open": marked("undecided"),
    "hold": marked("readings missing"),
}
"""How far a line, or the lot, is, in words."""

_ITEMS = 3  # items whose missing readings are listed
_DECIDED = {
    "items": marked("{line} is decided: {decision} at item {number}, with {found} found ({limits})."),
    "cartons": marked("{line} is decided: {decision} at carton {number}, with {found} found ({limits})."),
}


def explain_desk(state: DeskState) -> str:
    """Say in words how far a recording is: each line, what is missing, and the chance of acceptance."""
    return "\n".join(
        [
            say(
                "Lot {lot}: {items} recorded, {progress}.",
                lot=state.lot,
                items=plural(state.inspected, "item"),
                progress=say(PROGRESS[state.decision]),
            ),
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
            ac_in_words(one.ac),
            str(one.re),
            markup.badge(TONES[one.progress], say(PROGRESS[one.progress])),
            share_in_words(one.chance),
            share_in_words(one.chance_by_evidence),
        )
        for one in state.lines
    ]
    columns = ("line", "inspected", "found", "Ac", "Re", "decision", "chance at AQL", "chance by evidence")
    return markup.block(
        f"{state.lot}: {plural(state.inspected, 'item')} recorded, {say(PROGRESS[state.decision])}",
        markup.table(columns, rows, numbers=columns[1:5] + columns[6:]),
        markup.items(_further(state)),
    )


def _line(one: DeskLine) -> str:
    if one.decided_at is not None:
        return decided_in_words(one)
    sample = plural(one.sample, "item") if one.of == "items" else plural(one.sample, "carton")
    tally = say(
        "{line}: {found} found ({limits}) in {inspected} of {sample}",
        line=line_name(one.name),
        found=one.found,
        limits=_limits(one),
        inspected=one.inspected,
        sample=sample if one.stage == 1 else say("{sample}, stage {number}", sample=sample, number=one.stage),
    )
    chances = chances_in_words(one)
    if not chances:
        return f"{tally}."
    return say("{tally}; it will be accepted with probability {chances}.", tally=tally, chances=chances)


def decided_in_words(one: DeskLine) -> str:
    """Say what a line has decided, and at which item."""
    return say(
        _DECIDED[one.of],
        line=line_name(one.name),
        decision=say("reject") if one.progress == "reject" else say("accept"),
        number=one.decided_at,
        found=one.found,
        limits=_limits(one),
    )


def _limits(one: DeskLine) -> str:
    return f"Ac {ac_in_words(one.ac)}, Re {one.re}"


def chances_in_words(one: DeskLine) -> str:
    """Say with which probabilities a line will accept; "" if none is known."""
    known = list(_chances(one))
    return listed(known) if known else ""


def _chances(one: DeskLine) -> Iterator[str]:
    if one.chance is not None and one.quality is not None:
        quality = f"{100 * one.quality:.3g} %"
        yield say("{chance} at quality {quality}", chance=share_in_words(one.chance), quality=quality)
    if one.chance_by_evidence is not None:
        yield say("{chance} by what was found", chance=share_in_words(one.chance_by_evidence))


def _further(state: DeskState) -> Iterator[str]:
    """What is missing, the next item, the chance of the lot, and the notes."""
    for one in state.missing[:_ITEMS]:
        yield say("Item {number} needs {terms}.", number=one.item, terms=listed(one.terms))
    if len(state.missing) > _ITEMS:
        others = [one.item for one in state.missing[_ITEMS:]]
        yield say(
            "Item {numbers} needs readings too."
            if len(others) == 1
            else "Items {numbers} need readings too.",
            numbers=ranges(others),
        )
    if state.next_item is not None:
        yield say("Next item: {number}.", number=state.next_item)
    if state.chance is not None and state.decision in {"open", "hold"}:
        chance = share_in_words(state.chance)
        yield say("At these qualities, every line will be accepted with probability {chance}.", chance=chance)
    for note in state.notes:
        yield say("Note: {note}.", note=note)


def ac_in_words(ac: int | None) -> str:
    """Write an acceptance number as the tables do: "#" if acceptance is not permitted."""
    return "#" if ac is None else str(ac)


def share_in_words(chance: float | None) -> str:
    """Write a probability to a tenth of a percent; neither 0 nor 1 unless it is."""
    if chance is None:
        return say("unknown")
    if 0 < chance < 0.0005:
        return say("below {share}", share="0.1 %")
    if 0.9995 <= chance < 1:
        return say("above {share}", share="99.9 %")
    return f"{100 * chance:.1f} %"
