"""A contract and the findings of its check as HTML: complete, with all text escaped."""

import aql
from aql import examples
from aql.display.contract import _own_plan, _plan


def test_a_contract_shows_its_order_classes_and_terms() -> None:
    contract, _ = examples.tablet_order()
    html = contract._repr_html_()
    for text in (
        "Contract PO-2026-0117",
        "Example Electronics Co.",
        "41.50 USD",
        "AQL 2.5",
        "at least 3000 mAh",
    ):
        assert text in html
    stated = aql.Contract.load(
        {
            "order": {"id": "<b>"},
            "classes": [{"name": "a", "plan": {"n": 5, "ac": 0}}, {"name": "b", "inspect": "all"}],
            "terms": [{"id": "m", "text": "<script>", "kind": "mark"}],
        }
    )
    html = stated._repr_html_()
    assert "every item" in html
    assert "<b>" not in html
    assert "<script>" not in html
    assert "the lot" in html


def test_a_contract_shows_cartons_shared_readings_and_what_is_left_of_the_limit() -> None:
    weight = {"class": "a", "text": "Weight", "measure": {"unit": "g", "min": "5"}}
    stated = aql.Contract.load(
        {
            "order": {"id": "PO-1"},
            "cover": {"rules": "2017", "type": "pre-shipment", "limit": "100", "remaining_limit": "60"},
            "classes": [{"name": "a", "plan": {"n": 5, "ac": 0}}],
            "terms": [
                {"id": "net", **weight},
                {"id": "low", **weight, "reading_of": "net"},
                {"id": "carton", **weight, "of": "cartons", "sample": 3},
            ],
        }
    )
    html = stated._repr_html_()
    for text in ("limit 100, remaining limit 60", "readings of net", "sample of 3, Ac 0, of cartons"):
        assert text in html


def test_a_plan_is_said_as_it_was_agreed() -> None:
    visual = {"class": "aql", "text": "Look", "kind": "visual"}
    stated = aql.Contract.load(
        {
            "order": {"id": "PO-1"},
            "classes": [
                {"name": "aql", "aql": 2.5},
                {"name": "none", "aql": 0},
                {"name": "stated", "plan": {"n": [5, 5], "ac": ["#", 1], "re": [2, 2]}},
                {"name": "gap", "plan": {"n": 8, "ac": 1, "re": 4}},
                {"name": "all", "inspect": "all"},
                {"name": "most", "inspect": "all", "ac": 3},
            ],
            "terms": [
                {"id": "shared", **visual},
                {"id": "leveled", **visual, "level": "S-2"},
                {"id": "sampled", **visual, "sample": 3},
                {"id": "counted", **visual, "sample": 3, "ac": 1},
                {"id": "every", **visual, "inspect": "all", "ac": 2},
            ],
        }
    )
    assert [_plan(one) for one in stated.classes] == [
        "AQL 2.5",
        "AQL 0, not allowed",
        "n 5, Ac #, Re 2; n 5, Ac 1, Re 2",
        "n 8, Ac 1, Re 4",
        "every item, Ac 0",
        "every item, Ac 3",
    ]
    assert [_own_plan(one) for one in stated.terms] == [
        "",
        "level S-2",
        "sample of 3, Ac 0",
        "sample of 3, Ac 1",
        "every item, Ac 2",
    ]


def test_findings_show_what_would_mend_them() -> None:
    contract = aql.Contract.load({"order": {"id": "PO"}, "classes": [{"name": "major"}]})
    found = aql.check(contract)
    html = found._repr_html_()
    assert f"Check: {found.counts()}" in html
    assert found.counts() == "1 error, 3 warnings, 0 notes"
    assert "✗ error" in html
    assert "plan = { n = 50, ac = 2 }" in html


def test_no_findings_are_good_news() -> None:
    assert "every term can be measured and enforced" in aql.Findings()._repr_html_()
