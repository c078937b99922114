"""Skip-lot inspection: lots that are inspected only with some probability, after enough lots were accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aql.checks import share, whole_number
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.markup import Shown, in_words
from aql.plans import quality_levels, risks
from aql.plans.plan import MultiplePlan, Plan, SinglePlan, plan_in_short
from aql.scheme import skip_long_run
from aql.scheme.chain import Forces
from aql.scheme.outcome import Found, decide
from aql.scheme.rules import Rules
from aql.scheme.scheme import Scheme
from aql.scheme.skip_stages import SkipStage, checked_stages, selected, stage_after
from aql.scheme.state import State
from aql.types import Counting
from aql.words import in_brief, short_repr

__all__ = ["SkipLot", "SkipState", "SkipStep", "skip_lot"]


@dataclass(frozen=True, slots=True)
class SkipState:
    """The state of skip-lot inspection before a lot.

    Attributes
    ----------
    stage : str
        Name of the stage.
    accepted, rejected : int
        Inspected lots accepted in a row, and lots not accepted, in this stage.
    frequency : float
        Probability that the next lot is inspected.
    scheme : State or None
        State of the switching rules, over a scheme.
    """

    stage: str
    accepted: int = 0
    rejected: int = 0
    frequency: float = 1.0
    scheme: State | None = None


@dataclass(frozen=True, slots=True)
class SkipStep:
    """What happened at one lot of skip-lot inspection.

    Attributes
    ----------
    id : str
        Name of the lot.
    before, state : SkipState
        The states before and after it.
    inspected : bool
        Whether it was selected and inspected.
    accepted : bool
        Whether it was accepted; a lot that is skipped is accepted.
    """

    id: str
    before: SkipState
    inspected: bool
    accepted: bool
    state: SkipState


@dataclass(frozen=True, slots=True, repr=False)
class SkipLot(JsonValue, Shown):
    """Skip-lot inspection over a plan or a whole scheme, with every number a parameter.

    Attributes
    ----------
    reference : SinglePlan, MultiplePlan or Scheme
        How a lot is inspected when it is.
    stages : tuple of SkipStage
        The stages, the first first; see `SkipStage` for qualification, frequency and disqualification.
    counting : str
        What is counted over a plan, ``"items"`` or ``"nonconformities"``; a scheme says it itself.

    Examples
    --------
    >>> stages = (
    ...     SkipStage(name="tightened", accepted=5),
    ...     SkipStage(name="normal", frequency=0.5, accepted=10, back="tightened"),
    ...     SkipStage(name="skip", frequency=0.1, back="normal"),
    ... )
    >>> machine = SkipLot(SinglePlan(n=20, ac=1), stages)
    >>> round(machine.fraction_inspected(0.01), 3), round(machine.pa(0.01), 4)
    (0.116, 0.998)
    """

    reference: SinglePlan | MultiplePlan | Scheme
    stages: tuple[SkipStage, ...]
    counting: Counting = "items"

    def __post_init__(self) -> None:
        if not isinstance(self.reference, SinglePlan | MultiplePlan | Scheme):
            raise DomainError(
                f"reference must be a plan or a scheme, got {short_repr(self.reference)}",
                value=self.reference,
            )
        object.__setattr__(self, "stages", checked_stages(self.stages))

    @property
    def rules(self) -> Rules | None:
        """The switching rules of the scheme; None over a plan."""
        return self.reference.rules if isinstance(self.reference, Scheme) else None

    @property
    def forces(self) -> Forces:
        """The plans in force on normal, tightened and reduced inspection."""
        if isinstance(self.reference, Scheme):
            return self.reference.forces
        return skip_long_run.forces_of(self.reference)

    def start(self) -> SkipState:
        """Return the state before the first lot: the first stage, with nothing counted."""
        scheme = self.reference.start() if isinstance(self.reference, Scheme) else None
        return SkipState(self.stages[0].name, frequency=self.stages[0].frequency, scheme=scheme)

    def inspects(self, state: SkipState, lot: str, *, seed: int | str) -> bool:
        """Return whether a lot is to be inspected; see `aql.scheme.selected`.

        Examples
        --------
        >>> plan = skip_lot(SinglePlan(n=20, ac=1), f=0.25, i=4)
        >>> plan.inspects(plan.start(), "L1", seed=1)
        True
        """
        return selected(lot, state.frequency, seed=seed)

    def step(self, state: SkipState, found: Found | None, *, lot: str = "") -> SkipStep:
        """Return what a lot changes.

        Parameters
        ----------
        state : SkipState
            The state before it.
        found : int, tuple of int or None
            Number found, as in `aql.Scheme.step`; None if the lot was skipped.
        lot : str
            Name of the lot.

        Examples
        --------
        >>> plan = skip_lot(SinglePlan(n=20, ac=1), f=0.25, i=1)
        >>> plan.step(plan.start(), 0).state.stage
        'skip'
        """
        names = [stage.name for stage in self.stages]
        if state.stage not in names:
            raise DomainError(
                f"state must be of one of the stages {names}, got {short_repr(state)}", value=state
            )
        if found is None:
            return SkipStep(lot, state, False, True, state)
        scheme = state.scheme
        if isinstance(self.reference, Scheme) and scheme is not None:
            done = self.reference.step(scheme, found)
            accepted, scheme = done.decision == "accept", done.state
        elif isinstance(self.reference, Scheme):
            raise DomainError("state must contain a state of the scheme, got None", value=state)
        else:
            accepted = decide(self.reference, found, self.counting).accepted
        at, row, missed = stage_after(
            self.stages, names.index(state.stage), state.accepted, state.rejected, lot_accepted=accepted
        )
        after = SkipState(names[at], row, missed, self.stages[at].frequency, scheme)
        return SkipStep(lot, state, True, accepted, after)

    def run(
        self, lots: Iterable[tuple[str, Found | None]], *, seed: int | str, state: SkipState | None = None
    ) -> tuple[SkipStep, ...]:
        """Run a series of lots, and check that exactly the selected ones were inspected.

        Parameters
        ----------
        lots : iterable of (str, int, tuple of int or None)
            Name of each lot and number found in it; None for a lot that was skipped.
        seed : int or str
            The seed of the selection.
        state : SkipState, optional
            The state before the first lot; defaults to the start.

        Returns
        -------
        tuple of SkipStep
            What happened at each lot.

        Raises
        ------
        DomainError
            If a lot was skipped that was selected, or inspected although it was not; the error names the lot.

        Examples
        --------
        >>> plan = skip_lot(SinglePlan(n=20, ac=1), f=0.25, i=2)
        >>> steps = plan.run([("L1", 0), ("L2", 1), ("L3", None)], seed=7)
        >>> [step.state.stage for step in steps]
        ['every lot', 'skip', 'skip']
        """
        now, steps = self.start() if state is None else state, []
        names: set[str] = set()
        for lot, found in map(_pair, lots):
            if lot in names:
                raise DomainError(f"lot {lot} must be listed once", lot=lot)
            names.add(lot)
            wanted = self.inspects(now, lot, seed=seed)
            if wanted != (found is not None):
                said = "was selected, but has no count" if wanted else "was not selected, but has a count"
                raise DomainError(f"lot {lot} {said}", todo="Check the seed and the names", lot=lot)
            try:
                done = self.step(now, found, lot=lot)
            except DomainError as error:
                raise DomainError(f"lot {lot}: {error.problem}", todo=error.todo, lot=lot) from None
            steps.append(done)
            now = done.state
        return tuple(steps)

    @property
    def short_name(self) -> str:
        """A short name, as in the legend of a plot."""
        one = self.reference
        inside = one.short_name if isinstance(one, Scheme) else plan_in_short(one)
        return f"skip-lot over {inside}"

    def explain(self) -> str:
        """Say in a few sentences when lots are skipped."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        stages = ", ".join(f"{stage.name} {stage.frequency:g}" for stage in self.stages)
        return in_brief("SkipLot", f"{self.short_name}: {stages}")

    pa = skip_long_run.pa
    pr = skip_long_run.pr
    asn = skip_long_run.asn
    fraction_inspected = skip_long_run.fraction_inspected
    quality_at = quality_levels.quality_at
    crq = quality_levels.crq
    indifference_quality = quality_levels.indifference_quality
    producer_risk = risks.producer_risk
    consumer_risk = risks.consumer_risk
    discrimination_ratio = quality_levels.discrimination_ratio


