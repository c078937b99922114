"""The plots: they draw the right numbers with units on the given axes, and change nothing else."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

import aql.plot as plots
from aql import AqlError, MissingExtraError, MultiplePlan, Scheme, SinglePlan, skip_lot
from aql.plans import outgoing_quality as outgoing
from aql.plans.lot_posterior import posterior
from aql.plans.plan import Plan
from aql.plot import comparisons, curves
from aql.scheme import LotRecord

PLAN = SinglePlan(80, 2)
DOUBLE = MultiplePlan((50, 50), (2, 6), (5, 7))
SHAPES = [SinglePlan(n, ac) for n, ac in ((80, 2), (13, 0), (315, 21), (5, 3), (2, 0), (2, 3))]
KNOWN = posterior(5, 80, 1200)
SCHEME = Scheme.lookup(1200, aql=2.5)
SERIES = SCHEME.run([0] * 11 + [7, 6, 8, 1])
PA = "probability_of_acceptance"

PICTURES: dict[str, Callable[[Any], Axes]] = {
    "oc": lambda ax: plots.oc(PLAN, aql=0.01, ax=ax),
    "oc of a lot": lambda ax: plots.oc(PLAN, model="hypergeometric", lot_size=1200, ax=ax),
    "compare": lambda ax: plots.compare([PLAN, DOUBLE], ax=ax),
    "severities": lambda ax: plots.severities(1200, aql=2.5, ax=ax),
    "types": lambda ax: plots.types(PLAN, lot_size=300, ax=ax),
    "aoq": lambda ax: plots.aoq(PLAN, lot_size=1200, ax=ax),
    "asn": lambda ax: plots.asn(DOUBLE, ax=ax),
    "ati": lambda ax: plots.ati(PLAN, lot_size=1200, ax=ax),
    "posterior": lambda ax: plots.posterior(KNOWN, aql=0.025, ax=ax),
    "history": lambda ax: plots.history(SERIES, ax=ax),
    "scheme": lambda ax: plots.scheme(SCHEME, ax=ax),
}
every_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)


@pytest.fixture(autouse=True, scope="module")
def _without_a_window() -> Iterator[None]:
    with mpl.rc_context():
        mpl.use("Agg")
        yield


def blank(width: float = 6.0, height: float = 3.8) -> Axes:
    return Figure(figsize=(width, height), layout="constrained").subplots()


def message(call: Callable[..., Any], *args: Any, **how: Any) -> str:
    with pytest.raises(AqlError) as caught:
        call(*args, **how)
    return str(caught.value)


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def legend(ax: Axes) -> list[str]:
    made = ax.get_legend()
    assert made is not None
    return [text.get_text() for text in made.get_texts()]


def assert_drawn(line: Line2D, x: Any, y: Any) -> None:
    np.testing.assert_array_equal(np.asarray(line.get_xdata()), x)
    np.testing.assert_array_equal(np.asarray(line.get_ydata()), y)


# Every picture --------------------------------------------------------------------------------------------------


@every_picture
def test_it_draws_on_the_axes_given_and_on_nothing_else(draw: Callable[[Any], Axes]) -> None:
    open_figures, settings = plt.get_fignums(), dict(mpl.rcParams)
    ax = blank()
    assert draw(ax) is ax
    assert ax.has_data()
    assert plt.get_fignums() == open_figures
    assert dict(mpl.rcParams) == settings


@every_picture
def test_without_axes_it_makes_one_figure_that_pyplot_can_show(draw: Callable[[Any], Axes]) -> None:
    open_figures = plt.get_fignums()
    figure = draw(None).figure
    assert isinstance(figure, Figure)
    assert len(plt.get_fignums()) == len(open_figures) + 1
    plt.close(figure)
    assert plt.get_fignums() == open_figures


@every_picture
def test_both_axes_are_labelled_with_their_unit(draw: Callable[[Any], Axes]) -> None:
    ax = draw(blank())
    for label in (ax.get_xlabel(), ax.get_ylabel()):
        assert label[:1].isupper()
        assert label.endswith("]")
        assert len(label[label.index("[") :]) > 2


@every_picture
@pytest.mark.parametrize("size", [(3.5, 2.6), (6.0, 3.8), (12.0, 7.0)], ids=str)
def test_no_words_leave_the_figure(draw: Callable[[Any], Axes], size: tuple[float, float]) -> None:
    with mpl.rc_context({"font.size": 8}):
        ax = draw(blank(*size))
        figure = ax.figure
        assert isinstance(figure, Figure)
        figure.draw_without_rendering()
    for text in [*ax.texts, ax.xaxis.label, ax.yaxis.label, ax._left_title]:  # type: ignore[attr-defined]
        if text.get_text():
            box = text.get_window_extent()
            assert figure.bbox.x0 <= box.x0
            assert box.x1 <= figure.bbox.x1
            assert figure.bbox.y0 <= box.y0
            assert box.y1 <= figure.bbox.y1


@every_picture
def test_it_needs_matplotlib(draw: Callable[[Any], Axes], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError) as caught:
        draw(None)
    assert str(caught.value) == (
        "a plot needs matplotlib, which is not installed. "
        "Install it with: python -m pip install 'aql-sampling[plot]'."
    )


@every_picture
def test_it_needs_one_axes(draw: Callable[[Any], Axes]) -> None:
    assert message(draw, np.array([blank(), blank()])) == (
        "ax must be a matplotlib Axes, got ndarray. Pass one Axes, such as from plt.subplots(), or leave ax out for a new figure."
    )


# One plan -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [DOUBLE, *SHAPES[:-1]], ids=str)
def test_the_curve_and_its_marks_are_those_of_the_numbers(plan: Any) -> None:
    ax = plots.oc(plan, ax=blank())
    marks = curves.oc_marks(plan)
    frame = curves.oc_curve(plan, also=marks["fraction_nonconforming"])
    line, *others = ax.lines
    assert_drawn(line, frame["fraction_nonconforming"], frame[PA])
    for mark, (drop, risk, dot) in zip(
        marks.itertuples(), zip(*[iter(others)] * 3, strict=True), strict=True
    ):
        x, y = mark.fraction_nonconforming, mark.probability_of_acceptance
        assert_drawn(drop, [x, x], [0, y])
        assert_drawn(risk, [x, x], [0, y] if mark.mark == "CRQ" else [y, 1])
        assert_drawn(dot, [x], [y])
    assert [words.split()[0] for words in texts(ax)] == ["producer's", "consumer's"]


def test_words_never_lie_on_the_curve() -> None:
    for plan in SHAPES:
        for size in ((3.5, 2.6), (6.0, 3.8)):
            with mpl.rc_context({"font.size": 8}):
                ax = plots.oc(plan, aql=0.02, ax=blank(*size))
                figure = ax.figure
                assert isinstance(figure, Figure)
                figure.draw_without_rendering()
            points = ax.transData.transform(np.column_stack(ax.lines[0].get_data()))
            for text in ax.texts:
                box = text.get_window_extent()
                inside = (points > [box.x0, box.y0]) & (points < [box.x1, box.y1])
                assert not (text.get_text() and inside.all(axis=1).any()), (plan, text.get_text())


def test_risks_and_qualities_are_written_out() -> None:
    assert texts(plots.oc(PLAN, aql=0.01, ax=blank())) == [
        "producer's risk 4.66 %\nat AQL 1 %",
        "consumer's risk 10 %\nat CRQ 6.52 %",
    ]
    per_100 = plots.oc(PLAN, aql=1.5, beta=None, model="poisson", unit="100 items", ax=blank())
    assert texts(per_100) == ["producer's risk 12.1 %\nat AQL 1.5 per 100"]
    per_item = plots.oc(PLAN, alpha=None, model="poisson", ax=blank())
    assert texts(per_item) == ["consumer's risk 10 %\nat CRQ 0.0665 per item"]
    assert per_item.get_xlabel() == "Process quality [nonconformities per item]"


def test_a_plan_that_rejects_nothing_is_drawn() -> None:
    ax = plots.oc(SinglePlan(2, 3), aql=0.025, ax=blank())
    assert texts(ax) == ["producer's risk 0 %\nat AQL 2.5 %"]
    assert ax.get_xlim() == (0.0, 1.0)


def test_the_axis_reaches_an_aql_far_out() -> None:
    ax = plots.oc(PLAN, aql=0.2, ax=blank())
    assert ax.get_xlim() == (0.0, 0.2)
    assert texts(ax)[0] == "producer's risk above 99.99 %\nat AQL 20 %"


def test_marks_outside_the_qualities_asked_for_are_left_out() -> None:
    ax = plots.oc(PLAN, p=[0.0, 0.01, 0.02], ax=blank())
    assert_drawn(ax.lines[0], [0.0, 0.01, 0.02], PLAN.pa(np.array([0.0, 0.01, 0.02])))
    assert [words.split()[0] for words in texts(ax)] == ["producer's"]


@pytest.mark.parametrize(("size", "marker"), [(120, 4.0), (5000, 2.0)])
def test_a_finite_lot_is_drawn_by_its_points(size: int, marker: float) -> None:
    ax = plots.oc(SinglePlan(20, 1), model="hypergeometric", lot_size=size, ax=blank())
    assert ax.get_xlabel() == f"Quality of the lot of {size} [% nonconforming]"
    assert (ax.lines[0].get_marker(), ax.lines[0].get_markersize()) == ("o", marker)


def test_a_second_curve_keeps_the_longer_axis() -> None:
    ax = plots.oc(SinglePlan(5, 0), ax=blank())
    longer = ax.get_xlim()
    plots.oc(SinglePlan(500, 0), ax=ax)
    assert ax.get_xlim() == longer


def test_ticks_are_in_percent() -> None:
    ax = plots.oc(PLAN, ax=blank())
    axis = ax.xaxis.get_major_formatter()
    assert [axis(value, None) for value in (0.0, 0.07, 0.025)] == ["0", "7", "2.5"]
    assert ax.get_yticks().tolist() == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])


# Several curves -------------------------------------------------------------------------------------------------


def test_several_plans_are_told_apart_without_colour() -> None:
    plans: list[Plan] = [PLAN, DOUBLE, SinglePlan(125, 7), SinglePlan(32, 2), SinglePlan(13, 0)]
    frame = comparisons.oc_curves(plans)
    ax = plots.compare(plans, ax=blank())
    for line, (name, part) in zip(ax.lines, frame.groupby("plan", sort=False), strict=True):
        assert line.get_label() == name
        assert_drawn(line, part["fraction_nonconforming"], part[PA])
    assert legend(ax) == frame["plan"].unique().tolist()
    assert len({str(line._dash_pattern) for line in ax.lines}) == len(plans)  # type: ignore[attr-defined]
    many = plots.compare([SinglePlan(n, 0) for n in range(2, 10)], ax=blank())
    assert len(many.lines) == 8


def test_the_legend_stands_where_no_curve_is() -> None:
    def bottom(*plans: SinglePlan, p: Any = None) -> float:
        ax = plots.compare({f"the plan {plan}": plan for plan in plans}, p=p, ax=blank())
        figure = ax.figure
        made = ax.get_legend()
        assert isinstance(figure, Figure)
        assert made is not None
        figure.draw_without_rendering()
        return float(ax.transAxes.inverted().transform((0, made.get_window_extent().y0))[1])

    assert 0.5 < bottom(PLAN) < 1
    assert bottom(SinglePlan(4000, 400), p=[0.0, 0.02, 0.08]) < 0.5
    assert bottom(SinglePlan(4000, 400), SinglePlan(500, 0), p=[0.0, 0.02, 0.08]) >= 1


@pytest.mark.parametrize(
    ("aql", "at", "x"), [("4.0", 0.04, "% nonconforming"), (15, 15, "nonconformities per 100 items")]
)
def test_the_severities_of_a_cell(aql: Any, at: float, x: str) -> None:
    ax = plots.severities(letter="F", aql=aql, ax=blank())
    frame = comparisons.severity_curves(letter="F", aql=aql)
    *lines, mark = ax.lines
    for line, (severity, part) in zip(lines, frame.groupby("severity", sort=False), strict=True):
        assert line.get_label() == f"{severity}: {part['plan'].iloc[0]}"
        assert_drawn(line, part.iloc[:, 2], part[PA])
    assert list(np.asarray(mark.get_xdata())) == [at, at]
    assert texts(ax) == [f"AQL {aql}"]
    assert ax.get_xlabel() == f"Process quality [{x}]"


def test_type_a_and_type_b() -> None:
    ax = plots.types(DOUBLE, lot_size=60, ax=blank())
    frame = comparisons.type_curves(DOUBLE, lot_size=60)
    for line, (_, part) in zip(ax.lines, frame.groupby("type"), strict=True):
        assert_drawn(line, part["fraction_nonconforming"], part[PA])
    assert legend(ax) == ["Type A: this lot of 60", "Type B: the process"]
    assert [line.get_linestyle() for line in ax.lines] == ["None", "-"]


# Items and outgoing quality -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how", [{}, {"model": "poisson", "unit": "100 items"}, {"model": "hypergeometric"}], ids=str
)
def test_the_limit_is_marked_on_the_outgoing_quality(how: dict[str, Any]) -> None:
    ax = plots.aoq(PLAN, lot_size=1200, ax=blank(), **how)
    frame = curves.aoq_curve(PLAN, lot_size=1200, **how)
    limit = outgoing.aoql(PLAN, lot_size=1200, model=how.get("model", "binomial"))
    times = 100 if "unit" in how else 1
    none, curve, _, dot = ax.lines
    np.testing.assert_array_equal(none.get_xdata(), none.get_ydata())
    assert_drawn(curve, frame.iloc[:, -2], frame.iloc[:, -1])
    assert_drawn(dot, [limit.at * times], [limit.value * times])
    unit = "nonconformities per 100 items" if "unit" in how else "% nonconforming"
    assert ax.get_ylabel() == f"Average outgoing quality\n[{unit}]"
    assert ax.get_xlabel() == f"Incoming quality [{unit}]"
    assert texts(ax)[1].startswith("AOQL ")


FIVE = MultiplePlan((20,) * 5, (None, 1, 2, 4, 6), (4, 5, 6, 7, 7))


@pytest.mark.parametrize(
    ("plan", "how", "levels"),
    [
        (PLAN, {"inspection": "curtailed"}, ["the sample, 80"]),
        (DOUBLE, {"inspection": "semi"}, ["first sample, 50", "both samples, 100"]),
        (FIVE, {}, ["first sample, 20", "all 5 samples, 100"]),
        (FIVE, {"model": "hypergeometric", "lot_size": 50}, ["first sample, 20", "all 3 samples, 50"]),
    ],
    ids=str,
)
def test_sample_numbers_lie_between_their_levels(plan: Any, how: dict[str, Any], levels: list[str]) -> None:
    ax = plots.asn(plan, ax=blank(), **how)
    frame = curves.asn_curve(plan, **how)
    assert texts(ax) == levels
    assert_drawn(ax.lines[-1], frame["fraction_nonconforming"], frame["average_sample_number_items"])


@pytest.mark.parametrize(
    ("plan", "size", "levels"),
    [
        (PLAN, 1200, ["the sample, 80", "the lot, 1200"]),
        (DOUBLE, 90, ["first sample, 50", "the lot, 90"]),
        (PLAN, 50, ["the sample, 50", "the lot, 50"]),
    ],
)
def test_total_inspection_goes_from_the_sample_to_the_lot(plan: Any, size: int, levels: list[str]) -> None:
    ax = plots.ati(plan, lot_size=size, ax=blank())
    frame = curves.ati_curve(plan, lot_size=size)
    assert texts(ax) == levels
    assert_drawn(ax.lines[-1], frame["fraction_nonconforming"], frame["average_total_inspection_items"])


# The posterior --------------------------------------------------------------------------------------------------


def test_a_wide_posterior_is_a_curve() -> None:
    ax = plots.posterior(KNOWN, ax=blank())
    frame = curves.posterior_distribution(KNOWN)
    curve, interval = ax.lines
    assert_drawn(curve, frame["nonconforming_items"], frame["probability"])
    assert list(np.asarray(interval.get_xdata())) == list(KNOWN.interval(0.95)) == [34, 162]
    assert texts(ax) == ["34 to 162 items: 95.2 %"]
    assert ax.get_title(loc="left") == "5 nonconforming of 80 inspected, beta(1, 1) prior"


def test_a_narrow_posterior_is_bars() -> None:
    known = posterior(0, 13, 30)
    ax = plots.posterior(known, content=0.9, ax=blank())
    frame = curves.posterior_distribution(known)
    heights = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in ax.patches}  # type: ignore[attr-defined]
    assert heights == dict(zip(frame["nonconforming_items"], frame["probability"], strict=True))
    low, high = known.interval(0.9)
    dark = [bar for bar in ax.patches if bar.get_alpha() is None]
    assert len(dark) == high - low + 1


def test_a_lot_that_is_known_wholly_is_one_bar() -> None:
    ax = plots.posterior(posterior(1, 30, 30), ax=blank())
    assert len(ax.patches) == 1
    assert texts(ax) == ["1 item: 100 %"]
    assert ax.get_yticks().max() == 1


@pytest.mark.parametrize(("aql", "side"), [(0.025, "left"), (0.2, "right")])
def test_an_aql_says_how_likely_the_lot_is_no_worse(aql: float, side: str) -> None:
    ax = plots.posterior(KNOWN, aql=aql, ax=blank())
    line, note = ax.lines[-1], ax.texts[-1]
    assert list(np.asarray(line.get_xdata())) == [aql * 1200] * 2
    assert note.get_horizontalalignment() == side
    chance = f"{100 * KNOWN.probability_at_most(aql):.3g} %"
    assert note.get_text() == f"AQL {100 * aql:g} % or better: {chance}"


@pytest.mark.parametrize("aql", [0.0, 0.001, 0.5, 1.0])
def test_an_aql_far_from_what_is_known_is_still_drawn(aql: float) -> None:
    ax = plots.posterior(KNOWN, aql=aql, ax=blank())
    left, right = ax.get_xlim()
    assert left <= aql * 1200 <= right
    assert ax.texts[-1].get_text().startswith("AQL ")


# Bad input ------------------------------------------------------------------------------------------------------


def test_errors_are_those_of_the_numbers_and_leave_no_figure() -> None:
    open_figures = plt.get_fignums()
    no_plan: Any = "80/5"
    assert message(plots.oc, no_plan).startswith("plan must be a SinglePlan or a MultiplePlan, got '80/5'.")
    assert message(plots.oc, PLAN, aql=2.5) == ("aql must be from 0 to 1, got 2.5. Write 0.025 for 2.5 %.")
    assert message(plots.posterior, KNOWN, aql=2.5) == (
        "aql must be from 0 to 1, got 2.5. Write 0.025 for 2.5 %."
    )
    assert message(plots.asn, PLAN, inspection="none") == (
        'inspection must be "full", "semi" or "curtailed", got \'none\'.'
    )
    assert message(plots.oc, PLAN, lot_size=100) == (
        'lot_size requires model="hypergeometric", got lot_size=100 with model="binomial".'
    )
    assert plt.get_fignums() == open_figures


# Series of lots -------------------------------------------------------------------------------------------------


def test_a_history_shows_counts_limits_and_severities_told_apart_in_grey() -> None:
    ax = plots.history(SERIES, ax=blank())
    good, bad, limit = ax.get_lines()
    assert len(good.get_xdata()) + len(bad.get_xdata()) == len(SERIES)  # type: ignore[arg-type]
    frame = SERIES.to_frame()
    assert np.asarray(limit.get_ydata())[:-1].tolist() == frame["ac"].tolist()
    assert legend(ax)[3:] == ["normal", "tightened", "reduced"]
    hatches = {patch.get_hatch() for patch in ax.patches}
    assert len(hatches) == 3, "bands differ even without colour"
    named = SCHEME.run([LotRecord(found=0, id="A7"), LotRecord(found=1, id="A8")])
    assert [text.get_text() for text in plots.history(named, ax=blank()).get_xticklabels()] == ["A7", "A8"]
    drawn = plots.history(
        SCHEME.run([9, LotRecord(found=1, id="1", resubmitted=True), 9, 9, 9, 9, 9, 9]), ax=blank()
    )
    assert legend(drawn)[:5] == [
        "accepted",
        "accepted, resubmitted",
        "not accepted",
        "acceptance number",
        "discontinued",
    ]
    assert drawn.get_lines()[1].get_markerfacecolor() == "white"
    assert message(plots.history, SCHEME.run([])).startswith("series must be a history with one or more lots")


def test_a_scheme_is_drawn_wherever_a_plan_is() -> None:
    ax = plots.scheme(SCHEME, ax=blank())
    assert legend(ax) == ["scheme", "normal", "tightened", "reduced"]
    line = ax.get_lines()[0]
    assert_drawn(line, line.get_xdata(), SCHEME.pa(np.asarray(line.get_xdata())))
    per_hundred = plots.scheme(Scheme.lookup(30, aql=25), ax=blank())
    assert per_hundred.get_xlabel() == "Process quality [nonconformities per 100 items]"
    skipping = skip_lot(SCHEME, f=0.25, i=4)
    for one in (SCHEME, skipping):
        assert plots.oc(one, aql=0.025, ax=blank()).get_title(loc="left") == one.short_name
        assert texts(plots.asn(one, ax=blank())) == ["smallest sample, 32", "largest sample, 80"]
    assert message(plots.aoq, skipping) == f"aoq is a property of plans and schemes, got {skipping!r}."
    assert message(plots.ati, skipping, lot_size=1200).startswith("ati is a property of plans and schemes")
    assert legend(plots.compare([SCHEME, skipping], ax=blank())) == [SCHEME.short_name, skipping.short_name]
    assert texts(plots.aoq(SCHEME, lot_size=1200, ax=blank()))[0] == "no inspection"
    assert texts(plots.ati(SCHEME, lot_size=1200, ax=blank())) == ["smallest sample, 32", "the lot, 1200"]
    even = Scheme.of(SinglePlan(5, 1), SinglePlan(5, 0), SinglePlan(5, 1))
    assert texts(plots.asn(even, ax=blank())) == ["the sample, 5"]
    assert message(plots.scheme, PLAN).startswith("a scheme is required")
