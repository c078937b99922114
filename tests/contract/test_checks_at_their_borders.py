"""The check of the order, classes, terms and limits at their borders: all that is found in a contract, or nothing."""

from typing import Any

import pytest

import aql

Changes = dict[str, Any]

MAJOR: Changes = {"name": "major", "aql": 2.5}
PLAN = {"n": 50, "ac": 2}
COVER: Changes = {"rules": "2017", "type": "pre-shipment"}
DENT: Changes = {"id": "dent", "class": "major", "text": "Dent", "kind": "visual"}
LIMIT = {"unit": "mm", "min": "1"}
WIDTH: Changes = {"id": "width", "class": "major", "text": "Width", "measure": LIMIT}


def found(*, order: Changes | None = None, **other: Any) -> str:
    """The codes of all that the check finds, in their order, without the note on terms with their own plans."""
    plain = {"id": "PO-1", "quantity": 3000, "shipment_date": "2026-12-15"}
    document = {
        "order": {key: value for key, value in (plain | (order or {})).items() if value is not None},
        "classes": [MAJOR],
        "terms": [DENT],
    } | other
    findings = aql.check(aql.Contract.load(document))
    return " ".join(one.code for one in findings if one.code != "own-line")


def in_term(term: Changes, **parts: Any) -> Changes:
    """A contract with one term, changed; None takes a key away, and `class_` is its class."""
    parts = {key.rstrip("_"): value for key, value in parts.items()}
    return {"terms": [{key: value for key, value in (term | parts).items() if value is not None}]}


PRICED = {"unit_price": "2.50", "currency": "USD"}  # 7500.00 in all


@pytest.mark.parametrize(
    ("order", "cover", "codes"),
    [
        ({"created": "2026-12-14"}, {}, ""),
        ({"created": "2026-12-15"}, {}, ""),
        ({"created": "2026-12-16"}, {}, "bad-date"),
        ({"created": "2026-12-16", "shipment_date": None}, {}, "no-shipment-date"),
        ({"unit_price": "0", "currency": "USD"}, {}, ""),
        ({"unit_price": "-0.01", "currency": "USD"}, {}, "bad-amount"),
        ({"unit_price": "1"}, {}, "no-currency"),
        ({"currency": "USD"}, {}, ""),
        (PRICED, {"limit": "7500"}, ""),
        (PRICED, {"limit": "7499.99"}, "above-cover"),
        (PRICED, {"limit": "9000", "remaining_limit": "7500"}, ""),
        (PRICED, {"limit": "9000", "remaining_limit": "7499.99"}, "above-cover"),
        (PRICED, {"remaining_limit": "7499.99"}, "above-cover"),
        (PRICED | {"quantity": None}, {"limit": "1"}, "no-quantity"),
        ({}, {"limit": "1"}, ""),
        ({}, {"limit": "0", "remaining_limit": "0", "initial_payment": "0"}, ""),
        ({}, {"limit": "-0.01"}, "bad-amount"),
        ({}, {"remaining_limit": "-0.01"}, "bad-amount"),
        ({}, {"initial_payment": "-0.01"}, "bad-amount"),
        ({}, {"limit": "5", "remaining_limit": "5"}, ""),
        ({}, {"limit": "5", "remaining_limit": "5.01"}, "bad-amount"),
        ({}, {"remaining_limit": "5.01"}, ""),
    ],
)
def test_the_order_and_its_cover(order: Changes, cover: Changes, codes: str) -> None:
    more = {"cover": COVER | cover} if cover else {}
    assert found(order=order, **more) == codes


@pytest.mark.parametrize(("share", "codes"), [(0, "bad-share"), (0.001, ""), (1, ""), (1.001, "bad-share")])
def test_the_packed_share(share: float, codes: str) -> None:
    assert found(inspection={"packed_share": share}) == codes


MINOR, OTHER = {"name": "minor"}, {"name": "other"}


