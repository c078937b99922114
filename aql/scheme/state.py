"""The state of a series of lots under the switching rules: the severity of the next lot, and what has been counted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from aql.checks import choice, whole_number
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.json_values import JsonValue
from aql.errors import DocumentError, DomainError, Problem
from aql.markup import Shown, in_words
from aql.scheme.rules import Rules
from aql.types import SEVERITIES, Severity
from aql.words import in_brief, short_repr

__all__ = ["Cause", "State", "check_state", "start_of"]

Cause = Literal[
    "start",
    "rejected",
    "accepted",
    "score",
    "lots",
    "gap",
    "unsteady",
    "authority",
    "together",
    "resumed",
]
"""Why the severity is what it is.

``"start"``: inspection starts on normal; ``"rejected"``: lots were not accepted; ``"accepted"``: lots were accepted;
``"score"``, ``"lots"``: the switching score, or enough accepted lots; ``"gap"``: a count between Ac and Re;
``"unsteady"``: production was not steady; ``"authority"``: the authority does not allow reduced inspection;
``"together"``: another class switched; ``"resumed"``: inspection resumed after corrective action.
"""


@dataclass(frozen=True, slots=True, repr=False)
class State(JsonValue, Shown):
    """The state of a series of lots: the severity in force on the next lot, and what the rules count.

    Attributes
    ----------
    rules : Rules
        The switching rules.
    severity : str
        Severity in force on the next lot.
    cause : str
        Why it is in force.
    switching_score : int
        Switching score; 0 unless on normal inspection under rules with a score.
    rejected_ago : tuple of int
        On normal inspection, how many lots ago each lot in the window was not accepted; 1 is the last lot.
    accepted_in_a_row : int
        On tightened inspection, consecutive accepted lots.
    rejected_on_tightened, lots_on_tightened : int
        Lots not accepted, and all lots, in this run of tightened inspection.
    samples : tuple of (int, int)
        Under rules that count lots: number found and items inspected in the preceding accepted lots on normal; 0 and 0
        for each lot if there are no limit numbers to compare them with.
    discontinued : bool
        Whether inspection under the standard is discontinued.
    clean_lots, acceptance_score : int
        With fractional acceptance numbers: preceding lots of this run in which nothing was found, and the acceptance
        score.
    """

    rules: Rules = field(hash=False)
    severity: Severity = "normal"
    cause: Cause = "start"
    switching_score: int = 0
    rejected_ago: tuple[int, ...] = ()
    accepted_in_a_row: int = 0
    rejected_on_tightened: int = 0
    lots_on_tightened: int = 0
    samples: tuple[tuple[int, int], ...] = ()
    discontinued: bool = False
    clean_lots: int = 0
    acceptance_score: int = 0

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Build the state from what `to_dict` returned, if it is not larger than `limits`.

        Raises
        ------
        AqlError
            If the values are beyond a limit.
        DocumentError
            If the values are not those of a state, or its counters are not possible under its rules.
        """
        found = super(State, cls).from_dict(data, limits=limits)
        if problems := list(_impossible(found)):
            raise DocumentError("the State", problems)
        return found

    def explain(self) -> str:
        """Say why the severity is what it is, and what would change it next."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        counted = {
            "score": self.switching_score,
            "not accepted lots ago": ", ".join(map(str, self.rejected_ago)),
            "accepted in a row": self.accepted_in_a_row,
            "not accepted": self.rejected_on_tightened,
            "accepted lots": len(self.samples),
        }
        said = "".join(f", {name} {value}" for name, value in counted.items() if value)
        return in_brief("State", f"{self.severity}{said}{', discontinued' if self.discontinued else ''}")


_MOST = 10**9
"""More lots or points than any series has."""


def _impossible(state: State) -> Iterator[Problem]:
    """The counters of a stored state that its rules do not allow."""
    rules = state.rules
    most: dict[str, float] = {
        "switching_score": math.inf,
        "accepted_in_a_row": rules.normal_accepted - 1,
        "rejected_on_tightened": math.inf,
        "lots_on_tightened": math.inf,
        "clean_lots": math.inf,
        "acceptance_score": math.inf,
    }
    if rules.discontinue_after and not state.discontinued:
        counted = "rejected_on_tightened" if rules.discontinue_by == "rejected" else "lots_on_tightened"
        most[counted] = rules.discontinue_after - 1
    for name, highest in most.items():
        try:
            whole_number(getattr(state, name), name, most=min(highest, _MOST))
        except DomainError as error:
            yield Problem(name, error.problem.partition(" ")[2], code="contradiction", path=name)
    last = rules.tightened_window - 1
    if len(state.rejected_ago) >= rules.tightened_rejected or not all(
        1 <= ago <= last for ago in state.rejected_ago
    ):
        message = f"must be fewer than {rules.tightened_rejected} lots, each 1 to {last} lots ago"
        yield Problem("rejected_ago", message, code="contradiction", path="rejected_ago")
    if any(min(one) < 0 for one in state.samples):
        yield Problem("samples", "must be numbers of 0 or more", code="contradiction", path="samples")


def start_of(rules: Rules, severity: Severity = "normal", cause: Cause = "start") -> State:
    """Return the state of a series at the start of a run of a severity, with all counters at 0."""
    return State(rules, severity, cause)


def check_state(value: object, rules: Rules | None = None) -> None:
    """Check that a value is the state of a series of lots, under the rules of its scheme where they are given."""
    if not isinstance(value, State):
        raise DomainError(
            f"state must be a state of a series of lots, got {short_repr(value)}",
            todo="Begin with scheme.start()",
            value=value,
        )
    choice(value.severity, "severity of the state", SEVERITIES)
    if rules is not None and value.rules is not rules and value.rules != rules:
        raise DomainError(
            f"the state must have the rules of the scheme, {rules.standard}, got those of {value.rules.standard}"
            if value.rules.standard != rules.standard
            else "the state must have the rules of the scheme, got others of the same edition",
            code="other-edition",
        )
