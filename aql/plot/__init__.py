"""Plots of plan properties; each function draws on `ax` or on a new figure, and returns the axes.

The functions whose names end in ``_curve``, ``_curves``, ``_marks`` and ``_distribution`` return the data of the plots
as frames. No function displays a figure or uses the current axes. Without `ax`, a pyplot figure is created, which a
notebook displays and then closes. A program that draws many should close them, or pass the axes of a
`matplotlib.figure.Figure`, which pyplot does not keep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.plot.claims import worth as worth
    from aql.plot.comparisons import oc_curves as oc_curves
    from aql.plot.comparisons import severity_curves as severity_curves
    from aql.plot.comparisons import type_curves as type_curves
    from aql.plot.curves import aoq_curve as aoq_curve
    from aql.plot.curves import asn_curve as asn_curve
    from aql.plot.curves import ati_curve as ati_curve
    from aql.plot.curves import oc_curve as oc_curve
    from aql.plot.curves import oc_marks as oc_marks
    from aql.plot.curves import posterior_distribution as posterior_distribution
    from aql.plot.items_inspected import asn as asn
    from aql.plot.items_inspected import ati as ati
    from aql.plot.lot_posterior import posterior as posterior
    from aql.plot.operating_characteristic import compare as compare
    from aql.plot.operating_characteristic import oc as oc
    from aql.plot.operating_characteristic import severities as severities
    from aql.plot.operating_characteristic import types as types
    from aql.plot.outgoing_quality import aoq as aoq
    from aql.plot.series import history as history
    from aql.plot.series import scheme as scheme
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.plot.claims": ["worth"],
            "aql.plot.comparisons": ["oc_curves", "severity_curves", "type_curves"],
            "aql.plot.curves": [
                "aoq_curve",
                "asn_curve",
                "ati_curve",
                "oc_curve",
                "oc_marks",
                "posterior_distribution",
            ],
            "aql.plot.items_inspected": ["asn", "ati"],
            "aql.plot.lot_posterior": ["posterior"],
            "aql.plot.operating_characteristic": ["compare", "oc", "severities", "types"],
            "aql.plot.outgoing_quality": ["aoq"],
            "aql.plot.series": ["history", "scheme"],
        },
    )
