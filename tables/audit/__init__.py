"""Checks that the tables are consistent, used by the tests and a page of the documentation; not part of the wheel."""

from tables.audit.consistency import (
    diagonal_risks,
    diagonal_spread,
    staged_against_single,
    tightened_against_normal,
)
from tables.audit.outstanding import ROUNDING, THRESHOLD, outstanding_cells, second_plan

__all__ = [
    "ROUNDING",
    "THRESHOLD",
    "diagonal_risks",
    "diagonal_spread",
    "outstanding_cells",
    "second_plan",
    "staged_against_single",
    "tightened_against_normal",
]
