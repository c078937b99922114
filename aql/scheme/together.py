"""Classes that switch together: the switch of one class switches the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aql.scheme.state import State, start_of
from aql.types import Severity

__all__ = ["switched_together"]

# If several switch after one lot, the strictest severity applies to all.
_STRICTEST: tuple[Severity, ...] = ("tightened", "normal", "reduced")


def switched_together(severities: Sequence[Severity], states: Sequence[State]) -> list[State]:
    """Return the states of classes after a lot, when the switch of one class has switched the others.

    Parameters
    ----------
    severities : sequence of str
        The severity of each class in force on the lot.
    states : sequence of State
        The state of each class after it, from its own lots alone.

    Examples
    --------
    >>> from aql.scheme.rules import switching_rules
    >>> rules = switching_rules("ISO 2859-1:1999")
    >>> after = [start_of(rules, "tightened", "rejected"), start_of(rules)]
    >>> [state.severity for state in switched_together(["normal", "normal"], after)]
    ['tightened', 'tightened']
    """
    stopped = any(state.discontinued for state in states)
    to = {
        state.severity
        for severity, state in zip(severities, states, strict=True)
        if severity != state.severity or state.discontinued
    }
    if not to:
        return list(states)
    severity = next(one for one in _STRICTEST if one in to)
    after = [
        state if state.severity == severity else start_of(state.rules, severity, "together")
        for state in states
    ]
    return [replace(state, discontinued=True) for state in after] if stopped else after
