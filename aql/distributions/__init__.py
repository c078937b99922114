"""Distributions of counts, accurate far into both tails; used by the plans and independent of them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aql.distributions._arrays import Floats as Floats
