"""Pictures of what a plan does; see `aql.report.plots`. `import aql.plot` and `aql.plot` are the same."""

from __future__ import annotations

from aql.report.plots import aoq, asn, ati, compare, oc, posterior, severities, types

__all__ = ["aoq", "asn", "ati", "compare", "oc", "posterior", "severities", "types"]