@pytest.mark.parametrize(
    ("classes", "codes"),
    [
        ([MAJOR, MINOR | {"aql": 2.5}], ""),
        ([MAJOR, MINOR | {"aql": 1.5}], "class-order"),
        ([MAJOR, MINOR | {"plan": PLAN}, OTHER | {"aql": 1.5}], "class-order"),
        ([MAJOR, MINOR | {"aql": 4.0}, OTHER | {"aql": 2.5}], "class-order"),
        ([MAJOR, MINOR | {"aql": 0}], "class-order"),
        ([MAJOR, MINOR | {"inspect": "all"}], ""),
        ([MAJOR, MINOR | {"inspect": "all", "ac": 0}], ""),
        ([MAJOR, MINOR | {"plan": PLAN, "ac": 0}], "ac-alone"),
        ([MAJOR, MINOR | {"aql": 4.0, "ac": 0}], "ac-alone"),
        ([MAJOR, MINOR], "no-plan"),
        ([MAJOR, MINOR | {"aql": 4.0, "plan": PLAN}], "two-plans"),
        ([MAJOR, MINOR | {"aql": 4.0, "inspect": "all"}], "two-plans"),
        ([MAJOR, MINOR | {"plan": PLAN, "inspect": "all"}], "two-plans"),
        ([MAJOR, MAJOR], "repeated-name"),
        ([MAJOR, MINOR | {"aql": 10}], ""),
        ([MAJOR, MINOR | {"aql": 15}], "aql-needs-nonconformities"),
        ([MAJOR, MINOR | {"aql": 3}], "unknown-aql"),
        ([MAJOR, MINOR | {"aql": 4.0, "minimum": {"letter": "B"}}], ""),
        ([MAJOR, MINOR | {"aql": 4.0, "minimum": {}}], "bad-minimum"),
        ([MAJOR, MINOR | {"plan": PLAN, "minimum": {"letter": "B"}}], "bad-minimum"),
        ([MAJOR, MINOR | {"plan": PLAN, "minimum": {"n": 1}}], "bad-minimum"),
        ([MAJOR, MINOR | {"aql": 3, "minimum": {"n": 1}}], "unknown-aql"),
    ],
)
def test_the_classes(classes: list[Changes], codes: str) -> None:
    assert found(classes=classes) == codes


@pytest.mark.parametrize(
    ("clause", "classes", "plan", "codes"),
    [
        ({}, [MAJOR], {"level": "S-2"}, ""),
        ({}, [MAJOR], {"level": "S-2", "aql": 4.0}, ""),
        ({}, [MAJOR], {"sample": 1, "ac": 0}, ""),
        ({}, [MAJOR], {"inspect": "all", "ac": 0}, ""),
        ({}, [MAJOR], {"ac": 0}, "ac-alone"),
        ({}, [MAJOR], {"plan": PLAN, "ac": 0}, "ac-alone"),
        ({}, [MAJOR], {"aql": 4.0, "ac": 0}, "ac-alone"),
        ({}, [MAJOR], {"level": "S-2", "sample": 1}, "two-plans"),
        ({}, [MAJOR], {"aql": 4.0, "sample": 1}, "two-plans"),
        ({}, [MAJOR], {"plan": PLAN, "sample": 1}, "two-plans"),
        ({}, [MAJOR], {"plan": PLAN, "inspect": "all"}, "two-plans"),
        ({}, [MAJOR], {"aql": 3}, "unknown-aql"),
        ({}, [MAJOR], {"aql": 15}, "aql-needs-nonconformities"),
        ({}, [{"name": "major", "plan": PLAN}], {"level": "S-2"}, "level-without-aql"),
        ({}, [{"name": "major", "inspect": "all"}], {"level": "S-2"}, "level-without-aql"),
        ({}, [{"name": "major", "plan": PLAN}], {"level": "S-2", "aql": 4.0}, ""),
        ({}, [{"name": "major", "plan": PLAN}], {"sample": 1}, ""),
        ({}, [{"name": "major"}], {"level": "S-2"}, "no-plan"),
        ({"standard": "ISO 2859-1:2026"}, [MAJOR], {}, "edition-by-letter"),
        ({"standard": "ISO 2859-1:2026"}, [{"name": "major", "plan": PLAN}], {}, ""),
        ({"standard": "ISO 2859-1:2026"}, [{"name": "major", "plan": PLAN}], {"aql": 2.5}, "edition-by-letter"),
        ({"standard": "ISO 2859-1:2026"}, [{"name": "major", "plan": PLAN}], {"sample": 1}, ""),
        ({"standard": "ISO 2859-1:2026"}, [{"name": "major", "plan": PLAN}], {"plan": PLAN}, ""),
        (
            {"standard": "ISO 2859-1:2026"},
            [{"name": "major", "plan": PLAN}],
            {"level": "S-2"},
            "edition-by-letter level-without-aql",
        ),
        ({"standard": "ISO 2859-1:2026"}, [{"name": "major", "plan": PLAN}], {"aql": 2.5, "plan": PLAN}, "two-plans"),
        ({"standard": "ISO 2859-1:2026"}, [{"name": "major", "plan": PLAN}], {"aql": 2.5, "sample": 1}, "two-plans"),
        ({"sample": "letter"}, [MAJOR], {}, ""),
        ({"sample": "letter", "sampling": "double"}, [MAJOR], {}, "letter-with-stages"),
        ({"sample": "largest", "sampling": "double"}, [MAJOR], {}, ""),
    ],
)  # fmt: skip
def test_the_plan_of_a_term(clause: Changes, classes: list[Changes], plan: Changes, codes: str) -> None:
    assert found(inspection=clause, classes=classes, **in_term(DENT, **plan)) == codes


