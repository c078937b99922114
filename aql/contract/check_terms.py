"""The check of the terms: each has a class, a measure and a text that can be enforced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aql.checks import nearest
from aql.contract.check_measures import LIMIT_EXAMPLE, check_measure
from aql.contract.contract import Contract
from aql.contract.findings import Finding
from aql.contract.measures import Allowed, Equals, Measured
from aql.contract.terms import Term
from aql.contract.vague_words import vague_words
from aql.words import listed

__all__ = ["check_terms"]


def check_terms(contract: Contract) -> Iterator[Finding]:
    """Yield problems with the terms of a contract."""
    if not contract.terms:
        yield Finding(
            "warning",
            "no-terms",
            "terms",
            "The contract has no terms, so poor quality is not grounds for a claim.",
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
                f"{term.id!r} is also the name of {what}.",
                "Rename the term.",
            )
        seen.add(term.id)
        yield from _class_of(term, path, names)
        yield from _kind(term, path)
        yield from _words(term, path)
        yield from _opposite(term, path)
        yield from check_measure(term, path)
        yield from _reading_rules(term, path)
        yield from _of(contract, term, path)
        yield from _for_the_lot(contract, term, path)


def _class_of(term: Term, path: str, names: tuple[str, ...]) -> Iterator[Finding]:
    different = tuple(dict.fromkeys(names))
    if not names:
        return
    if term.class_ is None and not term.for_the_lot:
        yield Finding(
            "error",
            "no-class",
            path,
            f"Term {term.id!r} has no class.",
            f'Add class = "..."; the classes are {listed(different, most=10)}.',
        )
    elif term.class_ is not None and term.class_ not in names:
        close = nearest(term.class_, names)
        use = (
            f"Did you mean {close!r}? If not,"
            if close
            else f"Use {listed(different, last='or', most=10)}, or"
        )
        yield Finding(
            "error",
            "unknown-class",
            f"{path}.class",
            f"{term.class_!r} is not a class of the contract.",
            f"{use} add it to the classes.",
        )


_EXAMPLES = {
    "measured": LIMIT_EXAMPLE,
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
            f"Term {term.id!r} has kind {term.kind!r}, but its measure means {follows!r}.",
            "Leave out the kind or the measure.",
        )
    elif term.tested_as in _EXAMPLES and term.measure is None:
        yield Finding(
            "error",
            "unmeasurable",
            path,
            f"Kind {term.kind!r} needs a measure.",
            f"Add one, such as {_EXAMPLES[term.tested_as]}.",
        )


_NEGATION = re.compile(r"^(?:no|without|free (?:of|from))\s+", re.IGNORECASE)


def _opposite(term: Term, path: str) -> Iterator[Finding]:
    """A visual term that states a requirement, although a row in the log means that a defect was found."""
    if not term.states_requirement:
        return
    defect = _NEGATION.sub("", term.text)
    rewrite = 'Write the defect as the text; or leave kind out and add measure = { answer = "yes" }.'
    if defect != term.text:
        rewrite = rewrite.replace("the defect as the text", f'text = "{defect[:1].upper()}{defect[1:]}"')
    yield Finding(
        "warning",
        "requirement-as-defect",
        f"{path}.text",
        f"{term.text!r} states a requirement, but a visual term states a defect.",
        rewrite,
    )


def _reading_rules(term: Term, path: str) -> Iterator[Finding]:
    """Keys that say how readings are taken, on a term that has no such readings."""
    if term.text_case is not None and not isinstance(term.measure, (Allowed, Equals)):
        yield Finding(
            "error",
            "text-case-alone",
            f"{path}.text_case",
            "text_case needs an agreed text.",
            'Leave it out, or add measure = { allowed = ["...", "..."] } or { equals = "..." }.',
        )
    if term.not_applicable and (term.for_the_lot or term.tested_as is None):
        yield Finding(
            "error",
            "not-applicable-alone",
            f"{path}.not_applicable",
            "Only a term that is judged item by item can be not applicable.",
            "Leave not_applicable out.",
        )


def _of(contract: Contract, term: Term, path: str) -> Iterator[Finding]:
    """A term of cartons without its own plan, and a term that judges readings in another unit or none."""
    if term.of == "cartons" and not term.own_line:
        yield Finding(
            "error",
            "cartons-in-class",
            f"{path}.of",
            f"Term {term.id!r} is of cartons, so it cannot be in the sample of items of its class.",
            "Add its own sample = 5, level, plan or inspect.",
        )
    if term.reading_of is None:
        return
    read = next((one for one in contract.terms if one.id == term.reading_of), None)
    problem = ""
    if read is None or read.id == term.id or read.reading_of is not None:
        problem = (
            f"reading_of must be the id of another term with readings of its own, got {term.reading_of!r}."
        )
    elif not (isinstance(read.measure, Measured) and isinstance(term.measure, Measured)):
        problem = f"Both {read.id!r} and {term.id!r} must have limits."
    elif (read.measure.unit, read.of) != (term.measure.unit, term.of):
        problem = f"Both {read.id!r} and {term.id!r} must have the same unit and be of the same things."
    if problem:
        yield Finding(
            "error",
            "bad-reading-of",
            f"{path}.reading_of",
            problem,
            "Correct reading_of, or leave it out and log readings of this term.",
        )


def _words(term: Term, path: str) -> Iterator[Finding]:
    vague = [word for word in vague_words(term.text) if not (word.needs_reference and term.reference)]
    fix = (
        vague[0].rewrite
        if vague
        else f'State what is measured: {LIMIT_EXAMPLE}; or write measure = {{ answer = "yes" }} for a test that is '
        'passed or failed, or kind = "visual" for a defect found by eye'
    )
    said = ", ".join(repr(word.word) for word in vague)
    are = "is" if len(vague) == 1 else "are"
    judged_by_text = term.tested_as in {"visual", "yes-no", "mark"} and not isinstance(
        term.measure, (Allowed, Equals)
    )
    bare = judged_by_text and term.reference is None and not any(map(str.isdigit, term.text))
    if term.tested_as is None or (vague and bare):
        because = f" ({said} {are} not measurable)" if said else ""
        yield Finding(
            "error",
            "unmeasurable",
            path,
            f"Nothing in {term.text!r} can be measured{because}, so the term cannot be enforced.",
            f"{fix}.",
        )
    elif vague:
        measured = term.measure is not None and not judged_by_text
        yield Finding(
            "warning",
            "vague-words",
            f"{path}.text",
            f"{said} in {term.text!r} cannot be measured.",
            f"Leave {said} out; the measure decides." if measured else f"{fix}.",
        )


def _for_the_lot(contract: Contract, term: Term, path: str) -> Iterator[Finding]:
    order = contract.order
    if term.effect is not None and not term.for_the_lot:
        yield Finding(
            "error",
            "effect-on-items",
            f"{path}.effect",
            "Only a lot term can have an effect.",
            "Leave the effect out; for this term, the plan of its class decides.",
        )
    if term.for_the_lot and (term.own_line or term.ac is not None):
        yield Finding(
            "error",
            "line-for-the-lot",
            path,
            "A lot term cannot have a plan.",
            "Leave out level, sample, ac, aql, plan and inspect.",
        )
    measured = isinstance(term.measure, Measured) and term.measure.min is not None
    if term.for_the_lot and term.class_ is not None:
        yield Finding(
            "note",
            "class-for-the-lot",
            f"{path}.class",
            f"Term {term.id!r} is a lot term, so it does not count in class {term.class_!r}.",
            "The class has no effect; you can leave it out.",
        )
    if term.tested_as == "packed-share" and term.measure is not None and not _is_share(term.measure):
        yield Finding(
            "error",
            "bad-share",
            f"{path}.measure",
            "The measure of a packed share must have only min, above 0 and at most 1.",
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
            term,
            path,
            "a reference image, document or sample",
            'reference = { file = "...", sha256 = "..." } or { seal = "..." }',
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
        f"Term {term.id!r} needs {needed}, which is missing.",
        f"Add {write}.",
    )
