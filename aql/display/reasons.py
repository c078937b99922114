"""The sentence of every reason and note of a verdict, made from its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from aql.words import listed, plural, ranges

if TYPE_CHECKING:
    from aql.codes import ReasonCode
    from aql.scoring.reasons import Reason
    from aql.types import CountedOf, Counting

__all__ = ["found_in_words", "named_items", "reason_in_words"]


def reason_in_words(reason: Reason) -> str:
    """Return a reason in words as a sentence without a full stop, or a note as a sentence."""
    return _SENTENCES[reason.code](dict(reason.facts), reason.about)


Facts = dict[str, Any]


def _count(facts: Facts, _about: str) -> str:
    accept = "not permitted yet" if facts["ac"] is None else facts["ac"]
    limits = f"Ac {accept}, Re {facts['re']}"
    least, most, counting = facts["found"], facts["at_most"], facts["counting"]
    where = _sample(facts)
    if facts["weighted"]:
        return f"a weighted total of {facts['weighted']} in {where}, Ac {accept}"
    if least == most:
        return f"{found_in_words(least, counting, _of(facts))} in {where}, {limits}"
    counted, inspected = facts["counted"], facts["inspected"]
    if counted is not None and inspected is not None and inspected > facts["sample"]:
        between = f"between {least} and {most} are in {where}"
        return f"{found_in_words(counted, counting, _of(facts))} in the {inspected} inspected; {between}, {limits}"
    return f"between {least} and {found_in_words(most, counting, _of(facts))} in {where}, {limits}"


def _of(facts: Facts) -> CountedOf:
    """What the line is of: items, unless it says cartons."""
    return "cartons" if facts.get("of") == "cartons" else "items"


def _sample(facts: Facts) -> str:
    sample, stage, inspected = facts["sample"], facts["stage"], facts["inspected"]
    if facts["any_item"] and inspected is not None and inspected > sample:
        return f"the {inspected} inspected, all of which count; the sample is {sample}"
    whole = f"samples 1 to {stage} ({sample} {_of(facts)})" if stage > 1 else f"the sample of {sample}"
    if inspected is not None and inspected < sample:
        return f"the {inspected} inspected of {whole}"
    return whole


def _further_sample(facts: Facts, _about: str) -> str:
    return f"a further sample of {facts['draw']} is due, {_of(facts)} {facts['first']} to {facts['last']}"


def _sample_incomplete(facts: Facts, _about: str) -> str:
    needed = f"{facts['draw']} more {'is' if facts['draw'] == 1 else 'are'} needed"
    return f"only {facts['inspected']} of {facts['sample']} were inspected; {needed}"


def _undecided(facts: Facts, _about: str) -> str:
    stage = ", or the stage of each count" if facts["stages"] > 1 else ""
    return f"the counts leave the decision open; record the item number of each finding{stage}"


def _missing_readings(facts: Facts, _about: str) -> str:
    items = facts["items"]
    return f"no reading of {facts['term']} on {plural(len(items), _of(facts)[:-1])}: {ranges(items)}"


def _normal_due(_facts: Facts, about: str) -> str:
    return f"{about}: the count lies between Ac and Re; the lot is accepted and normal inspection is due."


def _samples_differ(facts: Facts, _about: str) -> str:
    at = f" at letter {facts['letter']}" if facts["letter"] else ", one of them from row S"
    differ = listed(facts["sizes"])
    return f"Samples: the sample sizes still differ ({differ}){at}, so each class keeps its own plan."


def _taken_as(facts: Facts, about: str) -> str:
    pairs = zip(facts["texts"], facts["numbers"], facts["items"], strict=True)
    shown = [
        f"{text} taken as {number} ({named_items(items, of=_of(facts))})" for text, number, items in pairs
    ]
    more = f"; {len(shown) - _MOST_TAKEN} more" if len(shown) > _MOST_TAKEN else ""
    return f"{about}: {', '.join(shown[:_MOST_TAKEN])}{more}; a binary float is taken at 15 digits."


_MOST_TAKEN = 6


def _not_applicable(facts: Facts, about: str) -> str:
    return f"{about}: not applicable on {named_items(facts['items'], of=_of(facts))}."


def _too_near(facts: Facts, _about: str) -> str:
    return (
        f"{facts['term']} on {named_items(facts['items'], of=_of(facts))}: {facts['text']} came as a binary float and is too near to "
        f"the limit {facts['limit']:f} to be told from it; state rounding in the term, or send the reading as text"
    )


def _second_reading(facts: Facts, about: str) -> str:
    return f"{about}: the table cell has a second reading: {'; '.join(facts['readings'])}."


def _per_hundred_items(facts: Facts, about: str) -> str:
    return f"{about}: AQL {facts['aql']} means nonconformities per 100 items."


def _outside_samples(facts: Facts, _about: str) -> str:
    items = facts["items"]
    if len(items) == 1:
        return f"1 finding is outside the sample of its class or term and does not count: {named_items(items, of=_of(facts))}."
    return (
        f"{len(items)} findings are outside the samples of their classes or terms and do not count: "
        f"{named_items(items, of=_of(facts))}."
    )


def _unlisted(facts: Facts, _about: str) -> str:
    what = found_in_words(facts["found"], facts["counting"])
    was, counts, is_not = (
        ("was", "it counts", "is not") if facts["found"] == 1 else ("were", "they count", "are not")
    )
    return f"{what} {was} found that no term covers; {counts}, but {is_not} grounds for a claim."


def _lot_above_order(facts: Facts, _about: str) -> str:
    size, ordered = facts["lot_size"], facts["ordered"]
    return f"The lot of {size} is larger than the {ordered} ordered; the sample sizes are those for {size}."


def _found_on_sku(facts: Facts, _about: str) -> str:
    found = (f"{number} in {line}" for line, number in zip(facts["lines"], facts["numbers"], strict=True))
    return f"{'SKU ' + facts['sku'] if facts['sku'] else 'SKU not stated'}: {listed(found)}."


def _item_names(facts: Facts, _about: str) -> str:
    shown = [f"{item} is {name}" for item, name in zip(facts["items"], facts["names"], strict=True)]
    return f"Items are numbered in the order drawn: {listed(shown, most=_MOST_NAMES)}."


_MOST_NAMES = 12


def _inspected_not_stated(facts: Facts, _about: str) -> str:
    return f"the number inspected is not stated; {facts['sample']} are needed"


_SENTENCES: dict[ReasonCode, Callable[[Facts, str], str]] = {
    "count": _count,
    "found-on-sku": _found_on_sku,
    "further-sample": _further_sample,
    "inspected-not-stated": _inspected_not_stated,
    "item-names": _item_names,
    "lot-above-order": _lot_above_order,
    "missing-readings": _missing_readings,
    "normal-due": _normal_due,
    "not-applicable": _not_applicable,
    "outside-samples": _outside_samples,
    "per-hundred-items": _per_hundred_items,
    "sample-incomplete": _sample_incomplete,
    "samples-differ": _samples_differ,
    "second-reading": _second_reading,
    "taken-as": _taken_as,
    "too-near": _too_near,
    "undecided": _undecided,
    "unlisted": _unlisted,
}


def found_in_words(number: int, counting: Counting, of: CountedOf = "items") -> str:
    """Write the count of a reason in words, with what is counted.

    Examples
    --------
    >>> found_in_words(1, "items"), found_in_words(2, "nonconformities")
    ('1 nonconforming item', '2 nonconformities')
    """
    if counting == "items":
        return plural(number, f"nonconforming {of[:-1]}")
    return plural(number, "nonconformity", "nonconformities")


def named_items(items: Iterable[int], *, most: int = 12, of: CountedOf = "items") -> str:
    """Name in words the items, or cartons, of a reason, each once.

    Examples
    --------
    >>> named_items([7]), named_items([9, 7, 8, 7])
    ('item 7', 'items 7 to 9')
    """
    numbers = set(items)
    return f"{of[:-1] if len(numbers) == 1 else of} {ranges(numbers, most=most)}"
