"""Standards: editions, code letters, lookups, and the tables derived from the master tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.standards.editions import DEFAULT_STANDARD as DEFAULT_STANDARD
    from aql.standards.editions import Edition as Edition
    from aql.standards.editions import edition as edition
    from aql.standards.iso2859_1.arrows import Cell as Cell
    from aql.standards.iso2859_1.code_letters import code_letter as code_letter
    from aql.standards.iso2859_1.derived import aoqls as aoqls
    from aql.standards.iso2859_1.derived import asn_ratios as asn_ratios
    from aql.standards.iso2859_1.derived import consumer_risk_qualities as consumer_risk_qualities
    from aql.standards.iso2859_1.derived import law_of as law_of
    from aql.standards.iso2859_1.derived import oc_values as oc_values
    from aql.standards.iso2859_1.derived import producer_risks as producer_risks
    from aql.standards.iso2859_1.lookup import FractionalLookup as FractionalLookup
    from aql.standards.iso2859_1.lookup import Lookup as Lookup
    from aql.standards.iso2859_1.lookup import lookup as lookup
    from aql.standards.iso2859_1.lookup_many import ManyLookups as ManyLookups
    from aql.standards.iso2859_1.lookup_many import lookup_many as lookup_many
    from aql.standards.iso2859_1.plan_cells import DerivedCell as DerivedCell
    from aql.standards.iso2859_1.plan_cells import plan_cells as plan_cells
    from aql.standards.names import standard_named as standard_named
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.standards.editions": ["DEFAULT_STANDARD", "Edition", "edition"],
            "aql.standards.iso2859_1.arrows": ["Cell"],
            "aql.standards.iso2859_1.code_letters": ["code_letter"],
            "aql.standards.iso2859_1.derived": [
                "aoqls",
                "asn_ratios",
                "consumer_risk_qualities",
                "law_of",
                "oc_values",
                "producer_risks",
            ],
            "aql.standards.iso2859_1.lookup": ["FractionalLookup", "Lookup", "lookup"],
            "aql.standards.iso2859_1.lookup_many": ["ManyLookups", "lookup_many"],
            "aql.standards.iso2859_1.plan_cells": ["DerivedCell", "plan_cells"],
            "aql.standards.names": ["standard_named"],
        },
    )
