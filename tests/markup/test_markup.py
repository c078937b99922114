"""The pieces of HTML: input is escaped; output is balanced and self-contained."""

import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty

import aql
from aql import markup
from aql.markup import Html
from tests.pages import NASTY, Page, needs_nothing

# Every piece escapes -------------------------------------------------------------------------------------------

POINTS = [(0.0, 1.0), (1.0, 0.5), (2.0, 0.0)]

PIECES: dict[str, Callable[[str], Any]] = {
    "child": lambda text: markup.element("p", text),
    "attribute": lambda text: markup.element("p", "x", title=text),
    "block": lambda text: markup.block(text, text),
    "badge": lambda text: markup.badge("good", text),
    "table": lambda text: markup.table([text, "n"], [(text, text)], numbers=["n"]),
    "facts": lambda text: markup.facts([(text, text)]),
    "items": lambda text: markup.items([text]),
    "curve": lambda text: markup.curve(
        POINTS,
        label=text,
        x_text=[(1.0, text)],
        y_text=[(0.0, text)],
        x_title=text,
        mark=(1.0, 0.5, text),
    ),
}

every_piece = pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)


@every_piece
@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_text_comes_out_as_it_went_in(piece: Callable[[str], Any], text: str) -> None:
    page = Page(piece(text))
    shown = page.text + "".join(str(value) for one in page.elements for value in one.attributes.values())
    assert text in shown


@every_piece
def test_nothing_of_a_text_becomes_a_tag(piece: Callable[[str], Any]) -> None:
    made = piece(NASTY)
    assert isinstance(made, Html)
    assert needs_nothing(made)
    assert Page(made).tags == Page(piece("plain")).tags


LEFT, RIGHT = (f' style="text-align:{side}"' for side in ("left", "right"))


# Each piece ----------------------------------------------------------------------------------------------------


def test_html_is_not_escaped_again() -> None:
    inner = markup.element("b", "a < b")
    assert markup.element("p", inner, " & more") == "<p><b>a &lt; b</b> &amp; more</p>"
    assert inner.__html__() == "<b>a &lt; b</b>"
    assert type(inner.__html__()) is str


def test_attributes_are_named_as_html_names_them_and_none_is_left_out() -> None:
    made = markup.element("line", None, stroke_width=2, class_="a", viewBox="0 0 1 1", title=None)
    assert made == '<line stroke-width="2" class="a" viewBox="0 0 1 1"></line>'


@pytest.mark.parametrize(
    ("tone", "sign"),
    [("good", "✓"), ("bad", "✗"), ("wait", "!"), ("info", "i"), ("next", "→"), ("open", "○")],
)
def test_a_badge_has_a_sign_and_a_word(tone: str, sign: str) -> None:
    assert markup.badge(tone, "word") == f'<span class="aql-badge aql-{tone}">{sign} word</span>'


def test_signs_differ_so_that_no_colour_is_needed() -> None:
    tones = ("good", "bad", "wait", "info", "next", "open")
    assert len({Page(markup.badge(tone, "")).text for tone in tones}) == len(tones)


def test_a_block_brings_its_style_and_may_go_without_a_title() -> None:
    assert markup.block("", "x") == f'<div class="aql"><style>{markup.STYLE}</style>x</div>'
    assert '<div class="aql-title"><strong>T</strong></div>' in markup.block("T")


def test_the_style_reaches_only_its_own_blocks() -> None:
    assert needs_nothing(markup.STYLE)
    rules = markup.STYLE.replace("@container (max-width:36rem){", "").replace("}}", "}")
    selectors = [one.strip() for rule in rules.split("}") for one in rule.split("{")[0].split(",")]
    assert all(one.startswith(".aql.aql.aql") for one in selectors if one)


def test_every_colour_is_that_of_the_text_around_or_a_tone_mixed_with_it() -> None:
    assert "prefers-color-scheme" not in markup.STYLE
    named = re.findall(r"(?<!-)\b(?:color|background|border(?:-bottom)?(?:-color)?):([^;}]+)", markup.STYLE)
    left = {
        re.sub(r"\b(1px solid|0|none|inherit|currentColor)\b|var\(--aql-(dim|line)\)", "", one)
        for one in named
    }
    mixed = {one for one in left if one.strip()}
    assert {one.partition("(")[0] for one in mixed} == {"color-mix"}
    assert all("var(--aql-tone)" in one for one in mixed)
    assert len(set(re.findall(r"#[0-9a-f]{6}", markup.STYLE))) == 4


