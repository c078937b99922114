"""The cells of a master table in printed order, each with the plan that applies to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from aql import tables
from aql.checks import choice
from aql.errors import DomainError
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.standards.editions import edition
from aql.standards.iso2859_1.arrows import master_name, resolve
from aql.standards.iso2859_1.code_letters import sample_size
from aql.types import SAMPLINGS, SEVERITIES, Sampling, Severity, Standard

__all__ = ["DerivedCell", "plan_cells"]


@dataclass(frozen=True, slots=True)
class DerivedCell:
    """A cell of a master table with the plan that applies to it.

    Attributes
    ----------
    letter, aql : str
        Row and column of the cell.
    mark : str
        What is printed: ``"plan"``, ``"single"`` (``*``), ``"double"`` (``++``), ``"down"`` or ``"up"``.
    plan_letter : str
        Letter of the plan; differs from `letter` if an arrow was followed.
    plan : SinglePlan or MultiplePlan
        The plan.
    single : SinglePlan
        The single plan that applies to the cell.
    n : int
        The plan letter's own single sample size at this severity, which determines the model. [items]
    disputed : bool
        Whether any cell that leads to the plan has a second reading.
    """

    letter: str
    aql: str
    mark: tables.Mark
    plan_letter: str
    plan: SinglePlan | MultiplePlan
    single: SinglePlan
    n: int
    disputed: bool


@lru_cache(maxsize=64)
def plan_cells(
    standard: Standard, severity: Severity, sampling: Sampling = "single", *, arrows: bool = False
) -> tuple[DerivedCell, ...]:
    """Return the cells of a master table with their plans, in printed order.

    Parameters
    ----------
    standard, severity, sampling : str
        Edition and table, as in `aql.lookup`.
    arrows : bool
        Include cells with an arrow.

    Raises
    ------
    DomainError
        If an argument has an unknown value, or the edition does not have this type of sampling.

    Examples
    --------
    >>> cells = plan_cells("ISO 2859-1:1999", "normal")
    >>> cells[0].letter, cells[0].aql, cells[0].plan
    ('A', '6.5', SinglePlan(n=2, ac=0))
    """
    book = edition(standard)
    choice(severity, "severity", SEVERITIES)
    choice(sampling, "sampling", SAMPLINGS)
    if sampling not in book.samplings:
        raise book.unverified(f"{sampling.capitalize()} sampling")
    table = tables.master_table(book.folder, master_name(sampling, severity))
    kept = book.verified_aqls(table.aqls)
    found = []
    for (letter, aql), printed in table.cells.items():
        arrow = printed.mark in {"down", "up"}
        if aql not in kept or printed.mark == "blank" or (arrow and not arrows):
            continue
        try:
            end = resolve(standard, sampling, severity, letter, aql, below=False)
        except DomainError:
            continue  # the arrow leads to a row that has not been checked for this edition
        single = resolve(standard, "single", severity, end.letter, aql, below=False).plan
        own = sample_size(book.folder, severity, end.letter)
        disputed = any(cell.second_reading is not None for cell in end.trace)
        found.append(
            DerivedCell(letter, aql, printed.mark, end.letter, end.plan, single, own, disputed)  # type: ignore[arg-type]
        )
    return tuple(found)
