"""Values that a caller or a document should never pass, and some that look as if they fit."""

import math
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

__all__ = ["ODD_TEXTS", "odd_scalar", "odd_value"]

ODD_TEXTS = (
    "",
    " ",
    "\0",
    "\x1b[31mred",
    "\u202eesrever",
    "\ud800",
    "\ufeff",
    "é́",
    "0",
    "-0",
    "1e400",
    "1" * 400,
    "0." + "1" * 60,
    "٣",
    "1,5",
    "1_000",
    "NaN",
    "Infinity",
    "0x10",
    "=1+1",
    "<script>alert(1)</script>",
    "'\"`",
    "a\nb\r\nc\td",
    "../../etc/passwd",
    "/dev/zero",
    "x" * 5000,
    "AQL 2.5",
    "normal",
    "major",
    "57-60",
    "2026-02-30",
)

_NUMBERS: tuple[Any, ...] = (
    0,
    -1,
    1,
    2,
    3000,
    2**31,
    2**53,
    2**53 + 1,
    2**63,
    2**64,
    10**30,
    10**400,
    -(10**400),
    10**5000,
    0.0,
    -0.0,
    0.5,
    1.5,
    1e-320,
    1e308,
    math.inf,
    -math.inf,
    math.nan,
    Decimal("-0"),
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("1e999999"),
    Decimal("1e-999999"),
    Fraction(1, 3),
    1 + 2j,
)

_OTHERS: tuple[Any, ...] = (
    None,
    True,
    False,
    b"bytes",
    bytearray(b"x"),
    date(2026, 12, 10),
    datetime(1, 1, 1),  # noqa: DTZ001 - without a zone, as a document can have it
    ...,
    int,
    object(),
    range(3),
    frozenset({1}),
    {1, 2},
)


def odd_scalar(random: Random) -> Any:
    """Draw a text, a number or an object."""
    return random.choice(random.choice((ODD_TEXTS, _NUMBERS, _OTHERS)))


def odd_value(random: Random) -> Any:
    """Draw a scalar, or a container of scalars, rarely a deep or a circular one."""
    kind = random.randrange(12)
    if kind == 0:
        return [odd_scalar(random) for _ in range(random.randrange(4))]
    if kind == 1:
        return {random.choice(ODD_TEXTS): odd_scalar(random) for _ in range(random.randrange(4))}
    if kind == 2:
        return _array(random)
    if kind == 3 and random.randrange(4) == 0:
        deep: Any = []
        for _ in range(random.choice((20, 200, 5000))):
            deep = [deep] if random.randrange(2) else {"a": deep}
        return deep
    return odd_scalar(random)


def _array(random: Random) -> Any:
    import numpy as np
    import pandas as pd

    return random.choice(
        (
            np.array([]),
            np.array(5),
            np.array([1, 2.5, np.nan]),
            np.array(["a", "b"]),
            np.array([[1, 2], [3, 4]]),
            np.array([object(), None], dtype=object),
            np.float32(0.1),
            np.int64(7),
            np.bool_(True),
            np.datetime64("NaT"),
            pd.Series([1, None, 3]),
            pd.Series(["I", pd.NA]),
            pd.Series([1, 2], index=["a", "a"]),
            pd.NaT,
            pd.DataFrame({"a": [1]}),
            pd.Categorical(["I", None]),
        )
    )
