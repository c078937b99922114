"""Rule 8: lot-level terms. A breach rejects unless `effect` says hold or note; unknown holds; a date to come is open."""

from decimal import Decimal
from typing import Any

import pytest

import aql
from aql.display.breaches import Words
from tests.scoring.builders import Values, cls, contract, lot_result, lot_term, single, verdict, words

SHA = "0" * 64
CLASS = cls(plan=single(1, 0))
DATED = {"shipment_date": "2026-12-15"}


def judged(
    terms: list[Values], rows: list[Values] | None = None, order: Values | None = None, **parts: Any
) -> aql.Verdict:
    """The verdict on a lot whose one class is accepted."""
    clause = {"packed_share": parts.pop("share")} if "share" in parts else {}
    return verdict(contract(CLASS, terms, order=order, **clause), rows or [], inspected=1, **parts)


MARK = lot_term("mark", "mark")
REFERENCE = lot_term("sample", "reference", reference={"seal": "A-0117"})
IMPLIED_REFERENCE = {"id": "sample", "text": "As approved", "reference": {"seal": "A-0117"}}
QUANTITY = lot_term("quantity", "quantity")
SHARE = lot_term("share", "packed-share")
DATE = lot_term("date", "shipment-date")


@pytest.mark.parametrize("one", [MARK, REFERENCE, IMPLIED_REFERENCE], ids=["mark", "reference", "implied"])
@pytest.mark.parametrize(
    ("answer", "status", "decision"),
    [
        ("yes", "met", "accept"),
        ("YES", "met", "accept"),
        ("no", "breached", "reject"),
        ("No", "breached", "reject"),
    ],
)
def test_a_mark_or_reference_is_answered_in_a_row_without_item(
    one: Values, answer: str, status: str, decision: str
) -> None:
    """Rule 8: rows without item, value yes or no; capitals say the same."""
    found = judged([one], [{"term": one["id"], "value": answer}])
    result = lot_result(found, one["id"])
    assert (result.status, result.answer) == (status, answer.lower())
    assert words(found, result) == Words(one["text"], answer.lower(), "")
    assert found.decision == decision


@pytest.mark.parametrize("one", [MARK, REFERENCE])
@pytest.mark.parametrize("blank", [False, True])
def test_a_mark_or_reference_that_is_not_answered_holds(one: Values, blank: bool) -> None:
    """Rule 8: unknown holds; a row whose value is still blank answers nothing."""
    found = judged([one], [{"term": one["id"], "value": ""}] if blank else [])
    result = lot_result(found, one["id"])
    assert (result.status, result.answer, result.decision) == ("unknown", "", "hold")
    assert words(found, result).found == "not answered"
    assert found.decision == "hold"


@pytest.mark.parametrize(
    ("produced", "status", "difference"),
    [(1000, "met", ""), (1001, "met", ""), (999, "breached", "-1"), (0, "breached", "-1000")],
)
def test_the_quantity_is_what_was_produced_against_what_was_ordered(
    produced: int, status: str, difference: str
) -> None:
    """Rule 8: from the header."""
    found = judged([QUANTITY], produced=produced)
    result = lot_result(found, "quantity")
    assert (result.status, result.lower) == (status, Decimal(1000))
    assert result.difference == (Decimal(difference) if difference else None)
    assert words(found, result) == Words("at least 1000 items", f"{produced} produced", difference)
    assert found.decision == ("accept" if status == "met" else "reject")


def test_the_quantity_may_have_limits_of_its_own() -> None:
    one = lot_term("quantity", "quantity", measure={"min": "950", "max": "1050"})
    statuses = [lot_result(judged([one], produced=n), "quantity").status for n in (949, 950, 1050, 1051)]
    assert statuses == ["breached", "met", "met", "breached"]


@pytest.mark.parametrize("part", ["guard", "rounding"])
def test_guard_and_rounding_of_a_quantity_are_refused_and_not_passed_over(part: str) -> None:
    """Rule 1: what would not be applied is an error of the contract."""
    one = lot_term("quantity", "quantity", measure={"min": "950"}, **{part: "10"})
    with pytest.raises(aql.DocumentError) as raised:
        judged([one], produced=955)
    assert [problem.path for problem in raised.value.problems] == ["terms[0]"]


