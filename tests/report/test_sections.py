"""The sections of a report: plans, defects and where they count, readings, terms, notes."""

import pytest

import aql
from aql.report.readings import read_terms
from tests.pages import Page
from tests.report.cases import bare, counts, disputed, double, fabric, hold, page, page_of, tablet, trade
from tests.scoring.builders import (
    cls,
    contract,
    counted,
    log,
    lot_term,
    measured,
    readings,
    seen,
    single,
    staged,
    term,
    unlisted,
)

TABLET = Page(page(tablet()))


def words(text: str) -> str:
    return " ".join(text.split())


def defects(made: Page) -> list[str]:
    """Each defect as the page lists it."""
    (section,) = [one for one in made.all("section") if words(one.text).startswith("Defects Item numbers")]
    return [
        words(one.text)
        for one in made.all("li")
        if one.text in section.text and words(one.text)[:1] in "123456789—"
    ]


# The verdict ---------------------------------------------------------------------------------------------------


def test_the_reasons_name_what_rejects() -> None:
    (verdict,) = TABLET.of("verdict")
    assert "The lot is rejected." in verdict.text
    (reasons,) = TABLET.of("reasons")
    assert words(reasons.text) == (
        "critical 1 nonconforming item in the sample of 125, Ac 0, Re 1; counted: item 31. "
        "battery-capacity 1 nonconforming item in the sample of 5, Ac 0, Re 1; counted: item 3."
    )


def test_what_decides_comes_before_what_else_is_open() -> None:
    made = page_of(
        contract(
            [cls("major", plan=single(5, 0)), cls("minor", plan=single(8, 0))],
            [term("hole"), lot_term("mark", "mark")],
        ),
        seen("hole", 2),
        1000,
        5,
    )
    assert words(made.of("reasons")[0].text) == (
        "major 1 nonconforming item in the sample of 5, Ac 0, Re 1; counted: item 2. "
        "minor 0 nonconforming items in the 5 inspected of the sample of 8, Ac 0, Re 1; "
        "only 5 of 8 were inspected; 3 more are needed. "
        "mark agreed: The mark of the lot; found: not answered."
    )


def test_an_accepted_lot_says_that_nothing_stands_against_it() -> None:
    made = Page(page(bare()))
    assert made.of("reasons") == []
    assert "Every class and every term with its own plan is accepted" in made.text


def test_a_lot_that_goes_on_says_how_many_to_draw() -> None:
    made = Page(page(double()))
    assert "The lot is not decided yet: a further sample is due." in made.text
    assert "a further sample of 50 is due" in made.of("reasons")[0].text
    assert "Still to draw: 50." in made.section("Workmanship")


# Workmanship ---------------------------------------------------------------------------------------------------


def cells(made: Page) -> list[list[str]]:
    """The cells of the table of plans, a list a line."""
    rows = [one for one in made.all("tr") if "reached" not in one.classes]
    plain = [[words(cell) for cell in row.text.split("\n")] for row in rows]
    return [[cell for cell in row if cell] for row in plain]


def test_the_table_of_plans_shows_every_number() -> None:
    rows = cells(TABLET)
    assert ["critical", "0, not allowed", "II", "K", "125", "0", "1", "1", "✗ reject"] in rows
    assert ["battery-capacity major", "2.5", "S-2", "D → C", "5", "0", "1", "1", "✗ reject"] in rows
    assert ["carton-drop major", "stated", "—", "—", "5", "0", "1", "0", "✓ accept"] in rows
    assert ["Sample stated in the contract. Inspected: 125; the sample is the first 5."] in rows


def test_a_plan_of_stages_shows_each_and_marks_the_one_reached() -> None:
    made = Page(page(double()))
    assert ["major", "2.5", "II", "J", "50+ 50", "26", "57", "3stage 1 of 2", "→ continue"] in cells(made)
    assert [one.text for one in made.of("reached")] == ["50", "2", "5"]


