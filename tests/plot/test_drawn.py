"""What every public plot draws is in one file, so that a change of its looks is seen before it is made.

If a change is meant, write the file again with ``python -m tests.plot.drawn_plots``.
"""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

import aql.plot as plots
from aql import SinglePlan
from aql.plot import parts
from tests.plot.drawn_plots import CASES, described, sections


@pytest.mark.parametrize("name", CASES)
def test_a_plot_is_drawn_as_it_was(name: str) -> None:
    assert described(name).splitlines() == sections()[name].splitlines()


def test_the_file_has_no_other_plots() -> None:
    assert [*sections()] == [*CASES]


def test_every_public_plot_has_a_case() -> None:
    suffixes = ("_curve", "_curves", "_marks", "_distribution")
    public = {name for name in dir(plots) if not name.endswith(suffixes)}
    assert {draw.__name__ for draw, _ in CASES.values()} == public


def test_settings_of_the_user_change_nothing_in_the_file() -> None:
    name = "severities"
    with plt.rc_context({"lines.linewidth": 9, "font.size": 20}):
        assert described(name) == sections()[name]


def test_a_new_figure_has_the_size_of_a_column_and_room_for_its_labels() -> None:
    figure = plots.oc(SinglePlan(5, 0)).figure
    assert isinstance(figure, Figure)
    assert figure.get_size_inches().tolist() == [6.0, 3.8]
    assert type(figure.get_layout_engine()).__name__ == "ConstrainedLayoutEngine"
    plt.close(figure)


def test_room_is_measured_in_the_units_of_the_axes() -> None:
    ax = Figure().subplots()
    ax.set_xlim(10, 30)
    ax.set_ylim(5, 5.5)
    text = ax.annotate("two\nlines", (12, 5.2))
    box, whole = text.get_window_extent(), ax.bbox
    expected = 20 * box.width / whole.width, 0.5 * box.height / whole.height
    np.testing.assert_allclose(parts._extent(ax, text), expected)
    assert parts._extent(ax, text)[0] == pytest.approx(20 * 0.09, abs=20 * 0.05)
