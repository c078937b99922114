"""The classes of a contract under the switching rules: one series for each class that switches, side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.scheme.history import History
from aql.scheme.lot import LotRecord
from aql.scheme.outcome import Found
from aql.scheme.plan_in_force import tighter_ac_of
from aql.scheme.run import in_order, one_lot
from aql.scheme.scheme import Scheme
from aql.scheme.state import State
from aql.scheme.stepped import Step
from aql.scheme.together import switched_together
from aql.scoring.decision_line import Line, decision_lines
from aql.scoring.line_result import LineResult
from aql.scoring.log_problems import why_never
from aql.scoring.verdict import Verdict
from aql.types import Severity
from aql.words import in_brief, listed

__all__ = ["ClassHistories", "class_histories"]

ByLot = bool | Mapping[str, bool]
"""An answer for all lots, or by lot; True for the lots that a mapping leaves out."""


@dataclass(frozen=True, slots=True, repr=False)
class ClassHistories:
    """The series of each class of a contract that switches, and why the others never do.

    Attributes
    ----------
    classes : mapping of str to History
        The series by class, in the order of the contract.
    never : mapping of str to str
        Why a class never switches.
    """

    classes: Mapping[str, History]
    never: Mapping[str, str]

    @property
    def next_severity(self) -> dict[str, Severity]:
        """Severity of each class for the next lot, ready for `severity` in the header of its inspection.

        Raises
        ------
        DomainError
            If inspection of a class is discontinued.
        """
        stopped = self.discontinued
        if stopped:
            raise DomainError(
                f"inspection of {listed(stopped)} is discontinued",
                todo="Resume it after corrective action",
                code="discontinued",
            )
        return {name: history.state.severity for name, history in self.classes.items()}

    @property
    def discontinued(self) -> tuple[str, ...]:
        """The classes whose inspection is discontinued."""
        return tuple(name for name, history in self.classes.items() if history.state.discontinued)

    def __repr__(self) -> str:
        return in_brief("ClassHistories", "; ".join(repr(one)[9:-1] for one in self.classes.values()))


def class_histories(
    contract: Contract,
    verdicts: Iterable[Verdict],
    *,
    steady: ByLot = True,
    authority: ByLot = True,
    resumed: Collection[str] = (),
) -> ClassHistories:
    """Run a series of lots of a contract through the switching rules, class by class.

    Parameters
    ----------
    contract : Contract
        The contract.
    verdicts : iterable of Verdict
        The verdicts in the order of inspection.
    steady, authority : bool or mapping of str to bool
        Whether production is steady, and whether the authority allows reduced inspection, for all lots or by lot.
    resumed : collection of str
        Lots with which inspection, discontinued before them, was resumed.

    Returns
    -------
    ClassHistories
        One history for each class with an AQL of the tables. A resubmitted lot (`reinspection_of` in the header) is in
        it and does not count. With ``switching = "together"``, a switch in one class switches all.

    Raises
    ------
    DomainError
        If a verdict is not a decision, leaves a count open, or was inspected at another severity than the rules say; the
        error names class and lot.

    Examples
    --------
    >>> from aql import examples, score
    >>> contract, inspection = examples.tablet_order()
    >>> found = class_histories(contract, [score(contract, inspection)])
    >>> found.next_severity, found.never
    ({'major': 'normal', 'minor': 'normal'}, mappingproxy({'critical': 'AQL 0 is trade practice, not a plan of the tables'}))
    """
    scored = list(verdicts)
    size = scored[0].lot_size if scored else contract.order.quantity
    if size is None:
        raise DomainError("verdicts must have one or more lots, or the order a quantity", code="no-lot-size")
    lines = {line.name: line for line in decision_lines(contract, size, cartons=1) if line.kind == "class"}
    never = {name: why_never(line) for name, line in lines.items() if line.severity is None}
    names = [name for name in lines if name not in never]
    schemes = {name: _scheme(contract, lines[name], size) for name in names}
    records = {
        name: {
            place: _record(one, name, steady=steady, authority=authority, resumed=resumed)
            for place, one in enumerate(scored)
            if not one.reinspection_of or any(line.name == name for line in one.classes)
        }
        for name in names
    }
    if contract.inspection.switching == "together":
        histories = _together(schemes, records, len(scored))
    else:
        histories = {name: schemes[name].run(records[name].values(), stream=name) for name in names}
    return ClassHistories(MappingProxyType(histories), MappingProxyType(never))


def _scheme(contract: Contract, line: Line, size: int) -> Scheme:
    """The scheme of a class; the plan of each lot is that of its verdict."""
    clause, found = contract.inspection, line.lookup
    return Scheme.lookup(
        size,
        aql=found.aql if found is not None else 0,
        level=clause.level,
        sampling=clause.sampling,
        standard=clause.standard,
        counting=clause.counting,
    )


def _record(
    verdict: Verdict, name: str, *, steady: ByLot, authority: ByLot, resumed: Collection[str]
) -> LotRecord:
    """What a verdict says of a class."""
    line = next((one for one in verdict.classes if one.name == name), None)
    where = f"{name}, lot {verdict.lot}"
    if line is None or line.lookup is None:
        raise DomainError(f"{where}: the verdict must have a line of this class", lot=verdict.lot)
    if line.decision not in {"accept", "reject"}:
        raise DomainError(
            f"{where}: the class must be accepted or rejected to count, got {line.decision}",
            todo="Complete the inspection and score it again",
            lot=verdict.lot,
        )
    found = line.lookup
    return LotRecord(
        found=_found(line, where),
        id=verdict.lot,
        order=verdict.header.inspection.date,
        lot_size=verdict.lot_size,
        plan=found if found.plan == line.plan else line.plan,
        tighter_ac=None if found.plan == line.plan else tighter_ac_of(found),
        severity=found.severity,
        steady=steady if isinstance(steady, bool) else steady.get(verdict.lot, True),
        authority=authority if isinstance(authority, bool) else authority.get(verdict.lot, True),
        resubmitted=bool(verdict.reinspection_of),
        resume=verdict.lot in resumed and not verdict.reinspection_of,
    )


def _found(line: LineResult, where: str) -> Found:
    """The counts of a class by stage, which must be known."""
    if any(low != high for low, high in line.by_stage):
        raise DomainError(
            f"{where}: the count must be known, got {line.count}",
            todo="Record the items of the sample, or counts by stage",
        )
    counts = tuple(low for low, _ in line.by_stage)
    return counts if len(line.lot_plan.stages) > 1 else counts[-1]


def _together(
    schemes: Mapping[str, Scheme], records: Mapping[str, Mapping[int, LotRecord]], count: int
) -> dict[str, History]:
    """Run the classes so that a switch in one class switches all; a resubmitted lot may have some of them."""
    first = {name: scheme.start() for name, scheme in schemes.items()}
    for name, some in records.items():
        in_order(some.values(), name)
    now: dict[str, State] = dict(first)
    steps: dict[str, list[Step]] = {name: [] for name in schemes}
    for place in range(count):
        done = {
            name: one_lot(scheme, now[name], records[name][place], len(steps[name]) + 1, name)
            for name, scheme in schemes.items()
            if place in records[name]
        }
        counts = not any(step.resubmitted for step in done.values())
        for name, step in (_switched(done) if counts else done).items():
            steps[name].append(step)
            now[name] = step.state
    return {name: History(first[name], tuple(steps[name]), name) for name in schemes}


def _switched(done: Mapping[str, Step]) -> Mapping[str, Step]:
    """The steps of one lot, after the switch of one class has switched the others."""
    after = switched_together(
        [step.severity for step in done.values()], [step.state for step in done.values()]
    )
    return {name: replace(step, state=state) for (name, step), state in zip(done.items(), after, strict=True)}
