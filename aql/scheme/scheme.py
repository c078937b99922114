"""The scheme: switching rules with the plans of the three severities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aql.checks import LARGEST_SEED, choice, whole_number
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.markup import Shown, in_words
from aql.plans import quality_levels, risks
from aql.plans.plan import Plan, plan_in_short
from aql.scheme import first_passage, long_run, long_run_averages, outgoing, transient
from aql.scheme.chain import Forces
from aql.scheme.history import History
from aql.scheme.lot import LotRecord
from aql.scheme.outcome import Found
from aql.scheme.plan_in_force import StatedPlan, check_normal_plan, check_plans, usual_force
from aql.scheme.rules import Rules, switching_rules
from aql.scheme.run import run
from aql.scheme.state import State, start_of
from aql.scheme.step import resumed, step_lot
from aql.scheme.stepped import Step
from aql.standards.arguments import over_ten
from aql.standards.editions import DEFAULT_STANDARD
from aql.standards.iso2859_1.lookup import Lookup, lookup
from aql.types import (
    COUNTINGS,
    SEVERITIES,
    AqlColumn,
    Counting,
    Level,
    LotSize,
    Sampling,
    Severity,
    StandardName,
)
from aql.words import in_brief, short_repr

__all__ = ["Scheme"]


@dataclass(frozen=True, slots=True, repr=False)
class Scheme(JsonValue, Shown):
    """Switching rules with the plans of the three severities: what a standard applies to a series of lots.

    Build one with `Scheme.lookup`, or with `Scheme.of` from plans made by hand.

    Attributes
    ----------
    rules : Rules
        The switching rules.
    normal, tightened, reduced : Lookup or StatedPlan
        The plans; `plans` has them by severity.
    counting : str
        What is counted, ``"items"`` or ``"nonconformities"``.
    tighter_ac : int or None
        For a single plan made by hand with an acceptance number of 2 or more: Ac of the plan one AQL step tighter.
    limits : str
        For plans made by hand: AQL column of the limit numbers.
    prefer_below : bool
        As in `aql.lookup`.
    seed : int or None
        Seed to simulate the long run where its Markov chain has more than a million states, which happens under limit
        numbers only; None for an error there. `long_run` states the error of the simulation.
    """

    rules: Rules
    normal: Lookup | StatedPlan
    tightened: Lookup | StatedPlan
    reduced: Lookup | StatedPlan
    counting: Counting = "items"
    tighter_ac: int | None = None
    limits: str = ""
    prefer_below: bool = False
    seed: int | None = None

    def __post_init__(self) -> None:
        choice(self.counting, "counting", COUNTINGS)
        if self.seed is not None:
            object.__setattr__(self, "seed", whole_number(self.seed, "seed", most=LARGEST_SEED))
        if not isinstance(self.rules, Rules):
            raise DomainError(
                f"rules must be switching rules, got {short_repr(self.rules)}", value=self.rules
            )
        check_plans(self.plans)
        check_normal_plan(self.rules, self.forces[0])

    @classmethod
    def lookup(
        cls,
        lot_size: LotSize | None = None,
        *,
        aql: AqlColumn,
        letter: str | None = None,
        level: Level = "II",
        sampling: Sampling = "single",
        standard: StandardName = DEFAULT_STANDARD,
        counting: Counting | None = None,
        prefer_below: bool = False,
        rules: Rules | None = None,
        limit_numbers: bool | None = None,
        seed: int | None = None,
    ) -> Scheme:
        """Look up the plans of the three severities for a lot.

        Parameters
        ----------
        lot_size, aql, letter, level, sampling, standard, counting, prefer_below
            As in `aql.lookup`.
        rules : Rules, optional
            The switching rules; defaults to those of the edition.
        limit_numbers : bool, optional
            Whether reduced inspection requires that the total found is within the limit number (MIL-STD-105E, ANSI/ASQ
            Z1.4); defaults to what the rules say.
        seed : int, optional
            Seed to simulate the long run where limit numbers make its chain too large.

        Returns
        -------
        Scheme
            The scheme; `step` follows the lot size if it changes from lot to lot.

        Raises
        ------
        DomainError
            As `aql.lookup`; also for AQL 0, which never switches, and for an edition whose switching rules have not been
            checked.

        Examples
        --------
        >>> scheme = Scheme.lookup(1200, aql=2.5)
        >>> scheme
        <Scheme ISO 2859-1:1999, AQL 2.5: normal n 80, Ac 5; tightened n 80, Ac 3; reduced n 32, Ac 3>
        >>> scheme.plans["tightened"].plan
        SinglePlan(n=80, ac=3)
        """
        found = [
            lookup(
                lot_size,
                aql=aql,
                letter=letter,
                level=level,
                severity=severity,
                sampling=sampling,
                standard=standard,
                counting=counting,
                prefer_below=prefer_below,
            )
            for severity in SEVERITIES
        ]
        if found[0].practice:
            what = "AQL 0" if found[0].letter else "a lot of one item"
            raise DomainError(
                f"{what} never switches: it is trade practice, not a plan of the tables",
                todo="Use lookup for its plan",
                code="no-switching",
            )
        agreed = switching_rules(found[0].standard) if rules is None else rules
        if limit_numbers is not None:
            if agreed.reduced_by != "lots":
                raise DomainError(
                    f"{agreed.standard} has no limit numbers, got limit_numbers={short_repr(limit_numbers)}"
                )
            agreed = agreed.agreed(limit_numbers=limit_numbers)
        counted = counting or ("nonconformities" if over_ten(found[0].aql) else "items")
        normal, tightened, reduced = found
        return cls(agreed, normal, tightened, reduced, counting=counted, prefer_below=prefer_below, seed=seed)

    @classmethod
    def of(
        cls,
        normal: Plan,
        tightened: Plan,
        reduced: Plan,
        *,
        tighter_ac: int | None = None,
        rules: Rules | None = None,
        counting: Counting = "items",
        limits: str = "",
        seed: int | None = None,
    ) -> Scheme:
        """Build a scheme from plans made by hand.

        Parameters
        ----------
        normal, tightened, reduced : SinglePlan or MultiplePlan
            The plans.
        tighter_ac : int, optional
            Acceptance number of the plan one AQL step tighter, to score a single normal plan with Ac 2 or more.
        rules : Rules, optional
            The switching rules; defaults to those of ISO 2859-1:1999.
        counting : {"items", "nonconformities"}
            What is counted.
        limits : str
            AQL column of the limit numbers, for rules with limit numbers.
        seed : int, optional
            As in `lookup`.

        Examples
        --------
        >>> from aql import SinglePlan
        >>> scheme = Scheme.of(SinglePlan(200, 7), SinglePlan(200, 5), SinglePlan(80, 5), tighter_ac=5)
        >>> round(scheme.pa(0.019296, reduced=False), 4)
        0.9505
        """
        ac = None if tighter_ac is None else whole_number(tighter_ac, "tighter_ac")
        agreed = switching_rules(DEFAULT_STANDARD) if rules is None else rules
        return cls(
            agreed,
            StatedPlan(normal),
            StatedPlan(tightened),
            StatedPlan(reduced),
            counting=counting,
            tighter_ac=ac,
            limits=limits,
            seed=seed,
        )

    @property
    def plans(self) -> Mapping[Severity, Lookup | StatedPlan]:
        """The plans by severity."""
        return MappingProxyType({"normal": self.normal, "tightened": self.tightened, "reduced": self.reduced})

    @property
    def forces(self) -> Forces:
        """The plans with what the switching rules need to know about them, on normal, tightened and reduced."""
        first, second, third = (usual_force(self, severity) for severity in self.plans)
        return first, second, third

    def start(self) -> State:
        """Return the state at the start: normal inspection, with all counters at 0.

        Examples
        --------
        >>> Scheme.lookup(1200, aql=2.5).start().severity
        'normal'
        """
        return start_of(self.rules)

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
        """Decide on a lot, and return the state for the next one.

        Parameters
        ----------
        state : State
            The state before the lot.
        found : int or tuple of int
            Number found in the sample; for a plan of several stages, the cumulative numbers of the stages drawn.
        lot_size : int, optional
            Size of this lot, if it differs from the scheme's; its plan is looked up. [items]
        plan : SinglePlan, MultiplePlan or Lookup, optional
            The plan used on this lot, instead.
        tighter_ac : int, optional
            For a single plan with Ac 2 or more given in `plan`: Ac of the plan one AQL step tighter.
        steady : bool
            Whether production is steady.
        authority : bool
            Whether the responsible authority allows reduced inspection.
        resubmitted : bool
            Whether the lot was submitted before; such a lot is decided on and does not count.

        Returns
        -------
        Step
            The decision, the plan, the reason, and the state for the next lot.

        Raises
        ------
        DomainError
            If inspection is discontinued, a count does not fit the plan, or the plan is of another severity or edition.

        Examples
        --------
        >>> scheme = Scheme.lookup(1200, aql=2.5)
        >>> step = scheme.step(scheme.start(), found=3)
        >>> step.decision, step.state.switching_score
        ('accept', 3)
        """
        return step_lot(
            self,
            state,
            found,
            lot_size=lot_size,
            plan=plan,
            tighter_ac=tighter_ac,
            steady=steady,
            authority=authority,
            resubmitted=resubmitted,
        )

    def resume(self, state: State) -> State:
        """Return the state after corrective action that the authority accepts: tightened, with counters at 0.

        Raises
        ------
        DomainError
            If inspection is not discontinued.

        Examples
        --------
        >>> scheme = Scheme.lookup(1200, aql=2.5)
        >>> stopped = scheme.run([6] * 7).state
        >>> stopped.discontinued, scheme.resume(stopped).severity
        (True, 'tightened')
        """
        return resumed(state)

    def run(
        self, lots: Iterable[Found | LotRecord], *, state: State | None = None, stream: str = ""
    ) -> History:
        """Run a series of lots through the switching rules.

        Parameters
        ----------
        lots : iterable of int, tuple of int or LotRecord
            What was found in each lot, in the order of inspection; a `LotRecord` says more about a lot.
        state : State, optional
            The state before the first lot; defaults to the start.
        stream : str
            Name of the series, for error messages.

        Returns
        -------
        History
            Severity, plan, decision, score and reason, lot by lot.

        Raises
        ------
        DomainError
            If a lot does not fit; the error names the series and the lot. Also if there are more than 50 000 lots, for
            which there is `aql.run_streams`.

        Examples
        --------
        >>> history = Scheme.lookup(1200, aql=2.5).run([0, 2, 7, 6, 1])
        >>> history.severities
        ('normal', 'normal', 'normal', 'normal', 'tightened')
        >>> history.decisions
        ('accept', 'accept', 'reject', 'reject', 'accept')
        >>> history.scores
        (3, 6, 0, 0, None)
        """
        return run(self, lots, state=state, stream=stream)

    @property
    def short_name(self) -> str:
        """A short name, as in the legend of a plot."""
        one = self.normal
        if isinstance(one, Lookup):
            return f"scheme {one.letters}, AQL {one.aql}"
        return f"scheme of {plan_in_short(one.plan)}"

    def explain(self) -> str:
        """Say in a few sentences which plans apply and what switches between them."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        plans = "; ".join(f"{severity} {plan_in_short(one.plan)}" for severity, one in self.plans.items())
        aql = f", AQL {self.normal.aql}" if isinstance(self.normal, Lookup) else ""
        seed = "" if self.seed is None else f"; seed {self.seed}"
        return in_brief("Scheme", f"{self.rules.standard}{aql}: {plans}{seed}")

    pa = long_run_averages.pa
    pr = long_run_averages.pr
    asn = long_run_averages.asn
    shares = long_run_averages.shares
    long_run = long_run.long_run
    aoq = outgoing.aoq
    aoql = outgoing.aoql
    ati = outgoing.ati
    afi = outgoing.afi
    transient = transient.transient
    lots_until = first_passage.lots_until
    quality_at = quality_levels.quality_at
    crq = quality_levels.crq
    indifference_quality = quality_levels.indifference_quality
    producer_risk = risks.producer_risk
    consumer_risk = risks.consumer_risk
    discrimination_ratio = quality_levels.discrimination_ratio
