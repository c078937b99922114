"""The derived tables compared with closed forms, exact fractions and published values, and the laws that they obey.

The printed derived tables themselves (MIL-STD-105E, Tables V to X; ISO 2859-1:1999, Tables 5 to 10) were not found
in a public text, so their values are not tested here.
"""

import importlib.util
import math
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import aql
from aql.errors import DomainError
from aql.plans.outgoing_quality import aoql
from aql.standards.iso2859_1.derived import (
    ACCEPTANCE,
    aoqls,
    asn_ratios,
    consumer_risk_qualities,
    law_of,
    oc_values,
    producer_risks,
)
from aql.standards.iso2859_1.plan_cells import plan_cells
from aql.types import ProcessModel, Sampling, Severity, Standard
from tests.oracles import naive_tables as naive
from tests.profiles import exhaustive

ISO: Standard = "ISO 2859-1:1999"
MIL: Standard = "MIL-STD-105E"
DOCS = Path(__file__).parents[3] / "docs"
OC = [f"p{round(100 * one)}" for one in ACCEPTANCE]

every_table = pytest.mark.parametrize(
    ("standard", "sampling", "severity"), list(product((ISO, MIL), naive.SAMPLINGS, naive.SEVERITIES))
)


def row(frame: pd.DataFrame, letter: str, column: str) -> Any:
    (found,) = frame[(frame.letter == letter) & (frame.aql == column)].to_dict("records")
    return found


# Which cells, which law ------------------------------------------------------------------------------------------


