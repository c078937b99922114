"""A frame of lots with what their plans need: the end of each stage of each decision line, and the number inspected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import narwhals.stable.v2 as nw

from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.plans.stage import Stage
from aql.scoring.bulk.engines import Engine, Frame, with_columns
from aql.scoring.bulk.given import MISSING, GivenLots
from aql.scoring.bulk.plan_keys import plan_keys
from aql.scoring.decision_line import Line

__all__ = ["LotsWithPlans", "lots_with_plans"]

EVERY_ITEM = 2**53
"""The end of the sample of a line in which every item counts."""


@dataclass(frozen=True)
class LotsWithPlans:
    """A frame of lots, each with the key of its decision lines.

    Attributes
    ----------
    contract : Contract
        The contract.
    engine : Engine
        Engine of the frames.
    frame : Frame
        The columns given, ``key``, and for the decision line at place 0, 1, ... the number inspected ``i0`` (see `done`),
        the end of each stage ``e0_1``, ``e0_2``, ..., and the numbers of its plan: ``n0``, ``ac0`` and ``re0`` if it has one
        stage, otherwise for each stage the size of all samples ``within0_1``, ``ac0_1``, ``re0_1`` and the largest number
        with which it accepts, ``up0_1``.
    sets : sequence of tuple of Line
        The decision lines by key.
    done : sequence of str
        The column with the number inspected for each line, -1 where it is not stated; lines with the same number share one.
    same : mapping of str to int
        The numbers of the plans that are the same in all lots, which are not columns.
    stated : sequence of str
        The column that states the number inspected for each line; "" if none does.
    errors : sequence of DomainError
        Why some lots have no plans; their key is -1.
    """

    contract: Contract
    engine: Engine
    frame: Frame
    sets: Sequence[tuple[Line, ...]]
    done: Sequence[str] = ()
    same: Mapping[str, int] = field(default_factory=dict)
    stated: Sequence[str] = ()
    errors: Sequence[DomainError] = ()

    def number(self, name: str) -> nw.Expr:
        """Return a number of the plans of each lot."""
        return nw.lit(self.same[name], nw.Int64) if name in self.same else nw.col(name)

    def different(self, names: Iterable[str]) -> list[str]:
        """Return those of the numbers that are not the same in all lots, so that they are columns."""
        return [name for name in dict.fromkeys(names) if name not in self.same]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The decision lines of any of the lots; only their plans differ from lot to lot."""
        return self.sets[0]

    @cached_property
    def stages(self) -> tuple[int, ...]:
        """The largest number of stages of each line."""
        return tuple(
            max(len(lines[at].lot_plan.stages) for lines in self.sets) for at in range(len(self.lines))
        )

    @property
    def by_items(self) -> bool:
        """Whether items are counted; otherwise nonconformities are."""
        return self.contract.inspection.counting == "items"

    def inspected_or_all(self, at: int) -> nw.Expr:
        """Return how many items of each lot were inspected for a line: all of the lot if it is not stated."""
        whole = "size" if self.lines[at].cartons is None else "cartons"
        return nw.when(self.inspected(at) < 0).then(nw.col(whole)).otherwise(self.inspected(at))

    def inspected(self, at: int) -> nw.Expr:
        """Return how many items of each lot were inspected for a line, -1 if it is not stated."""
        return nw.col(self.done[at])

    def ends(self, at: int) -> list[str]:
        """The columns with the last item of each stage of a line that counts; under AQL 0, every item does."""
        return [f"e{at}_{stage}" for stage in range(1, self.stages[at] + 1)]

    def is_single(self, at: int) -> bool:
        """Whether the plans of a line have one stage, and its counts no weights."""
        return self.stages[at] == 1 and not self.lines[at].weights

    def totals(self, at: int) -> list[str]:
        """The columns with the sample size at the end of each stage of a line."""
        any_item = any(lines[at].not_allowed for lines in self.sets)
        return [f"n{at}_{stage}" for stage in range(1, self.stages[at] + 1)] if any_item else self.ends(at)