@pytest.mark.parametrize(
    ("ground", "text"),
    [
        ("#ffffff", "#212121"),  # JupyterLab, light
        ("#111111", "#ffffff"),  # JupyterLab, dark
        ("#ffffff", "#222832"),  # pydata-sphinx-theme, light
        ("#14181e", "#ced6dd"),  # pydata-sphinx-theme, dark
        ("#1e1e1e", "#cccccc"),  # Visual Studio Code, dark
    ],
)
def test_a_badge_can_be_read_on_light_and_dark_ground(ground: str, text: str) -> None:
    """WCAG 2.1, 1.4.3: 4.5 to 1 for text. The shares are those of the style sheet."""
    assert "color-mix(in oklab,var(--aql-tone) 62%,currentColor)" in markup.STYLE
    assert "color-mix(in srgb,var(--aql-tone) 14%,transparent)" in markup.STYLE
    for tone in re.findall(r"--aql-tone:(#[0-9a-f]{6})", markup.STYLE):
        behind = Color(ground).mix(tone, 0.14, space="srgb")
        ink = Color(tone).mix(text, 0.38, space="oklab")
        assert ink.contrast(behind, method="wcag21") >= 4.5, tone


def test_a_table_names_its_columns_in_every_cell() -> None:
    made = markup.table(["term", "n", ""], [("width", 5, "x")], numbers=["n"])
    assert made == (
        f'<div class="aql-scroll"><table class="aql-grid"><thead><tr><th scope="col"{LEFT}>term</th>'
        f'<th class="aql-number" scope="col"{RIGHT}>n</th><th scope="col"{LEFT}></th></tr></thead><tbody><tr>'
        f'<td data-label="term"{LEFT}>width</td><td class="aql-number" data-label="n"{RIGHT}>5</td>'
        f"<td{LEFT}>x</td></tr></tbody></table></div>"
    )


def test_a_table_with_many_columns_of_words_takes_the_whole_width() -> None:
    assert 'class="aql-grid aql-wide"' in markup.table(["a", "b", "c"], [])
    assert 'class="aql-grid"' in markup.table(["a", "b", "c"], [], numbers=["c"])


def test_several_numbers_of_a_row_share_a_line_where_it_is_narrow() -> None:
    made = markup.table(["a", "n", "m", "b"], [], numbers=["n", "m"])
    assert 'class="aql-grid aql-numbers"' in made


def test_a_row_of_another_length_is_refused() -> None:
    for row in (("x",), ("x", "y", "z")):
        with pytest.raises(ValueError, match="zip"):
            markup.table(["a", "b"], [row])


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    made = Page(markup.table(["a", "b", "c"], [("x", "", 0), ("y", "", "")], numbers=["b", "c"]))
    assert [one.text for one in made.all("th")] == ["a", "c"]
    assert [one.text for one in made.all("td")] == ["x", "0", "y", ""]
    assert [one.text for one in Page(markup.table(["a", "b"], [])).all("th")] == ["a", "b"]


@pytest.mark.parametrize("first", ["n", "name"])
def test_a_table_of_numbers_stays_a_table_where_it_is_narrow(first: str) -> None:
    (made,) = Page(markup.table([first, "m"], [(1, 2)], numbers=["n", "m"])).all("table")
    assert made.classes == []


def test_facts_leave_out_what_is_none() -> None:
    assert markup.facts([("a", 1), ("b", None)]) == (
        f'<table class="aql-facts"><tbody><tr><th scope="row"{LEFT}>a</th><td{LEFT}>1</td></tr></tbody></table>'
    )


def test_an_empty_list_is_nothing() -> None:
    assert markup.items([]) is None
    assert markup.items(["a", "b"]) == "<ul><li>a</li><li>b</li></ul>"


# The curve -----------------------------------------------------------------------------------------------------


def test_a_curve_runs_from_the_upper_left_to_the_lower_right() -> None:
    made = Page(markup.curve(POINTS, label="what it is", x_text=[(0.0, "0"), (2.0, "2")]))
    (svg,) = made.all("svg")
    assert (svg.attributes["viewbox"], svg.attributes["role"]) == ("0 0 240 130", "img")
    assert made.all("polyline")[0].attributes["points"] == "36.0,12.0 133.0,61.0 230.0,110.0"
    assert made.text.startswith("what it is")
    assert made.all("circle") == []


