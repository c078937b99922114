"""A drawing in words and as HTML: the cartons to open, the items to take, and how to repeat it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from aql import markup
from aql.display.decisions import line_name
from aql.inspection.allocation import cartons_to_open
from aql.inspection.seeded_stream import ALGORITHM
from aql.languages import marked, say
from aql.words import listed, plural, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.inspection.drawing import Pick
    from aql.scoring.drawing import Drawing, Replacement

__all__ = [
    "PROTECTION",
    "by_carton",
    "drawing_html",
    "explain_drawing",
    "how_drawn",
    "lines_in_words",
    "protection_rows",
    "replacements",
    "whole_cartons",
]

_RULES = {
    "sqrt": marked("the square root of the number of cartons, rounded up"),
    "sqrt+1": marked("the square root of the number of cartons, rounded up, and one more"),
    "all": marked("all cartons"),
}
PROTECTION = ("line", "SKU", "sample", "passes with", "own lot", "own lot passes with")
"""Columns of the table of what the samples say about each SKU."""
_ALL = 10**9


def explain_drawing(drawing: Drawing) -> str:
    """Return a drawing in plain sentences, with the cartons and items of each stage."""
    said = [f"Order {drawing.order}, lot {drawing.lot.id}: {how_drawn(drawing)}", *lines_in_words(drawing)]
    for stage in range(1, drawing.stages + 1):
        said += _stage_in_words(drawing, stage)
    if drawing.cartons:
        said.append(whole_cartons(drawing))
    said += [*replacements(drawing), *_protection_in_words(drawing)]
    return "\n".join(said)


def drawing_html(drawing: Drawing) -> markup.Html:
    """Return a drawing as a block of HTML: the lines, then one row per carton and stage."""
    rows = [
        (*(() if drawing.stages == 1 else (stage,)), *row)
        for stage in range(1, drawing.stages + 1)
        for row in _carton_rows(drawing, stage)
    ]
    columns = (*(() if drawing.stages == 1 else ("stage",)), "carton", "SKU", "pieces (item)")
    whole = [whole_cartons(drawing)] if drawing.cartons else []
    return markup.block(
        f"Drawing of lot {drawing.lot.id}, order {drawing.order}",
        markup.element("p", how_drawn(drawing)),
        markup.items([*lines_in_words(drawing), *whole, *replacements(drawing)]),
        markup.table(columns, rows),
        *_protection_html(drawing),
    )


def how_drawn(drawing: Drawing) -> str:
    """Say how many items were drawn, how, and from what seed."""
    items, size = plural(len(drawing.items), "item"), drawing.lot.size
    if drawing.by == "items":
        how = say("{items} of {size}, drawn from all items alike", items=items, size=size)
        if not drawing.lot.carton:
            how += say("; the lot lists no cartons, so items are numbered 1 to the end")
    else:
        total = sum(one.count for one in drawing.lot.carton)
        most = cartons_to_open(drawing.rule, total)
        how = say(
            "{items} of {size}, spread evenly over cartons drawn at random; the contract opens {rule}: {most} of {total}",
            items=items,
            size=size,
            rule=say(_RULES[drawing.rule]),
            most=most,
            total=total,
        )
        how += _other_number(drawing, most)
    seed = say("Seed {seed}, algorithm {algorithm}", seed=drawing.seed, algorithm=ALGORITHM)
    if drawing.nonce is not None:
        seed = say(
            "{seed}, commitment {commitment}, nonce {nonce}",
            seed=seed,
            commitment=drawing.commitment,
            nonce=drawing.nonce,
        )
    return say("{how}. {seed}.", how=how, seed=seed)


def _other_number(drawing: Drawing, most: int) -> str:
    """Say so if another number of cartons is opened than the rule says."""
    opened = [len(drawing.open_cartons(stage)) for stage in sorted({pick.stage for pick in drawing.items})]
    said = []
    if any(number > most for number in opened):
        said.append(say("more are opened where these hold too few items, or each SKU needs one"))
    if any(number < most for number in opened):
        said.append(say("fewer where there are fewer items to take"))
    return f" ({say('; ').join(said)})" if said else ""


def lines_in_words(drawing: Drawing) -> Iterator[str]:
    """Say which numbers each decision line inspects."""
    for sample in drawing.samples:
        begin, said = 1, []
        for total in sample.totals:
            numbers = say("{first} to {last}", first=begin, last=total) if total > begin else str(total)
            several = total > begin
            if sample.of == "items":
                said.append(say("items {numbers}" if several else "item {numbers}", numbers=numbers))
            else:
                said.append(
                    say("whole cartons {numbers}" if several else "whole carton {numbers}", numbers=numbers)
                )
            begin = total + 1
        yield say(
            "{line}: {numbers}.", line=line_name(sample.line), numbers=say("; further sample ").join(said)
        )


def _stage_in_words(drawing: Drawing, stage: int) -> Iterator[str]:
    name = f"Stage {stage}, " if drawing.stages > 1 else ""
    cartons = drawing.open_cartons(stage)
    if cartons:
        yield f"{name}{plural(len(cartons), 'carton')} to open: {ranges(cartons, most=_ALL)}."
    for carton, sku, pieces in _carton_rows(drawing, stage):
        where = f"Carton {carton}" if carton else "Items of the lot"
        of_sku = f" ({sku})" if sku else ""
        yield f"{where}{of_sku}: {pieces}."


def by_carton(drawing: Drawing, stage: int) -> Iterator[tuple[int | None, str, list[Pick]]]:
    """Yield the items of a stage by carton and SKU, in ascending order."""
    for (carton, sku), picks in groupby(
        drawing.in_carton_order(stage), key=lambda pick: (pick.carton, pick.sku)
    ):
        yield carton, sku, list(picks)


def _carton_rows(drawing: Drawing, stage: int) -> Iterator[tuple[str, str, str]]:
    for carton, sku, picks in by_carton(drawing, stage):
        where = "" if carton is None else f"{carton}{'' if picks[0].packed else ', not packed'}"
        yield where, sku, ", ".join(f"{pick.piece} ({pick.number})" for pick in picks)


def whole_cartons(drawing: Drawing) -> str:
    """Name the whole cartons of a drawing, each with its number."""
    numbers = listed(f"{pick.carton} ({pick.number})" for pick in drawing.cartons)
    return say("Whole cartons, in the order drawn: {numbers}.", numbers=numbers)


def replacements(drawing: Drawing) -> Iterator[str]:
    """Say what was replaced, and why."""
    for one in drawing.replaced:
        facts = {
            "number": one.drawn.number,
            "drawn": _place(one, one.drawn),
            "other": _place(one, one.by),
            "reason": one.reason,
        }
        if one.of == "items":
            yield say("Item {number}: {drawn} replaced by {other}: {reason}.", **facts)
        else:
            yield say("Whole carton {number}: {drawn} replaced by {other}: {reason}.", **facts)


def _place(one: Replacement, pick: Pick) -> str:
    if one.of == "cartons" or pick.piece is None:
        return "" if pick.carton is None else say("carton {carton}", carton=pick.carton)
    if pick.carton is None:
        return say("piece {piece}", piece=pick.piece)
    return say("carton {carton}, piece {piece}", carton=pick.carton, piece=pick.piece)


def protection_rows(drawing: Drawing) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Yield the rows of what the samples say about each SKU, with the columns `PROTECTION`."""
    for one in drawing.protection:
        own = ("", "") if not one.sku else (str(one.own_sample), _share(one.own_limiting, one.quantity))
        name = one.sku or "whole lot"
        yield one.line, name, f"{one.sample} of {one.quantity}", _share(one.limiting, one.quantity), *own


def _share(number: int | None, quantity: int) -> str:
    """A number nonconforming and its percentage."""
    if number is None:
        return f"more than all {quantity}"
    return f"{number} ({100 * number / quantity:.1f} %)"


PROTECTION_NOTE = (
    '"Passes with": the number of nonconforming items at which the lot passes the line one time in ten, or less, if all '
    'other SKUs conform; for the whole lot, if they are anywhere in it. "More than all": it passes more often even if the '
    "whole SKU is nonconforming. On the right, the same if the SKU were inspected as a separate lot."
)


def _protection_in_words(drawing: Drawing) -> Iterator[str]:
    for line, sku, sample, passes, own, own_passes in protection_rows(drawing):
        alone = f"; as its own lot, sample {own}, with {own_passes}" if own else ""
        yield f"{line}, {sku}: sample {sample}; passes one time in ten with {passes} nonconforming{alone}."


def _protection_html(drawing: Drawing) -> list[markup.Html]:
    if not drawing.protection:
        return []
    return [
        markup.part("What the sample says about each SKU"),
        markup.table(PROTECTION, list(protection_rows(drawing)), numbers=PROTECTION[2:]),
        markup.element("p", PROTECTION_NOTE, class_="aql-dim"),
    ]
