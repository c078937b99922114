"""Measures: what is measured or read on an item, what conforms, and the judgement of a reading.

Readings and limits are decimal text and are compared as decimals, so a limit of 120.1 accepts 120.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Discriminator, Field, Tag

from aql.contract.answers import YesNo, yes_or_no
from aql.contract.colour import Colour
from aql.contract.judgement import Judgement
from aql.contract.tolerance import Tolerance, tolerance_amount
from aql.documents.decimals import exact_sum, number_problem, rounded
from aql.documents.document import Document
from aql.documents.fields import DecimalText, Name
from aql.documents.floats import FloatBits, taken_number
from aql.languages import numeral, say
from aql.types import TextCase
from aql.words import as_printed

__all__ = ["Allowed", "Answer", "Equals", "Measure", "Measured", "Spellings"]

_ROUNDED_CODE = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")


class Measured(Document):
    """A quantity with limits: `min`, `max`, or `nominal` with `plus` and `minus`, all in `unit`.

    `plus` and `minus` can be percentages of the nominal value, such as ``"5%"``.
    """

    TAG: ClassVar[str] = "Measured"

    unit: Name | None = None
    min: DecimalText | None = None
    max: DecimalText | None = None
    nominal: DecimalText | None = None
    plus: Tolerance | None = None
    minus: Tolerance | None = None

    @property
    def lower(self) -> Decimal | None:
        """Smallest conforming value in `unit`, before any guard is applied."""
        if self.nominal is not None and self.minus is not None:
            return exact_sum(self.nominal, tolerance_amount(self.minus, self.nominal), -1)
        return self.min

    @property
    def upper(self) -> Decimal | None:
        """Largest conforming value in `unit`, before any guard is applied."""
        if self.nominal is not None and self.plus is not None:
            return exact_sum(self.nominal, tolerance_amount(self.plus, self.nominal))
        return self.max

    def agreed(self) -> str:
        """Return the agreed limits in words."""
        unit = f" {self.unit}" if self.unit and self.unit != "1" else ""
        low, high = (None if one is None else numeral(one) for one in (self.lower, self.upper))
        if self.nominal is not None and (low is None or high is None):
            return f"{numeral(self.nominal)}{unit}"
        if low is not None and high is not None:
            if self.lower == self.upper:
                return say("exactly {value}", value=f"{low}{unit}")
            return say("{least} to {most}", least=low, most=f"{high}{unit}")
        if low is not None:
            return say("at least {value}", value=f"{low}{unit}")
        return say("at most {value}", value=f"{high}{unit}") if high is not None else say("no limit")

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or return None."""
        return number_problem(text)

    def limits(self, guard: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
        """Return the smallest and the largest conforming value in `unit`, narrowed by the guard."""
        low, high = self.lower, self.upper
        if guard is None:
            return low, high
        return (
            None if low is None else exact_sum(low, guard),
            None if high is None else exact_sum(high, guard, -1),
        )

    def judge(
        self,
        text: str,
        *,
        rounding: Decimal | None = None,
        guard: Decimal | None = None,
        bits: FloatBits | None = None,
    ) -> Judgement:
        """Compare a reading with the limits; `bits` is the width of the binary float that it came as, if any."""
        taken = taken_number(text, bits)
        if taken is None:
            raise ValueError(text)
        value = taken.value if rounding is None else rounded(taken.value, rounding)
        low, high = self.limits(guard)
        unit = f" {self.unit}" if self.unit and self.unit != "1" else ""
        found = f"{value:f}{unit}"
        for limit in (low, high) if rounding is None else ():
            if limit is not None and 0 < abs(exact_sum(value, limit, -1)) <= taken.residue(limit):
                return Judgement(False, found, compared=value, too_near=limit)
        if low is not None and value < low:
            return Judgement(False, found, exact_sum(value, low, -1), value)
        if high is not None and value > high:
            return Judgement(False, found, exact_sum(value, high, -1), value)
        return Judgement(True, found, compared=value)


class Spellings:
    """The texts that a measure agrees on, prepared for comparisons."""

    def __init__(self, agreed: tuple[str, ...]) -> None:
        self.agreed = agreed
        self.texts = frozenset(agreed)
        self._by_case = {one.casefold(): one for one in reversed(agreed)}

    def near_in_case(self, text: str) -> str | None:
        """Return the agreed text that differs from this one in case alone, or None.

        Examples
        --------
        >>> Spellings(("black", "white")).near_in_case("Black"), Spellings(("black",)).near_in_case("black")
        ('black', None)
        """
        said = as_printed(text)
        return None if said in self.texts else self._by_case.get(said.casefold())


class Allowed(Document):
    """A text that must be exactly one of a list."""

    TAG: ClassVar[str] = "Allowed"

    allowed: tuple[Name, ...] = Field(min_length=1)

    def agreed(self) -> str:
        """Return the list in words."""
        return say("one of {values}", values=", ".join(self.allowed))

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or return None."""
        return _code_problem(text, self.allowed)

    def judge(self, text: str, *, text_case: TextCase | None = None) -> Judgement:
        """Look the reading up in the list."""
        return _among(text, self.spellings, text_case)

    @property
    def spellings(self) -> Spellings:
        """The list, for comparisons; built once, unless the list is changed in a copy."""
        kept = self.__dict__.get("_spellings")
        if not isinstance(kept, Spellings) or kept.agreed is not self.allowed:
            self.__dict__["_spellings"] = kept = Spellings(self.allowed)
        return kept


class Equals(Document):
    """A text that must be exactly this, such as a barcode."""

    TAG: ClassVar[str] = "Equals"

    equals: Name

    def agreed(self) -> str:
        """Return the text."""
        return say("exactly {value}", value=self.equals)

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or return None."""
        return _code_problem(text, (self.equals,))

    def judge(self, text: str, *, text_case: TextCase | None = None) -> Judgement:
        """Compare the reading with the text."""
        return _among(text, self.spellings, text_case)

    @property
    def spellings(self) -> Spellings:
        """The text, for comparisons."""
        return Spellings((self.equals,))


class Answer(Document):
    """A yes-or-no question; `answer` is the conforming answer."""

    TAG: ClassVar[str] = "Answer"

    answer: YesNo = "yes"

    def agreed(self) -> str:
        """Return the conforming answer."""
        return say(self.answer)

    def problem(self, text: str) -> str | None:
        """Say what is wrong with the text of a reading, or return None."""
        said = yes_or_no(text, conforming=self.answer)
        return 'must be "yes" or "no", unless the header declares it under answers' if said is None else None

    def judge(self, text: str) -> Judgement:
        """Compare the answer."""
        said = yes_or_no(text, conforming=self.answer)
        if said is None:
            raise ValueError(text)
        return Judgement(said == self.answer, said)


def _among(text: str, agreed: Spellings, text_case: TextCase | None) -> Judgement:
    """Compare a text with those agreed, as they print; `found` has the spelling of the contract."""
    said = as_printed(text)
    if said not in agreed.texts and text_case == "ignore":
        said = agreed.near_in_case(said) or said
    return Judgement(said in agreed.texts, said)


def _code_problem(text: str, agreed: tuple[str, ...]) -> str | None:
    """Say that a spreadsheet has turned a code into a rounded number, or return None."""
    if _ROUNDED_CODE.fullmatch(text) and text not in agreed:
        return "must be a code from a column formatted as text, not a number rounded by a spreadsheet"
    return None


def _tag(value: object) -> str:
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
"""Any measure; its keys determine which one it is."""
