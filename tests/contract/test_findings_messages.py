"""The exact sentences of the check: what is wrong, and what to write instead."""

import json
import pickle
from typing import Any

import pytest

import aql
from aql.contract.findings import Finding
from tests.contract.test_trades import NEEDS_A_FILE, codes_of_the_source

ORDER = {"id": "PO-1", "quantity": 3000, "shipment_date": "2026-12-15"}
MAJOR = {"name": "major", "aql": 2.5}
LIMIT = {"unit": "mm", "min": "1"}
WIDTH = {"id": "width", "class": "major", "text": "Width of the frame", "measure": LIMIT}
COLOUR = {
    "unit": "dE2000",
    "reference": "Lab(20.5, 0.1, -0.4)",
    "illuminant": "D50",
    "observer": "2",
    "max": "2",
}
COVER = {"rules": "2017", "type": "pre-shipment"}

Changes = dict[str, Any]


def contract(
    *,
    order: Changes | None = None,
    classes: list[Changes] | None = None,
    terms: list[Changes] | None = None,
    **other: Any,
) -> Changes:
    """A contract without a finding, except for what is changed."""
    return {
        "order": {key: value for key, value in (ORDER | (order or {})).items() if value is not None},
        "classes": [MAJOR] if classes is None else classes,
        "terms": [WIDTH] if terms is None else terms,
        **other,
    }


def term(**changes: Any) -> Changes:
    """A contract of the one term, changed; None takes a key away."""
    return contract(
        terms=[{key: value for key, value in (WIDTH | changes).items() if value is not None}],
    )


def measure(**limits: Any) -> Changes:
    """A contract whose one term has another measure."""
    return term(measure=limits)


