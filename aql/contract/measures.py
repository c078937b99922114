"""Measures: what is measured of an item, what was agreed for it, and whether a reading conforms.

Readings and limits are decimal text and are compared as decimals: a limit of 120.1 accepts 120.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from aql.documents.document import Document
from aql.documents.fields import DecimalText, Name, exact_decimal
from aql.errors import MissingExtraError

__all__ = [
    "Allowed",
    "Answer",
    "Colour",
    "Equals",
    "Judgement",
    "Measure",
    "Measured",
    "colour_difference",
    "lab_triple",
    "rounded",
]

# Wide enough that sums and products of the longest numbers a document can hold are exact.
_EXACT = Context(prec=400)
_ROUNDED_CODE = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_COLOUR_DIGITS = Decimal("0.0001")
_YES = {"yes": True, "no": False, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reading says.

    Attributes
    ----------
    conforms : bool
        True where the reading meets what was agreed.
    found : str
        The reading as compared, with its unit.
    difference : Decimal or None
        How far beyond the limit: negative below a minimum, positive above a maximum; None where nothing is
        measured or the reading conforms. [the measure's unit]
    """

    conforms: bool
    found: str
    difference: Decimal | None = None


class Measured(Document):
    """A quantity with limits: `min`, `max`, or `nominal` with `plus` and `minus`, all in `unit`."""

    TAG: ClassVar[str] = "Measured"

    unit: Name | None = None
    min: DecimalText | None = None
    max: DecimalText | None = None
    nominal: DecimalText | None = None
    plus: DecimalText | None = None
    minus: DecimalText | None = None

    @property
    def lower(self) -> Decimal | None:
        """Smallest conforming value before any guard, in the unit."""
        if self.nominal is not None and self.minus is not None:
            return _sum(self.nominal, self.minus, -1)
        return self.min

    @property
    def upper(self) -> Decimal | None:
        """Largest conforming value before any guard, in the unit."""
        if self.nominal is not None and self.plus is not None:
            return _sum(self.nominal, self.plus, 1)
        return self.max

    def agreed(self) -> str:
        """Return the agreed limits in words."""
        unit = f" {self.unit}" if self.unit and self.unit != "1" else ""
        low, high = self.lower, self.upper
        if self.nominal is not None:
            return (
                f"{low:f} to {high:f}{unit}"
                if low is not None and high is not None
                else f"{self.nominal:f}{unit}"
            )
        if low is not None and high is not None:
            return f"{low:f} to {high:f}{unit}"
        if low is not None:
            return f"at least {low:f}{unit}"
        return f"at most {high:f}{unit}" if high is not None else "no limit"

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or None."""
        if exact_decimal(text) is None:
            return "a reading of this term is a decimal number such as 3012.5"
        return None

    def judge(self, text: str, *, rounding: Decimal | None, guard: Decimal | None) -> Judgement:
        """Compare a reading with the limits."""
        value = exact_decimal(text)
        if value is None:
            raise ValueError(text)
        if rounding is not None:
            value = rounded(value, rounding)
        margin = guard or Decimal(0)
        low = None if self.lower is None else _sum(self.lower, margin, 1)
        high = None if self.upper is None else _sum(self.upper, margin, -1)
        unit = f" {self.unit}" if self.unit and self.unit != "1" else ""
        found = f"{value:f}{unit}"
        if low is not None and value < low:
            return Judgement(False, found, _sum(value, low, -1))
        if high is not None and value > high:
            return Judgement(False, found, _sum(value, high, -1))
        return Judgement(True, found)


class Colour(Document):
    """A colour difference by CIEDE2000 from a reference in CIELAB, at most `max`."""

    TAG: ClassVar[str] = "Colour"

    unit: Literal["dE2000"] = "dE2000"
    reference: Name | None = None
    illuminant: Name | None = None
    observer: Name | None = None
    max: DecimalText | None = None

    def agreed(self) -> str:
        """Return the agreed difference in words."""
        seen = ", ".join(
            part
            for part in (self.illuminant, f"{self.observer}° observer" if self.observer else None)
            if part
        )
        limit = f"{self.max:f}" if self.max is not None else "?"
        return f"dE2000 at most {limit} from {self.reference or 'no colour'}" + (f" ({seen})" if seen else "")

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or None."""
        number = exact_decimal(text)
        triple = lab_triple(text) is not None and "," not in text
        if triple or (number is not None and number >= 0):
            return None
        return "a reading of a colour is three numbers L a b with spaces, or a difference of 0 or more"

    def judge(self, text: str, *, rounding: Decimal | None, guard: Decimal | None) -> Judgement:
        """Compare a reading, a Lab triple or a difference, with the limit; rounded to 4 decimals first."""
        number = exact_decimal(text)
        if number is None:
            lab, reference = lab_triple(text), lab_triple(self.reference or "")
            if lab is None or reference is None:
                raise ValueError(text)
            number = Decimal(repr(colour_difference(reference, lab)))
        number = rounded(number, _COLOUR_DIGITS)
        if rounding is not None:
            number = rounded(number, rounding)
        limit = _sum(self.max or Decimal(0), guard or Decimal(0), -1)
        found = f"dE2000 {number:f}"
        return Judgement(True, found) if number <= limit else Judgement(False, found, _sum(number, limit, -1))


