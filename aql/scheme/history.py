"""The history of a series of lots under the switching rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aql.markup import Shown, in_words
from aql.plans.plan import plan_in_short
from aql.scheme.state import State
from aql.scheme.stepped import Step
from aql.types import Severity
from aql.words import in_brief, plural

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["History"]


@dataclass(frozen=True, slots=True, repr=False)
class History(Shown):
    """A series of lots under the switching rules, lot by lot.

    Attributes
    ----------
    first : State
        The state before the first lot.
    steps : tuple of Step
        What happened at each lot.
    stream : str
        Name of the series.
    """

    first: State
    steps: tuple[Step, ...]
    stream: str = ""

    @property
    def state(self) -> State:
        """The state for the next lot."""
        return self.steps[-1].state if self.steps else self.first

    @property
    def next_severity(self) -> Severity | None:
        """Severity for the next lot; None if inspection is discontinued."""
        return None if self.state.discontinued else self.state.severity

    @property
    def severities(self) -> tuple[Severity, ...]:
        """Severity in force on each lot."""
        return tuple(step.severity for step in self.steps)

    @property
    def decisions(self) -> tuple[Literal["accept", "reject"], ...]:
        """Decision on each lot."""
        return tuple(step.decision for step in self.steps)

    @property
    def scores(self) -> tuple[int | None, ...]:
        """Switching score after each lot; None where there is none."""
        return tuple(step.score for step in self.steps)

    @property
    def switches(self) -> tuple[Step, ...]:
        """The lots after which another severity is in force."""
        return tuple(step for step in self.steps if step.switched)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per lot, as a pandas frame.

        Returns
        -------
        pandas.DataFrame
            - ``lot``: name of the lot;
            - ``severity``: severity in force on it;
            - ``plan``: n, Ac and Re;
            - ``n``, ``ac``, ``re``: items inspected, and the numbers at the stage that decided;
            - ``found``: number found in all its samples;
            - ``decision``: ``"accept"`` or ``"reject"``;
            - ``score``, Int64: switching score after it;
            - ``resubmitted``: whether it did not count;
            - ``next``: severity for the next lot, or ``"discontinued"``;
            - ``reason``: what it changed.

        Examples
        --------
        >>> from aql import Scheme
        >>> frame = Scheme.lookup(1200, aql=2.5).run([0, 7, 6, 2]).to_frame()
        >>> print(frame[["lot", "severity", "ac", "found", "decision", "score"]].to_string(index=False))
        lot  severity  ac  found decision  score
          1    normal   5      0   accept      3
          2    normal   5      7   reject      0
          3    normal   5      6   reject      0
          4 tightened   3      2   accept   <NA>
        """
        import pandas as pd

        rows = []
        for step in self.steps:
            stage = next(
                (one for one in step.plan.stages if one.total >= step.outcome.inspected),
                step.plan.stages[-1],
            )
            rows.append(
                {
                    "lot": step.id,
                    "severity": step.severity,
                    "plan": plan_in_short(step.plan),
                    "n": step.outcome.inspected,
                    "ac": stage.ac,
                    "re": stage.re,
                    "found": step.outcome.found,
                    "decision": step.decision,
                    "score": step.score,
                    "resubmitted": step.resubmitted,
                    "next": "discontinued" if step.state.discontinued else step.state.severity,
                    "reason": step.reason,
                }
            )
        columns = ["lot", "severity", "plan", "n", "ac", "re", "found", "decision", "score", "resubmitted"]
        frame = pd.DataFrame(rows, columns=[*columns, "next", "reason"])
        return frame.astype({"ac": "Int64", "score": "Int64"})

    def explain(self) -> str:
        """Say what happened and what is in force on the next lot."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __repr__(self) -> str:
        name = f"{self.stream}: " if self.stream else ""
        now = "discontinued" if self.state.discontinued else f"next {self.state.severity}"
        rejected = self.decisions.count("reject")
        return in_brief("History", f"{name}{plural(len(self), 'lot')}, {rejected} rejected, {now}")
