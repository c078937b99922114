"""The sentence of every reason and note of a verdict, made from its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from aql.display.decision_lines import line_name
from aql.languages import numeral, say, say_plural
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
    accept = say("not permitted yet") if facts["ac"] is None else facts["ac"]
    limits = say("Ac {ac}, Re {re}", ac=accept, re=facts["re"])
    least, most, counting = facts["found"], facts["at_most"], facts["counting"]
    where = _sample(facts)
    if facts["weighted"]:
        return say(
            "a weighted total of {total} in {where}, Ac {ac}", total=facts["weighted"], where=where, ac=accept
        )
    if least == most:
        found = found_in_words(least, counting, _of(facts))
        return say("{found} in {where}, {limits}", found=found, where=where, limits=limits)
    counted, inspected = facts["counted"], facts["inspected"]
    if counted is not None and inspected is not None and inspected > facts["sample"]:
        return say(
            "{found} in the {inspected} inspected; between {least} and {most} are in {where}, {limits}",
            found=found_in_words(counted, counting, _of(facts)),
            inspected=inspected,
            least=least,
            most=most,
            where=where,
            limits=limits,
        )
    found = found_in_words(most, counting, _of(facts))
    return say(
        "between {least} and {found} in {where}, {limits}",
        least=least,
        found=found,
        where=where,
        limits=limits,
    )


def _of(facts: Facts) -> CountedOf:
    """What the line is of: items, unless it says cartons."""
    return "cartons" if facts.get("of") == "cartons" else "items"


def _sample(facts: Facts) -> str:
    sample, stage, inspected = facts["sample"], facts["stage"], facts["inspected"]
    if facts["any_item"] and inspected is not None and inspected > sample:
        return say(
            "the {inspected} inspected, all of which count; the sample is {sample}",
            inspected=inspected,
            sample=sample,
        )
    whole = say("the sample of {sample}", sample=sample)
    if stage > 1 and _of(facts) == "cartons":
        whole = say("samples 1 to {stage} ({sample} cartons)", stage=stage, sample=sample)
    elif stage > 1:
        whole = say("samples 1 to {stage} ({sample} items)", stage=stage, sample=sample)
    if inspected is not None and inspected < sample:
        return say("the {inspected} inspected of {whole}", inspected=inspected, whole=whole)
    return whole


def _further_sample(facts: Facts, _about: str) -> str:
    known = {name: facts[name] for name in ("draw", "first", "last")}
    if _of(facts) == "cartons":
        return say("a further sample of {draw} is due, cartons {first} to {last}", **known)
    return say("a further sample of {draw} is due, items {first} to {last}", **known)


def _sample_incomplete(facts: Facts, _about: str) -> str:
    known = {"inspected": facts["inspected"], "sample": facts["sample"]}
    return say_plural(
        "only {inspected} of {sample} were inspected; {number} more is needed",
        "only {inspected} of {sample} were inspected; {number} more are needed",
        facts["draw"],
        **known,
    )


def _undecided(facts: Facts, _about: str) -> str:
    if facts["stages"] > 1:
        return say(
            "the counts leave the decision open; record the item number of each finding, or the stage of each count"
        )
    return say("the counts leave the decision open; record the item number of each finding")


def _missing_readings(facts: Facts, _about: str) -> str:
    items = facts["items"]
    number = plural(len(items), _NOUNS[_of(facts)])
    return say(
        "no reading of {term} on {number}: {items}", term=facts["term"], number=number, items=ranges(items)
    )


_NOUNS: dict[CountedOf, str] = {"items": "item", "cartons": "carton"}


def _normal_due(_facts: Facts, about: str) -> str:
    return say(
        "{line}: the count lies between Ac and Re; the lot is accepted and normal inspection is due.",
        line=line_name(about),
    )


def _samples_differ(facts: Facts, _about: str) -> str:
    sizes = listed(facts["sizes"])
    if facts["letter"]:
        return say(
            "Samples: the sample sizes still differ ({sizes}) at letter {letter}, so each class keeps its own plan.",
            sizes=sizes,
            letter=facts["letter"],
        )
    return say(
        "Samples: the sample sizes still differ ({sizes}), one of them from row S, so each class keeps its own plan.",
        sizes=sizes,
    )


def _taken_as(facts: Facts, about: str) -> str:
    pairs = zip(facts["texts"], facts["numbers"], facts["items"], strict=True)
    shown = [
        say(
            "{text} taken as {number} ({items})",
            text=text,
            number=number,
            items=named_items(items, of=_of(facts)),
        )
        for text, number, items in pairs
    ]
    more = [say("{number} more", number=len(shown) - _MOST_TAKEN)] if len(shown) > _MOST_TAKEN else []
    taken = say("; ").join([say(", ").join(shown[:_MOST_TAKEN]), *more])
    return say("{term}: {taken}; a binary float is taken at 15 digits.", term=about, taken=taken)


_MOST_TAKEN = 6


def _not_applicable(facts: Facts, about: str) -> str:
    return say(
        "{term}: not applicable on {items}.", term=about, items=named_items(facts["items"], of=_of(facts))
    )


def _too_near(facts: Facts, _about: str) -> str:
    return say(
        "{term} on {items}: {text} came as a binary float and is too near to the limit {limit} to be told from it; "
        "state rounding in the term, or send the reading as text",
        term=facts["term"],
        items=named_items(facts["items"], of=_of(facts)),
        text=facts["text"],
        limit=numeral(facts["limit"]),
    )


def _second_reading(facts: Facts, about: str) -> str:
    readings = say("; ").join(facts["readings"])
    return say(
        "{line}: the table cell has a second reading: {readings}.", line=line_name(about), readings=readings
    )


def _per_hundred_items(facts: Facts, about: str) -> str:
    return say(
        "{line}: AQL {aql} means nonconformities per 100 items.", line=line_name(about), aql=facts["aql"]
    )


def _outside_samples(facts: Facts, _about: str) -> str:
    items = facts["items"]
    return say_plural(
        "{number} finding is outside the sample of its class or term and does not count: {items}.",
        "{number} findings are outside the samples of their classes or terms and do not count: {items}.",
        len(items),
        items=named_items(items, of=_of(facts)),
    )


def _unlisted(facts: Facts, _about: str) -> str:
    what = found_in_words(facts["found"], facts["counting"])
    if facts["found"] == 1:
        return say(
            "{found} was found that no term covers; it counts, but is not grounds for a claim.", found=what
        )
    return say(
        "{found} were found that no term covers; they count, but are not grounds for a claim.", found=what
    )


def _lot_above_order(facts: Facts, _about: str) -> str:
    return say(
        "The lot of {size} is larger than the {ordered} ordered; the sample sizes are those for {size}.",
        size=facts["lot_size"],
        ordered=facts["ordered"],
    )


def _found_on_sku(facts: Facts, _about: str) -> str:
    found = listed(
        say("{number} in {line}", number=number, line=line_name(line))
        for line, number in zip(facts["lines"], facts["numbers"], strict=True)
    )
    if facts["sku"]:
        return say("SKU {sku}: {found}.", sku=facts["sku"], found=found)
    return say("SKU not stated: {found}.", found=found)


def _item_names(facts: Facts, _about: str) -> str:
    shown = [
        say("{item} is {name}", item=item, name=name)
        for item, name in zip(facts["items"], facts["names"], strict=True)
    ]
    return say("Items are numbered in the order drawn: {names}.", names=listed(shown, most=_MOST_NAMES))


_MOST_NAMES = 12


def _inspected_not_stated(facts: Facts, _about: str) -> str:
    return say("the number inspected is not stated; {sample} are needed", sample=facts["sample"])


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
    if counting == "nonconformities":
        return plural(number, "nonconformity", "nonconformities")
    return plural(number, "nonconforming carton" if of == "cartons" else "nonconforming item")


def named_items(items: Iterable[int], *, most: int = 12, of: CountedOf = "items") -> str:
    """Name in words the items, or cartons, of a reason, each once.

    Examples
    --------
    >>> named_items([7]), named_items([9, 7, 8, 7])
    ('item 7', 'items 7 to 9')
    """
    numbers = set(items)
    shown = ranges(numbers, most=most)
    if of == "cartons":
        return say("carton {numbers}" if len(numbers) == 1 else "cartons {numbers}", numbers=shown)
    return say("item {numbers}" if len(numbers) == 1 else "items {numbers}", numbers=shown)
