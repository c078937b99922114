"""Colours: a limit for the colour difference from a reference, and the CIEDE2000 difference itself."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from aql.contract.judgement import Judgement
from aql.documents.decimals import exact_decimal, exact_sum, number_problem, rounded
from aql.documents.document import Document
from aql.documents.fields import DecimalText, Name
from aql.documents.floats import FloatBits, taken_number
from aql.errors import MissingExtraError
from aql.languages import numeral, say

__all__ = ["Colour", "colour_difference", "lab_triple"]

_COLOUR_DIGITS = Decimal("0.0001")


class Colour(Document):
    """A limit `max` for the CIEDE2000 difference from a reference colour in CIELAB."""

    TAG: ClassVar[str] = "Colour"

    unit: Literal["dE2000"] = "dE2000"
    reference: Name | None = None
    illuminant: Name | None = None
    observer: Name | None = None
    max: DecimalText | None = None

    def agreed(self) -> str:
        """Return the agreed difference in words."""
        observer = say("{angle}° observer", angle=self.observer) if self.observer else None
        seen = say(", ").join(part for part in (self.illuminant, observer) if part)
        limit = "?" if self.max is None else numeral(self.max)
        agreed = say(
            "dE2000 at most {limit} from {colour}", limit=limit, colour=self.reference or say("no colour")
        )
        return say("{agreed} ({seen})", agreed=agreed, seen=seen) if seen else agreed

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or None."""
        number = exact_decimal(text)
        triple = lab_triple(text) is not None and "," not in text
        if number is not None and number >= 0:
            return number_problem(text)
        if triple:
            return None
        return "must be three numbers L a b separated by spaces, or a difference of 0 or more"

    def limit(self, guard: Decimal | None) -> Decimal:
        """Return the largest difference that conforms, narrowed by the guard."""
        return exact_sum(Decimal(0) if self.max is None else self.max, guard or Decimal(0), -1)

    def judge(
        self,
        text: str,
        *,
        rounding: Decimal | None = None,
        guard: Decimal | None = None,
        bits: FloatBits | None = None,
    ) -> Judgement:
        """Compare a reading (a Lab triple or a difference), rounded to 4 decimals, with the limit."""
        taken = taken_number(text, bits)
        number = None if taken is None else taken.value
        if number is None:
            lab, reference = lab_triple(text), lab_triple(self.reference or "")
            if lab is None or reference is None:
                raise ValueError(text)
            number = Decimal(repr(colour_difference(reference, lab)))
        number = rounded(number, _COLOUR_DIGITS)
        if rounding is not None:
            number = rounded(number, rounding)
        limit = self.limit(guard)
        found = f"dE2000 {number:f}"
        beyond = None if number <= limit else exact_sum(number, limit, -1)
        return Judgement(beyond is None, found, beyond, number)


def lab_triple(text: str) -> tuple[float, float, float] | None:
    """Return the CIELAB coordinates of the colour in `text`, or None.

    Both forms are read: that of a reference, ``Lab(20.5, 0.1, -0.4)``, and that of a reading, ``20.5 0.1 -0.4``.

    Examples
    --------
    >>> lab_triple("Lab(20.5, 0.1, -0.4)"), lab_triple("20.5 0.1 -0.4")
    ((20.5, 0.1, -0.4), (20.5, 0.1, -0.4))
    >>> lab_triple("20.5 0.1") is None
    True
    """
    bare = text.strip()
    parts = bare[4:-1].split(",") if bare.startswith("Lab(") and bare.endswith(")") else bare.split()
    numbers = [float(number) for part in parts if (number := exact_decimal(part.strip())) is not None]
    if len(parts) != 3 or len(numbers) != 3 or not 0 <= numbers[0] <= 100:
        return None
    return numbers[0], numbers[1], numbers[2]


def colour_difference(reference: tuple[float, float, float], sample: tuple[float, float, float]) -> float:
    """Return the CIEDE2000 difference of two colours measured with the same illuminant and observer.

    Parameters
    ----------
    reference, sample : tuple of three float
        CIELAB coordinates L, a, b.

    Returns
    -------
    float
        The difference dE2000.

    Raises
    ------
    MissingExtraError
        If coloraide is not installed.

    References
    ----------
    G. Sharma, W. Wu and E. N. Dalal, The CIEDE2000 color-difference formula, Color Research and Application 30
    (2005) 21-30.

    Examples
    --------
    >>> round(colour_difference((50, 2.6772, -79.7751), (50, 0, -82.7485)), 4)
    2.0425
    """
    try:
        from coloraide import Color
    except ImportError:
        raise MissingExtraError("a colour difference from a Lab reading needs coloraide", "color") from None
    # The formula needs only the coordinates. Using one colour space for both prevents coloraide from converting either.
    return float(Color("lab-d65", reference).delta_e(Color("lab-d65", sample), method="2000"))