SENTENCES: list[tuple[Changes, str, str, str]] = [
    # the order
    (
        contract(order={"shipment_date": None}),
        "warning no-shipment-date order.shipment_date",
        "The contract has no shipment date, so late delivery is not grounds for a claim.",
        "Add shipment_date = 2026-12-15.",
    ),
    (
        contract(order={"quantity": None}),
        "warning no-quantity order.quantity",
        "The contract has no quantity, so a short delivery is not grounds for a claim.",
        "Add quantity = 3000.",
    ),
    (
        contract(order={"unit_price": "41.50"}),
        "warning no-currency order.currency",
        "The price has no currency.",
        'Add currency = "USD".',
    ),
    (
        contract(order={"unit_price": "-41.50", "currency": "USD"}),
        "error bad-amount order.unit_price",
        "The amount must be 0 or more, got -41.50.",
        "Correct the amount.",
    ),
    (
        contract(order={"unit_price": "41.50", "currency": "USD"}, cover=COVER | {"limit": "1E+5"}),
        "note above-cover cover.limit",
        "The order total of 124500.00 is above the cover limit of 100000.",
        "A refund is at most the limit. Ask the supplier for a higher limit, or split the order.",
    ),
    # the classes and their plans
    (
        contract(classes=[]),
        "error no-classes classes",
        "The contract has no class of nonconformity.",
        'Add one: [[classes]] with name = "major" and aql = 2.5.',
    ),
    (
        contract(inspection={"sample": "letter", "sampling": "double"}),
        "error letter-with-stages inspection.sample",
        'sample = "letter" requires single sampling, got double.',
        'Use sampling = "single", or sample = "per-class" or "largest".',
    ),
    (
        contract(inspection={"packed_share": 80}),
        "error bad-share inspection.packed_share",
        "The packed share must be above 0 and at most 1, got 80.",
        "Write 0.8 for 80 %.",
    ),
    (
        contract(inspection={"standard": "ISO 2859-1"}),
        "note standard-name inspection.standard",
        "ISO 2859-1 is taken as ISO 2859-1:1999. No year is named; this is the default edition.",
        'To name the edition, write standard = "ISO 2859-1:1999".',
    ),
    (
        contract(inspection={"standard": "ISO 2859-1:2026"}),
        "error edition-by-letter inspection.standard",
        "The tables of ISO 2859-1:2026 can be entered only by code letter so far, but a contract enters them by lot size.",
        (
            'Use standard = "ISO 2859-1:1999", whose single plans for AQL 0.010 to 6.5 are the same, or '
            "state the plans."
        ),
    ),
    (
        contract(classes=[MAJOR, MAJOR]),
        "error repeated-name classes[1].name",
        "Class 'major' is listed twice.",
        "Keep one of them.",
    ),
    (
        contract(classes=[{"name": "major"}]),
        "error no-plan classes[0]",
        "Class 'major' has no AQL or plan.",
        'Write one of aql = 2.5, plan = { n = 50, ac = 2 } or inspect = "all".',
    ),
    (
        contract(classes=[MAJOR | {"inspect": "all"}]),
        "error two-plans classes[0]",
        "Class 'major' has aql and inspect.",
        'Write one of aql = 2.5, plan = { n = 50, ac = 2 } or inspect = "all".',
    ),
    (
        contract(classes=[MAJOR | {"ac": 2}]),
        "error ac-alone classes[0].ac",
        'ac needs inspect = "all".',
        "Leave ac out; an AQL or a plan has its own Ac.",
    ),
    (
        contract(classes=[MAJOR, {"name": "critical", "aql": 0}]),
        "warning class-order classes[1]",
        "Class 'critical' has a lower AQL than the class before it, but the most serious class must be first.",
        "Order the classes by seriousness; an item counts in the first that applies to it.",
    ),
    (
        contract(classes=[{"name": "major", "aql": 15}]),
        "error aql-needs-nonconformities classes[0].aql",
        "AQL 15 requires counting nonconformities, because it means nonconformities per 100 items.",
        'Use counting = "nonconformities", or an AQL up to 10.',
    ),
    (
        contract(classes=[{"name": "major", "aql": 1.2}]),
        "error unknown-aql classes[0].aql",
        "AQL 1.2 is not a column of ISO 2859-1:1999; the nearest are 1.0 and 1.5.",
        "Use one of them, or state plan = { n = 50, ac = 2 }.",
    ),
    # the lines of the terms
    (
        term(sample=5, level="S-2"),
        "error two-plans terms[0]",
        "Term 'width' has level and sample.",
        "Keep one of these.",
    ),
    (
        term(ac=0),
        "error ac-alone terms[0].ac",
        'ac needs sample or inspect = "all".',
        "Add sample = 10, or leave ac out.",
    ),
    (
        contract(classes=[{"name": "major", "inspect": "all"}], terms=[WIDTH | {"level": "S-2"}]),
        "error level-without-aql terms[0].level",
        "Term 'width' has a level, but neither it nor its class has an AQL.",
        "Add aql = 2.5 to the term, or sample = 10 instead of the level.",
    ),
    # the terms
    (
        contract(terms=[]),
        "warning no-terms terms",
        "The contract has no terms, so poor quality is not grounds for a claim.",
        'Add what was agreed: [[terms]] with id, class, text and measure, or kind = "visual".',
    ),
    (
        contract(terms=[WIDTH, WIDTH]),
        "error repeated-name terms[1].id",
        "'width' is also the name of another term.",
        "Rename the term.",
    ),
    (
        term(id="major"),
        "error repeated-name terms[0].id",
        "'major' is also the name of a class.",
        "Rename the term.",
    ),
    (
        contract(terms=[{"id": "width", "text": "Width of the frame", "measure": LIMIT}]),
        "error no-class terms[0]",
        "Term 'width' has no class.",
        'Add class = "..."; the classes are major.',
    ),
    (
        term(**{"class": "Major"}),
        "error unknown-class terms[0].class",
        "'Major' is not a class of the contract.",
        "Did you mean 'major'? If not, add it to the classes.",
    ),
    (
        term(**{"class": "xyz"}),
        "error unknown-class terms[0].class",
        "'xyz' is not a class of the contract.",
        "Use major, or add it to the classes.",
    ),
    (
        term(kind="visual"),
        "error kind-contradicts-measure terms[0].kind",
        "Term 'width' has kind 'visual', but its measure means 'measured'.",
        "Leave out the kind or the measure.",
    ),
    (
        term(measure=None, kind="measured"),
        "error unmeasurable terms[0]",
        "Kind 'measured' needs a measure.",
        'Add one, such as measure = { unit = "...", min = "..." }.',
    ),
    (
        term(measure=None),
        "error unmeasurable terms[0]",
        "Nothing in 'Width of the frame' can be measured, so the term cannot be enforced.",
        'State what is measured: measure = { unit = "...", min = "..." }; or write measure = { answer = "yes" } for a test that is passed or failed, or kind = "visual" for a defect found by eye.',
    ),
    (
        term(measure=None, text="Long lasting battery, good quality"),
        "error unmeasurable terms[0]",
        (
            "Nothing in 'Long lasting battery, good quality' can be measured ('long lasting', 'good "
            "quality' are not measurable), so the term cannot be enforced."
        ),
        'State how long or how often, and in which test: measure = { unit = "h", min = "..." }.',
    ),
    (
        term(text="Excellent width"),
        "warning vague-words terms[0].text",
        "'excellent' in 'Excellent width' cannot be measured.",
        "Leave 'excellent' out; the measure decides.",
    ),
    (
        term(text="Width of at least 2 mm"),
        "warning text-contradicts-measure terms[0].measure",
        "The text says 2 mm, but the measure does not.",
        "Make the text and the measure agree.",
    ),
    # measures
    (
        measure(min="1"),
        "error no-unit terms[0].measure.unit",
        "The limits of 'width' have no unit.",
        'Add unit = "mm", or unit = "1" for a plain number.',
    ),
    (
        measure(unit="mm", nominal="2", min="1"),
        "error two-kinds-of-limit terms[0].measure",
        "The measure has both nominal and min or max.",
        "Keep nominal with plus and minus, or min and max.",
    ),
    (
        measure(unit="mm", plus="1"),
        "error no-nominal terms[0].measure",
        "Plus and minus need a nominal value.",
        'Add nominal = "...", or write min and max.',
    ),
    (
        measure(unit="mm", nominal="2", plus="1"),
        "error no-tolerance terms[0].measure",
        "The nominal value has no minus.",
        'Add minus = "1"; "0" allows nothing on that side of the nominal value.',
    ),
    (
        measure(unit="mm", nominal="2"),
        "error no-tolerance terms[0].measure",
        "The nominal value has no plus and no minus.",
        'Add plus = "1" and minus = "1"; "0" allows nothing on that side of the nominal value.',
    ),
    (
        measure(unit="mm"),
        "error unmeasurable terms[0].measure",
        "The measure has no limit.",
        'Add min = "..." or max = "...".',
    ),
    (
        measure(unit="mm", min="2", max="1"),
        "error empty-range terms[0].measure",
        "The minimum 2 is above the maximum 1, so nothing can conform.",
        "Swap min and max, or correct them.",
    ),
    (
        term(measure={"unit": "mm", "min": "1", "max": "2"}, guard="0.6"),
        "error empty-range terms[0].measure",
        "With a guard of 0.6 on both sides, no value from 1 to 2 conforms.",
        "Write a smaller guard.",
    ),
    (
        term(measure={"unit": "mm", "min": "245.2", "max": "245.4"}, rounding="1"),
        "error empty-range terms[0].measure",
        "There is no multiple of 1 from 245.2 to 245.4, so no rounded reading conforms.",
        "Write a smaller rounding step.",
    ),
    (
        measure(unit="mm", nominal="248", plus="1", minus="-1"),
        "error bad-tolerance terms[0].measure",
        "Plus and minus must be 0 or more.",
        'Write minus = "1" for 1 below the nominal value.',
    ),
    (
        term(measure=COLOUR, guard="2.5"),
        "error empty-range terms[0].measure.max",
        "With a guard of 2.5, no difference up to 2 conforms.",
        "Write a smaller guard.",
    ),
    (
        measure(**(COLOUR | {"reference": "RAL 9005"})),
        "error no-colour terms[0].measure.reference",
        "The colour must be Lab values, got 'RAL 9005'.",
        'Add the colour: reference = "Lab(20.5, 0.1, -0.4)".',
    ),
    (
        measure(**(COLOUR | {"max": "-1"})),
        "error unmeasurable terms[0].measure.max",
        "The limit of the colour difference must be 0 or more.",
        'Add max = "2.0".',
    ),
    (
        measure(reference="Lab(20.5, 0.1, -0.4)", max="2"),
        "warning no-illuminant terms[0].measure",
        "The colour has no illuminant and no observer, and Lab values depend on both.",
        'Add illuminant = "D50" and observer = "2", or those that you measure with.',
    ),
    (
        term(measure=None, kind="visual", text="No scratch over 5 mm"),
        "warning requirement-as-defect terms[0].text",
        "'No scratch over 5 mm' states a requirement, but a visual term states a defect.",
        'Write text = "Scratch over 5 mm"; or leave kind out and add measure = { answer = "yes" }.',
    ),
    (
        term(reference={"file": "a.jpg", "sha256": "0" * 64}),
        "note not-compared terms[0].reference",
        "a.jpg was not compared with its SHA-256, because it is not in the folder of the contract.",
        "Copy it into that folder; if it is a term of the lot, the lot is held until then.",
    ),
    # what is judged once for the lot
    (
        term(effect="hold"),
        "error effect-on-items terms[0].effect",
        "Only a lot term can have an effect.",
        "Leave the effect out; for this term, the plan of its class decides.",
    ),
    (
        term(measure=None, kind="mark", sample=5),
        "error line-for-the-lot terms[0]",
        "A lot term cannot have a plan.",
        "Leave out level, sample, ac, aql, plan and inspect.",
    ),
    (
        term(measure=None, kind="packed-share"),
        "error unmeasurable terms[0]",
        "Term 'width' needs inspection.packed_share, which is missing.",
        "Add packed_share = 0.8.",
    ),
    (
        term(kind="reference", measure=None),
        "error unmeasurable terms[0]",
        "Term 'width' needs a reference image, document or sample, which is missing.",
        'Add reference = { file = "...", sha256 = "..." } or { seal = "..." }.',
    ),
    (
        term(kind="packed-share", measure={"unit": "%", "min": "80"}),
        "error bad-share terms[0].measure",
        "The measure of a packed share must have only min, above 0 and at most 1.",
        'Write measure = { min = "0.8" } for 80 %.',
    ),
    (
        term(kind="quantity", measure=None),
        "note class-for-the-lot terms[0].class",
        "Term 'width' is a lot term, so it does not count in class 'major'.",
        "The class has no effect; you can leave it out.",
    ),
    (
        term(measure={"answer": "yes"}, text="Good quality"),
        "error unmeasurable terms[0]",
        "Nothing in 'Good quality' can be measured ('good quality' is not measurable), so the term cannot be enforced.",
        'State what is measured and its limit: measure = { unit = "...", min = "..." }.',
    ),
    (
        term(measure=None, kind="allowed"),
        "error unmeasurable terms[0]",
        "Kind 'allowed' needs a measure.",
        'Add one, such as measure = { allowed = ["...", "..."] }.',
    ),
    # cartons, readings of another term, dates
    (
        term(of="cartons"),
        "error cartons-in-class terms[0].of",
        "Term 'width' is of cartons, so it cannot be in the sample of items of its class.",
        "Add its own sample = 5, level, plan or inspect.",
    ),
    (
        term(reading_of="depth"),
        "error bad-reading-of terms[0].reading_of",
        "reading_of must be the id of another term with readings of its own, got 'depth'.",
        "Correct reading_of, or leave it out and log readings of this term.",
    ),
    (
        contract(order={"created": "2026-12-16"}),
        "error bad-date order.created",
        "The order of 2026-12-16 is later than its shipment date, 2026-12-15.",
        "Correct one of them.",
    ),
    (
        contract(cover=COVER | {"limit": "100", "remaining_limit": "101"}),
        "error bad-amount cover.remaining_limit",
        "The remaining limit of 101 is above the limit of 100.",
        "Correct one of them.",
    ),
    # rounding and guard
    (
        term(rounding="0"),
        "error bad-rounding terms[0].rounding",
        "The rounding step must be above 0.",
        'Write rounding = "0.1".',
    ),
    (
        term(measure={"answer": "yes"}, rounding="0.1"),
        "error bad-rounding terms[0]",
        "Rounding and guard require numeric readings.",
        "Leave them out, or add a measure.",
    ),
    (
        term(guard="-1"),
        "error bad-guard terms[0].guard",
        "A guard must be 0 or more.",
        'Write guard = "0.2".',
    ),
    (
        term(text_case="exact"),
        "error text-case-alone terms[0].text_case",
        "text_case needs an agreed text.",
        'Leave it out, or add measure = { allowed = ["...", "..."] } or { equals = "..." }.',
    ),
    (
        term(measure=None, kind="mark", text="Mark", not_applicable=True, **{"class": None}),
        "error not-applicable-alone terms[0].not_applicable",
        "Only a term that is judged item by item can be not applicable.",
        "Leave not_applicable out.",
    ),
    (
        contract(classes=[MAJOR | {"minimum": {}}]),
        "error bad-minimum classes[0].minimum",
        "The minimum of 'major' needs an aql, and a letter or n.",
        'Write aql = 2.5 and minimum = { letter = "M" } or minimum = { n = 32 }.',
    ),
    (
        contract(classes=[MAJOR | {"minimum": {"n": 5000}}]),
        "error bad-minimum classes[0].minimum.n",
        "The minimum of 'major' must be at most 500, its largest sample in the table, got 5000.",
        'Lower it, or write plan = { n = 5000, ac = 0 } or inspect = "all" instead of aql and minimum.',
    ),
    # limits
    (
        contract(limits=[{"name": "total", "of": ["major"], "plan": {"n": 10, "ac": 1}} | {"of": ["mayor"]}]),
        "error unknown-member limits[0].of",
        "Limit 'total' counts 'mayor', not a class or a term that is judged item by item.",
        "Did you mean 'major'?",
    ),
    (
        contract(
            limits=[
                {"name": "total", "of": ["major"], "plan": {"n": 10, "ac": 1}} | {"weights": {"minor": "2"}}
            ]
        ),
        "error bad-weight limits[0].weights",
        "The weight of 'minor' is not counted by the limit.",
        'Weigh what is in "of", as in weights = { major = "0.5" }.',
    ),
    (
        contract(
            limits=[
                {"name": "total", "of": ["major"], "plan": {"n": 10, "ac": 1}}
                | {"plan": {"n": 10, "ac": 1, "re": 3}, "weights": {"major": "2"}}
            ]
        ),
        "error weights-with-stages limits[0]",
        "Limit 'total' has weights, which require a single sample with Re = Ac + 1.",
        "State plan = { n = 50, ac = 2 }, or leave out the weights.",
    ),
    (
        term(sample=5),
        "note own-line terms",
        "width has its own plan and does not count in its class.",
        'To count in both, state the plan in [[limits]] with of = ["width"] instead of the term.',
    ),
]


