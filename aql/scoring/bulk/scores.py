"""The verdicts on many lots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from aql.inspection.frame_log import FrameLike
from aql.words import in_brief

__all__ = ["FrameT", "Scores"]

FrameT = TypeVar("FrameT", bound=FrameLike)
"""The kind of the frame of lots, which is that of the frames that come back."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Scores(Generic[FrameT]):
    """The verdicts on many lots, as frames of the kind that came.

    Attributes
    ----------
    lots : frame
        One row per lot: ``lot``, ``decision``, ``why`` (the lines and lot terms that decide; "" for an accepted lot), and
        how many lines have each decision: ``accepted``, ``continued``, ``held``, ``rejected``.
    lines : frame
        One row per lot and decision line: ``lot``, ``line``, ``n``, ``ac``, ``re`` at the stage reached, ``inspected``,
        ``found``, ``at_most``, ``decision``, ``stage``, ``draw``, as in `aql.scoring.LineResult`. Ac is missing where
        acceptance is not permitted, and the number inspected where it is not stated.

    Examples
    --------
    >>> import pandas as pd
    >>> import aql
    >>> contract = aql.Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> lots = pd.DataFrame({"lot": ["A"], "size": [1200], "inspected": [80]})
    >>> findings = pd.DataFrame({"lot": ["A"], "item": [3], "class": ["major"]})
    >>> aql.score_lots(findings, lots, contract)
    <Scores of many lots: frames of pandas>
    """

    lots: FrameT
    lines: FrameT

    def __repr__(self) -> str:
        kind = type(self.lots).__module__.lstrip("_").partition(".")[0]
        return in_brief("Scores", f"of many lots: frames of {kind}")