TEXT, ANSWER, LIST = {"equals": "A1"}, {"answer": "yes"}, {"allowed": ["S"]}
LAB = {
    "unit": "dE2000",
    "reference": "Lab(20.5, 0.1, -0.4)",
    "illuminant": "D50",
    "observer": "2",
    "max": "2",
}


@pytest.mark.parametrize(
    ("kind", "measures"),
    [
        ("measured", [LIMIT]),
        ("colour", [LAB]),
        ("allowed", [LIST]),
        ("text", [TEXT]),
        ("yes-no", [ANSWER]),
        ("visual", []),
        ("quantity", [LIMIT]),
        ("packed-share", [{"min": "0.8"}]),
        ("shipment-date", []),
        ("mark", [LIST, TEXT, ANSWER]),
        ("reference", []),
    ],
)
def test_the_kind_of_a_term_goes_with_these_measures(kind: str, measures: list[Changes]) -> None:
    needs_none = {"visual", "quantity", "shipment-date", "mark"}
    more = {"reference": {"seal": "S-1"}} if kind == "reference" else {}
    clause = {"packed_share": 0.8}
    of_the_lot = kind in {"quantity", "packed-share", "shipment-date", "mark", "reference"}
    term: Changes = {"id": "one", "text": "Size 3", "kind": kind} | more
    term |= {} if of_the_lot else {"class": "major"}
    alone = found(inspection=clause, terms=[term])
    assert alone == ("" if kind in needs_none | {"packed-share", "reference"} else "unmeasurable")
    for measure in (LIMIT, {"min": "0.8"}, LAB, LIST, TEXT, ANSWER):
        said = found(inspection=clause, terms=[term | {"measure": measure}]).split()
        fits = measure in measures or (kind == "packed-share" and measure == LIMIT)
        fits = fits or (kind in {"quantity", "measured"} and measure == {"min": "0.8"})
        assert ("kind-contradicts-measure" in said) is not fits, measure
        assert ("no-unit" in said) is (measure == {"min": "0.8"} and kind not in {"quantity", "packed-share"})
        assert ("bad-share" in said) is (kind == "packed-share" and measure != {"min": "0.8"})


VAGUE = "Good quality"


