"""Lookups as a type checker sees them; no line runs.

Each line with an ignore comment is a mistake that must be caught: mypy and pyright say where a comment is not needed.
"""

from decimal import Decimal
from typing import assert_type

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import aql
from aql.standards import FractionalLookup, ManyLookups


def what_is_right(size: int, flag: bool, sizes: NDArray[np.int64]) -> None:
    assert_type(aql.lookup(1200, aql=2.5), aql.Lookup)
    assert_type(aql.lookup(np.int64(1200), aql="2.5"), aql.Lookup)
    assert_type(aql.lookup(1200.0, aql=Decimal("2.5")), aql.Lookup)
    assert_type(aql.lookup(letter="J", aql=np.float64(2.5)), aql.Lookup)
    assert_type(aql.lookup(1200, aql=0, fractional=flag), aql.Lookup | FractionalLookup)
    assert_type(aql.lookup(1200, aql=2.5).plan, aql.SinglePlan | aql.MultiplePlan)
    assert_type(aql.code_letter(size), str)
    assert_type(aql.code_letter(np.int64(1200), level="S-4"), str)
    assert_type(aql.code_letter([50, 3000], level="III"), NDArray[np.str_])
    assert_type(aql.code_letter(sizes), NDArray[np.str_])
    assert_type(aql.code_letter([[50, 3000], [8, 9]]), NDArray[np.str_])
    assert_type(aql.lookup_many(pd.Series([50, 3000]), aql=4.0), ManyLookups)
    assert_type(aql.lookup_many(sizes, aql=4.0).n, NDArray[np.int64])
    assert_type(aql.Lookup.from_json("{}"), aql.Lookup)


def what_is_wrong() -> None:
    aql.lookup(1200, aql=2.5, severity="tigthened")  # type: ignore[call-overload]
    aql.lookup("thirty", aql=2.5)  # type: ignore[call-overload]
    aql.lookup(1200, aql=2.5, level="IV")  # type: ignore[call-overload]
    aql.lookup(1200, aql=object())  # type: ignore[call-overload]
    aql.lookup(1200, aql=2.5, standard="ISO 2859")  # type: ignore[call-overload]
    aql.lookup(1200, aql=2.5, counting="defects")  # type: ignore[call-overload]
    aql.code_letter(1200, level="G2")  # type: ignore[call-overload]
    aql.code_letter("thirty")  # type: ignore[arg-type]
    aql.lookup_many("thirty", aql=2.5)  # type: ignore[arg-type]
    aql.lookup_many([30, 1200], aql=2.5, level="G2")  # type: ignore[arg-type]
    aql.lokup(1200, aql=2.5)  # type: ignore[attr-defined]
    aql.Contract.load(5)  # type: ignore[arg-type]
