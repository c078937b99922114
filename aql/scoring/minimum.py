"""The smallest sample of a class: entry at a later letter than that of the lot."""

from __future__ import annotations

from collections.abc import Callable

from aql.contract.check_minimums import entry_letters
from aql.contract.contract import Contract
from aql.contract.terms import Minimum
from aql.errors import DomainError
from aql.standards.editions import edition
from aql.standards.iso2859_1.code_letters import sample_size
from aql.standards.iso2859_1.lookup import Lookup

__all__ = ["at_least"]


def at_least(contract: Contract, minimum: Minimum, found: Lookup, look: Callable[[str], Lookup]) -> Lookup:
    """Return the lookup that meets the minimum of a class: its letter, or the first with a large enough n.

    Parameters
    ----------
    contract : Contract
        The contract.
    minimum : Minimum
        The minimum of a class.
    found : Lookup
        The lookup at the letter of the lot.
    look : callable
        Looks up another letter.

    Raises
    ------
    DomainError
        If no letter has a plan of that size; the check of the contract says so for the severity that it states.
    """
    if found.letter is None:
        return found
    clause = contract.inspection
    folder = edition(clause.standard).folder
    letters = entry_letters(contract)
    first = max(letters.index(one) for one in (found.letter, minimum.letter) if one is not None)
    for letter in letters[first:]:
        here = found if letter == found.letter else look(letter)
        size = here.plan.total
        if clause.sample == "letter" and not here.practice:
            size = sample_size(folder, found.severity, letter)
        if minimum.n is None or size >= minimum.n:
            return here
    raise DomainError(
        f"minimum n must be at most {size}, the largest sample of {found.severity} inspection, got {minimum.n}",
        value=minimum.n,
    )
