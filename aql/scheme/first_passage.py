"""How many lots pass until a scheme switches: mean, distribution and quantiles."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from aql.checks import choice, share, whole_number
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike
from aql.plans.inspection_error import Inspector
from aql.scheme.chain import Chain, explored
from aql.scheme.elimination import elimination_of
from aql.scheme.long_run_chain import Switching
from aql.scheme.moves import Moves, moves_of
from aql.scheme.state import State, check_state, start_of
from aql.scheme.walk import SettledWalk, chances_by_lot, qualities_by_lot, settled_walk
from aql.types import Model, Severity, Unit
from aql.words import in_brief, short_repr

__all__ = ["GOALS", "Goal", "LotsUntil", "lots_until"]

Goal = Literal["tightened", "normal", "reduced", "discontinued"]
GOALS: tuple[Goal, ...] = ("tightened", "normal", "reduced", "discontinued")

# A mean this large stands for a switch that never comes.
_FOREVER = 1e280
_ELIMINATED = 1200


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LotsUntil:
    """The number of lots until a switch, the deciding lot included.

    Attributes
    ----------
    goal : str
        The switch that is waited for.
    mean : float
        Mean number of lots; infinite if the switch may never come.
    reached : float
        Probability that it ever comes.
    residual : float
        0 if the mean was computed by elimination. A chain of many states is followed lot by lot until the share of each
        state stays the same; the last relative change of such a share.
    """

    goal: Goal
    mean: float
    reached: float
    residual: float
    _walk: SettledWalk

    def distribution(self, lots: int) -> Floats:
        """Return the probability that the switch is decided by lot 1, 2, ... up to `lots`.

        Examples
        --------
        >>> from aql import Scheme
        >>> wait = Scheme.lookup(1200, aql=2.5).lots_until("tightened", 0.08)
        >>> wait.distribution(4).round(4), round(wait.mean, 4)
        (array([0.    , 0.3906, 0.293 , 0.1648]), 3.2324)
        """
        import numpy as np

        count = whole_number(lots, "lots", least=1)
        walk = self._walk
        found = np.zeros(count)
        found[: walk.first.size] = walk.first[:count]
        later = np.arange(max(0, count - walk.first.size), dtype=float)
        found[walk.first.size :] = walk.left * walk.share * walk.after(later)
        return found

    def quantile(self, q: float) -> float:
        """Return the number of lots within which the switch is decided with probability `q`; infinite if never.

        Examples
        --------
        >>> from aql import Scheme
        >>> wait = Scheme.lookup(1200, aql=2.5).lots_until("tightened", 0.08)
        >>> wait.quantile(0.5), wait.quantile(0.95)
        (3.0, 6.0)
        """
        wanted = share(q, "q", ends=False)
        if wanted > self.reached:
            return math.inf
        walk = self._walk
        total, last = 0.0, math.inf
        for lot, chance in enumerate(walk.first.tolist(), start=1):
            total += chance
            last = float(lot) if chance > 0 else last
            if total >= wanted:
                return last
        if walk.to_come == 0:  # only a rounding is missing
            return last
        # Of what is still to come, no more may be left than the goal may miss.
        return walk.first.size + walk.lots_to((self.reached - wanted) / walk.to_come)

    def __float__(self) -> float:
        return self.mean

    def __repr__(self) -> str:
        return in_brief("LotsUntil", f"{self.goal}: mean {self.mean:.6g} lots, reached {self.reached:.6g}")


def lots_until(
    scheme: Switching,
    goal: Goal,
    p: Number | Numbers | SeriesLike | None = None,
    *,
    start: State | Severity | None = None,
    reduced: bool = True,
    discontinuation: bool | None = None,
    model: Model = "binomial",
    lot_size: int | None = None,
    nonconforming: Number | Numbers | SeriesLike | None = None,
    unit: Unit = "item",
    inspector: Inspector | None = None,
) -> LotsUntil:
    """First passage of a scheme: number of lots until it switches, the deciding lot included.

    Parameters
    ----------
    scheme : Scheme
        The scheme.
    goal : {"tightened", "normal", "reduced", "discontinued"}
        The switch that is waited for. If its severity is in force at the start, the next switch to it.
    p : number, or array_like of numbers with one per lot
        Quality, as in `aql.plans.pa`; the last of several continues.
    start : State or severity, optional
        Where the series starts; defaults to the start of normal inspection, and for ``"normal"`` to that of tightened
        inspection.
    reduced : bool
        Whether the authority allows reduced inspection; production is steady.
    discontinuation : bool, optional
        Whether inspection can be discontinued, after which no other switch comes; defaults to True for ``"discontinued"``
        and False for the others.
    model, lot_size, nonconforming, unit, inspector
        As in `aql.plans.pa`.

    Returns
    -------
    LotsUntil
        Mean, distribution and quantiles.

    Raises
    ------
    DomainError
        If a quality is invalid or unknown, or the rules cannot reach the goal.

    Examples
    --------
    >>> from aql import Scheme
    >>> scheme = Scheme.lookup(1200, aql=2.5)
    >>> scheme.lots_until("discontinued", 0.08)
    <LotsUntil discontinued: mean 8.84362 lots, reached 1>
    >>> scheme.lots_until("tightened", [0.01] * 10 + [0.08]).quantile(0.5)
    16.0
    """
    import numpy as np

    choice(goal, "goal", GOALS)
    given, count = qualities_by_lot(
        p,
        1 if _is_one(p if nonconforming is None else nonconforming) else None,
        model=model,
        lot_size=lot_size,
        nonconforming=nonconforming,
        unit=unit,
    )
    stops = goal == "discontinued" if discontinuation is None else discontinuation
    first = _start(scheme, start, goal)
    chain = explored(first, scheme.forces, reduced=reduced, discontinuation=stops)
    moves, size = _absorbing(chain, goal)
    if not (moves.target == 0).any():
        raise DomainError(
            f"goal must be a switch that the rules can reach, got {short_repr(goal)}", value=goal
        )
    chances = chances_by_lot(scheme, chain, given, inspector)
    weights = np.zeros(size)
    weights[2] = 1.0
    early = np.zeros(count - 1)
    alive = 0.0
    never = 0.0
    for lot in range(count - 1):
        alive += float(weights[2:].sum())
        weights = moves.step(weights, chances[lot])
        early[lot] = weights[0]
        never += float(weights[1])
    walk = settled_walk(moves, weights, chances[-1])
    mean, reached, lost, residual = (
        walk.lots,
        float(walk.first.sum()) + walk.to_come,
        walk.lost,
        walk.residual,
    )
    if size <= _ELIMINATED and (walk.ending > 0 or walk.left == 0):
        mean, reached, lost = _rest(moves, weights, chances[-1])
        residual = 0.0
    lost += never
    total = math.inf if lost > 0 else alive + mean
    ever = 1.0 if lost == 0 and mean < math.inf else reached + float(early.sum())
    walk = replace(walk, first=np.concatenate([early, walk.first]))
    return LotsUntil(goal, total, ever, residual, walk)


def _is_one(quality: object) -> bool:
    """Whether a quality is that of all lots."""
    import numpy as np

    try:
        return np.ndim(quality) == 0  # type: ignore[arg-type]
    except ValueError:  # lists of different lengths
        return False


def _start(scheme: Switching, start: State | Severity | None, goal: Goal) -> State:
    """The state at the start; for the end of tightened inspection, its start."""
    if isinstance(start, State):
        check_state(start, scheme.rules)
        return start
    severity: Severity = ("tightened" if goal == "normal" else "normal") if start is None else start
    return start_of(scheme.rules, choice(severity, "start", ("normal", "tightened", "reduced")))


def _absorbing(chain: Chain, goal: Goal) -> tuple[Moves, int]:
    """The moves until the goal: state 0 is the goal, state 1 a series that stopped before it; the start is state 2."""
    import numpy as np

    moves = moves_of(chain)
    states = chain.states
    to = moves.target + 2
    for place, (source, target) in enumerate(zip(moves.source.tolist(), moves.target.tolist(), strict=True)):
        after = states[target]
        if after.discontinued:
            to[place] = 0 if goal == "discontinued" else 1
        elif after.severity == goal and states[source].severity != goal:
            to[place] = 0
    size = len(states) + 2
    # Only what is reached before the goal matters.
    seen, waiting = {2}, [2]
    after_of: dict[int, list[int]] = {}
    for source, target in zip((moves.source + 2).tolist(), to.tolist(), strict=True):
        after_of.setdefault(source, []).append(target)
    while waiting:
        for target in after_of.get(waiting.pop(), []):
            if target not in seen and target > 1:
                seen.add(target)
                waiting.append(target)
    number = {old: new for new, old in enumerate([0, 1, *sorted(seen)])}
    kept = np.array([source in seen for source in (moves.source + 2).tolist()])
    renamed = np.array([number.get(one, 0) for one in range(size)])
    found = Moves(len(number), renamed[moves.source[kept] + 2], renamed[to[kept]], moves.kind[kept])
    return found, len(number)


def _rest(moves: Moves, weights: Floats, chances: Floats) -> tuple[float, float, float]:
    """Mean number of lots from the weights of the states on, and the weights that reach the goal and that never do."""
    total = float(weights[2:].sum())
    if total == 0:
        return 0.0, 0.0, 0.0
    # A chain in which the goal, and a series that stopped, lead back to the end of the cycle, which leads to the start.
    size = moves.size + 1
    flows: dict[tuple[int, int], float] = {(1, 0): 1.0, (2, 0): 1.0}
    for place in range(2, moves.size):
        if weights[place] > 0:
            flows[0, place + 1] = float(weights[place]) / total
    for source, target, kind in zip(
        moves.source.tolist(), moves.target.tolist(), moves.kind.tolist(), strict=True
    ):
        if source != target:
            way = source + 1, target + 1
            flows[way] = flows.get(way, 0.0) + float(chances[kind])
    visits = elimination_of(size, flows).visits(list(flows.values()))
    mean = total * sum(visits[3:])
    if mean > _FOREVER:
        return math.inf, 0.0, total
    return mean, total * visits[1], total * visits[2]
