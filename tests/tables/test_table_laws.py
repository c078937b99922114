"""Laws that the printed tables obey, so that a mistyped cell breaks one.

The tables of ISO 2859-1 and MIL-STD-105E are built on preferred numbers: from one letter to the next the sample grows by
the factor by which the AQL shrinks one column to the left, so the same Ac fits. Rows are read with the naive reader in
`tests/oracles` instead of the package, because these tests check the data.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import accumulate, pairwise, product
from math import ceil
from pathlib import Path

import pytest

from aql.types import Standard
from tests.oracles.naive_tables import (
    AQLS,
    FOLDER,
    FOLDERS,
    LETTERS,
    LEVELS,
    SAMPLINGS,
    SEVERITIES,
    Plan,
    Printed,
    accepts_whatever,
    bands,
    binomial,
    exact_binomial,
    pa,
    poisson,
    printed,
    resolve,
    rows,
    verdict,
)
from tests.profiles import exhaustive

ISO, MIL = FOLDERS
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
EXCEPTIONS = Path(__file__).parents[1] / "golden" / "reduced_diagonal_exceptions.csv"

every_table = pytest.mark.parametrize(
    ("folder", "sampling", "severity"), list(product(FOLDERS, SAMPLINGS, SEVERITIES))
)
every_staged_table = pytest.mark.parametrize(
    ("folder", "sampling", "severity"), list(product(FOLDERS, ("double", "multiple"), SEVERITIES))
)
every_severity = pytest.mark.parametrize(("folder", "severity"), list(product(FOLDERS, SEVERITIES)))
every_sampling = pytest.mark.parametrize(("folder", "sampling"), list(product(FOLDERS, SAMPLINGS)))
every_sampling_in_time = pytest.mark.parametrize(
    ("folder", "sampling"),
    [
        (folder, sampling) if sampling == "single" else exhaustive(folder, sampling)
        for folder, sampling in product(FOLDERS, SAMPLINGS)
    ],
)

Step = tuple[str, str, str, str, Printed, Printed]


def entered() -> Iterator[tuple[str, str]]:
    """Letter and AQL of every cell that can be entered: all rows but S."""
    return product(LETTERS, AQLS)


def rungs(severity: str) -> tuple[str, ...]:
    """The letters of a table from top to bottom; only tightened tables print a row S."""
    return (*LETTERS, "S") if severity == "tightened" else LETTERS


def steps(folder: str, table: str) -> list[Step]:
    """Every step of a diagonal: from a cell to the one a letter on and an AQL finer. Row S is left out."""
    cells = printed(folder, table)
    return [
        (letter, aql, next_letter, finer, cells[letter, aql], cells[next_letter, finer])
        for letter, next_letter in pairwise(LETTERS)
        for finer, aql in pairwise(AQLS)
    ]


def limits(plan: Plan) -> tuple[tuple[int | None, ...], tuple[int, ...]]:
    return plan.ac, plan.re


# Arrows --------------------------------------------------------------------------------------------------------


@every_table
def test_every_cell_leads_to_a_plan_of_two_items_or_more(folder: str, sampling: str, severity: str) -> None:
    for letter, aql in entered():
        assert min(resolve(folder, sampling, severity, letter, aql).plan.n) >= 2


@every_table
def test_arrows_never_oppose(folder: str, sampling: str, severity: str) -> None:
    """From any cell to its plan, all arrows point the same way."""
    wrong = []
    for letter, aql in entered():
        marks = {visit.mark for visit in resolve(folder, sampling, severity, letter, aql).path}
        if {"down", "up"} <= marks:
            wrong.append((letter, aql))
    assert not wrong


@pytest.mark.parametrize("folder", FOLDERS)
def test_row_s_holds_one_plan_and_only_the_arrows_above_it_lead_there(folder: str) -> None:
    for sampling in SAMPLINGS:
        cells = printed(folder, f"{sampling}_tightened")
        assert {aql for aql in AQLS if cells["S", aql].mark == "plan"} == {"0.025"}
        assert {cells["S", aql].mark for aql in AQLS if aql != "0.025"} == {"blank"}
        reached = {cell for cell in entered() if resolve(folder, sampling, "tightened", *cell).letter == "S"}
        assert reached == {("Q", "0.025"), ("R", "0.025")}


@every_table
def test_blank_stands_in_row_s_only(folder: str, sampling: str, severity: str) -> None:
    cells = printed(folder, f"{sampling}_{severity}")
    assert set(cells) == set(product(rungs(severity), AQLS))
    assert {letter for (letter, _), cell in cells.items() if cell.mark == "blank"} <= {"S"}


# A mark repeats along a diagonal, except where the table ends. Letter A has nothing above it, so its arrow at AQL 10
# points down; letter R has nothing below it; up to letter E the tables print large plans for AQLs above 100, from F
# on an arrow up to them. In the reduced table of ISO, Ac 0 and Ac 1 are one column further apart.
LAST_LARGE_PLANS = {("E", "150"), ("E", "250")}
ENDS = {
    (ISO, "normal"): {("A", "10"), ("Q", "0.025")} | LAST_LARGE_PLANS,
    (MIL, "normal"): {("A", "10"), ("Q", "0.025")} | LAST_LARGE_PLANS,
    (ISO, "tightened"): {("A", "10"), ("Q", "0.025")} | LAST_LARGE_PLANS,
    (MIL, "tightened"): {("A", "10"), ("Q", "0.025")} | LAST_LARGE_PLANS,
    (ISO, "reduced"): {("A", "10"), ("A", "25"), ("P", "0.040"), ("Q", "0.040")} | LAST_LARGE_PLANS,
    (MIL, "reduced"): {("A", "10"), ("Q", "0.025")} | LAST_LARGE_PLANS,
}


@every_severity
def test_marks_of_single_tables_repeat_along_diagonals(folder: str, severity: str) -> None:
    breaks = {
        (letter, aql)
        for letter, aql, _, _, here, there in steps(folder, f"single_{severity}")
        if here.mark != there.mark
    }
    assert breaks == ENDS[folder, severity]


@every_staged_table
def test_marks_of_staged_tables_follow_from_the_single_table(
    folder: str, sampling: str, severity: str
) -> None:
    """Arrows are those of the single table; if it has a plan, the sample sizes decide which kind is possible here.

    A plan with Ac 0 and Re 1 ends with the first sample, so it stays single. Otherwise a letter has a multiple plan
    if its sample can be split far enough, else a double plan, else a single one.
    """
    single = printed(folder, f"single_{severity}")
    staged = printed(folder, f"{sampling}_{severity}")
    double_from = LETTERS.index({"normal": "B", "tightened": "B", "reduced": "D"}[severity])
    multiple_from = double_from + 2

    def expected(letter: str, cell: Printed) -> str:
        if cell.plan is None:
            return cell.mark
        rank = rungs("tightened").index(letter)
        if cell.plan.re == (1,) or rank < double_from:
            return "single"
        if sampling == "multiple" and rank < multiple_from:
            return "double"
        return "plan"

    wrong = {key: cell.mark for key, cell in staged.items() if cell.mark != expected(key[0], single[key])}
    assert not wrong


# Sample sizes --------------------------------------------------------------------------------------------------


@every_severity
def test_single_samples_are_the_preferred_numbers(folder: str, severity: str) -> None:
    """2, 3, 5, 8, 13, … up the letters; reduced lags two letters behind and cannot fall below 2."""
    lag = 2 if severity == "reduced" else 0
    for row in rows(folder, f"single_{severity}"):
        rank = rungs(severity).index(row["letter"])
        assert int(row["n"]) == SIZES[max(rank - lag, 0)], row


@every_staged_table
def test_samples_of_staged_plans_are_single_samples_of_earlier_letters(
    folder: str, sampling: str, severity: str
) -> None:
    """A double plan's samples are the single sample of the letter before, a multiple plan's of three letters before.

    No smaller sample than 2 exists, so the first letters have none.
    """
    lag = {"double": 1, "multiple": 3}[sampling] + (2 if severity == "reduced" else 0)
    columns = {"double": ("n1", "n2"), "multiple": ("n_stage",)}[sampling]
    for row in rows(folder, f"{sampling}_{severity}"):
        rank = rungs(severity).index(row["letter"]) - lag
        assert {row[column] for column in columns} == {str(SIZES[rank]) if rank >= 0 else ""}, row


@every_table
def test_a_later_letter_never_has_a_smaller_sample(folder: str, sampling: str, severity: str) -> None:
    cells = printed(folder, f"{sampling}_{severity}")
    size = {letter: cell.plan.n for (letter, _), cell in cells.items() if cell.plan is not None}
    in_order = [size[letter] for letter in rungs(severity) if letter in size]
    assert in_order == sorted(in_order)


# Acceptance numbers --------------------------------------------------------------------------------------------

COMMON = ((0, 1), (1, 2), (2, 3), (3, 4), (5, 6))
LADDERS = {
    (ISO, "normal"): (*COMMON, (7, 8), (10, 11), (14, 15), (21, 22), (30, 31), (44, 45)),
    (ISO, "tightened"): (*COMMON, (8, 9), (12, 13), (18, 19), (27, 28), (41, 42)),
    (ISO, "reduced"): (*COMMON, (6, 7), (8, 9), (10, 11), (14, 15), (21, 22)),
    (MIL, "reduced"): (
        *((0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (3, 6), (5, 8)),
        *((7, 10), (10, 13), (14, 17), (21, 24)),
    ),
}
LADDERS[MIL, "normal"] = LADDERS[ISO, "normal"]
LADDERS[MIL, "tightened"] = LADDERS[ISO, "tightened"]


@every_severity
def test_a_row_of_a_single_table_climbs_one_ladder(folder: str, severity: str) -> None:
    """From left to right Ac and Re take the values of the severity's ladder, none skipped.

    Letters A and B of the reduced tables keep the sample size 2 and have their own, which another test covers.
    """
    ladder = LADDERS[folder, severity]
    cells = printed(folder, f"single_{severity}")
    for letter in rungs(severity):
        if severity == "reduced" and letter in "AB":
            continue
        plans = [cells[letter, aql].plan for aql in AQLS]
        row = tuple((plan.ac[0], plan.re[0]) for plan in plans if plan is not None)
        start = ladder.index(row[0])
        assert row == ladder[start : start + len(row)], letter
        assert start <= 1


def test_reduced_letters_a_and_b_have_the_normal_plans_of_letter_a() -> None:
    """Their samples are 2, as for normal letter A, and cannot shrink.

    ISO: both letters from Ac 1 on. MIL-STD-105E: letter A, and letter B from AQL 100 on.
    """
    for folder, (letter, first) in product(FOLDERS, (("A", "0.010"), ("B", "25"))):
        start = AQLS.index("100" if (folder, letter) == (MIL, "B") else first)
        normal, reduced = printed(folder, "single_normal"), printed(folder, "single_reduced")
        for aql in AQLS[start:]:
            assert reduced[letter, aql] == normal["A", aql], (folder, letter, aql)


# Steps compared: every pair of neighbouring cells on a diagonal, rows A to R, of which both hold a plan.
COMPARED = {
    ("single", "normal"): {ISO: 141, MIL: 141},
    ("single", "tightened"): {ISO: 126, MIL: 126},
    ("double", "normal"): {ISO: 118, MIL: 118},
    ("double", "tightened"): {ISO: 104, MIL: 104},
    ("double", "reduced"): {ISO: 86, MIL: 98},
    ("multiple", "normal"): {ISO: 98, MIL: 98},
    ("multiple", "tightened"): {ISO: 86, MIL: 86},
    ("multiple", "reduced"): {ISO: 70, MIL: 80},
}


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(("sampling", "severity"), COMPARED)
def test_limits_stay_along_a_diagonal(folder: str, sampling: str, severity: str) -> None:
    pairs = [
        (letter, aql, here.plan, there.plan)
        for letter, aql, _, _, here, there in steps(folder, f"{sampling}_{severity}")
        if here.plan is not None and there.plan is not None
    ]
    assert [pair for pair in pairs if limits(pair[2]) != limits(pair[3])] == []
    assert len(pairs) == COMPARED[sampling, severity][folder]


@pytest.mark.parametrize(("standard", "count"), [("ISO 2859-1:1999", 13), ("MIL-STD-105E", 17)])
def test_reduced_diagonals_break_at_the_listed_cells_only(standard: Standard, count: int) -> None:
    with EXCEPTIONS.open(encoding="utf-8", newline="") as lines:
        listed = [
            (row["letter"], row["aql"], row["ac"], row["next_letter"], row["next_aql"], row["next_ac"])
            for row in csv.DictReader(line for line in lines if not line.startswith("#"))
            if row["standard"] == standard
        ]
    broken = [
        (letter, aql, str(here.plan.ac[0]), next_letter, finer, str(there.plan.ac[0]))
        for letter, aql, next_letter, finer, here, there in steps(FOLDER[standard], "single_reduced")
        if here.plan is not None and there.plan is not None and here.plan.ac != there.plan.ac
    ]
    assert broken == listed
    assert len(broken) == count


@every_table
def test_limits_leave_the_decision_open_until_the_last_sample(
    folder: str, sampling: str, severity: str
) -> None:
    """Cumulative numbers never fall; Re exceeds Ac by two or more, and by one after the last sample.

    MIL-STD-105E reduced keeps a gap after the last sample too, except in plans with Re 1 and in those that letters A
    and B share with the normal table.
    """
    for (letter, aql), cell in printed(folder, f"{sampling}_{severity}").items():
        if cell.plan is None:
            continue
        ac = [-1 if number is None else number for number in cell.plan.ac]
        re = list(cell.plan.re)
        assert ac == sorted(ac), (letter, aql)
        assert re == sorted(re), (letter, aql)
        *gaps, last = [r - a for a, r in zip(ac, re, strict=True)]
        assert all(gap >= 2 for gap in gaps), (letter, aql)
        as_normal = letter == "A" or (letter == "B" and float(aql) >= 100)
        if (folder, severity) == (MIL, "reduced") and re[-1] > 1 and not as_normal:
            assert last >= 2, (letter, aql)
        else:
            assert last == 1, (letter, aql)


@every_table
def test_a_coarser_aql_never_has_tighter_limits(folder: str, sampling: str, severity: str) -> None:
    cells = printed(folder, f"{sampling}_{severity}")
    for letter in rungs(severity):
        plans = [plan for aql in AQLS if (plan := cells[letter, aql].plan) is not None]
        for finer, coarser in pairwise(plans):
            assert accepts_whatever(coarser, finer)
            assert limits(coarser) != limits(finer)


@every_table
def test_a_larger_sample_never_has_tighter_limits(folder: str, sampling: str, severity: str) -> None:
    cells = printed(folder, f"{sampling}_{severity}")
    for aql in AQLS:
        plans = [plan for letter in rungs(severity) if (plan := cells[letter, aql].plan) is not None]
        for earlier, later in pairwise(plans):
            assert [a or 0 for a in earlier.ac] <= [a or 0 for a in later.ac]
            assert earlier.re <= later.re


@every_staged_table
def test_equal_single_limits_have_equal_staged_limits(folder: str, sampling: str, severity: str) -> None:
    """The staged plan of a cell determines its single plan, and the other way round."""
    single, staged = printed(folder, f"single_{severity}"), printed(folder, f"{sampling}_{severity}")
    pairs = {
        (limits(one), limits(cell.plan))
        for key, cell in staged.items()
        if cell.plan is not None and (one := single[key].plan) is not None
    }
    assert set(Counter(one for one, _ in pairs).values()) == {1}
    assert set(Counter(other for _, other in pairs).values()) == {1}


@pytest.mark.parametrize("sampling", ["double", "multiple"])
def test_severities_share_the_staged_limits_of_an_acceptance_number(sampling: str) -> None:
    """ISO uses one staged plan for each Ac in all three severities; MIL-STD-105E in normal and tightened."""
    for folder, severities in ((ISO, SEVERITIES), (MIL, SEVERITIES[:2])):
        pairs = {
            (limits(plan), limits(cell.plan))
            for severity in severities
            for key, cell in printed(folder, f"{sampling}_{severity}").items()
            if cell.plan is not None and (plan := printed(folder, f"single_{severity}")[key].plan) is not None
        }
        assert set(Counter(one for one, _ in pairs).values()) == {1}


@pytest.mark.parametrize("severity", SEVERITIES)
def test_iso_double_and_multiple_plans_end_with_the_same_numbers(severity: str) -> None:
    double, multiple = printed(ISO, f"double_{severity}"), printed(ISO, f"multiple_{severity}")
    for key, cell in multiple.items():
        if cell.plan is not None:
            two = double[key].plan
            assert two is not None
            assert (cell.plan.ac[-1], cell.plan.re[-1]) == (two.ac[-1], two.re[-1])


@pytest.mark.parametrize("severity", ["normal", "tightened"])
def test_mil_multiple_plans_end_at_seven_quarters_of_the_single_ac(severity: str) -> None:
    """Seven samples of a quarter of the single sample each: the last Ac is 7/4 of the single Ac, rounded up."""
    single, multiple = printed(MIL, f"single_{severity}"), printed(MIL, f"multiple_{severity}")
    for key, cell in multiple.items():
        if cell.plan is not None:
            one = single[key].plan
            assert one is not None
            assert cell.plan.ac[-1] == ceil(Fraction(7 * (one.ac[0] or 0), 4)), key


@every_staged_table
def test_staged_plans_accept_good_lots_about_as_often_as_the_single_plan(
    folder: str, sampling: str, severity: str
) -> None:
    """Where the single plan accepts 95 lots in 100, the staged plan of the same cell accepts 90 to 100."""
    single, staged = printed(folder, f"single_{severity}"), printed(folder, f"{sampling}_{severity}")
    for key, cell in staged.items():
        if cell.plan is None:
            continue
        one = single[key].plan
        assert one is not None
        low, high = 0.0, one.re[0] / one.n[0]
        while high - low > 1e-9:
            rate = (low + high) / 2
            low, high = (rate, high) if pa(one, poisson(rate)) > 0.95 else (low, rate)
        assert abs(pa(cell.plan, poisson(low)) - 0.95) < 0.05, key


# Severities ----------------------------------------------------------------------------------------------------


@every_sampling
def test_tightened_never_accepts_what_normal_rejects(folder: str, sampling: str) -> None:
    """At every letter and AQL, whatever is found: so also at any quality, with any probability model."""
    plans = {
        (resolve(folder, sampling, "normal", *cell).plan, resolve(folder, sampling, "tightened", *cell).plan)
        for cell in entered()
    }
    assert [pair for pair in plans if not accepts_whatever(*pair)] == []


@every_sampling_in_time
def test_tightened_never_accepts_more_often_than_normal(folder: str, sampling: str) -> None:
    """The same law by exact arithmetic on the small plans, which checks the reasoning of the test above."""
    exact = cache(lambda plan, p: pa(plan, exact_binomial(p)))
    for letter, aql in product("ABCDEFG", AQLS):
        normal = resolve(folder, sampling, "normal", letter, aql).plan
        tightened = resolve(folder, sampling, "tightened", letter, aql).plan
        for p in (Fraction(k, 1000) for k in (1, 10, 50, 100, 300, 500, 700, 999)):
            assert exact(tightened, p) <= exact(normal, p)


def test_whatever_is_found_means_every_record_of_findings() -> None:
    """`accepts_whatever` against all records of up to three nonconformities an item, for plans that differ subtly."""
    plans = [
        Plan((2,), (1,), (2,)),
        Plan((3,), (1,), (2,)),
        Plan((3,), (2,), (3,)),
        Plan((2, 2), (0, 1), (2, 2)),
        Plan((2, 2), (0, 3), (3, 4)),
        Plan((2, 2), (0, 0), (2, 2)),
        Plan((1, 2), (None, 1), (2, 2)),
        Plan((1, 1, 2), (None, 0, 1), (2, 2, 2)),
    ]

    def accepts(plan: Plan, record: tuple[int, ...]) -> bool:
        for stage, end in enumerate(accumulate(plan.n)):
            found = verdict(plan, stage, sum(record[:end]))
            if found != "open":
                return found == "accept"
        raise AssertionError("the last sample decides")

    records = list(product(range(4), repeat=4))
    accepted = {plan: {record for record in records if accepts(plan, record)} for plan in plans}
    for lenient, strict in product(plans, repeat=2):
        assert accepts_whatever(lenient, strict) == (accepted[strict] <= accepted[lenient])


def less_often(
    folder: str, sampling: str, severity: str, worse_by: tuple[float, ...]
) -> set[tuple[str, str]]:
    """Cells in which reduced accepts less often than `severity` at one of these multiples of the AQL.

    Up to AQL 10 as nonconforming items and as nonconformities, above 10 as nonconformities.
    """
    found = set()
    for letter, aql in entered():
        reduced = resolve(folder, sampling, "reduced", letter, aql).plan
        other = resolve(folder, sampling, severity, letter, aql).plan
        for quality in (float(aql) / 100 * factor for factor in worse_by):
            models = [poisson(quality)]
            if float(aql) <= 10 and quality < 1:
                models.append(binomial(quality))
            for model in models:
                if reduced != other and pa(reduced, model) < pa(other, model) - 1e-12:
                    found.add((letter, aql))
    return found


@every_sampling_in_time
def test_reduced_accepts_at_least_as_often_as_tightened_from_the_aql_on(folder: str, sampling: str) -> None:
    """On a grid of qualities from the AQL to twenty times the AQL."""
    assert less_often(folder, sampling, "tightened", (1, 1.2, 1.5, 2, 3, 5, 10, 20)) == set()


@every_sampling_in_time
def test_reduced_accepts_at_least_as_often_as_normal_when_quality_is_poor(folder: str, sampling: str) -> None:
    """On a grid from two and a half times the AQL to twenty times the AQL, except at letter B of the 1999 edition.

    Close to the AQL and below it the curves cross, since the smaller sample comes with a lower Ac. At letter B the
    sample falls from 3 to 2 only, while Ac falls from 2 to 1 (AQL 25) and from 5 to 3 (AQL 65).
    """
    crossing = {
        (ISO, "single"): {("B", "25"), ("B", "65")},
        (ISO, "double"): {("B", "25")},
        (ISO, "multiple"): {("B", "25")},
    }
    found = less_often(folder, sampling, "normal", (2.5, 3, 4, 5, 7, 10, 20))
    assert found == crossing.get((folder, sampling), set())


# Standards -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["code_letters", "single_normal", "single_tightened"])
def test_both_standards_print_the_same(table: str) -> None:
    assert rows(ISO, table) == rows(MIL, table)


@pytest.mark.parametrize("folder", FOLDERS)
def test_bands_follow_one_another_without_a_gap(folder: str) -> None:
    for level in LEVELS:
        of_level = [band for band in bands(folder) if band.level == level]
        assert of_level[0].first == 2
        assert of_level[-1].last is None
        for band, following in pairwise(of_level):
            assert following.first == (band.last or 0) + 1


@pytest.mark.parametrize("folder", FOLDERS)
def test_larger_lots_and_higher_levels_never_have_earlier_letters(folder: str) -> None:
    letter = {(band.first, band.level): band.letter for band in bands(folder)}
    starts = sorted({first for first, _ in letter})
    for level in LEVELS:
        column = [letter[start, level] for start in starts]
        assert column == sorted(column)
    for start in starts:
        row = [letter[start, level] for level in LEVELS]
        assert row == sorted(row)