def lots_with_plans(contract: Contract, lots: GivenLots) -> LotsWithPlans:
    """Return lots with their plans, found once for each different size, number of cartons and severity.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    lots : GivenLots
        The lots.

    Returns
    -------
    LotsWithPlans
        The lots, with the errors of those for which there are no plans.
    """
    found = plan_keys(contract, lots)
    plans, known, keys, facts = found.sets, found.known, found.keys, found.facts
    frame, grouped = found.frame, list(known)
    made = LotsWithPlans(contract, lots.engine, frame, plans)
    numbers = _numbers(made, keys)
    same = {
        name: each[0]
        for name, each in numbers.items()
        if len({*each}) == 1
        and not (name[0] == "e" and made.lines[int(name[1:].split("_")[0])].kind == "limit")
    }
    table: dict[str, list[int] | list[str]] = {**known, "key": keys}
    table |= {name: each for name, each in numbers.items() if name not in same}
    plans_by_lot = lots.engine.frame(table, found.texts)
    frame = frame.join(plans_by_lot, on=grouped, how="left").drop(*facts)
    columns = _stated(contract, lots, made.lines)
    done, inspected = _inspected(contract, lots, made.lines, columns)
    frame = with_columns(frame, inspected)
    clipped = {
        end: nw.min_horizontal(nw.col(end), _done_in_limit(done[at]))
        for at, line in enumerate(made.lines)
        if line.kind == "limit"
        for end in made.ends(at)
    }
    frame = with_columns(frame, clipped)
    shared = lots.engine.shared(frame)
    return LotsWithPlans(contract, lots.engine, shared, plans, done, same, columns, found.errors)


def _numbers(lots: LotsWithPlans, keys: Sequence[int]) -> dict[str, list[int]]:
    """The numbers of the plans for each key."""
    found: dict[str, list[int]] = {}
    for at in range(len(lots.lines)):
        lines = [lots.sets[key][at] for key in keys]
        for stage, (end, total) in enumerate(zip(lots.ends(at), lots.totals(at), strict=True)):
            found[end] = [_end(line, stage) for line in lines]
            if total != end:
                found[total] = [_total(line, stage) for line in lines]
        if lots.is_single(at):
            plans = [line.lot_plan.stages[0] for line in lines]
            found[f"n{at}"] = [plan.n for plan in plans]
            found[f"ac{at}"] = [-1 if plan.ac is None else plan.ac for plan in plans]
            found[f"re{at}"] = [plan.re for plan in plans]
            continue
        for place in range(lots.stages[at]):
            stages = [_stage(line, place) for line in lines]
            last = [place + 1 >= len(line.lot_plan.stages) for line in lines]
            found[f"within{at}_{place + 1}"] = [stage.total for stage in stages]
            found[f"ac{at}_{place + 1}"] = [-1 if stage.ac is None else stage.ac for stage in stages]
            found[f"re{at}_{place + 1}"] = [stage.re for stage in stages]
            found[f"up{at}_{place + 1}"] = [
                stage.re - 1 if is_last else -1 if stage.ac is None else stage.ac
                for stage, is_last in zip(stages, last, strict=True)
            ]
    return found


def _end(line: Line, stage: int) -> int:
    """The last item of a stage; of the last one if there are fewer stages."""
    return EVERY_ITEM if line.not_allowed else _total(line, stage)


def _total(line: Line, stage: int) -> int:
    return _stage(line, stage).total


def _stage(line: Line, stage: int) -> Stage:
    """A stage of the plan of a lot; the last one if there are fewer."""
    stages = line.lot_plan.stages
    return stages[min(stage, len(stages) - 1)]


def _done_in_limit(inspected: str) -> nw.Expr:
    """How many items a limit may look at: those inspected, or all of the lot."""
    return nw.when(nw.col(inspected) < 0).then(nw.col("size")).otherwise(nw.col(inspected))


def _stated(contract: Contract, lots: GivenLots, lines: Sequence[Line]) -> list[str]:
    """The column that states the number inspected for each line."""
    columns = lots.by_line("inspected")
    cartons = {term.id for term in contract.terms if term.of == "cartons" and term.own_line}
    return [
        ("" if line.name in cartons else columns[""]) if "" in columns else columns.get(line.name, "")
        for line in lines
    ]


def _inspected(
    contract: Contract, lots: GivenLots, lines: Sequence[Line], columns: Sequence[str]
) -> tuple[list[str], dict[str, nw.Expr]]:
    """The column with the number inspected for each line, and these columns; -1 where it is not stated."""
    numbers = {
        line.name: nw.col(column) if column else nw.lit(MISSING)
        for line, column in zip(lines, columns, strict=True)
    }
    named = {term.id: term.id if term.own_line else term.class_ or "" for term in contract.terms}
    done: list[str] = []
    found: dict[str, nw.Expr] = {}
    shared: dict[str, str] = {}
    for at, (line, column) in enumerate(zip(lines, columns, strict=True)):
        number = numbers[line.name]
        if line.kind == "limit" and "" not in lots.by_line("inspected"):
            # The smallest of the numbers of its members; -1 if one is missing, as that is the smallest of all.
            least = nw.min_horizontal(*(numbers[named.get(name, name)] for name in line.of))
            number, own = nw.when(number < 0).then(least).otherwise(number), f"i{at}"
        else:
            own = shared.setdefault(column, f"i{at}")
        done.append(own)
        found.setdefault(own, number)
    return done, found
