"""Fractional acceptance numbers: whether one nonconforming item is accepted depends on the lots before.

Neither the tables nor the rules are confirmed by a public text, so they are used only on request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.plans import quality_levels, risks
from aql.plans.plan import FractionalPlan, Plan, SinglePlan, on_lot
from aql.scheme import fractional_long_run
from aql.scheme.history import History
from aql.scheme.lot import LotRecord
from aql.scheme.outcome import Found, Outcome, decide, points_of
from aql.scheme.plan_in_force import tighter_ac_of
from aql.scheme.rules import Rules, switching_rules
from aql.scheme.run import run
from aql.scheme.state import State, check_state, start_of
from aql.scheme.step import check_answers, resumed, step
from aql.scheme.stepped import Step
from aql.standards.arguments import lot_size_number
from aql.standards.editions import DEFAULT_STANDARD
from aql.standards.iso2859_1.lookup import FractionalLookup, Lookup, lookup
from aql.types import SEVERITIES, AqlColumn, Level, LotSize, Severity
from aql.words import in_brief

__all__ = ["FractionalScheme", "clean_lots_needed", "score_added"]

# ISO 2859-1:1999, clause 13, as commonly described; not verified.
_CLEAN = {Fraction(1, 2): 1, Fraction(1, 3): 2, Fraction(1, 5): 4}
_ADDED = {Fraction(0): 0, Fraction(1, 5): 2, Fraction(1, 3): 3, Fraction(1, 2): 5}
_ADDED_WHOLE, _ACCEPTS_ONE = 7, 9
_MOST_CLEAN = max(_CLEAN.values())


def clean_lots_needed(ac: Fraction) -> int:
    """Return how many lots without a nonconforming item a fractional acceptance number needs to accept one item.

    Examples
    --------
    >>> [clean_lots_needed(Fraction(1, part)) for part in (2, 3, 5)]
    [1, 2, 4]
    """
    return _CLEAN[ac]


def score_added(ac: Fraction) -> int:
    """Return what a lot with a fractional acceptance number adds to the acceptance score before it is decided.

    Examples
    --------
    >>> [score_added(ac) for ac in (Fraction(0), Fraction(1, 5), Fraction(1, 3), Fraction(1, 2), Fraction(3))]
    [0, 2, 3, 5, 7]
    """
    return _ADDED.get(ac, _ADDED_WHOLE)


@dataclass(frozen=True, slots=True, repr=False)
class FractionalScheme(JsonValue):
    """A scheme of ISO 2859-1:1999 with fractional acceptance numbers (Tables 11), lot by lot. It is unverified.

    Attributes
    ----------
    rules : Rules
        The switching rules; an accepted lot with a fractional acceptance number scores like one with Ac 0 or 1.
    normal, tightened, reduced : Lookup or FractionalLookup
        The plans.
    varying : bool
        Whether the plan may change from lot to lot; then the acceptance score decides, otherwise the preceding lots.
    """

    rules: Rules
    normal: Lookup | FractionalLookup
    tightened: Lookup | FractionalLookup
    reduced: Lookup | FractionalLookup
    varying: bool = False

    @classmethod
    def lookup(
        cls,
        lot_size: LotSize | None = None,
        *,
        aql: AqlColumn,
        letter: str | None = None,
        level: Level = "II",
        varying: bool = False,
        rules: Rules | None = None,
    ) -> FractionalScheme:
        """Look up the plans of the three severities, with fractional acceptance numbers.

        Parameters
        ----------
        lot_size, aql, letter, level
            As in `aql.lookup`.
        varying : bool
            Whether the plan may change from lot to lot.
        rules : Rules, optional
            The switching rules; defaults to those of the edition.

        Examples
        --------
        >>> scheme = FractionalScheme.lookup(letter="G", aql=0.65)
        >>> scheme
        <FractionalScheme ISO 2859-1:1999, AQL 0.65, constant plan, unverified>
        >>> scheme.run([1, 0, 0, 1]).decisions
        ('reject', 'accept', 'accept', 'accept')
        """
        normal, tightened, reduced = (
            lookup(lot_size, aql=aql, letter=letter, level=level, severity=severity, fractional=True)
            for severity in SEVERITIES
        )
        agreed = switching_rules(DEFAULT_STANDARD) if rules is None else rules
        return cls(agreed, normal, tightened, reduced, varying)

    @property
    def plans(self) -> Mapping[Severity, Lookup | FractionalLookup]:
        """The plans by severity."""
        return MappingProxyType({"normal": self.normal, "tightened": self.tightened, "reduced": self.reduced})

    @property
    def unverified(self) -> tuple[str, ...]:
        """What no public text confirms: the fractional plans and rules, and some of the switching rules."""
        return ("fractional plans", "fractional rules", *self.rules.unverified)

    def start(self) -> State:
        """Return the state at the start; see `aql.Scheme.start`."""
        return start_of(self.rules)

    def resume(self, state: State) -> State:
        """Return the state after corrective action; see `aql.Scheme.resume`."""
        return resumed(state)

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
        """Decide on a lot, and return the state for the next one; see `aql.Scheme.step`.

        Raises
        ------
        DomainError
            As `aql.Scheme.step`; also for a `plan`, which a fractional scheme looks up, and for a plan that changes
            although the scheme is not `varying`.
        """
        if plan is not None or tighter_ac is not None:
            raise DomainError("a fractional scheme looks up its plans; pass lot_size, not plan or tighter_ac")
        check_state(state, self.rules)
        check_answers(steady=steady, authority=authority, resubmitted=resubmitted)
        one = self._found(state.severity, lot_size)
        ac = one.plan.ac if isinstance(one.plan, FractionalPlan) else one.plan.final_ac
        score = state.acceptance_score + score_added(Fraction(ac))
        used = _used(one, self.varying, state.clean_lots, score)
        size = one.lot_size if lot_size is None else lot_size_number(lot_size, least=1)
        sampled = decide(used if size is None else on_lot(used, size), found, "items")
        tighter = tighter_ac_of(one) if isinstance(one, Lookup) else None
        points = points_of(self.rules, used, sampled, tighter) if state.severity == "normal" else 0
        outcome = Outcome(
            sampled.accepted, points, False, sampled.found, sampled.inspected, "", steady, authority
        )
        if resubmitted:
            return Step(state, used, found, outcome, state, resubmitted)
        after = step(state, outcome)
        same = after.severity == state.severity and not after.discontinued
        clean = same and sampled.found == 0
        after = replace(
            after,
            clean_lots=min(state.clean_lots + 1, _MOST_CLEAN) if clean and not self.varying else 0,
            acceptance_score=score if clean and self.varying else 0,
        )
        return Step(state, used, found, outcome, after)

    def _found(self, severity: Severity, lot_size: LotSize | None) -> Lookup | FractionalLookup:
        """The plan for a lot, which may only change in a varying scheme."""
        usual = self.plans[severity]
        if lot_size is None or lot_size == usual.lot_size:
            return usual
        if usual.level is None:
            raise DomainError(
                "lot_size requires a scheme with an inspection level, got one looked up by letter",
                value=lot_size,
            )
        one = lookup(lot_size, aql=usual.aql, level=usual.level, severity=severity, fractional=True)
        if one.plan != usual.plan and not self.varying:
            raise DomainError(
                f"the plan must be the same for every lot, got {one.plan} after {usual.plan}",
                todo="Look the scheme up with varying=True, to decide by the acceptance score",
            )
        return one

    def run(
        self, lots: Iterable[Found | LotRecord], *, state: State | None = None, stream: str = ""
    ) -> History:
        """Run a series of lots; see `aql.Scheme.run`."""
        return run(self, lots, state=state, stream=stream)

    @property
    def short_name(self) -> str:
        """A short name, as in the legend of a plot."""
        return f"fractional scheme, AQL {self.normal.aql}"

    def __repr__(self) -> str:
        kind = "varying" if self.varying else "constant"
        return in_brief(
            "FractionalScheme", f"{self.rules.standard}, AQL {self.normal.aql}, {kind} plan, unverified"
        )

    pa = fractional_long_run.pa
    pr = fractional_long_run.pr
    asn = fractional_long_run.asn
    shares = fractional_long_run.shares
    quality_at = quality_levels.quality_at
    crq = quality_levels.crq
    indifference_quality = quality_levels.indifference_quality
    producer_risk = risks.producer_risk
    consumer_risk = risks.consumer_risk
    discrimination_ratio = quality_levels.discrimination_ratio


def _used(one: Lookup | FractionalLookup, varying: bool, clean_lots: int, score: int) -> Plan:
    """The plan with the whole acceptance number that decides on this lot."""
    plan = one.plan
    if not isinstance(plan, FractionalPlan):
        return plan
    enough = score >= _ACCEPTS_ONE if varying else clean_lots >= clean_lots_needed(plan.ac)
    return SinglePlan(plan.n, 1 if enough else 0)
