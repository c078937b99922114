"""The check of the minimum of a class: it has an AQL, and a plan of its standard is large enough."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aql.contract.contract import Contract
from aql.contract.findings import Finding
from aql.contract.terms import Class, Minimum
from aql.errors import DomainError
from aql.standards.editions import edition
from aql.standards.iso2859_1.code_letters import sample_size
from aql.standards.iso2859_1.lookup import lookup
from aql.tables import master_table
from aql.types import Severity

__all__ = ["check_minimums", "entry_letters"]


def check_minimums(contract: Contract) -> Iterator[Finding]:
    """Yield problems with the minimums of the classes."""
    for place, one in enumerate(contract.classes):
        if one.minimum is None:
            continue
        path = f"classes[{place}].minimum"
        if one.aql is None or one.minimum == Minimum():
            yield Finding(
                "error",
                "bad-minimum",
                path,
                f"The minimum of {one.name!r} needs an aql, and a letter or n.",
                'Write aql = 2.5 and minimum = { letter = "M" } or minimum = { n = 32 }.',
            )
        elif one.minimum.n is not None:
            yield from _above_every_sample(contract, one, one.aql, one.minimum.n, f"{path}.n")


def _above_every_sample(contract: Contract, one: Class, aql: Decimal, n: int, path: str) -> Iterator[Finding]:
    try:
        most = _largest_sample(contract, aql, contract.inspection.severity)
    except DomainError:
        return  # The standard has no such AQL, or cannot be entered; the checks of these say so.
    if n > most:
        yield Finding(
            "error",
            "bad-minimum",
            path,
            f"The minimum of {one.name!r} must be at most {most}, its largest sample in the table, got {n}.",
            f'Lower it, or write plan = {{ n = {n}, ac = 0 }} or inspect = "all" instead of aql and minimum.',
        )


def entry_letters(contract: Contract) -> list[str]:
    """Return the code letters that the minimum of a class can name, in ascending order."""
    folder = edition(contract.inspection.standard).folder
    return [one for one in master_table(folder, "single_normal").letters if one != "S"]


def _largest_sample(contract: Contract, aql: Decimal, severity: Severity) -> int:
    """The largest sample that an AQL has at any letter: that of the last one."""
    clause, last = contract.inspection, entry_letters(contract)[-1]
    found = lookup(
        aql=aql,
        letter=last,
        severity=severity,
        sampling=clause.sampling,
        standard=clause.standard,
        counting=clause.counting,
    )
    if clause.sample == "letter" and not found.practice:
        return sample_size(edition(clause.standard).folder, severity, last)
    return found.plan.total
