"""Pictures of what a plan does, reached as `aql.plot`; each draws on `ax` or on a new figure, and returns the axes.

The numbers behind them are in `aql.plot.curves` and `aql.plot.comparisons`. A picture never shows itself and never
reads the current axes. Without `ax` it makes a figure of pyplot, which a notebook shows and then closes; a program that
makes many closes them, or gives the axes of a `matplotlib.figure.Figure`, which pyplot does not keep.
"""

from __future__ import annotations

from aql.plot.lots import aoq, asn, ati, posterior
from aql.plot.operating_characteristic import compare, oc, severities, types

__all__ = ["aoq", "asn", "ati", "compare", "oc", "posterior", "severities", "types"]
