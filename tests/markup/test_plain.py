"""A block as plain text: widths of columns, blank lines between parts, and what a terminal shows instead of pictures."""

import pytest

from aql import markup
from aql.markup import Html


def text(*pieces: object, title: str = "Title") -> list[str]:
    return markup.as_text(markup.block(title, *pieces)).split("\n")


ROW = markup.table(["a", "n"], [("x", 5), ("long", 12)], numbers=["n"])


def test_parts_tables_and_paragraphs_are_a_line_apart_and_facts_follow_their_part_at_once() -> None:
    table = ["a      n", "────────", "x      5", "long  12", ""]
    assert text(
        ROW, markup.part("Part"), markup.facts([("Lot", "L1")]), ROW, markup.element("p", "End.")
    ) == [
        *("Title", "", *table),
        *("Part", "Lot  L1", "", *table),
        "End.",
    ]
    assert text(markup.element("p", "Before."), markup.facts([("Lot", "L1")]))[2:] == [
        "Before.",
        "",
        "Lot  L1",
    ]


def test_facts_have_no_rule_and_an_empty_table_is_nothing() -> None:
    assert text(markup.facts([("Lot", "L1"), ("Order", "P")]), markup.facts([])) == [
        "Title",
        "",
        "Lot    L1",
        "Order  P",
    ]


def test_pictures_are_their_titles() -> None:
    picture = markup.curve(
        [(0.0, 1.0), (1.0, 0.0)], label="A curve.", x_text=[(0.0, "zero")], x_title="share"
    )
    assert text(picture, markup.element("p", "After.")) == ["Title", "", "A curve.", "After."]


def test_badges_small_text_and_lists() -> None:
    assert text(markup.element("p", markup.badge("good", "a"), markup.badge("bad", "b"), "end"))[2:] == [
        "✓ a  ✗ bend"
    ]
    assert text(markup.with_small("245 mm", "Width"))[2:] == ["245 mm (Width)"]
    assert text(Html("<ul><li>one</li><li>two</li></ul>"))[2:] == ["- one", "- two"]
    assert text(title="") == [""]


def widths(*cells: str) -> list[int]:
    """The widths of columns with these cells: each column begins where the cell above it does."""
    first, rule, *_ = markup.as_text(markup.table([*"abcdefgh"[: len(cells)]], [cells])).splitlines()
    starts = [place for place, sign in enumerate(first) if sign != " "]
    return [after - before - 2 for before, after in zip(starts, [*starts[1:], len(rule) + 2], strict=True)]


@pytest.mark.parametrize(
    ("lengths", "shown"),
    [
        ((40, 58), [40, 58]),  # 100 with the gap between them
        ((40, 59), [40, 58]),
        ((60, 60), [49, 49]),
        ((5, 90, 90), [5, 45, 46]),
        ((30,) * 8, [12, 12, 12, 12, 12, 12, 12, 12]),  # no column becomes narrower than 12
        ((13, 5, 100), [13, 5, 78]),
    ],
)
def test_the_widest_columns_shrink_until_the_table_is_100_wide(
    lengths: tuple[int, ...], shown: list[int]
) -> None:
    cells = tuple(("ab " * 100)[: length - 1] + "." for length in lengths)
    assert widths(*cells) == shown


def test_words_are_wrapped_at_100_and_never_cut() -> None:
    words = markup.as_text(markup.element("p", "five " * 40)).splitlines()
    assert [len(line) for line in words] == [99, 99]
    assert markup.as_text(markup.element("p", "a-b " * 30)).splitlines()[0] == ("a-b " * 25).strip()
    long = "x" * 120
    assert markup.as_text(markup.element("p", long)) == long


def test_a_cell_of_several_lines_keeps_its_column() -> None:
    made = markup.table(["name", "n", "why"], [("x", 5, "word " * 40), ("y", 12, "")], numbers=["n"])
    lines = markup.as_text(made).splitlines()
    assert lines[0] == "name   n  why"
    assert lines[2].startswith("x      5  word")
    assert all(line.startswith(" " * 10 + "word") for line in lines[3:-1])
    assert lines[-1] == "y     12"
    assert all(line == line.rstrip() for line in lines)


def test_text_before_a_table_or_a_part_stands_alone() -> None:
    table = markup.facts([("Lot", "L1")])
    assert markup.as_text(f"before{table}") == "before\n\nLot  L1"
    assert text(markup.element("p", "Before."), markup.part("Part"))[2:] == ["Before.", "", "Part"]
    assert markup.as_text("fish &amp; chips &amp") == "fish & chips &"