def test_acceptance_that_is_not_permitted_yet_is_shown() -> None:
    made = page_of(
        contract(cls(plan={"n": [5, 5], "ac": ["#", 1], "re": [2, 2]}), [term("hole")]), [], 1000, 5
    )
    assert "— / 2" in made.section("Defects found")
    assert "#1" in made.section("Workmanship")
    assert "n 5 + 5, Ac #, 1" in made.section("Annex: OC curves")


def test_what_is_counted_is_said() -> None:
    assert "Nonconforming items are counted: an item counts once" in TABLET.section("Workmanship")
    assert "Nonconformities are counted, each in its own class." in Page(page(fabric())).section(
        "Workmanship"
    )


def test_a_number_that_is_not_stated_is_said_to_be_so() -> None:
    made = page_of(contract(), [], 1000)
    assert "Plan stated in the contract. The number inspected is not stated. Still to draw: 10." in (
        made.section("Workmanship")
    )


def test_a_line_whose_sample_is_smaller_than_what_was_inspected_says_so() -> None:
    agreed = contract(
        [cls("critical", aql=0), cls("major", plan=single(10, 1))],
        [term("burr", "critical"), term("drop", sample=3)],
    )
    workmanship = page_of(agreed, [], 30, 10).section("Workmanship")
    assert "Inspected: 10, all of which count; the sample is the first 8." in workmanship
    assert "Plan stated in the contract. Inspected: 10. " in workmanship
    assert "Sample stated in the contract. Inspected: 10; the sample is the first 3." in workmanship
    double = page_of(contract(cls(plan=staged((4, 4), (0, 1), (2, 2)))), [], 30, 10)
    assert "Inspected: 10; the samples up to stage 1 are the first 4." in double.section("Workmanship")


# Defects -------------------------------------------------------------------------------------------------------


def test_a_defect_says_where_it_counts_when_that_is_another_class() -> None:
    listed = defects(TABLET)
    assert "31burr at the USB port, 0.4 mm high" in listed
    assert "316 mm, frame (counts in critical)" in listed
    assert "90.4 mm, lower edge (counts in major)" in listed
    assert "14no; stops at the logo" in listed
    assert "32870 mAh (-130 mAh)" in listed
    assert "72print on the box smudged" in listed
    assert len(listed) == 20


def test_a_defect_outside_the_samples_says_so_even_where_its_item_counts_elsewhere() -> None:
    agreed = contract(
        [cls("major", plan=single(10, 1)), cls("minor", plan=single(5, 1))],
        [term("hole"), term("spot", "minor")],
    )
    made = page_of(agreed, [*seen("hole", 8), *seen("spot", 8, 2)], 1000, 10)
    assert defects(made) == ["8seen", "2seen", "8seen (not counted: outside the sample)"]
    assert made.section("Findings that do not count") == (
        "Findings that do not count These items are outside the sample of their line. "
        "ItemLineTermFound 8minorspotseen"
    )


def test_a_term_with_a_plan_of_its_own_counts_by_itself() -> None:
    agreed = contract(
        [cls("critical", plan=single(10, 1)), cls("major", plan=single(10, 1))],
        [term("burr", "critical"), term("drop", sample=3, ac=1)],
    )
    made = page_of(agreed, [*seen("burr", 2), *seen("drop", 2)], 1000, 10)
    assert defects(made) == ["2seen", "2seen"]


def test_a_term_with_a_plan_of_its_own_has_a_heading_of_its_own() -> None:
    """Its class does not count it, so it does not stand below what the class found."""
    agreed = contract(
        [cls("critical", plan=single(10, 0)), cls("major", plan=single(10, 7))],
        [term("sleeve", sample=3, ac=1), term("dent"), term("burr", "critical"), term("drop", sample=3)],
    )
    rows = [*seen("sleeve", 1, 2), *seen("dent", 4, 5, 6), *unlisted("major", 7)]
    made = page_of(agreed, rows, 1000, 10)
    assert [words(one.text) for one in made.all("h3") if " found, " in one.text] == [
        "major 4 found, Ac 7, Re 8",
        "sleeve (major) 2 found, Ac 1, Re 2",
    ]
    assert defects(made) == ["4seen", "5seen", "6seen", "7seen", "1seen", "2seen"]
    alone = page_of(agreed, counted(2, term="sleeve"), 1000, 3)
    assert [words(one.text) for one in alone.all("h3") if " found, " in one.text] == [
        "sleeve (major) 2 found, Ac 1, Re 2"
    ]