@pytest.mark.parametrize(
    ("term", "codes"),
    [
        (in_term(DENT, class_=None), "no-class"),
        (in_term(DENT, class_="other"), "unknown-class"),
        (in_term(DENT, class_=None, kind="mark"), ""),
        (in_term(DENT, kind="mark"), "class-for-the-lot"),
        (in_term(DENT, class_="other", kind="mark"), "unknown-class class-for-the-lot"),
        (in_term(DENT, id="major"), "repeated-name"),
        ({"terms": [DENT, DENT]}, "repeated-name"),
        ({"terms": []}, "no-terms"),
        (in_term(DENT, kind=None), "unmeasurable"),
        (in_term(DENT, kind=None, reference={"seal": "S-1"}), "class-for-the-lot"),
        (in_term(DENT, class_=None, kind="reference"), "unmeasurable"),
        # vague words
        (in_term(DENT, text=VAGUE), "unmeasurable"),
        (in_term(DENT, text=f"{VAGUE} 5"), "vague-words"),
        (in_term(DENT, text=VAGUE, reference={"seal": "S-1"}), "vague-words"),
        (in_term(DENT, text=VAGUE, kind=None), "unmeasurable"),
        (in_term(WIDTH, text=VAGUE), "vague-words"),
        (in_term(DENT, text=VAGUE, kind=None, measure=ANSWER), "unmeasurable"),
        (in_term(DENT, text=VAGUE, kind=None, measure=TEXT), "vague-words"),
        (in_term(DENT, text=VAGUE, class_=None, kind="mark"), "unmeasurable"),
        (in_term(DENT, text=VAGUE, class_=None, kind="mark", measure=TEXT), "vague-words"),
        # readings
        (in_term(DENT, text_case="exact"), "text-case-alone"),
        (in_term(DENT, kind=None, measure=ANSWER, text_case="exact"), "text-case-alone"),
        (in_term(DENT, kind=None, measure=TEXT, text_case="exact"), ""),
        (in_term(DENT, kind=None, measure=LIST, text_case="ignore"), ""),
        (in_term(DENT, not_applicable=True), ""),
        (in_term(WIDTH, not_applicable=True), ""),
        (in_term(DENT, class_=None, kind="mark", not_applicable=True), "not-applicable-alone"),
        (in_term(DENT, kind=None, not_applicable=True), "unmeasurable not-applicable-alone"),
        (in_term(WIDTH, rounding="0.1", guard="0"), ""),
        (in_term(WIDTH, rounding="0"), "bad-rounding"),
        (in_term(WIDTH, guard="-0.1"), "bad-guard"),
        (in_term(DENT, rounding="0.1"), "bad-rounding"),
        (in_term(DENT, guard="0.1"), "bad-rounding"),
        (in_term(DENT, kind=None, measure=LAB, rounding="0.1", guard="0.1"), ""),
        (in_term(DENT, class_=None, kind="quantity", measure={"min": "1"}, rounding="1"), "bad-rounding"),
        (in_term(DENT, class_=None, kind="quantity", measure={"min": "1"}, guard="1"), "bad-rounding"),
        # of the lot
        (in_term(DENT, effect="hold"), "effect-on-items"),
        (in_term(DENT, class_=None, kind="mark", effect="hold"), ""),
        (in_term(DENT, class_=None, kind="mark", ac=0), "line-for-the-lot"),
        (in_term(DENT, class_=None, kind="mark", sample=1), "line-for-the-lot"),
        (in_term(DENT, class_=None, kind="mark", level="II"), "line-for-the-lot"),
        (in_term(DENT, of="cartons"), "cartons-in-class"),
        (in_term(DENT, of="cartons", sample=1), ""),
        (in_term(DENT, of="items"), ""),
        # shares
        (in_term(DENT, class_=None, kind="packed-share"), "unmeasurable"),
        (in_term(DENT, class_=None, kind="packed-share", measure={"min": "1"}), ""),
        (in_term(DENT, class_=None, kind="packed-share", measure={"min": "1", "unit": "1"}), ""),
        (in_term(DENT, class_=None, kind="packed-share", measure={"min": "1", "unit": "%"}), "bad-share"),
        (in_term(DENT, class_=None, kind="packed-share", measure={"min": "1.01"}), "bad-share"),
        (in_term(DENT, class_=None, kind="packed-share", measure={"min": "0"}), "bad-share"),
        (in_term(DENT, class_=None, kind="packed-share", measure={"min": "0.5", "max": "1"}), "bad-share"),
        (in_term(DENT, class_=None, kind="packed-share", measure={"max": "1"}), "bad-share unmeasurable"),
    ],
)  # fmt: skip
def test_a_term(term: Changes, codes: str) -> None:
    assert found(**term) == codes


@pytest.mark.parametrize(
    ("order", "kind", "codes"),
    [
        ({"quantity": None}, "quantity", "unmeasurable no-quantity"),
        ({"quantity": None}, "packed-share", "unmeasurable no-quantity"),
        ({"quantity": None}, "shipment-date", "no-quantity"),
        ({"shipment_date": None}, "shipment-date", "unmeasurable no-shipment-date"),
        ({"shipment_date": None}, "quantity", "no-shipment-date"),
    ],
)
def test_a_term_of_the_lot_needs_the_order(order: Changes, kind: str, codes: str) -> None:
    term = in_term(DENT, class_=None, kind=kind)
    assert found(order=order, inspection={"packed_share": 0.8}, **term) == codes


