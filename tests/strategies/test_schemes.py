"""Schemes: those of every edition with tables of lot sizes, and of every type of sampling."""

from itertools import product
from typing import Any

import aql
from aql.strategies import schemes
from tests.oracles import naive_tables as oracle
from tests.strategies.reaching import reached, simplest


def test_every_scheme_letter_and_column_is_reached_in_200_draws() -> None:
    def normal(scheme: aql.Scheme) -> Any:
        return scheme.normal

    seen, letters, columns = reached(
        schemes(),
        lambda one: (normal(one).standard, normal(one).sampling),
        lambda one: normal(one).letter,
        lambda one: normal(one).aql,
        draws=200,
    )
    entered = [one for one in aql.STANDARDS if one != "ISO 2859-1:2026"]
    assert set(seen) == set(product(entered, oracle.SAMPLINGS))
    assert set(letters) == set(oracle.LETTERS)
    assert set(columns) == set(oracle.AQLS)


def test_they_shrink_to_what_is_written_first() -> None:
    first: Any = simplest(schemes()).normal
    assert (first.standard, first.sampling) == ("ISO 2859-1:1999", "single")
    assert (first.letter, first.aql, first.severity) == ("A", "2.5", "normal")