def test_nonconformities_are_listed_as_often_as_they_are_there() -> None:
    assert defects(Page(page(fabric()))) == [
        "2moth × 6",
        "7seen × 8",
        "50late × 2 (not counted: outside the sample)",
        "3seen",
        "30seen (not counted: beyond the stage reached)",
    ]


def test_counts_without_items_are_listed_as_counts() -> None:
    made = Page(page(counts()))
    assert defects(made) == [f"—{number} counted, without item numbers" for number in (2, 1, 1)]
    assert "Not covered by any term" in made.section("Defects")
    assert "1 nonconforming, counted without readings" in made.section("On-site tests and measurements")


# Readings ------------------------------------------------------------------------------------------------------


def measurements(made: Page) -> dict[str, str]:
    """Each row of the section on tests and measurements by its term."""
    inside = made.section("On-site tests and measurements")
    rows = [words(one.text) for one in made.all("tr")]
    return {one.split()[0]: one for one in rows if one in inside}


def test_a_measured_term_shows_its_extremes_and_what_does_not_conform() -> None:
    width = measurements(TABLET)["width"]
    assert "245 to 247 mm; readings rounded to 0.1" in width
    assert "smallest 244.8 mm, largest 247.3 mm" in width
    assert "125 readings of width from 244.8 to 247.3 mm; agreed: 245 to 247 mm" in width
    assert width.endswith("23: 247.3 mm (+0.3)61: 244.8 mm (-0.2)98: 247.2 mm (+0.2)112: 247.1 mm (+0.1)")


def test_a_term_that_is_not_measured_shows_how_often_each_was_read() -> None:
    rows = measurements(TABLET)
    assert "no × 2yes × 123" in rows["starts"]
    assert "4006381333931 × 94006381333948 × 11" in rows["barcode"]
    assert rows["barcode"].endswith("none")


def test_missing_readings_and_the_guard_are_said() -> None:
    width = measurements(Page(page(hold())))["width"]
    assert "10 to 20 mm; readings rounded to 0.1; limits narrowed by 0.5" in width
    assert "no reading on 4 and 5" in width
    assert "10.519.5" in width  # the narrowed limits are on the picture


def test_colours_read_as_coordinates_are_shown_as_differences() -> None:
    colour = {
        "unit": "dE2000",
        "reference": "Lab(50, 2.6772, -79.7751)",
        "illuminant": "D50",
        "observer": "2",
        "max": "2",
    }
    agreed = contract(cls(plan=single(2, 1)), [term("colour", measure=colour)])
    made = page_of(agreed, readings("colour", ["50 0 -82.7485", "0.30"]), 1000, 2)
    assert "smallest 0.30, largest 2.0425" in measurements(made)["colour"]


def test_decimal_commas_are_read_as_declared() -> None:
    agreed = contract(cls(plan=single(2, 1)), [measured("width", max="5")])
    made = page_of(agreed, readings("width", ["4,5", "3,25"]), 1000, 2, findings={"decimal": ","})
    assert "smallest 3.25 mm, largest 4.5 mm" in measurements(made)["width"]


def test_one_reading_needs_no_picture() -> None:
    agreed = contract(cls(plan=single(1, 0)), [measured("width", max="5", unit="1")])
    made = page_of(agreed, readings("width", ["4"]), 1000, 1)
    assert "smallest 4, largest 4" in measurements(made)["width"]
    assert made.of("strip") == []


def test_equal_readings_at_a_limit_are_drawn() -> None:
    agreed = contract(cls(plan=single(2, 0)), [measured("width", max="5")])
    made = page_of(agreed, readings("width", ["5", "5"]), 1000, 2)
    (strip,) = made.of("strip")
    assert "2 readings of width from 5 to 5 mm" in words(strip.text)