NET: Changes = WIDTH | {"id": "net"}


@pytest.mark.parametrize(
    ("judge", "read", "codes"),
    [
        ({"reading_of": "net"}, {}, ""),
        ({"reading_of": "other"}, {}, "bad-reading-of"),
        ({"reading_of": "width"}, {}, "bad-reading-of"),
        ({"reading_of": "net"}, {"reading_of": "width"}, "bad-reading-of bad-reading-of"),
        ({"reading_of": "net"}, {"measure": {"unit": "g", "min": "1"}}, "bad-reading-of"),
        ({"reading_of": "net"}, {"measure": ANSWER}, "bad-reading-of"),
        ({"reading_of": "net", "measure": ANSWER}, {}, "bad-reading-of"),
        ({"reading_of": "net"}, {"of": "cartons", "sample": 1}, "bad-reading-of"),
        ({"reading_of": "net", "of": "cartons", "sample": 1}, {"of": "cartons", "sample": 1}, ""),
    ],
)
def test_a_term_that_judges_readings_of_another(judge: Changes, read: Changes, codes: str) -> None:
    assert found(terms=[WIDTH | judge, NET | read]) == codes


MARK: Changes = {"id": "mark", "text": "Mark", "kind": "mark"}
DROP: Changes = DENT | {"id": "drop", "of": "cartons", "sample": 5}
APART: Changes = DENT | {"id": "apart", "sample": 5}


@pytest.mark.parametrize(
    ("limit", "codes"),
    [
        ({"of": ["major"], "plan": PLAN}, ""),
        ({"of": ["dent", "apart"], "plan": PLAN}, ""),
        ({"of": ["drop"], "plan": PLAN}, "unknown-member"),
        ({"of": ["mark"], "plan": PLAN}, "unknown-member"),
        ({"of": ["total"], "plan": PLAN}, "unknown-member"),
        ({"of": ["major", "majr"], "plan": PLAN}, "unknown-member"),
        ({"of": ["major"], "aql": 2.5}, ""),
        ({"of": ["major"], "aql": 3}, "unknown-aql"),
        ({"of": ["major"]}, "no-plan"),
        ({"of": ["major"], "aql": 2.5, "plan": PLAN}, "two-plans"),
        ({"name": "major", "of": ["major"], "plan": PLAN}, "repeated-name"),
        ({"name": "dent", "of": ["major"], "plan": PLAN}, "repeated-name"),
        ({"of": ["major"], "plan": PLAN, "weights": {"major": "0"}}, ""),
        ({"of": ["major"], "plan": PLAN, "weights": {"major": "-0.1"}}, "bad-weight"),
        ({"of": ["major"], "plan": PLAN, "weights": {"dent": "0.5"}}, ""),
        ({"of": ["apart"], "plan": PLAN, "weights": {"apart": "0.5"}}, ""),
        ({"of": ["apart"], "plan": PLAN, "weights": {"major": "0.5"}}, "bad-weight"),
        ({"of": ["apart"], "plan": PLAN, "weights": {"dent": "0.5"}}, "bad-weight"),
        ({"of": ["major"], "plan": PLAN | {"re": 3}, "weights": {"major": "1"}}, ""),
        ({"of": ["major"], "plan": PLAN | {"re": 4}, "weights": {"major": "1"}}, "weights-with-stages"),
        ({"of": ["major"], "plan": {"n": 5, "ac": 0}, "weights": {"major": "1"}}, ""),
        ({"of": ["major"], "plan": {"n": 5, "ac": 0, "re": 2}, "weights": {"major": "1"}}, "weights-with-stages"),
        ({"of": ["major"], "plan": PLAN | {"re": 4}}, ""),
    ],
)  # fmt: skip
def test_a_limit(limit: Changes, codes: str) -> None:
    assert found(terms=[DENT, APART, DROP, MARK], limits=[{"name": "total"} | limit]) == codes


def test_two_limits_have_two_names() -> None:
    total = {"name": "total", "of": ["major"], "plan": PLAN}
    assert found(limits=[total, total | {"name": "second"}]) == ""
    assert found(limits=[total, total]) == "repeated-name"
