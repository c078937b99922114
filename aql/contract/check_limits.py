"""The check of the limits: each has one plan, counts classes and terms that exist, and can be weighed."""

from __future__ import annotations

from collections.abc import Iterator

from aql.checks import nearest
from aql.contract.check_plans import check_aql
from aql.contract.contract import Contract
from aql.contract.findings import Finding
from aql.contract.limits import Limit
from aql.words import listed

__all__ = ["check_limits"]


def check_limits(contract: Contract) -> Iterator[Finding]:
    """Yield problems with the limits of a contract, and a note on each term that leaves its class."""
    seen = {*contract.class_names(), *(term.id for term in contract.terms)}
    for place, limit in enumerate(contract.limits):
        path = f"limits[{place}]"
        if limit.name in seen:
            yield Finding(
                "error",
                "repeated-name",
                f"{path}.name",
                f"{limit.name!r} is also the name of a class, a term or another limit.",
                "Rename the limit.",
            )
        seen.add(limit.name)
        yield from _plan(contract, limit, path)
        yield from _members(contract, limit, path)
        yield from _weights(contract, limit, path)
    yield from _terms_apart(contract)


def _plan(contract: Contract, limit: Limit, path: str) -> Iterator[Finding]:
    ways = [way for way in ("aql", "plan") if getattr(limit, way) is not None]
    if len(ways) != 1:
        yield Finding(
            "error",
            "no-plan" if not ways else "two-plans",
            path,
            f"Limit {limit.name!r} has {' and '.join(ways) if ways else 'no AQL or plan'}.",
            "Write one of aql = 2.5 or plan = { n = 50, ac = 2 }.",
        )
    if limit.aql is not None:
        yield from check_aql(contract, limit.aql, f"{path}.aql")


def _members(contract: Contract, limit: Limit, path: str) -> Iterator[Finding]:
    known = [
        *contract.class_names(),
        *(term.id for term in contract.terms if not term.for_the_lot and term.of == "items"),
    ]
    known_names = set(known)
    unknown = [name for name in limit.of if name not in known_names]
    if not limit.of or unknown:
        close = nearest(unknown[0], known) if unknown else None
        meant = f"Did you mean {close!r}?" if close else ""
        what = f"counts {listed(map(repr, unknown), most=10)}, not" if unknown else "does not name"
        yield Finding(
            "error",
            "unknown-member",
            f"{path}.of",
            f"Limit {limit.name!r} {what} a class or a term that is judged item by item.",
            meant or f"Name some of these: {listed(known, most=10)}.",
        )


def _weights(contract: Contract, limit: Limit, path: str) -> Iterator[Finding]:
    if not limit.weights:
        return
    of = set(limit.of)
    counted = {*of, *(term.id for term in contract.terms if term.class_ in of)}
    for name, weight in limit.weights:
        if name not in counted or weight < 0:
            problem = (
                "is not counted by the limit" if name not in counted else f"must be 0 or more, got {weight:f}"
            )
            yield Finding(
                "error",
                "bad-weight",
                f"{path}.weights",
                f"The weight of {name!r} {problem}.",
                f'Weigh what is in "of", as in weights = {{ {limit.of[0] if limit.of else "minor"} = "0.5" }}.',
            )
    plan = None if limit.plan is None else limit.plan.plan()
    staged = contract.inspection.sampling != "single" if plan is None else len(plan.stages) > 1
    if staged or (plan is not None and plan.stages[0].re != (plan.stages[0].ac or 0) + 1):
        yield Finding(
            "error",
            "weights-with-stages",
            path,
            f"Limit {limit.name!r} has weights, which require a single sample with Re = Ac + 1.",
            "State plan = { n = 50, ac = 2 }, or leave out the weights.",
        )


def _terms_apart(contract: Contract) -> Iterator[Finding]:
    """A note on the terms that leave the count of their class; a limit counts in addition."""
    apart = [term for term in contract.terms if term.own_line and not term.for_the_lot]
    if not apart:
        return
    names = listed((term.id for term in apart), most=20)
    one = len(apart) == 1
    yield Finding(
        "note",
        "own-line",
        "terms",
        f"{names} {'has its own plan and does' if one else 'have their own plans and do'} not count in "
        f"{'its class' if one else 'their classes'}.",
        f'To count in both, state the plan in [[limits]] with of = ["{apart[0].id}"] instead of the term.',
    )