def test_an_unknown_quantity_holds() -> None:
    found = judged([QUANTITY])
    assert lot_result(found, "quantity").status == "unknown"
    assert found.decision == "hold"


def test_the_quantity_is_judged_by_a_term_only() -> None:
    """Nothing but a term makes the quantity of the order binding."""
    found = judged([], produced=1)
    assert found.lot_terms == ()
    assert found.decision == "accept"


@pytest.mark.parametrize(
    ("packed", "status", "difference"),
    [(800, "met", ""), (1000, "met", ""), (799, "breached", "-0.1 %"), (0, "breached", "-80 %")],
)
@pytest.mark.parametrize("named", [True, False])
def test_the_packed_share_is_packed_over_ordered(
    packed: int, status: str, difference: str, named: bool
) -> None:
    """Rule 8: exactly, whether or not a term names it."""
    found = judged([SHARE] if named else [], share=0.8, produced=1000, packed=packed)
    (result,) = found.lot_terms
    assert result.term == ("share" if named else "packed-share")
    assert (result.kind, result.status, result.lower) == ("packed-share", status, Decimal("0.8"))
    assert result.difference == (None if status == "met" else Decimal(packed) / 1000 - Decimal("0.8"))
    assert words(found, result).beyond == difference
    assert found.decision == ("accept" if status == "met" else "reject")


@pytest.mark.parametrize(("ordered", "packed", "share"), [(10, 7, 0.7), (1000, 290, 0.29), (300, 33, "0.11")])
def test_a_share_that_is_met_exactly_is_met(ordered: int, packed: int, share: float | str) -> None:
    """Rule 8: 0.7 is seven tenths, not the nearest binary number."""
    assert judged([], order={"quantity": ordered}, share=share, packed=packed).decision == "accept"
    assert judged([], order={"quantity": ordered}, share=share, packed=packed - 1).decision == "reject"


def test_a_term_may_state_its_own_share() -> None:
    one = lot_term("share", "packed-share", measure={"min": "0.9"})
    assert judged([one], packed=900).decision == "accept"
    assert judged([one], packed=899).decision == "reject"


def test_a_share_with_an_upper_limit_is_refused_and_not_passed_over() -> None:
    """Rule 1: a limit that would not be compared is an error of the contract."""
    with pytest.raises(aql.DocumentError) as raised:
        judged([lot_term("share", "packed-share", measure={"max": "0.5"})], packed=900)
    assert "terms[0].measure" in [problem.path for problem in raised.value.problems]


def test_an_unknown_packed_share_holds() -> None:
    found = judged([], share=0.8)
    assert words(found, lot_result(found, "packed-share")).found == "number packed not stated"
    assert found.decision == "hold"
    agreed = aql.Contract.load(
        {"order": {"id": "PO-1"}, "inspection": {"packed_share": 0.8}, "classes": [CLASS]}
    )
    found = verdict(agreed, inspected=1, packed=800)
    assert words(found, lot_result(found, "packed-share")).found == "number ordered not stated"
    assert found.decision == "hold"


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("shipped", "inspected_on", "status"),
    [
        ("2026-12-15", None, "met"),
        ("2026-12-14", "2026-12-20", "met"),
        ("2026-12-16", None, "breached"),
        ("2026-12-17", "2026-12-10", "breached"),
        (None, "2026-12-10", "open"),
        (None, "2026-12-15", "open"),
        (None, "2026-12-16", "breached"),
    ],
)
def test_the_shipment_date_is_the_last_day_of_shipment(
    shipped: str | None, inspected_on: str | None, status: str, named: bool
) -> None:
    """Rule 8: a date not yet reached is open and has no effect; `[order]` binds though no term names it."""
    days = {"shipped_on": shipped, "date": inspected_on}
    given: Values = {key: day for key, day in days.items() if day is not None}
    found = judged([DATE] if named else [], order=DATED, **given)
    (result,) = found.lot_terms
    assert result.term == ("date" if named else "shipment-date")
    assert (result.kind, result.status) == ("shipment-date", status)
    assert (result.difference is not None) == (status == "breached")
    assert found.decision == ("reject" if status == "breached" else "accept")


