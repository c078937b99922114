"""Every cell of every table, and every range of lot sizes, compared with a second reader of the tables.

The oracle is `tests/oracles/naive_tables.py`: it reads the same CSVs with other code and follows the arrows letter by
letter. Each test reads a whole table and collects the differences, so that an error is reported with all its cells.
"""

from collections.abc import Iterator
from functools import partial
from itertools import product

import numpy as np
import pytest

import aql
from aql.types import Level, Sampling, Severity, Standard
from tests.oracles import naive_tables as oracle

PRINTED: tuple[Standard, ...] = ("ISO 2859-1:1999", "ANSI/ASQ Z1.4", "MIL-STD-105E")
NEW: Standard = "ISO 2859-1:2026"
AQLS_OF_NEW = oracle.AQLS[: oracle.AQLS.index("6.5") + 1]

NUMBER = {"iso_2859_1_1999": ("2", "3", "4"), "mil_std_105e": ("II", "III", "IV")}
SUFFIX = {"normal": "A", "tightened": "B", "reduced": "C"}

every_table = pytest.mark.parametrize(
    ("standard", "sampling", "severity"), list(product(PRINTED, oracle.SAMPLINGS, oracle.SEVERITIES))
)
every_severity = pytest.mark.parametrize(("standard", "severity"), list(product(PRINTED, oracle.SEVERITIES)))
every_standard = pytest.mark.parametrize("standard", PRINTED)


def label(standard: Standard, table: str) -> str:
    """The number of a printed table, from the name of its file."""
    sampling, severity = table.split("_")
    return f"{NUMBER[oracle.FOLDER[standard]][oracle.SAMPLINGS.index(sampling)]}-{SUFFIX[severity]}"


def stages(plan: object) -> oracle.Plan:
    """Either kind of plan in the oracle's form."""
    if isinstance(plan, aql.SinglePlan):
        return oracle.Plan((plan.n,), (plan.ac,), (plan.re,))
    if isinstance(plan, aql.MultiplePlan):
        return oracle.Plan(plan.n, plan.ac, plan.re)
    raise TypeError(plan)


def cells() -> Iterator[tuple[str, str]]:
    """Letter and AQL of every cell that can be entered."""
    return product(oracle.LETTERS, oracle.AQLS)


def entries(standard: Standard, level: Level) -> list[tuple[int, str]]:
    """First and last lot size of every band of a level, each with the band's letter."""
    return [
        (size, band.letter)
        for band in oracle.bands(oracle.FOLDER[standard])
        if band.level == level
        for size in band.edges()
    ]


def test_four_standards_are_known() -> None:
    assert aql.STANDARDS == ("ISO 2859-1:1999", "ISO 2859-1:2026", "ANSI/ASQ Z1.4", "MIL-STD-105E")


# By letter -----------------------------------------------------------------------------------------------------


