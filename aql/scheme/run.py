"""Runs a series of lots through the switching rules; a lot that does not fit is named before anything is returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from typing import Protocol

from aql.checks import flag
from aql.errors import DomainError
from aql.plans.plan import Plan
from aql.scheme.history import History
from aql.scheme.lot import LotRecord
from aql.scheme.outcome import Found
from aql.scheme.rules import Rules
from aql.scheme.state import State, check_state, start_of
from aql.scheme.step import resumed
from aql.scheme.stepped import Step
from aql.standards.iso2859_1.lookup import Lookup
from aql.types import LotSize
from aql.words import short_repr

__all__ = ["Stepping", "in_order", "one_lot", "run"]

_MOST_LOTS = 50_000


class Stepping(Protocol):
    """Anything that decides on a lot and steps, such as a scheme."""

    @property
    def rules(self) -> Rules:
        """The switching rules."""

    def step(
        self,
        state: State,
        found: Found,
        *,
        lot_size: LotSize | None = None,
        plan: Plan | Lookup | None = None,
        tighter_ac: int | None = None,
        steady: bool = True,
        authority: bool = True,
        resubmitted: bool = False,
    ) -> Step:
        """Decide on a lot, and return the state for the next one."""


def run(
    scheme: Stepping, lots: Iterable[Found | LotRecord], *, state: State | None = None, stream: str = ""
) -> History:
    """Run a series of lots through the switching rules; see `aql.Scheme.run`."""
    if not isinstance(stream, str):
        raise DomainError(f"stream must be text, got {short_repr(stream)}", value=stream)
    first = start_of(scheme.rules) if state is None else state
    ordered = in_order(lots, stream)
    try:
        check_state(first, scheme.rules)
    except DomainError as error:
        raise DomainError(
            f"{_name(stream)}{error.problem}", todo=error.todo, code=error.code, **error.facts
        ) from None
    now, steps = first, []
    for number, lot in enumerate(ordered, start=1):
        steps.append(one_lot(scheme, now, lot, number, stream))
        now = steps[-1].state
    return History(first, tuple(steps), stream)


def one_lot(scheme: Stepping, state: State, lot: LotRecord, number: int, stream: str) -> Step:
    """Run one lot of a series, and return what happens; an error names the series and the lot."""
    name = lot.id or str(number)
    try:
        now = resumed(state) if flag(lot.resume, "resume") else state
        _check(lot, now)
        done = scheme.step(
            now,
            lot.found,
            lot_size=lot.lot_size,
            plan=lot.plan,
            tighter_ac=lot.tighter_ac,
            steady=lot.steady,
            authority=lot.authority,
            resubmitted=lot.resubmitted,
        )
    except DomainError as error:
        raise _of_lot(error, stream, name) from None
    return replace(done, id=name, resumed=lot.resume)


def in_order(lots: Iterable[Found | LotRecord], stream: str) -> list[LotRecord]:
    """Return the lots to run as records; a lot that is out of order or listed twice is named."""
    found = [lot if isinstance(lot, LotRecord) else LotRecord(found=lot) for lot in _listed(lots)]
    last: object = None
    names: set[str] = set()
    for number, lot in enumerate(found, start=1):
        if not isinstance(lot.id, str):
            raise DomainError(
                f"{_name(stream)}id of lot {number} must be text, got {short_repr(lot.id)}", value=lot.id
            )
        name = lot.id or str(number)
        try:
            _check_order(lot, last)
            if name in names and not lot.resubmitted:
                raise DomainError("a lot must be listed once, unless it is resubmitted")
        except DomainError as error:
            raise _of_lot(error, stream, name) from None
        names.add(name)
        last = lot.order if lot.order is not None else last
    return found


def _listed(lots: Iterable[Found | LotRecord]) -> list[Found | LotRecord]:
    try:
        each = None if isinstance(lots, (str, bytes, Mapping, AbstractSet)) else iter(lots)
    except TypeError:  # a number, or an array without a dimension
        each = None
    if each is None:
        raise DomainError(f"lots must be a sequence of counts, got {short_repr(lots)}", value=lots)
    listed = list(islice(each, _MOST_LOTS + 1))
    if len(listed) > _MOST_LOTS:
        raise DomainError(
            f"lots must be at most {_MOST_LOTS} to run them one by one",
            todo="For more, use aql.run_streams, which takes frames and is many times faster",
            most=_MOST_LOTS,
        )
    return listed


def _check_order(lot: LotRecord, last: object) -> None:
    """Raise for a lot that comes before the one above it."""
    if lot.order is None or last is None:
        return
    try:
        later = not lot.order < last  # type: ignore[operator]
    except TypeError:
        later = False
    if not later:
        raise DomainError(
            f"a lot must not come before the one above it, got {lot.order} after {last}",
            todo="Sort the lots in the order of inspection",
            code="out-of-order",
        )


def _check(lot: LotRecord, state: State) -> None:
    """Raise for a lot that was inspected at another severity than the one in force."""
    if lot.severity is not None and lot.severity != state.severity and not lot.resubmitted:
        raise DomainError(
            f"severity must be {state.severity}, which is in force on this lot, got {lot.severity}",
            code="other-severity",
            value=lot.severity,
        )


def _of_lot(error: DomainError, stream: str, lot: str) -> DomainError:
    """The same error, with the names of the series and the lot."""
    facts = {**error.facts, "lot": lot, **({"stream": stream} if stream else {})}
    return DomainError(
        f"{_name(stream)}lot {lot}: {error.problem}", todo=error.todo, code=error.code, **facts
    )


def _name(stream: str) -> str:
    return f"{stream}, " if stream else ""