@pytest.mark.parametrize(
    ("day", "late"), [("16", "1 day late"), ("17", "2 days late"), ("30", "15 days late")]
)
def test_a_late_shipment_says_by_how_much(day: str, late: str) -> None:
    for name in ("shipped_on", "date"):
        shipped: Values = {name: f"2026-12-{day}"}
        found = judged([DATE], order=DATED, **shipped)
        assert lot_result(found, "date").difference == int(late.split(maxsplit=1)[0])
        assert words(found, lot_result(found, "date")).beyond == late


def test_a_shipment_date_without_any_day_is_open_where_the_order_implies_it() -> None:
    found = judged([], order=DATED)
    assert lot_result(found, "shipment-date").status == "open"
    assert found.decision == "accept"


def test_a_shipment_date_without_any_day_holds_where_a_term_names_it() -> None:
    found = judged([DATE], order=DATED)
    assert lot_result(found, "date").status == "unknown"
    assert found.decision == "hold"


def test_a_term_replaces_what_the_contract_implies() -> None:
    """A share or date that a term names is judged once, with the effect of the term."""
    terms = [
        lot_term("share", "packed-share", effect="note"),
        lot_term("date", "shipment-date", effect="hold"),
    ]
    found = judged(terms, order=DATED, share=0.8, packed=1, shipped_on="2026-12-16")
    assert [(one.term, one.status, one.decision) for one in found.lot_terms] == [
        ("share", "breached", "accept"),
        ("date", "breached", "hold"),
    ]
    assert found.decision == "hold"


@pytest.mark.parametrize(
    ("effect", "decision"), [(None, "reject"), ("reject", "reject"), ("hold", "hold"), ("note", "accept")]
)
@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("mark", {}),
        ("quantity", {"produced": 1}),
        ("packed-share", {"packed": 1, "share": 0.8}),
        ("shipment-date", {"shipped_on": "2027-01-01", "order": DATED}),
    ],
)
def test_a_breach_rejects_unless_the_effect_says_hold_or_note(
    effect: str | None, decision: str, kind: str, parts: dict[str, Any]
) -> None:
    """Rule 8: and it is a breach whatever its effect."""
    one = lot_term("x", kind, **({} if effect is None else {"effect": effect}))
    rows = [{"term": "x", "value": "no"}] if kind == "mark" else []
    found = judged([one], rows, **parts)
    result = lot_result(found, "x")
    assert (result.status, result.effect, result.decision) == ("breached", effect or "reject", decision)
    assert found.decision == decision
    assert [(one.term, one.class_name, one.items, one.count) for one in found.breaches] == [("x", "", (), 1)]


@pytest.mark.parametrize("effect", ["reject", "hold"])
def test_unknown_holds_whatever_a_breach_would_do(effect: str) -> None:
    """Rule 8: unknown holds."""
    found = judged([lot_term("x", "mark", effect=effect)])
    assert lot_result(found, "x").decision == "hold"
    assert found.decision == "hold"


@pytest.mark.parametrize("status", ["met", "open", "unknown"])
def test_only_a_breach_is_a_breach(status: str) -> None:
    days: dict[str, Values] = {
        "met": {"shipped_on": "2026-12-15"},
        "open": {"date": "2026-12-15"},
        "unknown": {},
    }
    found = judged([DATE], order=DATED, **days[status])
    assert lot_result(found, "date").status == status
    assert found.breaches == ()


def test_a_lot_level_term_is_no_line_and_needs_no_class() -> None:
    found = judged([QUANTITY, MARK], [{"term": "mark", "value": "yes"}], produced=1000)
    assert [one.name for one in found.lines] == ["major"]
    assert [one.term for one in found.lot_terms] == ["quantity", "mark"]


def test_an_answer_given_twice_alike_is_one_answer() -> None:
    rows = [{"term": "mark", "value": "yes"}, {"term": "mark", "value": "Yes"}, {"term": "mark"}]
    assert judged([MARK], rows).decision == "accept"


def test_a_mark_may_repeat_its_class() -> None:
    """Rule 5 for the lot: the class of a lot-level term, where it has one, is not contradicted."""
    one = lot_term("mark", "mark", **{"class": "major"})
    assert judged([one], [{"term": "mark", "class": "major", "value": "yes"}]).decision == "accept"