def _pair(given: object) -> tuple[str, Found | None]:
    """The name of a lot and the number found in it."""
    if not isinstance(given, tuple) or len(given) != 2:
        raise DomainError(
            f"a lot must be its name and the number found, got {short_repr(given)}", value=given
        )
    return given


def skip_lot(reference: Plan | Scheme, *, f: float, i: int) -> SkipLot:
    """Skip-lot plan SkSP-2 over a plan or a scheme.

    Every lot is inspected until `i` consecutive ones are accepted; then each lot is inspected with probability `f`, at
    random, until one is not accepted.

    Parameters
    ----------
    reference : SinglePlan, MultiplePlan or Scheme
        How a lot is inspected when it is.
    f : float
        Probability that a lot is inspected, above 0; 1 is the reference itself.
    i : int
        Consecutive lots to be accepted before lots are skipped, 1 or more.

    Returns
    -------
    SkipLot
        The skip-lot inspection.

    Raises
    ------
    DomainError
        If a number is outside its range.

    References
    ----------
    .. [1] R. L. Perry, "Skip-lot sampling plans", J. Qual. Technol. 5 (1973) 123-130.

    Examples
    --------
    >>> plan = skip_lot(SinglePlan(n=20, ac=1), f=0.25, i=4)
    >>> plan
    <SkipLot skip-lot over n 20, Ac 1: every lot 1, skip 0.25>
    >>> round(plan.pa(0.05), 4), round(plan.asn(0.05), 2)
    (0.8595, 10.64)
    """
    stages: Sequence[SkipStage] = (
        SkipStage(name="every lot", accepted=whole_number(i, "i", least=1)),
        SkipStage(name="skip", frequency=share(f, "f")),
    )
    return SkipLot(reference, tuple(stages))
