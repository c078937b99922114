"""Code letters: every letter is drawn."""

import pytest

import aql
from aql.strategies import code_letters
from aql.types import STANDARDS, Standard
from tests.oracles import naive_tables as oracle
from tests.strategies.reaching import reached, simplest


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_letter_is_reached_in_100_draws(standard: Standard) -> None:
    (seen,) = reached(code_letters(standard), str, draws=100)
    assert set(seen) == set(oracle.LETTERS)


def test_they_shrink_to_the_first() -> None:
    assert simplest(code_letters()) == "A"


def test_an_unknown_standard_is_refused() -> None:
    with pytest.raises(aql.DomainError, match="ISO 2859-3"):
        code_letters("ISO 2859-3")  # type: ignore[arg-type]
