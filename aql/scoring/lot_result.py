"""What follows for the lot from its lines: the decision, and how much that counts is not listed as a term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aql.scoring.defects import Count, Defect
from aql.scoring.line_result import LineResult

__all__ = ["unlisted_number"]


def unlisted_number(
    defects: Sequence[Defect], counts: Sequence[Count], results: Mapping[str, LineResult], *, by_items: bool
) -> int:
    """Return for the result of the lot how much that certainly counts is not listed as a term."""
    of_classes = {one.line for one in counts if one.number and not one.term}
    counted = sum(results[name].found for name in of_classes)
    loose = [one for one in defects if not one.term and one.counts]
    return counted + (len({one.item for one in loose}) if by_items else sum(one.times for one in loose))