@every_table
def test_a_cell_resolves_to_the_plan_its_marks_lead_to(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    wrong: list[tuple[object, ...]] = []
    for letter, text in cells():
        expected = oracle.resolve(oracle.FOLDER[standard], sampling, severity, letter, text)
        found = aql.lookup(letter=letter, aql=text, severity=severity, sampling=sampling, standard=standard)
        seen = (stages(found.plan), found.plan_letter, found.table)
        wanted = (expected.plan, expected.letter, label(standard, expected.table))
        if seen != wanted:
            wrong.append((letter, text, seen, wanted))
    assert not wrong


@every_table
def test_the_trace_is_every_cell_visited_in_order(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    wrong: list[tuple[object, ...]] = []
    for letter, text in cells():
        expected = oracle.resolve(oracle.FOLDER[standard], sampling, severity, letter, text)
        found = aql.lookup(letter=letter, aql=text, severity=severity, sampling=sampling, standard=standard)
        seen = [(cell.table, cell.letter, cell.aql, cell.mark) for cell in found.trace]
        wanted = [(label(standard, visit.table), visit.letter, text, visit.mark) for visit in expected.path]
        plans = [cell.plan is not None for cell in found.trace]
        if seen != wanted or plans != [visit.mark == "plan" for visit in expected.path]:
            wrong.append((letter, text, seen, wanted))
        elif found.trace[-1].plan != found.plan:
            wrong.append((letter, text, found.trace[-1].plan, found.plan))
    assert not wrong


@every_table
def test_a_lookup_says_what_was_asked(standard: Standard, sampling: Sampling, severity: Severity) -> None:
    wrong: list[tuple[object, ...]] = []
    for letter, text in cells():
        found = aql.lookup(letter=letter, aql=text, severity=severity, sampling=sampling, standard=standard)
        seen = (found.letter, found.aql, found.severity, found.sampling, found.standard)
        facts = (found.lot_size, found.inspect_all, found.practice, found.per_hundred_items)
        if seen != (letter, text, severity, sampling, standard):
            wrong.append((letter, text, seen))
        if facts != (None, None, False, float(text) > 10):
            wrong.append((letter, text, facts))
    assert not wrong


@every_table
def test_a_plan_is_disputed_if_any_cell_on_the_way_is(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    folder = oracle.FOLDER[standard]
    disputed = oracle.disputed(folder)
    wrong: list[tuple[object, ...]] = []
    for letter, text in cells():
        path = oracle.resolve(folder, sampling, severity, letter, text).path
        expected = [(visit.table, visit.letter, text) in disputed for visit in path]
        found = aql.lookup(letter=letter, aql=text, severity=severity, sampling=sampling, standard=standard)
        seen = [cell.second_reading is not None for cell in found.trace]
        if (found.disputed, seen) != (any(expected), expected):
            wrong.append((letter, text, found.disputed, seen, expected))
    assert not wrong


@every_table
def test_the_plan_below_is_taken_on_request(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    wrong: list[tuple[object, ...]] = []
    for letter, text in cells():
        expected = oracle.resolve(
            oracle.FOLDER[standard], sampling, severity, letter, text, prefer_below=True
        )
        found = aql.lookup(
            letter=letter,
            aql=text,
            severity=severity,
            sampling=sampling,
            standard=standard,
            prefer_below=True,
        )
        seen = (stages(found.plan), found.plan_letter, found.table, found.trace[0].mark)
        wanted = (expected.plan, expected.letter, label(standard, expected.table), expected.path[0].mark)
        if seen != wanted:
            wrong.append((letter, text, seen, wanted))
    assert not wrong


@every_standard
def test_an_aql_may_be_a_number_or_the_printed_text(standard: Standard) -> None:
    for text in oracle.AQLS:
        by_number = aql.lookup(letter="G", aql=float(text), standard=standard)
        assert by_number == aql.lookup(letter="G", aql=text, standard=standard)
        assert by_number.aql == text


@every_table
def test_aql_zero_is_the_letters_own_normal_sample_and_no_table_cell(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    """Practice, not a printed plan: single whatever the sampling, the normal table's n, Ac 0."""
    for row in oracle.rows(oracle.FOLDER[standard], "single_normal"):
        found = aql.lookup(
            letter=row["letter"], aql=0, severity=severity, sampling=sampling, standard=standard
        )
        assert stages(found.plan) == oracle.Plan((int(row["n"]),), (0,), (1,))
        assert found.practice


@every_table
def test_items_cannot_be_counted_above_aql_10(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    look_up = partial(aql.lookup, letter="G", severity=severity, sampling=sampling, standard=standard)
    for text in oracle.AQLS:
        by_default = look_up(aql=text)
        assert look_up(aql=text, counting="nonconformities").plan == by_default.plan
        if float(text) > 10:
            with pytest.raises(aql.AqlError):
                look_up(aql=text, counting="items")
        else:
            assert look_up(aql=text, counting="items").plan == by_default.plan


@every_table
def test_row_s_is_entered_by_an_arrow_only(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    reached = [
        (letter, text)
        for letter, text in cells()
        if aql.lookup(
            letter=letter, aql=text, severity=severity, sampling=sampling, standard=standard
        ).plan_letter
        == "S"
    ]
    assert reached == ([("Q", "0.025"), ("R", "0.025")] if severity == "tightened" else [])
    for text in oracle.AQLS:
        with pytest.raises(aql.AqlError):
            aql.lookup(letter="S", aql=text, severity=severity, sampling=sampling, standard=standard)


# The edition of 2026: single sampling, by letter, AQL 0.010 to 6.5, nothing that ends in row S --------------------


@pytest.mark.parametrize("severity", oracle.SEVERITIES)
def test_the_new_edition_holds_the_plans_known_to_be_unchanged(severity: Severity) -> None:
    wrong: list[tuple[object, ...]] = []
    for letter, text in product(oracle.LETTERS, AQLS_OF_NEW):
        expected = oracle.resolve(oracle.FOLDER[NEW], "single", severity, letter, text)
        if expected.letter == "S":
            with pytest.raises(aql.AqlError):
                aql.lookup(letter=letter, aql=text, severity=severity, standard=NEW)
            continue
        found = aql.lookup(letter=letter, aql=text, severity=severity, standard=NEW)
        seen = (stages(found.plan), found.plan_letter, [(cell.letter, cell.mark) for cell in found.trace])
        wanted = (expected.plan, expected.letter, [(visit.letter, visit.mark) for visit in expected.path])
        if seen != wanted or found.standard != NEW:
            wrong.append((letter, text, seen, wanted))
    assert not wrong


@pytest.mark.parametrize("severity", oracle.SEVERITIES)
def test_the_new_edition_refuses_what_is_not_sourced(severity: Severity) -> None:
    for letter, text in cells():
        if text not in AQLS_OF_NEW:
            with pytest.raises(aql.AqlError):
                aql.lookup(letter=letter, aql=text, severity=severity, standard=NEW)
        for sampling in ("double", "multiple"):
            with pytest.raises(aql.AqlError):
                aql.lookup(letter=letter, aql=text, severity=severity, sampling=sampling, standard=NEW)
    with pytest.raises(aql.AqlError):
        aql.lookup(1200, aql="2.5", severity=severity, standard=NEW)


# By lot size ---------------------------------------------------------------------------------------------------


@every_standard
def test_the_letter_changes_exactly_at_the_edges_of_the_bands(standard: Standard) -> None:
    for level in oracle.LEVELS:
        sizes, letters = zip(*entries(standard, level), strict=True)
        assert tuple(aql.code_letter(size, level=level, standard=standard) for size in sizes) == letters
        assert tuple(aql.code_letter(np.array(sizes), level=level, standard=standard)) == letters


@every_standard
def test_a_lot_of_one_has_no_letter(standard: Standard) -> None:
    for level in oracle.LEVELS:
        with pytest.raises(aql.AqlError):
            aql.code_letter(1, level=level, standard=standard)


def differing(
    standard: Standard, sampling: Sampling, severity: Severity, level: Level, *, prefer_below: bool = False
) -> list[tuple[object, ...]]:
    """Lookups at the edges of a level's bands that differ from the oracle's, at every AQL."""
    wrong: list[tuple[object, ...]] = []
    for (size, letter), text in product(entries(standard, level), oracle.AQLS):
        expected = oracle.resolve(
            oracle.FOLDER[standard],
            sampling,
            severity,
            letter,
            text,
            prefer_below=prefer_below,
            lot_size=size,
        )
        found = aql.lookup(
            size,
            aql=text,
            level=level,
            severity=severity,
            sampling=sampling,
            standard=standard,
            prefer_below=prefer_below,
        )
        seen = (found.lot_size, found.letter, found.plan_letter, found.table, stages(found.plan))
        wanted = (size, letter, expected.letter, label(standard, expected.table), expected.plan)
        if seen != wanted:
            wrong.append((size, level, text, seen, wanted))
        on_lot, wanted_on_lot = stages(found.lot_plan), oracle.carried_out(expected.plan, size)
        if on_lot != wanted_on_lot:
            wrong.append((size, level, text, on_lot, wanted_on_lot))
    return wrong


@pytest.mark.parametrize("level", oracle.LEVELS)
@every_severity
def test_single_plans_at_the_edges_of_every_band(
    standard: Standard, severity: Severity, level: Level
) -> None:
    assert not differing(standard, "single", severity, level)


@pytest.mark.parametrize("sampling", ["double", "multiple"])
@every_severity
def test_staged_plans_at_the_edges_of_the_bands(
    standard: Standard, severity: Severity, sampling: Sampling
) -> None:
    assert not differing(standard, sampling, severity, "II")


@pytest.mark.parametrize("sampling", ["double", "multiple"])
@every_severity
def test_the_plan_below_must_leave_part_of_the_lot(
    standard: Standard, severity: Severity, sampling: Sampling
) -> None:
    for level in ("S-1", "II", "III"):
        assert not differing(standard, sampling, severity, level, prefer_below=True)


@pytest.mark.parametrize("sampling", oracle.SAMPLINGS)
@every_severity
def test_a_plan_whose_first_sample_reaches_the_lot_inspects_it_all(
    standard: Standard, severity: Severity, sampling: Sampling
) -> None:
    """Every item is inspected for certain only where the first sample of a staged plan takes the lot."""
    wrong: list[tuple[object, ...]] = []
    for (size, _), text in product(entries(standard, "II"), oracle.AQLS):
        found = aql.lookup(size, aql=text, severity=severity, sampling=sampling, standard=standard)
        expected = stages(found.plan).n[0] >= size
        if found.inspect_all != expected:
            wrong.append((size, text, stages(found.plan), found.inspect_all, expected))
    assert not wrong


@pytest.mark.parametrize("level", oracle.LEVELS)
@every_severity
def test_many_lots_are_looked_up_as_one_by_one(standard: Standard, severity: Severity, level: Level) -> None:
    sizes = [size for size, _ in entries(standard, level)]
    for text in oracle.AQLS:
        one_by_one = [
            aql.lookup(size, aql=text, level=level, severity=severity, standard=standard) for size in sizes
        ]
        many = aql.lookup_many(np.array(sizes), aql=text, level=level, severity=severity, standard=standard)
        assert many.letter.tolist() == [found.letter for found in one_by_one]
        assert many.plan_letter.tolist() == [found.plan_letter for found in one_by_one]
        plans = [stages(found.plan) for found in one_by_one]
        assert list(zip(many.n.tolist(), many.ac.tolist(), many.re.tolist(), strict=True)) == [
            (plan.n[0], plan.ac[0], plan.re[0]) for plan in plans
        ]
        assert many.inspect_all.tolist() == [found.inspect_all for found in one_by_one]