def test_the_contract_of_these_tests_has_no_finding() -> None:
    assert str(aql.check(aql.Contract.load(contract()))) == "nothing found"


@pytest.mark.parametrize(
    ("data", "place", "problem", "rewrite"), SENTENCES, ids=[f"{one[1]}: {one[2]}" for one in SENTENCES]
)
def test_sentence(data: Changes, place: str, problem: str, rewrite: str) -> None:
    severity, code, path = place.split()
    found = aql.check(aql.Contract.load(data))
    said = [one for one in found if (one.severity, one.code, one.path) == (severity, code, path)]
    assert (problem, rewrite) in [(one.problem, one.rewrite) for one in said]
    for one in said:
        assert f"{severity}: {one.where}: {one.problem} {one.rewrite}" in str(found).splitlines()


def test_a_finding_names_its_term_or_class() -> None:
    data = contract(
        order={"quantity": None},
        classes=[MAJOR, MAJOR],
        terms=[WIDTH, WIDTH | {"id": "depth", "measure": {"unit": "mm", "min": "2", "max": "1"}}],
    )
    found = aql.check(aql.Contract.load(data))
    assert [one.where for one in found] == [
        "classes[1].name (major)",
        "terms[1].measure (depth)",
        "order.quantity",
    ]
    assert [one.as_problem().where for one in found] == [one.where for one in found]
    assert "terms[1].measure (depth)" in found._repr_html_()


