"""Checking the terms: each is measurable, in words that can be claimed on, and free of contradiction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from aql.contract.contract import Contract
from aql.contract.findings import Finding
from aql.contract.measures import Allowed, Colour, Equals, Measured, lab_triple
from aql.contract.terms import Term
from aql.contract.vague_words import amounts, vague_words
from aql.standards.arguments import nearest

__all__ = ["check_terms"]

_LIMIT = 'measure = { unit = "...", min = "..." }'


def check_terms(contract: Contract) -> Iterator[Finding]:
    """Find what is wrong with the terms of a contract."""
    if not contract.terms:
        yield Finding(
            "warning",
            "no-terms",
            "terms",
            "The contract has no terms, so nothing of its quality can be claimed on.",
            'Add what was agreed: [[terms]] with id, class, text and measure, or kind = "visual".',
        )
    names = contract.class_names()
    seen: set[str] = set(names)
    for place, term in enumerate(contract.terms):
        path = f"terms[{place}]"
        if term.id in seen:
            what = "a class" if term.id in names else "another term"
            yield Finding(
                "error",
                "repeated-name",
                f"{path}.id",
                f"{term.id!r} is the name of {what} too.",
                "Rename the term.",
            )
        seen.add(term.id)
        yield from _class_of(term, path, names)
        yield from _kind(term, path)
        yield from _words(term, path)
        if isinstance(term.measure, Measured):
            yield from _limits(term, term.measure, path)
        if isinstance(term.measure, Colour):
            yield from _colour(term, term.measure, path)
        yield from _for_the_lot(contract, term, path)
        yield from _rounding(term, path)


def _class_of(term: Term, path: str, names: tuple[str, ...]) -> Iterator[Finding]:
    listed = ", ".join(dict.fromkeys(names))
    if not names:
        return
    if term.class_ is None and not term.for_the_lot:
        yield Finding(
            "error",
            "no-class",
            path,
            f"Term {term.id!r} has no class.",
            f'Add class = "..."; the classes are {listed}.',
        )
    elif term.class_ is not None and term.class_ not in names:
        close = nearest(term.class_, names)
        meant = f"Did you mean {close!r}? " if close else ""
        yield Finding(
            "error",
            "unknown-class",
            f"{path}.class",
            f"{term.class_!r} is no class of the contract.",
            f"{meant}Use one of {listed}, or add it to the classes.",
        )


_EXAMPLES = {
    "measured": _LIMIT,
    "colour": 'measure = { unit = "dE2000", reference = "Lab(...)", max = "2.0" }',
    "allowed": 'measure = { allowed = ["...", "..."] }',
    "text": 'measure = { equals = "..." }',
    "yes-no": 'measure = { answer = "yes" }',
}


def _kind(term: Term, path: str) -> Iterator[Finding]:
    follows = term.model_copy(update={"kind": None}).tested_as
    measured_lot = term.kind in {"quantity", "packed-share"} and follows == "measured"
    written_mark = term.kind == "mark" and follows in {"allowed", "text", "yes-no"}
    if term.measure is not None and term.kind not in {None, follows} and not (measured_lot or written_mark):
        yield Finding(
            "error",
            "kind-contradicts-measure",
            f"{path}.kind",
            f"Term {term.id!r} is said to be {term.kind}, but its measure is that of a term that is {follows}.",
            "Leave the kind out, or the measure.",
        )
    elif term.tested_as in _EXAMPLES and term.measure is None:
        yield Finding(
            "error",
            "unmeasurable",
            path,
            f"Kind {term.kind!r} needs a measure.",
            f"Add one, for instance {_EXAMPLES[term.tested_as]}.",
        )


def _words(term: Term, path: str) -> Iterator[Finding]:
    vague = [word for word in vague_words(term.text) if not (word.needs_reference and term.reference)]
    mend = (
        vague[0].rewrite if vague else f'Say what is measured: {_LIMIT}, or kind = "visual" for what is seen'
    )
    said = ", ".join(repr(word.word) for word in vague)
    is_no_measure, says = ("is no measure", "says") if len(vague) == 1 else ("are no measure", "say")
    judged_by_text = term.tested_as in {"visual", "yes-no", "mark"} and not isinstance(
        term.measure, (Allowed, Equals)
    )
    bare = judged_by_text and term.reference is None and not any(map(str.isdigit, term.text))
    if term.tested_as is None or (vague and bare):
        because = f" ({said} {is_no_measure})" if said else ""
        yield Finding(
            "error",
            "unmeasurable",
            path,
            f"Nothing in {term.text!r} can be measured{because}; it could never be claimed on.",
            f"{mend}.",
        )
    elif vague:
        stands = term.measure is not None and not judged_by_text
        yield Finding(
            "warning",
            "vague-words",
            f"{path}.text",
            f"{said} in {term.text!r} {says} nothing that can be measured.",
            f"Leave {said} out; the measure says what counts." if stands else f"{mend}.",
        )


def _limits(term: Term, measure: Measured, path: str) -> Iterator[Finding]:
    path = f"{path}.measure"
    low, high = measure.lower, measure.upper
    if measure.unit is None and term.kind not in {"quantity", "packed-share"}:
        yield Finding(
            "error",
            "no-unit",
            f"{path}.unit",
            f"The limits of {term.id!r} have no unit.",
            'Add unit = "mm", or unit = "1" for a plain number.',
        )
    tolerances = measure.plus is not None or measure.minus is not None
    if measure.nominal is not None and (measure.min is not None or measure.max is not None):
        yield Finding(
            "error",
            "two-kinds-of-limit",
            path,
            "A nominal value stands beside min or max.",
            "Keep nominal with plus and minus, or min and max.",
        )
    elif tolerances and measure.nominal is None:
        yield Finding(
            "error",
            "no-nominal",
            path,
            "Plus or minus stands without a nominal value.",
            'Add nominal = "...", or write min and max.',
        )
    elif measure.nominal is not None and (measure.plus is None or measure.minus is None):
        yield Finding(
            "error",
            "no-tolerance",
            path,
            "A nominal value needs both plus and minus.",
            'Add them; plus = "0" where nothing above is allowed.',
        )
    elif (measure.plus or 0) < 0 or (measure.minus or 0) < 0:
        yield Finding(
            "error",
            "bad-tolerance",
            path,
            "Plus and minus are 0 or more.",
            'Write minus = "1" for 1 below the nominal.',
        )
    elif low is None and high is None:
        yield Finding(
            "error", "unmeasurable", path, "The measure has no limit.", 'Add min = "..." or max = "...".'
        )
    elif low is not None and high is not None:
        yield from _range(term, low, high, path)
    yield from _text_and_limits(term, measure, path)


def _range(term: Term, low: Decimal, high: Decimal, path: str) -> Iterator[Finding]:
    guard, step = term.guard or Decimal(0), term.rounding
    if low > high:
        problem = f"The smallest value {low:f} is above the largest {high:f}; nothing could conform."
        yield Finding("error", "empty-range", path, problem, "Swap min and max, or correct them.")
    elif low + guard > high - guard:
        problem = f"A guard of {guard:f} on both sides of {low:f} to {high:f} leaves nothing that conforms."
        yield Finding("error", "empty-range", path, problem, "Write a smaller guard.")
    elif (
        step is not None
        and step > 0
        and -(-Fraction(low + guard) // Fraction(step)) * Fraction(step) > high - guard
    ):
        problem = f"No multiple of {step:f} lies in {low:f} to {high:f}, so no rounded reading conforms."
        yield Finding("error", "empty-range", path, problem, "Write a finer rounding.")


def _text_and_limits(term: Term, measure: Measured, path: str) -> Iterator[Finding]:
    numbers = amounts(term.text, measure.unit) if measure.unit and measure.unit != "1" else ()
    stated = [measure.min, measure.max, measure.nominal, measure.plus, measure.minus]
    said = {abs(number) for number in numbers}
    limits = {limit for limit in (*stated, measure.lower, measure.upper) if limit is not None}
    limits |= {-minus for minus in (measure.minus,) if minus is not None}
    # Where nothing below 0 is allowed, a dash before a number is that of a range: "246 -248 mm".
    dash = measure.lower is not None and measure.lower >= 0
    strange = [number for number in numbers if number not in limits and not (dash and -number in limits)]
    # A number beside limits that all stand in the text is a condition of the test: "measured 10 mm below the head".
    strange = [] if {abs(limit) for limit in stated if limit} <= said else strange
    if strange and not (measure.nominal is None and (measure.plus or measure.minus)):
        yield Finding(
            "warning",
            "text-contradicts-measure",
            path,
            f"The text says {strange[0]:f} {measure.unit}, which is none of the measure's numbers.",
            "Make the text and the measure agree.",
        )


def _colour(term: Term, measure: Colour, path: str) -> Iterator[Finding]:
    path = f"{path}.measure"
    if measure.reference is None or lab_triple(measure.reference) is None:
        problem = "The term has no colour to compare with."
        if measure.reference is not None:
            problem = f"{measure.reference!r} is no colour that can be computed with; Lab values are needed."
        yield Finding(
            "error",
            "no-colour",
            f"{path}.reference",
            problem,
            'Give the colour: reference = "Lab(20.5, 0.1, -0.4)".',
        )
    if measure.max is None or measure.max < 0:
        yield Finding(
            "error",
            "unmeasurable",
            f"{path}.max",
            "The colour difference has no limit of 0 or more.",
            'Add max = "2.0".',
        )
    elif term.guard is not None and term.guard > measure.max:
        problem = f"A guard of {term.guard:f} below the largest difference of {measure.max:f} leaves nothing that conforms."
        yield Finding("error", "empty-range", f"{path}.max", problem, "Write a smaller guard.")
    missing = [name for name in ("illuminant", "observer") if getattr(measure, name) is None]
    if missing:
        yield Finding(
            "warning",
            "no-illuminant",
            path,
            f"The colour has no {' and no '.join(missing)}; the same goods give other Lab values under another.",
            'Add illuminant = "D50" and observer = "2", or those you measure with.',
        )


def _for_the_lot(contract: Contract, term: Term, path: str) -> Iterator[Finding]:
    order = contract.order
    if term.effect is not None and not term.for_the_lot:
        yield Finding(
            "error",
            "effect-on-items",
            f"{path}.effect",
            "Effect is for terms that are judged once for the lot.",
            "Leave it out; the plan of the class decides what a nonconforming item does.",
        )
    if term.for_the_lot and (term.own_line or term.ac is not None):
        yield Finding(
            "error",
            "line-for-the-lot",
            path,
            "A term that is judged once for the lot has no sample of its own.",
            "Leave level, sample, ac, aql, plan and inspect out.",
        )
    measured = isinstance(term.measure, Measured) and term.measure.min is not None
    if term.for_the_lot and term.class_ is not None:
        yield Finding(
            "note",
            "class-for-the-lot",
            f"{path}.class",
            f"Term {term.id!r} is judged once for the lot, so it does not count in class {term.class_!r}.",
            "Nothing to do; leave the class out if that reads better.",
        )
    if term.tested_as == "packed-share" and term.measure is not None and not _is_share(term.measure):
        yield Finding(
            "error",
            "bad-share",
            f"{path}.measure",
            "A packed share is given by min alone, above 0 and up to 1.",
            'Write measure = { min = "0.8" } for 80 %.',
        )
    if term.tested_as in {"quantity", "packed-share"} and order.quantity is None:
        yield _missing(term, path, "order.quantity", "quantity = 3000")
    elif term.tested_as == "packed-share" and contract.inspection.packed_share is None and not measured:
        yield _missing(term, path, "inspection.packed_share", "packed_share = 0.8")
    elif term.tested_as == "shipment-date" and order.shipment_date is None:
        yield _missing(term, path, "order.shipment_date", "shipment_date = 2026-12-15")
    elif term.kind == "reference" and term.reference is None:
        yield _missing(
            term, path, "a reference image or document", 'reference = { file = "...", sha256 = "..." }'
        )


def _is_share(measure: object) -> bool:
    if not isinstance(measure, Measured) or measure.min is None or measure.unit not in {None, "1"}:
        return False
    others = (measure.max, measure.nominal, measure.plus, measure.minus)
    return 0 < measure.min <= 1 and all(other is None for other in others)


def _missing(term: Term, path: str, needed: str, write: str) -> Finding:
    return Finding(
        "error",
        "unmeasurable",
        path,
        f"Term {term.id!r} rests on {needed}, which is missing.",
        f"Add {write}.",
    )


def _rounding(term: Term, path: str) -> Iterator[Finding]:
    if term.rounding is not None and term.rounding <= Decimal(0):
        yield Finding(
            "error",
            "bad-rounding",
            f"{path}.rounding",
            "Rounding is to a step above 0.",
            'Write rounding = "0.1".',
        )
    if term.guard is not None and term.guard < Decimal(0):
        yield Finding("error", "bad-guard", f"{path}.guard", "A guard is 0 or more.", 'Write guard = "0.2".')
    numeric = isinstance(term.measure, (Measured, Colour)) and not term.for_the_lot
    if (term.rounding is not None or term.guard is not None) and not numeric:
        yield Finding(
            "error",
            "bad-rounding",
            path,
            "Rounding and guard need readings that are numbers.",
            "Leave them out, or add the measure.",
        )