class Allowed(Document):
    """A value that is one of a list, letter by letter."""

    TAG: ClassVar[str] = "Allowed"

    allowed: tuple[Name, ...] = Field(min_length=1)

    def agreed(self) -> str:
        """Return the list in words."""
        return "one of " + ", ".join(self.allowed)

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or None."""
        return _code_problem(text, self.allowed)

    def judge(self, text: str, *, rounding: Decimal | None, guard: Decimal | None) -> Judgement:  # noqa: ARG002
        """Look the reading up in the list."""
        return Judgement(text in self.allowed, text)


class Equals(Document):
    """A text that is exactly this, such as a barcode."""

    TAG: ClassVar[str] = "Equals"

    equals: Name

    def agreed(self) -> str:
        """Return the text."""
        return f"exactly {self.equals}"

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or None."""
        return _code_problem(text, (self.equals,))

    def judge(self, text: str, *, rounding: Decimal | None, guard: Decimal | None) -> Judgement:  # noqa: ARG002
        """Compare the reading with the text."""
        return Judgement(text == self.equals, text)


class Answer(Document):
    """A question answered yes or no; `answer` is the answer that conforms."""

    TAG: ClassVar[str] = "Answer"

    answer: Literal["yes", "no"] = "yes"

    def agreed(self) -> str:
        """Return the conforming answer."""
        return self.answer

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or None."""
        return None if text.casefold() in _YES else "a reading of this term is yes or no"

    def judge(self, text: str, *, rounding: Decimal | None, guard: Decimal | None) -> Judgement:  # noqa: ARG002
        """Compare the answer."""
        said = _YES[text.casefold()]
        return Judgement(said == _YES[self.answer], "yes" if said else "no")


def _code_problem(text: str, agreed: tuple[str, ...]) -> str | None:
    """Say that a spreadsheet has turned a code into a rounded number, or None."""
    if _ROUNDED_CODE.fullmatch(text) and text not in agreed:
        return "a spreadsheet has rounded the code; format its column as text and enter it again"
    return None


def _tag(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(getattr(value, "TAG", Measured.TAG))
    if str(value.get("unit")).startswith("dE") or {"reference", "illuminant", "observer"} & set(value):
        return Colour.TAG
    by_key = {"allowed": Allowed.TAG, "equals": Equals.TAG, "answer": Answer.TAG}
    return next((tag for key, tag in by_key.items() if key in value), Measured.TAG)


Measure = Annotated[
    Annotated[Measured, Tag(Measured.TAG)]
    | Annotated[Colour, Tag(Colour.TAG)]
    | Annotated[Allowed, Tag(Allowed.TAG)]
    | Annotated[Equals, Tag(Equals.TAG)]
    | Annotated[Answer, Tag(Answer.TAG)],
    Discriminator(_tag),
]
"""Any measure; which one it is shows in its keys."""


def _sum(left: Decimal, right: Decimal, sign: int) -> Decimal:
    return _EXACT.add(left, right) if sign > 0 else _EXACT.subtract(left, right)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Round to the nearest multiple of `step`, halves to the even multiple, exactly.

    Examples
    --------
    >>> rounded(Decimal("0.25"), Decimal("0.1")), rounded(Decimal("12.5"), Decimal("5"))
    (Decimal('0.2'), Decimal('10'))
    """
    return _EXACT.multiply(Decimal(round(Fraction(value) / Fraction(step))), step)


def lab_triple(text: str) -> tuple[float, float, float] | None:
    """The CIELAB coordinates that `text` writes out, or None.

    A reference is written ``Lab(20.5, 0.1, -0.4)``, a reading ``20.5 0.1 -0.4``; both forms are read.

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
    """CIEDE2000 difference of two colours given under the same illuminant and observer.

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
    # The formula works on coordinates alone; naming one space for both keeps coloraide from adapting either.
    return float(Color("lab-d65", reference).delta_e(Color("lab-d65", sample), method="2000"))