def test_readings_that_all_fail_are_drawn_as_crosses_only() -> None:
    agreed = contract(cls(plan=single(2, 0)), [measured("width", min="5")])
    made = page_of(agreed, readings("width", ["1", "2"]), 1000, 2)
    assert len(made.of("beyond")) == 1
    assert made.tags.count("path") - len(made.of("sign")) == 1


def test_a_note_beside_a_conforming_reading_is_kept() -> None:
    agreed = contract(cls(plan=single(2, 0)), [measured("width", min="5")])
    rows = [{"item": 1, "term": "width", "value": "6", "note": "read twice"}, *readings("width", ["7"], 2)]
    made = page_of(agreed, rows, 1000, 2)
    assert "item 1: read twice" in measurements(made)["width"]
    assert words(made.text).count("read twice") == 1


# Quantity and the terms of the whole lot -----------------------------------------------------------------------


def share(made: Page) -> str:
    return words(" ".join(one.text for one in made.of("share")))


def test_the_packed_share_is_shown_against_what_was_agreed() -> None:
    assert share(TABLET).startswith(
        "Packed share 86.67 % of the order; agreed: at least 80 % of the ordered items packed ✓ met"
    )
    assert [one.attributes["width"] for one in TABLET.of("fill")] == ["86.67"]
    assert [one.attributes["x"] for one in TABLET.of("least")] == ["79.85"]


def test_a_packed_share_that_nobody_agreed_is_shown_plain() -> None:
    made = page_of(contract(), [], 1000, 10, produced=1100, packed=1100)
    assert share(made).startswith("Packed share 110 % of the order Packed")
    assert [one.attributes["width"] for one in made.of("fill")] == ["100.0"]
    assert made.of("least") == []


@pytest.mark.parametrize(("least", "mark"), [("0.5", "49.85"), ("1", "99.7")])
def test_the_share_of_a_term_is_marked(least: str, mark: str) -> None:
    agreed = contract(terms=[lot_term("packed", "packed-share", measure={"min": least})])
    made = page_of(agreed, [], 1000, 10, packed=700)
    assert [one.attributes["x"] for one in made.of("least")] == [mark]


def test_a_share_needs_both_numbers() -> None:
    assert share(page_of(contract(packed_share=0.8), [], 1000, 10)) == ""
    assert share(page_of(contract(order={"quantity": None}), [], 1000, 10, packed=5)) == ""


def test_the_terms_of_the_lot_say_what_they_do_to_it() -> None:
    assert Page(page(trade())).section("Packing, marking and labels") == (
        "Packing, marking and labels TermAgreedFoundStatus "
        "count at least 1000 itemsThe count of the lot 900 produced (-100) ✗ not metnoted only "
        "day shipped by 1 December 2026The day of the lot not shipped on 3 December 2026 (2 days late) ✗ not metrejects the lot"
    )
    made = page_of(
        contract(terms=[lot_term("mark", "mark", effect="hold")], packed_share=0.8),
        [{"term": "mark", "value": "no", "note": "on one side only"}],
        1000,
        10,
    )
    assert made.section("Packing, marking and labels") == (
        "Packing, marking and labels TermAgreedFoundStatus "
        "mark The mark of the lot noon one side only ✗ not metholds the lot "
        "Packed share at least 80 % of the ordered items packed number packed not stated ! unknownholds the lot"
    )


def test_a_breach_shows_how_far_and_on_which_items() -> None:
    section = TABLET.section("Terms not met")
    assert "battery-capacitymajor at least 3000 mAh 2870 mAh -130 mAh 3" in section
    late = page_of(contract(order={"shipment_date": "2026-12-01"}), [], 1000, 10, date="2026-12-03")
    assert "Shipment datethe lot shipped by 1 December 2026 not shipped on 3 December 2026 2 days late —" in (
        late.section("Terms not met")
    )


