"""What a class that records only its classified items leaves open: findings on more serious items, in lines and limits."""

import pytest

from tests.scoring.builders import Values, cls, contract, counted, line, single, term, unlisted, verdict
from tests.scoring.test_rule_02_limits import limited, total

COUNT_0: Values = {"class": "major", "count": 0}


@pytest.mark.parametrize(
    ("critical", "major", "most"),
    [
        (
            [{"class": "critical", "count": 1}],
            [],
            1,
        ),  # which may lie outside the critical sample, and have a major flaw
        (unlisted("critical", 5), [COUNT_0], 1),
        ([{"class": "critical", "count": 1}], [COUNT_0], 1),
        (
            unlisted("critical", 1),
            [COUNT_0],
            0,
        ),  # inside the critical sample, where it counts as critical alone
        ([{"class": "critical", "count": 0}], [COUNT_0], 0),
        (
            unlisted("critical", 5),
            unlisted("major", 6),
            1,
        ),  # both by item: the critical one has no other finding
    ],
)
def test_a_critical_item_outside_its_sample_may_count_as_major(
    critical: list[Values], major: list[Values], most: int
) -> None:
    agreed = contract([cls("critical", plan=single(3, 2)), cls("major", plan=single(8, 5))], [term("dent")])
    found = line(verdict(agreed, [*critical, *major], 100, 8))
    assert found.at_most == most


@pytest.mark.parametrize("size", [1, 2, 3])
def test_in_a_limit_every_critical_item_may_have_a_finding_of_a_classified_member(size: int) -> None:
    """The limit counts major findings. Major records only its classified items, and each critical item is in none."""
    limit = {"name": "total", "of": ["major"], "plan": single(size, size)}
    agreed = limited(
        [limit], [cls("critical", plan=single(size, size)), cls("major", plan=single(size, size))]
    )
    found = verdict(agreed, [*unlisted("critical", *range(1, size + 1)), COUNT_0], 100, size)
    assert total(line(found, "total")) == (0, size)


def test_a_term_weighs_as_its_class_unless_it_has_a_weight() -> None:
    """Two major items of weight 1/2 are 1, wherever their dents are; a dent of weight 2 makes them up to 4."""
    classes = [cls("major", plan=single(8, 8)), cls("minor", plan=single(8, 8))]
    for weights, most in (({"major": "0.5"}, 1), ({"major": "0.5", "dent": 2}, 4)):
        limit = {"name": "total", "of": ["major"], "plan": single(8, 8), "weights": weights}
        found = verdict(limited([limit], classes, [term("dent")]), counted(2, class_="major"), 100, 8)
        assert total(line(found, "total")) == (1, most)


def test_a_class_outside_a_limit_hides_nothing_from_it() -> None:
    """Major records only its classified items, but the limit counts minor findings, which the log has by item."""
    names = ("critical", "major", "minor")
    limit = {"name": "total", "of": ["minor"], "plan": single(8, 8)}
    agreed = limited([limit], [cls(name, plan=single(8, 8)) for name in names], [term("dent")])
    found = verdict(agreed, [*unlisted("critical", 1, 2), COUNT_0, *unlisted("minor", 3)], 100, 8)
    assert total(line(found, "total")) == (1, 1)


@pytest.mark.parametrize(("count", "most"), [(0, 0), (1, 1), (2, 2)])
def test_in_a_limit_a_counted_critical_item_may_have_a_finding_of_a_classified_member(
    count: int, most: int
) -> None:
    limit = {"name": "total", "of": ["major"], "plan": single(8, 8)}
    agreed = limited([limit], [cls("critical", plan=single(8, 8)), cls("major", plan=single(8, 8))])
    rows = [*counted(count, class_="critical"), COUNT_0]
    assert total(line(verdict(agreed, rows, 100, 8), "total")) == (0, most)
