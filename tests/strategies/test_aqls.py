"""AQLs: all allowed columns are drawn, and no others."""

import pytest

import aql
from aql.strategies import aqls
from tests.oracles import naive_tables as oracle
from tests.strategies.reaching import reached, simplest


def test_every_column_is_reached_in_200_draws() -> None:
    (seen,) = reached(aqls(not_allowed=True), str, draws=200)
    assert set(seen) == {*oracle.AQLS, "0"}


def test_only_columns_that_may_be_used_are_drawn() -> None:
    to_ten = oracle.AQLS[: oracle.AQLS.index("10") + 1]
    verified = oracle.AQLS[: oracle.AQLS.index("6.5") + 1]
    assert set(reached(aqls(counting="items"), str)[0]) == set(to_ten)
    assert set(reached(aqls(counting="nonconformities"), str)[0]) == set(oracle.AQLS)
    # An edition that is verified in part has no verified samples for AQL 0.
    assert set(reached(aqls("ISO 2859-1:2026", not_allowed=True), str)[0]) == set(verified)


def test_they_shrink_to_the_commonest() -> None:
    assert simplest(aqls()) == "2.5"


def test_an_unknown_counting_is_refused() -> None:
    with pytest.raises(aql.DomainError) as raised:
        aqls(counting="item")  # type: ignore[arg-type]
    assert str(raised.value) == (
        'counting must be "items" or "nonconformities", got \'item\'. Did you mean "items"?'
    )
