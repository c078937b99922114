"""The contract: the order, its cover, the inspection settings, the classes and the terms."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self, cast

from pydantic import (
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from aql.contract.limits import Limit
from aql.contract.terms import Class, Term
from aql.documents.document import Document
from aql.documents.fields import DecimalText, IsoDate, Name, Number, Positive
from aql.documents.files import checked_path
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.loading import ENDINGS, Source, load_document, read_source
from aql.documents.named_files import file_checksum, file_within
from aql.documents.problems import read_or_say
from aql.documents.writing import write_file
from aql.errors import AqlError, DomainError
from aql.markup import Shown, as_text
from aql.standards.editions import DEFAULT_STANDARD
from aql.standards.names import standard_named
from aql.types import (
    STANDARD_NAMES,
    CartonRule,
    Counting,
    Level,
    Sample,
    Sampling,
    Severity,
    StandardName,
    Switching,
)
from aql.words import in_brief, plural, short_repr

__all__ = ["Contract", "Cover", "InspectionClause", "Order"]


def _country(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{2}", value):
        raise DomainError(f"must be two capital letters such as CN, got {short_repr(value)}", value=value)
    return value


Country = Annotated[
    str, BeforeValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
"""A country as a two-letter ISO 3166 code."""


class Order(Document):
    """The order.

    Attributes
    ----------
    id, supplier, product : str
        Id of the order, its supplier and its product.
    quantity : int
        Quantity ordered. [items]
    unit_price : Decimal
        Price of one item. [currency]
    currency : str
        Three-letter ISO 4217 code.
    shipment_date : date
        Last date of shipment.
    created : date
        Date of the order.
    buyer_country, supplier_country : str
        Two-letter ISO 3166 codes.
    """

    id: Name
    supplier: Name | None = None
    product: Name | None = None
    quantity: Positive | None = None
    unit_price: DecimalText | None = None
    currency: Annotated[str, Field(strict=True, pattern=r"^[A-Z]{3}$")] | None = None
    shipment_date: IsoDate | None = None
    created: IsoDate | None = None
    buyer_country: Country | None = None
    supplier_country: Country | None = None

    @property
    def total(self) -> Decimal | None:
        """Price of the whole order in its currency; None if price or quantity is missing."""
        if self.unit_price is None or self.quantity is None:
            return None
        return self.unit_price * self.quantity


class Cover(Document):
    """The cover of the order: rules, type, and amounts in the currency of the order.

    Attributes
    ----------
    rules : str
        The rules of the cover: a rule set by name, or a file.
    type : "pre-shipment", "post-delivery" or None
        Cover type, if the rules have cover types.
    limit : Decimal or None
        Limit of the cover. [currency]
    remaining_limit : Decimal or None
        What earlier claims have left of the limit; None: all of it. [currency]
    initial_payment : Decimal or None
        Initial payment. [currency]
    """

    rules: Name
    type: Literal["pre-shipment", "post-delivery"] | None = None
    limit: DecimalText | None = None
    remaining_limit: DecimalText | None = None
    initial_payment: DecimalText | None = None


def _standard(value: object) -> StandardName:
    """The name of a standard, as the contract has it, if it is that of an edition."""
    standard_named(cast("StandardName", value))
    return cast("StandardName", value)


StandardAsNamed = Annotated[
    StandardName, PlainValidator(_standard), WithJsonSchema({"type": "string", "enum": list(STANDARD_NAMES)})
]
"""An edition by any of its names."""


class InspectionClause(Document):
    """The inspection settings.

    Attributes
    ----------
    standard, level, severity, sampling : str
        As in `aql.lookup`; `standard` as the contract names it.
    counting : "items" or "nonconformities"
        What is counted.
    sample : "per-class", "largest" or "letter"
        Which sample applies if classes have different sample sizes.
    packed_share : Decimal or None
        Minimum share of the ordered items that must be packed for export. [1]
    switching : "per-class" or "together"
        Whether each class follows the switching rules by itself.
    cartons : "sqrt", "sqrt+1" or "all"
        How many cartons are opened.
    """

    standard: StandardAsNamed = DEFAULT_STANDARD
    level: Level = "II"
    severity: Severity = "normal"
    sampling: Sampling = "single"
    counting: Counting = "items"
    sample: Sample = "per-class"
    packed_share: Number | None = None
    switching: Switching = "per-class"
    cartons: CartonRule = "sqrt"


class Contract(Document, Shown):
    """A contract of measurable terms.

    Read it with `load` from a file or a dict, or build it from its parts. It is immutable, and equal to any other
    contract with the same content.

    Attributes
    ----------
    order : Order
        The order.
    cover : Cover or None
        The cover of the order.
    inspection : InspectionClause
        The inspection settings.
    classes : tuple of Class
        Classes of nonconformity, most serious first.
    terms : tuple of Term
        The terms.
    limits : tuple of Limit
        Limits on the findings of several classes or terms together, in addition to their own plans.

    Examples
    --------
    >>> contract = Contract.load(
    ...     {
    ...         "order": {"id": "PO-1", "quantity": 3000},
    ...         "classes": [{"name": "major", "aql": 2.5}],
    ...         "terms": [
    ...             {
    ...                 "id": "width",
    ...                 "class": "major",
    ...                 "text": "Width 246 mm, plus or minus 1 mm",
    ...                 "measure": {"unit": "mm", "nominal": "246", "plus": "1", "minus": "1"},
    ...             }
    ...         ],
    ...     }
    ... )
    >>> contract.term("width").agreed()
    '245 to 247 mm'
    >>> Contract.from_toml(contract.to_toml()) == contract
    True
    """

    schema_: Literal["aql.contract/1"] = Field(default="aql.contract/1", alias="schema")
    order: Order
    cover: Cover | None = None
    inspection: InspectionClause = InspectionClause()
    classes: tuple[Class, ...] = ()
    terms: tuple[Term, ...] = ()
    limits: tuple[Limit, ...] = ()
    _folder: Path | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: object, read: ModelWrapValidatorHandler[Self]) -> Self:
        return cast(Self, read_or_say(cls, data, read, source="the contract"))

    @classmethod
    def load(cls, source: Source, *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Read a contract.

        Parameters
        ----------
        source : str, path or mapping
            A ``.toml`` or ``.json`` file, or the values of the document.
        limits : InputLimits
            How large the document may be.

        Returns
        -------
        Contract
            The contract.

        Raises
        ------
        DocumentError
            If the document is invalid; it lists every problem with its path.
        AqlError
            If the file cannot be read, or is beyond a limit.
        DomainError
            If `source` is neither a path nor a mapping.
        """
        data, name, folder = read_source(source, limits=limits)
        title = "the contract" if name == "the document" else name
        contract = load_document(cls, data, source=title, limits=limits)
        contract._folder = folder
        return contract

    def reference_checksum(self, term: Term) -> str | None:
        """Return the SHA-256 of the file of a term's reference.

        None if the file is not in the folder that the contract was loaded from, or the contract is not from a file.
        """
        if self._folder is None or term.reference is None or term.reference.file is None:
            return None
        path = file_within(self._folder, term.reference.file)
        return None if path is None else file_checksum(path)

    def is_compared(self, term: Term) -> bool:
        """Whether the reference of a term needs no comparison, or its file is there to be compared."""
        has_file = term.reference is not None and term.reference.file is not None
        return not has_file or self.reference_checksum(term) is not None

    def __eq__(self, other: object) -> bool:
        """Whether the other contract has the same content, wherever it was loaded from."""
        return isinstance(other, Contract) and self.__dict__ == other.__dict__

    __hash__ = Document.__hash__

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the contract to a ``.toml`` or ``.json`` file and return the path."""
        target = checked_path(path, "the contract file")
        if target.suffix.lower() not in ENDINGS:
            raise AqlError(
                f"a contract must be saved to a .toml or .json file, got {target.name!r}",
                code="bad-file",
                file=str(path),
            )
        text = self.to_toml() if target.suffix.lower() == ".toml" else self.to_json()
        return write_file(target, text)

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """Return the JSON schema of the document."""
        return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | cls.model_json_schema(
            by_alias=True
        )

    def term(self, name: str) -> Term:
        """Return the term with that id; raise KeyError if there is none."""
        return {term.id: term for term in self.terms}[name]

    def sizes(self) -> dict[str, int]:
        """Return the numbers of terms and of decision lines, which are limited when a contract is loaded."""
        own = sum(term.own_line for term in self.terms)
        return {"terms": len(self.terms), "lines": len(self.classes) + len(self.limits) + own}

    def class_names(self) -> tuple[str, ...]:
        """Return the names of the classes, most serious first."""
        return tuple(one.name for one in self.classes)

    def to_dict(self) -> dict[str, object]:
        """Return the document as plain values that JSON can represent, starting with the schema."""
        return {"schema": self.schema_} | super().to_dict()

    def to_toml(self) -> str:
        """Return the document as TOML; `from_toml` restores an equal contract."""
        return f'schema = "{self.schema_}"\n' + super().to_toml().removeprefix(f'schema = "{self.schema_}"\n')

    def __str__(self) -> str:
        return as_text(self._repr_html_())

    def __repr__(self) -> str:
        what = " ".join(str(part) for part in (self.order.quantity, self.order.product) if part is not None)
        of = f" of {what}" if what else ""
        classes, terms = plural(len(self.classes), "class", "classes"), plural(len(self.terms), "term")
        return in_brief("Contract", f"{self.order.id}{of}: {classes}, {terms}")