@every_table
def test_rows_are_the_printed_plans_and_the_cells_that_borrow_one(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    cells = naive.printed(naive.FOLDER[standard], f"{sampling}_{severity}")
    frame = producer_risks(standard, severity, sampling)
    wanted = [key for key, cell in cells.items() if cell.mark in {"plan", "single", "double"}]
    assert list(zip(frame.letter, frame.aql, strict=True)) == wanted
    assert [cells[key].mark for key in wanted] == frame["mark"].tolist()
    assert (frame.letter == frame.plan_letter).all()


@every_table
def test_with_arrows_every_cell_that_can_be_entered_has_a_row(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    cells = [cell for cell in plan_cells(standard, severity, sampling, arrows=True) if cell.letter != "S"]
    assert [(cell.letter, cell.aql) for cell in cells] == list(product(naive.LETTERS, naive.AQLS))
    for cell in cells[::7]:
        found = aql.lookup(
            aql=cell.aql, letter=cell.letter, severity=severity, sampling=sampling, standard=standard
        )
        assert (cell.plan, cell.plan_letter, cell.disputed) == (found.plan, found.plan_letter, found.disputed)
        if cell.plan_letter != "S":
            single = aql.lookup(aql=cell.aql, letter=cell.plan_letter, severity=severity, standard=standard)
            assert cell.single == single.plan


def test_an_arrow_keeps_the_letter_entered_and_the_letter_of_the_plan() -> None:
    found = row(oc_values(ISO, "normal", arrows=True), "D", "4.0")
    assert (found["mark"], found["plan_letter"], found["plan"]) == ("down", "E", aql.SinglePlan(13, 1))


def test_the_2026_edition_has_its_checked_cells_only() -> None:
    frame = producer_risks("ISO 2859-1:2026", "tightened", arrows=True)
    assert set(frame.aql) == set(naive.AQLS[:15])
    assert "S" not in set(frame.plan_letter)
    assert len(frame) == 16 * 15 - 2  # Q and R at AQL 0.025 lead to row S
    with pytest.raises(DomainError, match=r"^Double sampling of ISO 2859-1:2026 has not been checked"):
        oc_values("ISO 2859-1:2026", "normal", "double")


def test_z14_has_the_figures_of_mil_std_105e() -> None:
    pd.testing.assert_frame_equal(oc_values("ANSI/ASQ Z1.4", "reduced"), oc_values(MIL, "reduced"))


@pytest.mark.parametrize(
    ("column", "n", "model", "up_to", "law"),
    [
        ("10", 80, None, 80, "binomial"),
        ("10", 81, None, 80, "poisson"),
        ("10", 2000, None, None, "binomial"),
        ("10", 2, None, 0, "poisson"),
        ("15", 2, None, None, "poisson"),
        ("10", 2, "poisson", None, "poisson"),
        ("10", 2000, "binomial", 0, "binomial"),
        ("15", 2, "binomial", None, None),
    ],
)
def test_the_law_of_a_cell(
    column: str, n: int, model: ProcessModel | None, up_to: int | None, law: ProcessModel | None
) -> None:
    assert law_of(column, n, model=model, binomial_up_to=up_to) == law


def test_the_law_is_named_in_every_row_and_can_be_chosen() -> None:
    frame = oc_values(ISO, "normal")
    small = frame.plan.map(lambda plan: plan.n <= 80) & (frame.aql.astype(float) <= 10)
    assert (frame.model == small.map({True: "binomial", False: "poisson"})).all()
    assert set(oc_values(ISO, "normal", model="poisson").model) == {"poisson"}
    percent = oc_values(ISO, "normal", model="binomial")
    assert set(percent.model) == {"binomial"}
    assert percent.aql.astype(float).max() == 10
    assert set(oc_values(ISO, "normal", binomial_up_to=None).model) == {"binomial", "poisson"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((ISO, "norml"), "severity must be .*, got 'norml'"),
        ((ISO, "normal", "tripel"), "sampling must be .*, got 'tripel'"),
        ((ISO, "normal", "single", "hypergeometric"), "model must be .*, got 'hypergeometric'"),
        (("ISO 2859", "normal"), "'?ISO 2859 is not offered"),
    ],
)
def test_unknown_arguments_are_refused(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(DomainError, match=f"^{message}"):
        oc_values(*arguments)


def test_sample_numbers_are_compared_for_staged_sampling_only() -> None:
    with pytest.raises(DomainError, match=r"^sampling must be .*, got 'single'"):
        asn_ratios(ISO, "normal", "single")


# Closed forms, fractions, published values -------------------------------------------------------------------------


def test_two_items_and_none_nonconforming_have_closed_forms() -> None:
    """Letter A at AQL 6.5: Pa is (1 - p)² or exp(-2 p); the AOQL is reached at 1/3 or 1/2."""
    values = row(oc_values(MIL, "normal"), "A", "6.5")
    assert [values[name] for name in OC] == pytest.approx([100 * (1 - one**0.5) for one in ACCEPTANCE])
    values = row(oc_values(MIL, "normal", model="poisson"), "A", "6.5")
    assert [values[name] for name in OC] == pytest.approx([-50 * math.log(one) for one in ACCEPTANCE])
    assert row(producer_risks(MIL, "normal"), "A", "6.5")["risk"] == pytest.approx(1 - 0.935**2)
    limit = row(aoqls(MIL, "normal", binomial_up_to=None), "A", "6.5")
    assert (limit["aoql"], limit["at"]) == (pytest.approx(400 / 27), pytest.approx(100 / 3, rel=1e-6))
    limit = row(aoqls(MIL, "normal"), "A", "6.5")
    assert (limit["aoql"], limit["at"]) == (pytest.approx(50 / math.e), pytest.approx(50, rel=1e-6))


@every_table
def test_producer_risks_are_those_of_exact_fractions(
    standard: Standard, sampling: Sampling, severity: Severity
) -> None:
    frame = producer_risks(standard, severity, sampling, "binomial")
    for found in frame[frame.letter.isin(list("ABCDEF"))].to_dict("records"):
        folder = naive.FOLDER[standard]
        plan = naive.resolve(folder, sampling, severity, found["letter"], found["aql"]).plan
        exact = 1 - naive.pa(plan, naive.exact_binomial(Fraction(found["aql"]) / 100))
        assert found["risk"] == pytest.approx(float(exact), rel=1e-12)


def test_published_values_of_plans_that_stand_in_a_cell() -> None:
    """SAS/QC User's Guide, PROBACC2 and ASN2 (tests/golden/operating_characteristics.csv); 7 CFR 42.140 (c), (d)."""
    single = consumer_risk_qualities(MIL, "normal", beta=0.1018322793)
    assert row(single, "F", "2.5")["plan"] == aql.SinglePlan(20, 1)
    assert row(single, "F", "2.5")["crq"] == pytest.approx(18, abs=1e-8)
    double = consumer_risk_qualities(MIL, "normal", "double", beta=0.0921738126)
    assert row(double, "F", "2.5")["plan"] == aql.MultiplePlan((13, 13), (0, 1), (2, 2))
    assert row(double, "F", "2.5")["crq"] == pytest.approx(18, abs=1e-8)
    ratios = asn_ratios(MIL, "normal", "double", "binomial", accepted=(0.1018322793,))
    assert row(ratios, "F", "2.5")["ratio_p10.1832"] == pytest.approx(15.811418112 / 20, abs=1e-9)
    # 500 containers, 3 or fewer defects: at 1.0 per hundred 26 percent of lots are accepted.
    agreed = consumer_risk_qualities(MIL, "normal", beta=0.265, binomial_up_to=0)
    assert row(agreed, "N", "0.25")["plan"] == aql.SinglePlan(500, 3)
    assert row(agreed, "N", "0.25")["crq"] == pytest.approx(1.0, abs=0.005)


# Laws --------------------------------------------------------------------------------------------------------------


@pytest.mark.exhaustive
@pytest.mark.parametrize("severity", ["normal", exhaustive("tightened"), exhaustive("reduced")])
@pytest.mark.parametrize("sampling", ["single", "double", exhaustive("multiple")])
@pytest.mark.parametrize("standard", [ISO, MIL])
def test_figures_are_in_order(standard: Standard, sampling: Sampling, severity: Severity) -> None:
    """Qualities rise as acceptance falls; risks are probabilities; the AOQL is below the quality it comes from."""
    frame = oc_values(standard, severity, sampling)
    values = frame[OC].to_numpy()
    assert (values[:, 1:] > values[:, :-1]).all()
    assert (values > 0).all()
    risks = producer_risks(standard, severity, sampling).risk
    assert ((risks > 0) & (risks < 0.5)).all()
    limits = aoqls(standard, severity, sampling)
    quality = consumer_risk_qualities(standard, severity, sampling, binomial_up_to=0).crq
    assert (limits.aoql < limits["at"]).all()
    assert (limits.aoql < quality).all()
    for found in limits.iloc[::75].to_dict("records"):
        exact = aoql(found["plan"], model=found["model"])
        assert (found["aoql"], found["at"]) == (
            pytest.approx(100 * exact.value, rel=1e-12),
            pytest.approx(100 * exact.at, rel=1e-6),
        )


@pytest.mark.parametrize("standard", [ISO, MIL])
def test_a_coarser_aql_has_worse_quality_accepted(standard: Standard) -> None:
    frame = consumer_risk_qualities(standard, "normal", model="poisson")
    for _, of_letter in frame.groupby("letter"):
        assert all(finer < coarser for finer, coarser in pairwise(of_letter.crq))


@pytest.mark.parametrize(("standard", "sampling"), list(product((ISO, MIL), ("double", "multiple"))))
def test_staged_plans_inspect_fewer_items_of_good_lots(standard: Standard, sampling: Sampling) -> None:
    for severity in naive.SEVERITIES:
        frame = asn_ratios(standard, severity, sampling)
        assert {type(plan) for plan in frame.plan} == {aql.MultiplePlan}
        assert (frame.ratio_0 < 1).all()
        most = frame.plan.map(lambda plan: plan.total) / frame.single.map(lambda plan: plan.n)
        for name in ("ratio_aql", "ratio_p99", "ratio_p95", "ratio_p50", "ratio_p10"):
            assert (frame[name] <= most).all()
        assert frame.ratio_p95.median() < 1


# Pages -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_derived_tables", DOCS / "make_derived_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_pages_are_those_of_the_script(script: ModuleType) -> None:
    assert {path.name for path in (DOCS / "derived").iterdir()} == set(dict(script.pages()))
    assert sum(path.stat().st_size for path in (DOCS / "derived").iterdir()) < 3_000_000


@pytest.mark.parametrize(
    "ending", ["index.md", ".html", "_normal.md", exhaustive("_tightened.md"), exhaustive("_reduced.md")]
)
def test_a_committed_page_is_what_the_script_writes(script: ModuleType, ending: str) -> None:
    written = {name: write for name, write in script.pages() if name.endswith(ending)}
    assert written
    stale = [
        name for name, write in written.items() if (DOCS / "derived" / name).read_text("utf-8") != write()
    ]
    assert stale == [], "run: python docs/make_derived_tables.py"


NO_ICON = '<link rel="icon" href="data:,">'  # else a browser asks the server for one


def test_the_plan_browser_holds_every_cell_and_loads_nothing(script: ModuleType) -> None:
    data = script.browser_data()
    for name, grid in data["tables"].items():
        standard, severity, sampling = name.split(",")
        cells = plan_cells(standard, severity, sampling, arrows=True)
        for cell in cells[::5]:
            found = grid[data["letters"].index(cell.letter)][data["aqls"].index(cell.aql)]
            stages = cell.plan.stages
            numbers = ([one.n for one in stages], [one.re for one in stages])
            assert (found[1], data["plans"][found[2]][0], data["plans"][found[2]][2]) == (
                cell.plan_letter,
                *numbers,
            )
            assert bool(found[3]) == cell.disputed
    page = (DOCS / "derived" / "plan_browser.html").read_text("utf-8").replace(NO_ICON, "")
    assert not [
        sign for sign in ("http:", "https:", "url(", "@import", "<link", "src=", "fetch(") if sign in page
    ]


def test_numbers_are_printed_with_three_digits(script: ModuleType) -> None:
    shown = [script.digits(value) for value in (0.012562, 0.5, 12.0, 158.4, 1085.08, 0.00001234)]
    assert shown == ["0.0126", "0.500", "12.0", "158", "1090", "0.0000123"]
