"""Flawed contracts: the check reports exactly the finding that comes with each."""

import pytest
from hypothesis import given

import aql
from aql.strategies import FLAWS, Flawed, flawed_contracts
from aql.strategies._internal.flaw import Flaw
from aql.strategies._internal.flawed_contracts import ALL_FLAWS, with_flaws
from aql.types import FINDING_SEVERITIES, FindingSeverity
from tests.contract.test_trades import NEEDS_A_FILE, codes_of_the_source
from tests.profiles import examples
from tests.strategies.reaching import reached, simplest


@pytest.mark.parametrize(
    "flaw", ALL_FLAWS, ids=[f"{flaw.code}-{place}" for place, flaw in enumerate(ALL_FLAWS)]
)
def test_a_flaw_is_found_and_nothing_else(flaw: Flaw) -> None:
    """Every flaw by itself, so that each of them has its draws."""

    @examples(15)
    @given(flawed=with_flaws([flaw]))
    def is_found(flawed: Flawed) -> None:
        assert flawed.is_all_of(aql.check(flawed.contract)), str(aql.check(flawed.contract))
        assert (flawed.severity, flawed.code) == (flaw.severity, flaw.code)

    is_found()


def test_every_finding_of_the_check_has_a_flaw() -> None:
    """By severity and code, against the calls in the source of the check, except one that needs a file in a folder."""
    assert {(flaw.severity, flaw.code) for flaw in ALL_FLAWS} == codes_of_the_source() - NEEDS_A_FILE
    assert set(FLAWS) == {code for _, code in codes_of_the_source() - NEEDS_A_FILE}


def test_a_rounding_that_is_wrong_is_0_or_less() -> None:
    flaw = next(one for one in ALL_FLAWS if one.code == "bad-rounding")

    def rounding(flawed: Flawed) -> int:
        place = int(flawed.path.removeprefix("terms[").partition("]")[0])
        return int(flawed.contract.terms[place].rounding or 0)

    (seen,) = reached(with_flaws([flaw]), rounding, draws=60)
    assert max(seen) == 0
    assert len(seen) > 3


@pytest.mark.exhaustive
def test_most_flaws_are_reached_in_20_tests_of_10_draws() -> None:
    codes, severities = reached(
        flawed_contracts(), lambda one: one.code, lambda one: one.severity, draws=10, tests=20
    )
    assert len(codes) > 0.7 * len(FLAWS)
    assert set(severities) == set(FINDING_SEVERITIES)


def test_a_flaw_can_be_asked_for() -> None:
    for code in ("above-cover", "no-classes", "unmeasurable"):
        (seen,) = reached(flawed_contracts(code), lambda one: one.code, draws=10)
        assert set(seen) == {code}


@pytest.mark.parametrize("severity", FINDING_SEVERITIES)
def test_a_severity_can_be_asked_for(severity: FindingSeverity) -> None:
    (seen,) = reached(flawed_contracts(severity=severity), lambda one: one.severity, draws=40)
    assert set(seen) == {severity}


def test_a_flaw_that_is_not_known_is_refused() -> None:
    with pytest.raises(
        aql.DomainError, match=r"code must be .*, got 'no-clas'\. Did you mean \"no-class\"\?"
    ):
        flawed_contracts("no-clas")
    with pytest.raises(
        aql.DomainError,
        match=r"code must be \"above-cover\", \"standard-name\", \"class-for-the-lot\", \"not-compared\" or \"own-line\", got 'no-class'",
    ):
        flawed_contracts("no-class", severity="note")


def test_a_flaw_shrinks_to_the_flaw_alone() -> None:
    flawed = simplest(flawed_contracts("unknown-aql"))
    assert len(flawed.contract.classes) == 1
    assert len(flawed.contract.terms) == 1
    assert flawed.path == "classes[0].aql"
