"""The shares of the severities under limit numbers, from what one streak of accepted lots does.

Every lot not accepted empties the window of a limit number, so a run on normal inspection is a row of streaks of accepted
lots. A streak ends in reduced inspection, with probability s, or in a lot not accepted. The second of two such lots within
the window of tightened inspection ends the run. A streak that follows a lot not accepted therefore ends in tightened
inspection with probability t = (1 - P)(1 + P + ...), a sum with one term for each lot of the window but one. With l the
mean length of a streak, the run has on average l / (s + t) lots after its first lot not accepted, and l more before it.
Nothing is subtracted.
"""

from __future__ import annotations

from dataclasses import dataclass

from aql.plans.arrays import Floats
from aql.scheme.lot_outcomes import Kind
from aql.scheme.rules import Rules

__all__ = ["Streak", "streak_shares"]

_FOREVER = 1e280


@dataclass(frozen=True, slots=True)
class Streak:
    """What a streak of accepted lots on normal inspection does.

    Attributes
    ----------
    switched : float
        Probability that it ends in reduced inspection.
    length : float
        Mean number of lots, the lot not accepted at its end included.
    early : float
        Mean number of these lots among the first ones, one less than the window of tightened inspection.
    """

    switched: float
    length: float
    early: float


def streak_shares(
    rules: Rules, kinds: tuple[tuple[Kind, ...], ...], chances: Floats, streak: Streak
) -> tuple[float, float, float]:
    """Return the share of lots on normal, tightened and reduced inspection.

    Parameters
    ----------
    rules : Rules
        Switching rules with limit numbers; 2 lots not accepted lead to tightened inspection.
    kinds : tuple of tuple of Kind
        The outcomes of a lot on the three severities.
    chances : ndarray
        Their probabilities, one after the other.
    streak : Streak
        What a streak of accepted lots does.
    """
    normal, tightened = len(kinds[0]), len(kinds[1])
    bad = float(chances[normal - 1])
    to_reduced, to_tightened = streak.switched, bad * streak.early
    ends = to_reduced + to_tightened
    # A run that begins with an empty window, and one that begins after a lot not accepted on reduced inspection.
    first_bad = bad * streak.length
    lengths = streak.length * (1.0 + first_bad / ends), streak.length / ends
    reduced = to_reduced * (1.0 + first_bad / ends), to_reduced / ends
    stay, by_rejection, by_gap = _reduced(kinds[2], chances[normal + tightened :])
    again = 0.0
    if not rules.fresh_window and by_rejection > 0:
        again = reduced[0] * by_rejection * ends / (to_tightened + to_reduced * by_gap)
    lots = (
        lengths[0] + again * lengths[1],
        (first_bad + again) * to_tightened / ends * _tightened(rules, kinds[1], chances[normal:]),
        (reduced[0] + again * reduced[1]) * stay,
    )
    total = sum(lots)
    return lots[0] / total, lots[1] / total, lots[2] / total


def _tightened(rules: Rules, kinds: tuple[Kind, ...], chances: Floats) -> float:
    """Mean length of a run on tightened inspection: the sum of the powers of 1 / P."""
    accepted = float(chances[: len(kinds) - 1].sum())
    power, total = 1.0, 0.0
    for _ in range(rules.normal_accepted):
        if accepted <= 1e-50:
            return _FOREVER
        power /= accepted
        total += power
    return total


def _reduced(kinds: tuple[Kind, ...], chances: Floats) -> tuple[float, float, float]:
    """Mean length of a run on reduced inspection, and how it ends: with a lot not accepted, or with a count in the gap."""
    rejected = float(chances[len(kinds) - 1])
    gap = sum(float(chance) for kind, chance in zip(kinds, chances, strict=True) if kind.outcome.gap)
    leaving = rejected + gap
    if leaving <= 0:
        return _FOREVER, 0.0, 0.0
    return min(1.0 / leaving, _FOREVER), rejected / leaving, gap / leaving
