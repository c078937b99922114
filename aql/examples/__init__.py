"""Examples that come with the library: contracts, inspections and published lookups.

The tablet order is fictitious. The orange juice is real data: 54 samples of 50 cans.
"""

from aql.examples.claims import tablet_claim
from aql.examples.example_files import example_file
from aql.examples.inspected_orders import orange_juice, tablet_order
from aql.examples.published_lookups import WorkedLookup, worked_lookups

__all__ = ["WorkedLookup", "example_file", "orange_juice", "tablet_claim", "tablet_order", "worked_lookups"]
