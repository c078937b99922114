"""Laws of counts, each with both tails right far out; this package knows no plan."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats as Floats
