"""A drawing in words and as HTML: the cartons to open, the items to take, and how to repeat it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from aql import markup
from aql.display.decision_lines import line_name
from aql.inspection.allocation import cartons_to_open
from aql.inspection.seeded_stream import ALGORITHM
from aql.languages import marked, say
from aql.words import listed, plural, ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aql.inspection.drawing import Pick
    from aql.scoring.drawing import Drawing, Replacement

__all__ = [
    "by_carton",
    "carton_in_words",
    "drawing_html",
    "explain_drawing",
    "how_drawn",
    "lines_in_words",
    "opened_in_words",
    "pieces_in_words",
    "protection_columns",
    "protection_note",
    "protection_rows",
    "replacements",
    "whole_cartons",
]

_RULES = {
    "sqrt": marked("the square root of the number of cartons, rounded up"),
    "sqrt+1": marked("the square root of the number of cartons, rounded up, and one more"),
    "all": marked("all cartons"),
}
_PROTECTION = (
    marked("line"),
    "SKU",
    marked("sample"),
    marked("passes with"),
    marked("own lot"),
    marked("own lot passes with"),
)
_ALL = 10**9


def explain_drawing(drawing: Drawing) -> str:
    """Return a drawing in plain sentences, with the cartons and items of each stage."""
    order = say(
        "Order {order}, lot {lot}: {how}", order=drawing.order, lot=drawing.lot.id, how=how_drawn(drawing)
    )
    said = [order, *lines_in_words(drawing)]
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
    staged = () if drawing.stages == 1 else (say("stage"),)
    columns = (*staged, say("carton"), "SKU", say("pieces (item)"))
    whole = [whole_cartons(drawing)] if drawing.cartons else []
    return markup.block(
        say("Drawing of lot {lot}, order {order}", lot=drawing.lot.id, order=drawing.order),
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
    cartons = drawing.open_cartons(stage)
    if cartons:
        opened = say(
            "{cartons} to open: {numbers}.",
            cartons=plural(len(cartons), "carton"),
            numbers=ranges(cartons, most=_ALL),
        )
        several = drawing.stages > 1
        yield say("Stage {stage}, {opened}", stage=stage, opened=opened) if several else opened
    for carton, sku, pieces in _carton_rows(drawing, stage):
        where = say("Carton {carton}", carton=carton) if carton else say("Items of the lot")
        of_sku = say(" ({sku})", sku=sku) if sku else ""
        yield say("{where}: {pieces}.", where=f"{where}{of_sku}", pieces=pieces)


def opened_in_words(drawing: Drawing, stage: int, *, by_sku: bool = False) -> Iterator[str]:
    """Say which cartons to open at a stage, in one sentence, or in one per SKU; nothing without cartons."""
    skus: tuple[str | None, ...] = (None,)
    if by_sku:
        skus = tuple(dict.fromkeys(pick.sku for pick in drawing.in_carton_order(stage)))
    for sku in skus:
        cartons = drawing.open_cartons(stage, sku)
        facts = {"cartons": plural(len(cartons), "carton"), "numbers": ranges(cartons, most=_ALL)}
        if cartons and sku:
            yield say("Open {cartons} of {sku}: {numbers}.", sku=sku, **facts)
        elif cartons:
            yield say("Open {cartons}: {numbers}.", **facts)


def by_carton(drawing: Drawing, stage: int) -> Iterator[tuple[int | None, str, list[Pick]]]:
    """Yield the items of a stage by carton and SKU, in ascending order."""
    for (carton, sku), picks in groupby(
        drawing.in_carton_order(stage), key=lambda pick: (pick.carton, pick.sku)
    ):
        yield carton, sku, list(picks)


def _carton_rows(drawing: Drawing, stage: int) -> Iterator[tuple[str, str, str]]:
    for carton, sku, picks in by_carton(drawing, stage):
        yield carton_in_words(carton, picks), sku, pieces_in_words(picks)


def carton_in_words(carton: int | None, picks: Sequence[Pick]) -> str:
    """Name the carton of some items, and say so if it is not packed; "" without a carton."""
    if carton is None:
        return ""
    return str(carton) if picks[0].packed else say("{carton}, not packed", carton=carton)


def pieces_in_words(picks: Iterable[Pick]) -> str:
    """Name the pieces to take from a carton, each with its item number."""
    return ", ".join(f"{pick.piece} ({pick.number})" for pick in picks)


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
    """Yield the rows of what the samples say about each SKU, with the columns `protection_columns`."""
    for one in drawing.protection:
        own = ("", "") if not one.sku else (str(one.own_sample), _share(one.own_limiting, one.quantity))
        name = one.sku or say("whole lot")
        sample = say("{sample} of {quantity}", sample=one.sample, quantity=one.quantity)
        yield line_name(one.line), name, sample, _share(one.limiting, one.quantity), *own


def _share(number: int | None, quantity: int) -> str:
    """A number nonconforming and its percentage."""
    if number is None:
        return say("more than all {quantity}", quantity=quantity)
    return f"{number} ({100 * number / quantity:.1f} %)"


def protection_columns() -> tuple[str, ...]:
    """Return the columns of the table of what the samples say about each SKU."""
    return tuple(map(say, _PROTECTION))


def protection_note() -> str:
    """Say what the table of what the samples say about each SKU means."""
    return say(
        '"Passes with": the number of nonconforming items at which the lot passes the line one time in ten, or less, if '
        "all other SKUs conform; for the whole lot, if they are anywhere in it. "
        '"More than all": it passes more often even if the whole SKU is nonconforming. On the right, the same if the SKU '
        "were inspected as a separate lot."
    )


def _protection_in_words(drawing: Drawing) -> Iterator[str]:
    for line, sku, sample, passes, own, own_passes in protection_rows(drawing):
        alone = (
            say("; as its own lot, sample {own}, with {passes}", own=own, passes=own_passes) if own else ""
        )
        yield say(
            "{line}, {sku}: sample {sample}; passes one time in ten with {passes} nonconforming{alone}.",
            line=line,
            sku=sku,
            sample=sample,
            passes=passes,
            alone=alone,
        )


def _protection_html(drawing: Drawing) -> list[markup.Html]:
    if not drawing.protection:
        return []
    columns = protection_columns()
    return [
        markup.part(say("What the sample says about each SKU")),
        markup.table(columns, list(protection_rows(drawing)), numbers=columns[2:]),
        markup.element("p", protection_note(), class_="aql-dim"),
    ]