def test_a_mark_is_a_dot_with_a_line_down_and_words() -> None:
    for x, anchor in ((0.5, "start"), (1.9, "end")):
        made = Page(markup.curve(POINTS, label="", x_text=[], x_title="x", mark=(x, 0.5, "here")))
        assert len(made.all("circle")) == 1
        words = [one.attributes for one in made.all("text") if one.text == "here"]
        assert [one["text-anchor"] for one in words] == [anchor]


def test_a_curve_of_one_quality_is_drawn_all_the_same() -> None:
    assert "polyline" in markup.curve([(0.0, 1.0), (0.0, 1.0)], label="", x_text=[(0.0, "0")])


# The values of the library as a notebook shows them --------------------------------------------------------------


def values() -> dict[str, Any]:
    contract, inspection = aql.examples.tablet_order()
    named: dict[str, Any] = json.loads(contract.to_json())
    named["order"]["product"] = named["terms"][0]["text"] = NASTY
    named["classes"] += [
        {"name": "stated", "plan": {"n": [20, 20], "ac": ["#", 1], "re": [2, 2]}},
        {"name": "all", "inspect": "all"},
    ]
    named["terms"] += [
        {"id": "every", "class": "all", "text": NASTY, "kind": "visual", "inspect": "all", "ac": 2}
    ]
    return {
        "inspection": inspection,
        "inspection of little": aql.Inspection.load(
            {
                "contract": NASTY,
                "lot": {"id": "L2", "size": 9},
                "inspection": {"inspected": {"major": 5, "minor": 8}, "reinspection_of": "R1"},
            },
            findings=[{"class": "minor", "count": 3}, {"class": "minor", "count": 1}],
        ),
        "verdict": aql.score(contract, inspection),
        "bare verdict": aql.score(
            aql.Contract.load({"order": {"id": "P"}, "classes": [{"name": "a", "plan": {"n": 5, "ac": 0}}]}),
            aql.Inspection.load(
                {"contract": "P", "lot": {"id": "L", "size": 9}, "inspection": {"inspected": 5}}, findings=[]
            ),
        ),
        "verdict with notes": aql.score(
            aql.Contract.load(
                {
                    "order": {"id": "P"},
                    "inspection": {"counting": "nonconformities"},
                    "classes": [{"name": "a", "aql": 40}],
                }
            ),
            aql.Inspection.load({"contract": "P", "lot": {"id": "L", "size": 90}}, findings=[]),
        ),
        "contract": aql.Contract.load(named),
        "bare contract": aql.Contract.load({"order": {"id": NASTY, "unit_price": "5"}}),
        "findings": aql.check(aql.Contract.load(named)),
        "no findings": aql.check(aql.Contract.load({**contract.to_dict(), "cover": None})),
        "plan": aql.SinglePlan(80, 5),
        "plan of stages": aql.MultiplePlan((50, 50), (None, 6), (5, 7)),
        "lookup": aql.lookup(30, aql=4.0),
        "lookup by letter": aql.lookup(aql=15, letter="J", sampling="double"),
        "practice": aql.lookup(1200, aql=0),
        "whole lot": aql.lookup(10, aql=0.65),
        "disputed": aql.lookup(3000, aql=2.5, severity="reduced"),
        "fractional": aql.lookup(1200, aql=0.15, fractional=True),
    }


@pytest.mark.parametrize("name", values())
def test_a_value_is_shown_whole_and_escaped(name: str) -> None:
    made = values()[name]._repr_html_()
    page = Page(made)
    assert needs_nothing(made)
    assert page.tags[:2] == ["div", "style"]
    assert page.elements[0].classes == ["aql"]
    if "contract" in name:
        assert NASTY in page.text


# The same in plain text ----------------------------------------------------------------------------------------