def test_every_code_has_its_sentence() -> None:
    stated = {(place.split()[0], place.split()[1]) for _, place, _, _ in SENTENCES}
    assert stated == codes_of_the_source() - NEEDS_A_FILE


@pytest.mark.parametrize("standard", ["ISO 2859-1:1999", "ANSI/ASQ Z1.4", "MIL-STD-105E"])
def test_an_unknown_aql_is_refused_in_the_name_of_the_agreed_standard(standard: str) -> None:
    data = contract(classes=[{"name": "major", "aql": 1.2}], inspection={"standard": standard})
    (finding,) = aql.check(aql.Contract.load(data))
    assert finding.problem == f"AQL 1.2 is not a column of {standard}; the nearest are 1.0 and 1.5."


def test_findings_stand_errors_first_and_in_the_order_of_the_document() -> None:
    data = contract(
        order={"quantity": None, "unit_price": "-1"},
        terms=[WIDTH | {"text": "Nice width"}, {"id": "look", "text": "Look"}],
    )
    found = aql.check(aql.Contract.load(data))
    assert [(finding.severity, finding.code, finding.path) for finding in found] == [
        ("error", "bad-amount", "order.unit_price"),
        ("error", "no-class", "terms[1]"),
        ("error", "unmeasurable", "terms[1]"),
        ("warning", "no-quantity", "order.quantity"),
        ("warning", "no-currency", "order.currency"),
        ("warning", "vague-words", "terms[0].text"),
    ]
    assert (*found.errors, *found.warnings, *found.notes) == tuple(found)


