"""Every plan of the tables has a scheme, whose acceptance falls with worse quality and adds up to 1."""

import numpy as np
import pytest

from aql import Scheme, tables
from aql.types import Sampling, Standard
from tests.profiles import exhaustive

ISO: Standard = "ISO 2859-1:1999"
Z14: Standard = "ANSI/ASQ Z1.4"


@pytest.mark.parametrize(
    ("standard", "folder", "sampling"),
    [
        (ISO, "iso_2859_1_1999", "single"),
        exhaustive(ISO, "iso_2859_1_1999", "double"),
        exhaustive(ISO, "iso_2859_1_1999", "multiple"),
        exhaustive(Z14, "mil_std_105e", "single"),
        exhaustive(Z14, "mil_std_105e", "double"),
        exhaustive(Z14, "mil_std_105e", "multiple"),
    ],
)
def test_every_plan_has_a_scheme(standard: Standard, folder: str, sampling: Sampling) -> None:
    table = tables.master_table(folder, f"{sampling}_normal")
    seen = 0
    for (letter, aql), cell in table.cells.items():
        if cell.mark != "plan":
            continue
        seen += 1
        scheme = Scheme.lookup(
            letter=letter,
            aql=aql,
            sampling=sampling,
            standard=standard,
            limit_numbers=False if standard == Z14 else None,
        )
        quality = float(aql) / 100
        counted = quality > 0.1
        p = np.array([0.0, quality, 2 * quality, 5 * quality])
        accepted = scheme.pa(p, model="poisson" if counted else "binomial")
        rejected = scheme.pr(p, model="poisson" if counted else "binomial")
        assert (np.diff(accepted) <= 1e-12).all(), (letter, aql)
        assert accepted + rejected == pytest.approx(1, rel=1e-12)
        assert accepted[0] == 1
    assert seen > 100
