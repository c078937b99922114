"""Contracts: the order, its classes, terms and measures, the document that contains them, and its check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.contract.colour import Colour as Colour
    from aql.contract.colour import colour_difference as colour_difference
    from aql.contract.contract import Contract as Contract
    from aql.contract.contract import Cover as Cover
    from aql.contract.contract import InspectionClause as InspectionClause
    from aql.contract.contract import Order as Order
    from aql.contract.findings import Finding as Finding
    from aql.contract.findings import Findings as Findings
    from aql.contract.judgement import Judgement as Judgement
    from aql.contract.limits import Limit as Limit
    from aql.contract.measures import Allowed as Allowed
    from aql.contract.measures import Answer as Answer
    from aql.contract.measures import Equals as Equals
    from aql.contract.measures import Measured as Measured
    from aql.contract.terms import Class as Class
    from aql.contract.terms import Minimum as Minimum
    from aql.contract.terms import PlanSpec as PlanSpec
    from aql.contract.terms import Reference as Reference
    from aql.contract.terms import Term as Term
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.contract.colour": ["Colour", "colour_difference"],
            "aql.contract.contract": ["Contract", "Cover", "InspectionClause", "Order"],
            "aql.contract.findings": ["Finding", "Findings"],
            "aql.contract.judgement": ["Judgement"],
            "aql.contract.limits": ["Limit"],
            "aql.contract.measures": ["Allowed", "Answer", "Equals", "Measured"],
            "aql.contract.terms": ["Class", "Minimum", "PlanSpec", "Reference", "Term"],
        },
    )