def test_findings_print_one_a_line() -> None:
    found = aql.check(aql.Contract.load(contract(order={"quantity": None, "shipment_date": None})))
    assert str(found).splitlines() == [str(finding) for finding in found]
    assert repr(found) == "<Findings 0 errors, 2 warnings, 0 notes>"
    line = (
        "<Finding warning no-shipment-date: order.shipment_date: The contract has no shipment date, so late"
    )
    assert repr(found[0]).startswith(line)


@pytest.mark.parametrize("data", [one[0] for one in SENTENCES])
def test_a_finding_goes_to_json_and_back(data: Changes) -> None:
    for finding in aql.check(aql.Contract.load(data)):
        plain = json.loads(json.dumps(finding.to_dict()))
        assert Finding.from_dict(plain) == Finding.from_json(finding.to_json()) == finding
        assert hash(Finding.from_dict(plain)) == hash(finding)
        assert pickle.loads(pickle.dumps(finding)) == finding
        assert len(repr(finding)) <= 120


def test_what_is_no_finding_is_refused() -> None:
    with pytest.raises(
        aql.DocumentError, match=r'severity: must be "error", "warning" or "note", got \'fatal\''
    ):
        Finding.from_dict({"severity": "fatal", "code": "x", "path": "", "problem": "", "rewrite": ""})


