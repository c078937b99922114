"""Rule 3: which sample size is used if classes differ.

The plans expected here are the printed ones: ISO 2859-1:1999 and MIL-STD-105E, Tables 2 to 4, read by eye.
"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import aql
from aql.scoring import decision_lines
from aql.types import SAMPLES, SAMPLINGS, SEVERITIES
from tests.scoring.builders import Values, basis, cls, contract, line, notes, plan_of, seen, term, verdict

BOTH = [cls("major", aql=2.5), cls("minor", aql=4.0)]


def test_per_class_each_class_has_its_own_plan() -> None:
    """Rule 3: lot 30 enters at D; 2.5 goes up to C, 4.0 down to E (qualityinspection.org)."""
    found = verdict(contract(BOTH), size=30)
    assert line(found, "major").plan == aql.SinglePlan(5, 0)
    assert line(found, "minor").plan == aql.SinglePlan(13, 1)
    assert basis(line(found, "major")).endswith("AQL 2.5, letter D, arrow to C")
    assert basis(line(found, "minor")).endswith("AQL 4.0, letter D, arrow to E")
    assert not any(one.practice for one in found.lines)


def test_per_class_is_what_a_contract_means_that_does_not_say() -> None:
    assert plan_of(BOTH, 30, "minor") == plan_of(BOTH, 30, "minor", sample="per-class")


@pytest.mark.parametrize(
    ("size", "classes", "plans"),
    [
        (3000, BOTH, [(125, 7), (125, 10)]),
        (4000, [cls("critical", aql=0), *BOTH], [(200, 0), (200, 10), (200, 14)]),
        (100, [cls("major", aql=1.5), cls("minor", aql=2.5)], [(32, 1), (20, 1)]),
    ],
    ids=["SGS inspection terms", "QIMA AQL page", "elsmar.com forum"],
)
def test_per_class_gives_published_plans(
    size: int, classes: list[dict[str, object]], plans: list[tuple[int, int]]
) -> None:
    found = verdict(contract(classes), size=size)
    assert [one.plan for one in found.classes] == [aql.SinglePlan(*plan) for plan in plans]


def test_largest_settles_at_one_letter_and_the_verdict_says_so() -> None:
    """Rule 3: lot 30, II, 2.5 and 4.0 settles at F with 20/1 and 20/2."""
    found = verdict(contract(BOTH, sample="largest"), size=30)
    assert line(found, "major").plan == aql.SinglePlan(20, 1)
    assert line(found, "minor").plan == aql.SinglePlan(20, 2)
    for one in found.lines:
        assert one.lookup is not None
        assert (one.lookup.letter, one.lookup.plan_letter) == ("F", "F")
        assert "all classes at letter F, that of the largest plan" in basis(one)
    explained = found.explain()
    assert "all classes at letter F" in explained
    assert not any("samples" in note and "differ" in note for note in notes(found))


def test_largest_goes_on_until_the_letters_repeat() -> None:
    """Rule 3: lot 20 enters at C. 1.0 leads to E (13), which leads 2.5 to F (20), which leads 1.0 up to E again."""
    classes = [cls("major", aql=1.0), cls("minor", aql=2.5)]
    found = verdict(contract(classes, sample="largest"), size=20)
    assert line(found, "major").plan == aql.SinglePlan(13, 0)
    assert line(found, "minor").plan == aql.SinglePlan(20, 1)
    assert notes(found) == (
        "Samples: the sample sizes still differ (13 and 20) at letter F, so each class keeps its own plan.",
    )


def test_largest_keeps_the_plans_of_the_last_round_where_sizes_still_differ_and_says_so() -> None:
    """Rule 3: lot 100 at 0.65 and 1.5 settles at G, where 0.65 has an arrow up to F."""
    classes = [cls("major", aql=0.65), cls("minor", aql=1.5)]
    found = verdict(contract(classes, sample="largest"), size=100)
    assert line(found, "major").plan == aql.SinglePlan(20, 0)
    assert line(found, "minor").plan == aql.SinglePlan(32, 1)
    assert notes(found) == (
        "Samples: the sample sizes still differ (20 and 32) at letter G, so each class keeps its own plan.",
    )
    assert notes(found)[0] in found.explain()


def test_largest_is_asked_of_all_classes_and_not_of_terms_with_their_own_line() -> None:
    """Rules 2 and 3: the line of a term is not a class."""
    terms = [term("drop", level="III")]
    found = verdict(contract(BOTH, terms, sample="largest"), size=30)
    assert line(found, "minor").plan == aql.SinglePlan(20, 2)
    assert line(found, "drop").plan == aql.SinglePlan(20, 1)
    terms = [term("drop", level="S-1")]
    found = verdict(contract(BOTH, terms, sample="largest"), size=30)
    assert line(found, "drop").plan == aql.SinglePlan(5, 0)


@pytest.mark.parametrize("severity", ["normal", "tightened", "reduced"])
@pytest.mark.parametrize("size", [30, 1000, 600_000])
@pytest.mark.parametrize("column", [0.025, 0.65, 2.5, 10])
def test_largest_of_one_class_is_its_own_plan(severity: str, size: int, column: float) -> None:
    """Rule 3: also where tightened inspection leads it to row S, which is entered only by an arrow (rule 12)."""
    per_class, largest = (
        plan_of(cls(aql=column), size, severity=severity, sample=sample)
        for sample in ("per-class", "largest")
    )
    assert per_class == largest


def test_largest_beside_a_class_in_row_s_keeps_the_plans_of_the_last_round() -> None:
    """Rules 3 and 12: lot 600 000, tightened: 0.025 leads to S, 3150, the only plan in that row."""
    classes = [cls("major", aql=0.025), cls("minor", aql=0.040)]
    assert plan_of(classes, 600_000, "major", severity="tightened", sample="largest") == aql.SinglePlan(
        3150, 1
    )


@pytest.mark.parametrize(("first", "second"), [("2.5", "6.5"), ("2.5", "25"), ("6.5", "15"), ("4.0", "65")])
@pytest.mark.parametrize("size", [5, 20])
def test_largest_does_not_depend_on_the_order_of_the_classes(first: str, second: str, size: int) -> None:
    """Rule 3: also where letters share a sample size, as A, B and C do in reduced inspection (n 2)."""
    one, other = cls("one", aql=first), cls("other", aql=second)
    how: Values = {"severity": "reduced", "sample": "largest", "counting": "nonconformities"}
    plans = [
        {name: plan_of(classes, size, name, **how) for name in ("one", "other")}
        for classes in ([one, other], [other, one])
    ]
    assert plans[0] == plans[1]


def test_largest_of_classes_that_agree_already_changes_nothing() -> None:
    found = verdict(contract(BOTH, sample="largest"), size=3000)
    assert [one.plan for one in found.classes] == [aql.SinglePlan(125, 7), aql.SinglePlan(125, 10)]
    assert not any("differ" in note for note in notes(found))


def test_largest_compares_whole_double_plans() -> None:
    """Rule 3: at letter J, 1.0 has 50 + 50 (0/3, 3/4) and 2.5 has 50 + 50 (2/5, 6/7)."""
    classes = [cls("major", aql=1.0), cls("minor", aql=2.5)]
    found = verdict(contract(classes, sample="largest", sampling="double"), size=1000)
    assert [one.plan for one in found.classes] == [
        aql.MultiplePlan((50, 50), (0, 3), (3, 4)),
        aql.MultiplePlan((50, 50), (2, 6), (5, 7)),
    ]


def test_letter_keeps_the_entered_n_with_the_ac_from_where_the_arrow_points() -> None:
    """Rule 3: lot 30 is letter D, n 8; 2.5 has its Ac from C, 4.0 from E; marked as practice."""
    found = verdict(contract(BOTH, sample="letter"), size=30)
    assert line(found, "major").plan == aql.SinglePlan(8, 0)
    assert line(found, "minor").plan == aql.SinglePlan(8, 1)
    assert all(one.practice for one in found.lines)
    assert all("practice" in basis(one) for one in found.lines)


def test_letter_is_a_plan_of_the_standard_where_no_arrow_is_met() -> None:
    found = verdict(contract(BOTH, sample="letter"), size=3000)
    assert [one.plan for one in found.lines] == [aql.SinglePlan(125, 7), aql.SinglePlan(125, 10)]
    assert not any(one.practice for one in found.lines)


@pytest.mark.parametrize("sampling", ["double", "multiple"])
def test_letter_goes_with_single_sampling_only(sampling: str) -> None:
    """Rule 3: `letter` (single sampling only)."""
    with pytest.raises(aql.DocumentError) as raised:
        verdict(contract(BOTH, sample="letter", sampling=sampling), size=30)
    assert [problem.where for problem in raised.value.problems] == ["inspection.sample"]


def test_letter_keeps_the_gap_of_reduced_inspection() -> None:
    """Rules 3 and 11: lot 30, reduced: letter D, n 3; at 4.0 MIL-STD-105E leads on to E, 5, Ac 0, Re 2."""
    classes = [cls("minor", aql=4.0)]
    how: Values = {"standard": "MIL-STD-105E", "severity": "reduced"}
    assert plan_of(classes, 30, "minor", **how) == aql.SinglePlan(5, 0, 2)
    assert plan_of(classes, 30, "minor", sample="letter", **how) == aql.SinglePlan(3, 0, 2)


@pytest.mark.parametrize(
    ("sampling", "sample"),
    [("single", "per-class"), ("single", "letter"), ("double", "per-class"), ("multiple", "per-class")],
)
@pytest.mark.parametrize("severity", ["normal", "tightened", "reduced"])
def test_aql_0_is_single_at_the_normal_n_of_the_letter_entered_with_ac_0(
    sampling: str, severity: str, sample: str
) -> None:
    """Rule 3: AQL 0: always single, the n of the normal table at the letter entered, Ac 0, marked as practice."""
    classes = [cls("critical", aql=0), *BOTH]
    agreed = contract(classes, sampling=sampling, severity=severity, sample=sample)
    found = line(verdict(agreed, size=1000), "critical")
    assert found.plan == aql.SinglePlan(80, 0)
    assert found.practice
    assert "practice" in basis(found)


def test_aql_0_takes_the_common_n_under_largest() -> None:
    """Rule 3: under `largest`, the common n: lot 30 settles at F."""
    found = verdict(contract([cls("critical", aql=0), *BOTH], sample="largest"), size=30)
    assert line(found, "critical").plan == aql.SinglePlan(20, 0)
    assert line(found, "critical").practice


def test_aql_0_takes_the_largest_n_of_the_settled_round() -> None:
    """Rule 3: where sizes still differ (20 and 32 at lot 100) the common n is the largest."""
    classes = [cls("critical", aql=0), cls("major", aql=0.65), cls("minor", aql=1.5)]
    assert plan_of(classes, 100, "critical", sample="largest") == aql.SinglePlan(32, 0)


def test_aql_0_takes_the_largest_total_of_staged_plans() -> None:
    """Rule 3: letter J, double, 2.5: 50 + 50."""
    classes = [cls("critical", aql=0), cls("major", aql=2.5)]
    plan = plan_of(classes, 1000, "critical", sample="largest", sampling="double")
    assert plan == aql.SinglePlan(100, 0)


@pytest.mark.parametrize("sample", ["per-class", "largest", "letter"])
def test_aql_0_alone_has_the_n_of_its_letter(sample: str) -> None:
    assert plan_of(cls(aql=0), 30, sample=sample) == aql.SinglePlan(8, 0)


def test_the_basis_of_a_line_says_how_its_sample_was_reached() -> None:
    """Rule 3: marked as practice, and on whose sample."""
    terms = [term("burst", "critical", level="S-4"), term("fall", level="S-4")]
    classes = [cls("critical", aql=0), *BOTH]
    practice = 'AQL 0, "not allowed" (trade practice),'
    found = verdict(contract(classes, terms), size=1000)
    assert basis(line(found, "critical")) == f"{practice} sample of letter J"
    assert basis(line(found, "burst")) == f"{practice} sample of letter F, level S-4"
    assert basis(line(found, "fall")) == "ISO 2859-1:1999, table 2-A, AQL 2.5, letter F, level S-4"
    found = verdict(contract(classes, terms, sample="largest"), size=1000)
    assert basis(line(found, "critical")).startswith(f"{practice} common sample")
    assert basis(line(found, "burst")) == f"{practice} sample of letter F, level S-4"


def test_aql_0_rejects_on_one_finding() -> None:
    agreed = contract(cls("critical", aql=0), [term("burst", "critical")])
    assert verdict(agreed, seen("burst", 1), size=30, inspected=8).decision == "reject"
    assert verdict(agreed, size=30, inspected=8).decision == "accept"


@pytest.mark.parametrize(
    ("severity", "plan"),
    [
        ("normal", aql.SinglePlan(80, 5)),
        ("tightened", aql.SinglePlan(80, 3)),
        ("reduced", aql.SinglePlan(32, 3)),
    ],
)
def test_the_severity_of_the_contract_chooses_the_table(severity: str, plan: aql.SinglePlan) -> None:
    """Tables 2-A, 2-B and 2-C of ISO 2859-1:1999 at letter J, AQL 2.5."""
    assert plan_of(cls(aql=2.5), 1000, severity=severity) == plan


@pytest.mark.parametrize(
    ("sampling", "plan"),
    [
        ("double", aql.MultiplePlan((50, 50), (2, 6), (5, 7))),
        ("multiple", aql.MultiplePlan((20,) * 5, (None, 1, 2, 4, 6), (4, 5, 6, 7, 7))),
    ],
)
def test_the_sampling_of_the_contract_chooses_the_table(sampling: str, plan: aql.MultiplePlan) -> None:
    """Tables 3-A and 4-A of ISO 2859-1:1999 at letter J, AQL 2.5."""
    assert plan_of(cls(aql=2.5), 1000, sampling=sampling) == plan


@pytest.mark.parametrize(
    ("minimum", "plan"),
    [
        ({}, aql.SinglePlan(50, 0)),
        ({"letter": "M"}, aql.SinglePlan(315, 2)),
        ({"letter": "C"}, aql.SinglePlan(50, 0)),
        ({"n": 50}, aql.SinglePlan(50, 0)),
        ({"n": 51}, aql.SinglePlan(200, 1)),
        ({"letter": "M", "n": 316}, aql.SinglePlan(500, 3)),
        ({"letter": "N", "n": 32}, aql.SinglePlan(500, 3)),
    ],
)
def test_a_minimum_enters_at_a_later_letter(minimum: Values, plan: aql.SinglePlan) -> None:
    """Lot 10 000, level I, AQL 0.25: the arrow of letter J leads back to H, n 50, Ac 0; that of K on to L, n 200."""
    one = cls("holes", aql=0.25) | ({"minimum": minimum} if minimum else {})
    assert plan_of(one, 10_000, "holes", level="I") == plan


def test_a_minimum_of_aql_0_and_under_the_other_conventions() -> None:
    zero = cls("critical", aql=0) | {"minimum": {"n": 100}}
    assert plan_of(zero, 500, "critical") == aql.SinglePlan(125, 0)
    one = cls("holes", aql=0.25) | {"minimum": {"n": 51}}
    assert plan_of(one, 10_000, "holes", level="I", sample="letter") == aql.SinglePlan(80, 0)
    assert plan_of(one, 10_000, "holes", level="I", sample="largest").total >= 51
    assert plan_of(one, 1, "holes").total == 1


def test_what_a_minimum_did_is_part_of_where_the_plan_comes_from() -> None:
    one = cls("holes", aql=0.25) | {"minimum": {"letter": "M", "n": 316}}
    found = verdict(contract(one, level="I"), size=10_000)
    said = "letter N; raised from letter J of the lot by the minimum, letter M and n 316"
    assert basis(line(found, "holes")) == f"ISO 2859-1:1999, table 2-A, AQL 0.25, {said}"
    assert said in found.explain()
    again = aql.Verdict.from_json(found.to_json())
    assert (again, again.explain()) == (found, found.explain())
    lot_of_one = verdict(contract(one), size=1, inspected=1)
    assert basis(line(lot_of_one, "holes")) == (
        "AQL 0.25, lot of one item (trade practice); the minimum, letter M and n 316, is more than the lot"
    )
    assert "raised" not in basis(line(verdict(contract(one, level="I"), size=600_000), "holes"))


def test_aql_0_keeps_its_minimum_beside_a_smaller_common_sample() -> None:
    zero = cls("critical", aql=0)
    for minimum, n in (({"n": 100}, 125), ({"letter": "K"}, 125), ({"n": 80}, 80), ({"letter": "A"}, 80)):
        both = [zero | {"minimum": minimum}, cls(aql=2.5)]
        assert plan_of(both, 1200, "critical", sample="largest") == aql.SinglePlan(n, 0)


@given(
    sampling=st.sampled_from(SAMPLINGS),
    sample=st.sampled_from(SAMPLES),
    severity=st.sampled_from(SEVERITIES),
    quality=st.sampled_from([0, 0.01, 0.25, 1, 4, 10]),
    size=st.integers(2, 1_000_000),
    n=st.integers(1, 2500),
)
def test_a_minimum_that_the_check_passes_has_a_plan(
    sampling: str, sample: str, severity: str, quality: float, size: int, n: int
) -> None:
    """And one that it does not pass has none, in any lot."""
    assume(sample != "letter" or sampling == "single")
    one = cls("holes", aql=quality) | {"minimum": {"n": n}}
    agreed = contract(one, sampling=sampling, sample=sample, severity=severity)
    if aql.check(agreed).errors:
        with pytest.raises(aql.DomainError, match="minimum n must be at most"):
            decision_lines(agreed, size)
    else:
        assert decision_lines(agreed, size)[0].plan.total >= n


def test_a_minimum_above_every_sample_is_refused() -> None:
    """By the check for the severity of the contract, and on scoring for another severity of the header."""
    agreed = contract(cls("holes", aql=0.25) | {"minimum": {"n": 5000}})
    assert [(one.code, one.path) for one in aql.check(agreed).errors] == [
        ("bad-minimum", "classes[0].minimum.n")
    ]
    agreed = contract(cls("holes", aql=0.25) | {"minimum": {"n": 1000}})
    assert verdict(agreed, size=10_000).lines[0].plan.total == 1250
    with pytest.raises(
        aql.DomainError,
        match="minimum n must be at most 800, the largest sample of reduced inspection, got 1000",
    ):
        verdict(agreed, size=10_000, severity="reduced")
