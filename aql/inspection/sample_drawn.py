"""How the sample was drawn, as the header of an inspection states it: enough to draw it again."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from aql.documents.document import Document
from aql.documents.fields import Positive, Text
from aql.errors import DomainError
from aql.inspection.commitments import checked_nonce
from aql.inspection.seeded_stream import checked_seed
from aql.types import DrawnBy

__all__ = ["ReplacedPick", "SampleDrawn"]


class ReplacedPick(Document):
    """What could not be drawn: an item by its number, or a carton by its number in the lot; and why."""

    item: Positive | None = None
    carton: Positive | None = None
    reason: Text

    @model_validator(mode="after")
    def _is_one(self) -> ReplacedPick:
        if (self.item is None) == (self.carton is None):
            given = "neither" if self.item is None else "both"
            raise DomainError(f"replaced must name an item or a carton, got {given}", value=given)
        return self


class SampleDrawn(Document):
    """The drawing of the sample, ``[inspection] drawing``.

    Attributes
    ----------
    seed : int
        The seed of `aql.draw`.
    by : "cartons", "items" or None
        Whether items come evenly from some cartons, or from all items alike; defaults to that of `aql.draw`.
    nonce : str or None
        The nonce of the commitment to the seed, if there was one.
    replaced : tuple of ReplacedPick
        What was replaced, in that order.
    """

    seed: Annotated[int, Field(strict=True, ge=0), AfterValidator(checked_seed)]
    by: DrawnBy | None = None
    nonce: (
        Annotated[str, Field(strict=True, pattern="^[0-9A-Fa-f]{32}$"), AfterValidator(checked_nonce)] | None
    ) = None
    replaced: tuple[ReplacedPick, ...] = ()