def codes(document: Changes) -> set[str]:
    return {one.code for one in aql.check(aql.Contract.from_dict(document))}


@pytest.mark.parametrize(("left", "bad"), [("99", False), ("100", False), ("101", True)])
def test_the_remaining_limit_may_be_the_limit(left: str, bad: bool) -> None:
    assert ("bad-amount" in codes(contract(cover=COVER | {"limit": "100", "remaining_limit": left}))) is bad


@pytest.mark.parametrize(
    ("share", "bad"),
    [
        ({"min": "0.8"}, False),
        ({"min": "1"}, False),
        ({"min": "1.2"}, True),
        ({"min": "0"}, True),
        ({"min": "0.8", "max": "1"}, True),
    ],
)
def test_a_packed_share_has_a_least_value_up_to_1(share: Changes, bad: bool) -> None:
    assert ("bad-share" in codes(term(kind="packed-share", measure=share))) is bad


@pytest.mark.parametrize(
    ("plan", "bad"),
    [({"n": 10, "ac": 1}, False), ({"n": (5, 5), "ac": (0, 1), "re": (2, 2)}, True)],
)
def test_weights_need_a_single_sample(plan: Changes, bad: bool) -> None:
    limit = {"name": "total", "of": ["major"], "plan": plan, "weights": {"major": "2"}}
    assert ("weights-with-stages" in codes(contract(limits=[limit]))) is bad
    # The AQL of a limit follows the sampling of the contract.
    limit = {"name": "total", "of": ["major"], "aql": "2.5", "weights": {"major": "2"}}
    for sampling in ("single", "double"):
        found = codes(contract(limits=[limit], inspection={"sampling": sampling}))
        assert ("weights-with-stages" in found) is (sampling == "double")
