"""The check of classes and terms with their own plans: each has exactly one plan, and the standard contains it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aql.contract.contract import Contract
from aql.contract.findings import Finding
from aql.contract.terms import Class, Term
from aql.errors import DomainError
from aql.standards.editions import edition
from aql.standards.iso2859_1.entry import checked_cell
from aql.standards.names import standard_named

__all__ = ["check_aql", "check_plans"]


def check_plans(contract: Contract) -> Iterator[Finding]:
    """Yield problems with the classes, their AQLs and plans, and the plans of terms."""
    clause = contract.inspection
    if not contract.classes:
        yield Finding(
            "error",
            "no-classes",
            "classes",
            "The contract has no class of nonconformity.",
            'Add one: [[classes]] with name = "major" and aql = 2.5.',
        )
    if clause.sample == "letter" and clause.sampling != "single":
        yield Finding(
            "error",
            "letter-with-stages",
            "inspection.sample",
            f'sample = "letter" requires single sampling, got {clause.sampling}.',
            'Use sampling = "single", or sample = "per-class" or "largest".',
        )
    if clause.packed_share is not None and not 0 < clause.packed_share <= 1:
        yield Finding(
            "error",
            "bad-share",
            "inspection.packed_share",
            f"The packed share must be above 0 and at most 1, got {clause.packed_share}.",
            "Write 0.8 for 80 %.",
        )
    yield from _edition(contract)
    yield from _classes(contract)
    for place, term in enumerate(contract.terms):
        yield from _own_line(contract, term, f"terms[{place}]")


def _edition(contract: Contract) -> Iterator[Finding]:
    name, note = standard_named(contract.inspection.standard)
    if note:
        yield Finding(
            "note",
            "standard-name",
            "inspection.standard",
            note,
            f'To name the edition, write standard = "{name}".',
        )
    everything: tuple[Class | Term, ...] = (*contract.classes, *contract.terms)
    if any(map(_looks_up, everything)) and edition(name).letter_only:
        yield Finding(
            "error",
            "edition-by-letter",
            "inspection.standard",
            f"The tables of {name} can be entered only by code letter so far, but a contract enters them by lot size.",
            'Use standard = "ISO 2859-1:1999", whose single plans for AQL 0.010 to 6.5 are the same, or state the plans.',
        )


def _looks_up(one: Class | Term) -> bool:
    if isinstance(one, Class):
        return one.aql is not None
    return one.plan is None and one.sample is None and (one.level is not None or one.aql is not None)


def _classes(contract: Contract) -> Iterator[Finding]:
    seen: set[str] = set()
    before: Decimal | None = None
    for place, one in enumerate(contract.classes):
        path = f"classes[{place}]"
        if one.name in seen:
            yield Finding(
                "error",
                "repeated-name",
                f"{path}.name",
                f"Class {one.name!r} is listed twice.",
                "Keep one of them.",
            )
        seen.add(one.name)
        ways = [way for way in ("aql", "plan", "inspect") if getattr(one, way) is not None]
        if len(ways) != 1:
            came = " and ".join(ways) if ways else "no AQL or plan"
            yield Finding(
                "error",
                "no-plan" if not ways else "two-plans",
                path,
                f"Class {one.name!r} has {came}.",
                'Write one of aql = 2.5, plan = { n = 50, ac = 2 } or inspect = "all".',
            )
        if one.ac is not None and one.inspect is None:
            yield Finding(
                "error",
                "ac-alone",
                f"{path}.ac",
                'ac needs inspect = "all".',
                "Leave ac out; an AQL or a plan has its own Ac.",
            )
        if one.aql is not None:
            yield from check_aql(contract, one.aql, f"{path}.aql")
            if before is not None and one.aql < before:
                yield Finding(
                    "warning",
                    "class-order",
                    path,
                    f"Class {one.name!r} has a lower AQL than the class before it, but the most serious class must be first.",
                    "Order the classes by seriousness; an item counts in the first that applies to it.",
                )
            before = one.aql


def check_aql(contract: Contract, aql: Decimal, path: str) -> Iterator[Finding]:
    """Yield an error if the standard of the contract has no plans at such an AQL."""
    clause = contract.inspection
    try:
        checked_cell(edition(clause.standard), aql, sampling="single", counting=clause.counting)
    except DomainError as error:
        counted = error.code == "aql-needs-nonconformities"
        fix = 'Use counting = "nonconformities", or an AQL up to 10.'
        if not counted:
            fix = "Use one of them, or state plan = { n = 50, ac = 2 }."
        yield Finding(
            "error",
            "aql-needs-nonconformities" if counted else "unknown-aql",
            path,
            f"{error.problem}.",
            fix,
        )


def _own_line(contract: Contract, term: Term, path: str) -> Iterator[Finding]:
    if term.for_the_lot:
        return
    ways = [way for way in ("sample", "plan", "inspect") if getattr(term, way) is not None]
    if term.level is not None or term.aql is not None:
        ways.insert(0, " and ".join(way for way in ("level", "aql") if getattr(term, way) is not None))
    if len(ways) > 1:
        yield Finding(
            "error",
            "two-plans",
            path,
            f"Term {term.id!r} has {' and '.join(ways)}.",
            "Keep one of these.",
        )
    if term.ac is not None and term.sample is None and term.inspect is None:
        yield Finding(
            "error",
            "ac-alone",
            f"{path}.ac",
            'ac needs sample or inspect = "all".',
            "Add sample = 10, or leave ac out.",
        )
    if term.aql is not None:
        yield from check_aql(contract, term.aql, f"{path}.aql")
    by_name = {one.name: one for one in contract.classes}
    own_class = by_name.get(term.class_ or "")
    stated = (
        own_class is not None and own_class.aql is None and (own_class.plan or own_class.inspect) is not None
    )
    if term.level is not None and term.aql is None and stated:
        yield Finding(
            "error",
            "level-without-aql",
            f"{path}.level",
            f"Term {term.id!r} has a level, but neither it nor its class has an AQL.",
            "Add aql = 2.5 to the term, or sample = 10 instead of the level.",
        )