def test_what_does_not_count_is_marked_in_every_section() -> None:
    """A reading outside the sample of its own line neither counts nor is the worst value."""
    sleeve = measured("sleeve", unit="cm", nominal="66", plus="1", minus="1", sample=3)
    agreed = contract(cls(plan=single(10, 1)), [sleeve])
    far = readings("sleeve", ["60.0"], 9)
    alone = page_of(agreed, [*readings("sleeve", ["66", "66", "66"]), *far], 1000, 10)
    assert (
        "sleevemajor 65 to 67 cm not counted, outside the sample: 60.0 cm -5.0 cm not counted: 9"
        in alone.section("Terms not met")
    )
    assert measurements(alone)["sleeve"].endswith("9: 60.0 cm (-5.0) (not counted)")
    beside = page_of(agreed, [*readings("sleeve", ["66", "64", "66"]), *far], 1000, 10)
    assert "sleevemajor 65 to 67 cm 64 cm -1 cm 2; not counted: 9" in beside.section("Terms not met")
    assert measurements(beside)["sleeve"].endswith("2: 64 cm (-1)9: 60.0 cm (-5.0) (not counted)")


def test_a_defect_in_a_further_sample_that_was_not_needed_is_not_counted_where_its_item_counts() -> None:
    """The page and `outside` say the same of it."""
    double = staged((10, 10), (0, 2), (2, 3))
    agreed = contract(
        [cls("major", plan=double), cls("minor", plan=double)], [term("hole"), term("spot", "minor")]
    )
    made = page_of(agreed, [*seen("hole", 3, 15), *seen("spot", 15)], 1000, 20)
    assert defects(made) == ["3seen", "15seen", "15seen (not counted: beyond the stage reached)"]
    assert "15minorspotseen" in made.section("Findings that do not count")


# Notes ---------------------------------------------------------------------------------------------------------


def notes(made: Page) -> str:
    return made.section("Notes").removeprefix("Notes ")


def test_the_edition_is_spoken_of_once_and_its_cells_line_by_line() -> None:
    assert notes(TABLET) == (
        "ISO 2859-1:1999 was withdrawn on 22 January 2026, when ISO 2859-1:2026 replaced it. "
        "major, minor, battery-capacity, barcode: this cell is known to be unchanged there. "
        "1 nonconforming item was found that no term covers; it counts, but is not grounds for a claim. "
        'critical: AQL 0, "not allowed", is not a column of the tables. By trade practice, the sample size is that '
        "of the code letter, and one nonconformity rejects the lot, whichever item it is on."
    )


def test_a_second_reading_of_a_cell_is_told() -> None:
    assert (
        "major: another source reads table 2-C, letter K, AQL 2.5 as 4/5 (EGToolsPP); the plan above is that of the "
        "table used here."
    ) in notes(Page(page(disputed())))


def test_a_practice_of_the_trade_is_explained() -> None:
    assert (
        "minor: the sample size is that of the lot's letter, with Ac and Re of letter E. This is trade practice, not a "
        "plan of the standard."
    ) in notes(Page(page(trade())))


def test_several_unlisted_findings_are_counted() -> None:
    made = page_of(contract(), unlisted("major", 1, 2), 1000, 10)
    assert notes(made) == (
        "2 nonconforming items were found that no term covers; they count, but are not grounds for a claim."
    )


def test_an_edition_without_a_successor_is_named_alone() -> None:
    assert notes(Page(page(fabric()))).startswith(
        "MIL-STD-105E is in the public domain; ANSI/ASQ Z1.4 prints the same plans. major: the count lies between"
    )


def test_counted_terms_have_no_item_of_their_own() -> None:
    agreed = contract(cls(plan=single(10, 3)), [term("leak")])
    made = page_of(agreed, counted(2, term="leak"), 1000, 10)
    assert 'leakmajor judged by eye: "Leak of 5 mm or more"' in made.section("Terms not met")


def test_spellings_of_one_answer_are_counted_as_one() -> None:
    spelled = ("yes", "YES", "Y", "true", "No", "n")
    works = {"id": "works", "class": "major", "text": "Works", "measure": {"answer": "yes"}}
    rows = [{"item": item, "term": "works", "value": word} for item, word in enumerate(spelled, 1)]
    verdict = aql.score(contract(cls("major", plan=single(6, 2)), [works]), log(rows, 50, 6))
    assert [one.values for one in read_terms(verdict)] == [(("no", 2), ("yes", 4))]