class Words(HTMLParser):
    """Words of a block as a reader sees them; of a picture its title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: Counter[str] = Counter()
        self.hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in {"style", "text"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"style", "text"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.update(words(data))


def words(text: str) -> list[str]:
    return re.findall(r"[^\s()─:]+", text)


@pytest.mark.parametrize("name", values())
def test_the_text_of_a_value_has_the_words_of_its_html_and_no_others(name: str) -> None:
    html = values()[name]._repr_html_()
    text = markup.as_text(html)
    listed = re.sub(r"^- ", "", text, flags=re.MULTILINE)
    assert Counter(words(listed)) == Words(html).words
    assert text == text.strip()
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")))


def signs(text: str) -> Counter[str]:
    return Counter(sign for sign in text if not sign.isspace())


@given(title=TEXT, rows=st.lists(st.tuples(TEXT, TEXT), max_size=4), said=st.lists(TEXT, max_size=3))
def test_no_sign_is_lost_in_text_and_none_is_added(
    title: str, rows: list[tuple[str, str]], said: list[str]
) -> None:
    html = markup.block(
        title, markup.table(["", ""], rows, numbers=[""]), markup.facts(rows), markup.items(said)
    )
    lines = markup.as_text(html).splitlines()
    rules = [line for line in lines if line and set(line) == {"─"}]
    made = signs("\n".join(lines)) - signs("".join(rules))
    given_ = signs("".join([title, *said, *("".join(row) * 2 for row in rows)]))
    given_["-"] += len(said)
    assert made == given_


@pytest.mark.parametrize("name", values())
def test_ipython_shows_the_text_of_a_value_that_stands_alone(name: str) -> None:
    value = values()[name]
    assert pretty(value) == markup.as_text(value._repr_html_())  # type: ignore[no-untyped-call]
    inside = pretty([value])  # type: ignore[no-untyped-call]
    assert "".join(inside.split()) == "".join(f"[{value!r}]".split())


def test_a_printed_inspection_says_what_its_log_holds() -> None:
    _, inspection = aql.examples.tablet_order()
    lines = str(inspection).splitlines()
    assert lines[0] == "Inspection of lot L1 of order PO-2026-0117, 3000 items"
    assert "Inspector  A. Example, Example Inspection Ltd" in lines
    assert "SKUs       BLK-64 2000, BLK-128 1000" in lines
    table = [line.split() for line in lines]
    assert ["width", "125", "125"] in table
    assert ["barcode", "20", "20"] in table
    assert ["minor,", "no", "term", "1", "1"] in table
    assert ["shipping-mark", "1"] in table
    assert "- Ten cartons were still open when the sample was drawn." in lines
    little = str(values()["inspection of little"]).splitlines()
    assert "Inspected        major 5, minor 8" in little
    assert "minor, no term     2      4" in little
    empty = aql.Inspection.load({"contract": "P", "lot": {"id": "L", "size": 9}}, findings=[])
    assert str(empty).splitlines()[2:] == ["Log", "The log is empty."]


def test_a_printed_contract_is_its_text() -> None:
    contract, _ = aql.examples.tablet_order()
    assert str(contract) == markup.as_text(contract._repr_html_())
    assert str(contract).splitlines()[:3] == [
        "Contract PO-2026-0117",
        "",
        "Supplier    Example Electronics Co.",
    ]
    assert "Cover       rules 2017, pre-shipment, limit 100000, initial payment 37350" in str(contract)
    assert "Packed      at least 80 %" in str(contract)


def test_a_wide_table_is_wrapped_within_its_columns() -> None:
    long = " ".join(["word"] * 30)
    text = markup.as_text(markup.table(["name", "a", "b"], [("x-y", long, long), ("z", "", "short")]))
    lines = text.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[1] == "─" * len(lines[1])
    assert [line.split()[0] for line in lines[2:] if not line.startswith(" ")] == ["x-y", "z"]
    assert text.count("word") == 60


def test_what_cannot_be_wrapped_stays_whole() -> None:
    name = "-".join(["long"] * 40)
    assert name in markup.as_text(markup.block(name))
    assert markup.as_text(markup.block("", markup.facts([]))) == ""


def test_lines_of_a_list_hang_and_badges_stand_apart() -> None:
    made = markup.block(
        "T", markup.badge("info", "a"), markup.badge("wait", "b"), markup.items(["word " * 30])
    )
    assert markup.as_text(made).splitlines()[2:] == [
        "i a  ! b",
        "- " + " ".join(["word"] * 19),
        "  " + " ".join(["word"] * 11),
    ]
