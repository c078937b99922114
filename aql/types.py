"""The types of arguments; each word has a Literal for type checkers and a tuple of its values for checks at run time."""

from __future__ import annotations

from typing import Literal, SupportsFloat, SupportsIndex, TypeAlias, get_args

__all__ = [
    "CARTON_RULES",
    "COUNTED_OF",
    "COUNTINGS",
    "DECISIONS",
    "DESIGN_UNITS",
    "DRAWN_BY",
    "EFFECTS",
    "ENTRIES",
    "FINDING_SEVERITIES",
    "FOUND",
    "INSPECTIONS",
    "LEVELS",
    "LINE_KINDS",
    "LOT_TERM_STATUSES",
    "MODELS",
    "NOT_COUNTED",
    "PLAN_ORIGINS",
    "PROCESS_MODELS",
    "REINSPECTED",
    "SAMPLES",
    "SAMPLINGS",
    "SEVERITIES",
    "SHEET_FORMS",
    "SIDES",
    "STANDARDS",
    "STANDARD_NAMES",
    "SWITCHINGS",
    "TERM_KINDS",
    "TEXT_CASES",
    "UNITS",
    "AqlColumn",
    "CartonRule",
    "CountedOf",
    "Counting",
    "Decision",
    "DesignUnit",
    "DrawnBy",
    "Effect",
    "Entry",
    "FindingSeverity",
    "Found",
    "InspectionExtent",
    "Level",
    "LineKind",
    "LotSize",
    "LotTermStatus",
    "Model",
    "NotCounted",
    "PlanOrigin",
    "ProcessModel",
    "Reinspected",
    "Sample",
    "Sampling",
    "Severity",
    "SheetForm",
    "Side",
    "Standard",
    "StandardName",
    "Switching",
    "TermKind",
    "TextCase",
    "Unit",
]

Standard = Literal["ISO 2859-1:1999", "ISO 2859-1:2026", "ANSI/ASQ Z1.4", "MIL-STD-105E"]
"""An edition whose tables are included."""
STANDARDS: tuple[Standard, ...] = get_args(Standard)  #: The same words as a tuple.

StandardName = Literal[
    "ISO 2859-1:1999",
    "ISO 2859-1:2026",
    "ANSI/ASQ Z1.4",
    "MIL-STD-105E",
    "ISO 2859-1",
    "GB/T 2828.1",
    "GB/T 2828.1-2012",
    "GB/T 2828.1-2003",
    "JIS Z 9015-1",
    "JIS Z 9015-1:2006",
    "IS 2500-1",
    "IS 2500-1:2000",
    "IS 2500 (Part 1)",
    "IS 2500 (Part 1):2000",
    "BS 6001-1:1999",
    "ISO 2859-1:1999/Amd 1:2011",
    "BS 6001-1:1999+A1:2011",
    "BS 6001-1",
    "DIN ISO 2859-1",
    "DIN ISO 2859-1:2014-08",
    "DIN ISO 2859-1:2014",
    "NF ISO 2859-1",
    "NF ISO 2859-1:2000",
    "ISO 2859-1:1999/Cor 1:2001",
    "GOST R ISO 2859-1",
    "GOST R ISO 2859-1-2007",
    "UNI ISO 2859-1",
    "UNI ISO 2859-1:2007",
    "UNE-ISO 2859-1",
    "KS Q ISO 2859-1",
    "BS ISO 2859-1",
    "BS ISO 2859-1:2026",
    "ASQ/ANSI Z1.4",
    "ANSI/ASQC Z1.4",
    "ANSI Z1.4",
    "ASQ Z1.4",
    "Z1.4",
    "ANSI/ASQ Z1.4-2003",
    "ANSI/ASQ Z1.4-2008",
    "ANSI/ASQ Z1.4-2003 (R2008)",
    "ANSI/ASQ Z1.4-2003 (R2013)",
    "ANSI/ASQ Z1.4-2003 (R2018)",
    "ASQ/ANSI Z1.4-2003 (R2018)",
    "ANSI/ASQC Z1.4-1993",
    "ANSI/ASQ Z1.4-1993",
    "MIL-STD-105",
]
"""A name that a lookup takes for an edition: its own, one without a year, or that of a national edition."""
STANDARD_NAMES: tuple[StandardName, ...] = get_args(StandardName)  #: The same words as a tuple.

Level = Literal["S-1", "S-2", "S-3", "S-4", "I", "II", "III"]
"""Inspection level, from the smallest sample to the largest."""
LEVELS: tuple[Level, ...] = get_args(Level)  #: The same words as a tuple.

Severity = Literal["normal", "tightened", "reduced"]
"""Severity of inspection, as determined by the switching rules."""
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  #: The same words as a tuple.

Sampling = Literal["single", "double", "multiple"]
"""Type of sampling: how many samples a plan can draw."""
SAMPLINGS: tuple[Sampling, ...] = get_args(Sampling)  #: The same words as a tuple.

Counting = Literal["items", "nonconformities"]
"""What is counted and compared with Ac and Re."""
COUNTINGS: tuple[Counting, ...] = get_args(Counting)  #: The same words as a tuple.

Sample = Literal["per-class", "largest", "letter"]
"""Which sample applies if the classes of a contract have different sample sizes."""
SAMPLES: tuple[Sample, ...] = get_args(Sample)  #: The same words as a tuple.

Model = Literal["binomial", "hypergeometric", "poisson"]
"""Distribution of the number found in a sample."""
MODELS: tuple[Model, ...] = get_args(Model)  #: The same words as a tuple.

ProcessModel = Literal["binomial", "poisson"]
"""Distribution of the number found in a sample from a process, as opposed to a finite lot."""
PROCESS_MODELS: tuple[ProcessModel, ...] = get_args(ProcessModel)  #: The same words as a tuple.

Unit = Literal["item", "100 items"]
"""Unit of a quality: per item, or per 100 items."""
UNITS: tuple[Unit, ...] = get_args(Unit)  #: The same words as a tuple.

DesignUnit = Literal["item", "100 items", "lot"]
"""Unit of a quality when a plan is designed; ``"lot"``: the number nonconforming in a finite lot."""
DESIGN_UNITS: tuple[DesignUnit, ...] = get_args(DesignUnit)  #: The same words as a tuple.

InspectionExtent = Literal["full", "semi", "curtailed"]
"""Whether inspection stops once the decision is certain: never, from the second sample on, or in every sample."""
INSPECTIONS: tuple[InspectionExtent, ...] = get_args(InspectionExtent)  #: The same words as a tuple.

Found = Literal["replaced", "removed"]
"""What is done with the nonconforming items found."""
FOUND: tuple[Found, ...] = get_args(Found)  #: The same words as a tuple.

Reinspected = Literal["kept", "removed", "replaced"]
"""What was done with the nonconforming items found before the lot is inspected again."""
REINSPECTED: tuple[Reinspected, ...] = get_args(Reinspected)  #: The same words as a tuple.

Side = Literal["upper", "lower", "two-sided"]
"""Which confidence bound is computed."""
SIDES: tuple[Side, ...] = get_args(Side)  #: The same words as a tuple.

Decision = Literal["accept", "reject", "hold", "continue"]
"""Decision on a line or on the lot."""
DECISIONS: tuple[Decision, ...] = get_args(Decision)  #: The same words as a tuple.

Effect = Literal["reject", "hold", "note"]
"""What a breach of a lot term does to the lot."""
EFFECTS: tuple[Effect, ...] = get_args(Effect)  #: The same words as a tuple.

FindingSeverity = Literal["error", "warning", "note"]
"""How serious a finding of `aql.check` is: an error prevents scoring, a warning weakens a claim."""
FINDING_SEVERITIES: tuple[FindingSeverity, ...] = get_args(FindingSeverity)  #: The same words as a tuple.

TermKind = Literal[
    "measured",
    "colour",
    "allowed",
    "text",
    "yes-no",
    "visual",
    "quantity",
    "packed-share",
    "shipment-date",
    "mark",
    "reference",
]
"""Kind of a term: how it is tested, and whether on each item or once for the lot."""
TERM_KINDS: tuple[TermKind, ...] = get_args(TermKind)  #: The same words as a tuple.

SheetForm = Literal["long", "wide"]
"""Form of an inspection sheet: a row per reading or defect, or a row per item and a column per term."""
SHEET_FORMS: tuple[SheetForm, ...] = get_args(SheetForm)  #: The same words as a tuple.

TextCase = Literal["exact", "ignore"]
"""What a text that differs from the agreed one in case alone is: a breach, or the same text."""
TEXT_CASES: tuple[TextCase, ...] = get_args(TextCase)  #: The same words as a tuple.

Switching = Literal["per-class", "together"]
"""Whether each class follows the switching rules by itself, or all classes follow them together."""
SWITCHINGS: tuple[Switching, ...] = get_args(Switching)  #: The same words as a tuple.

CartonRule = Literal["sqrt", "sqrt+1", "all"]
"""How many cartons are opened: the square root of their number rounded up, one more than that, or all."""
CARTON_RULES: tuple[CartonRule, ...] = get_args(CartonRule)  #: The same words as a tuple.

DrawnBy = Literal["cartons", "items"]
"""How items are drawn: from some cartons, evenly; or from all items alike, whichever cartons they are in."""
DRAWN_BY: tuple[DrawnBy, ...] = get_args(DrawnBy)  #: The same words as a tuple.

CountedOf = Literal["items", "cartons"]
"""What a term is judged on: the items of the lot, or its cartons."""
COUNTED_OF: tuple[CountedOf, ...] = get_args(CountedOf)  #: The same words as a tuple.

Entry = Literal["letter", "lot"]
"""How a table can be entered: by code letter, or by lot size and level."""
ENTRIES: tuple[Entry, ...] = get_args(Entry)  #: The same words as a tuple.

LineKind = Literal["class", "term", "limit"]
"""What a decision line judges: a class, a term with its own plan, or several of these together."""
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)  #: The same words as a tuple.

PlanOrigin = Literal["table", "letter", "not-allowed", "lot-of-one", "plan", "sample", "all"]
"""Where the plan of a decision line comes from.

``"table"``: a lookup; ``"letter"``: the sample size of the lot's letter, with Ac and Re from the end of the arrow;
``"not-allowed"``: AQL 0; ``"lot-of-one"``: a lot of one item, which has no code letter; ``"plan"``, ``"sample"`` and ``"all"``: stated in the contract as a plan, as a number of items
or as every item.
"""
PLAN_ORIGINS: tuple[PlanOrigin, ...] = get_args(PlanOrigin)  #: The same words as a tuple.

NotCounted = Literal["outside-sample", "later-sample", "taken"]
"""Why a defect does not count.

``"outside-sample"``: the item is outside the sample of the line; ``"later-sample"``: the item is in a further sample
that the line did not need; ``"taken"``: the item belongs to a more serious class, and is in a further sample that this
class did not need.
"""
NOT_COUNTED: tuple[NotCounted, ...] = get_args(NotCounted)  #: The same words as a tuple.

LotTermStatus = Literal["met", "breached", "unknown", "open"]
"""Status of a lot term; ``"open"``: a shipment date that has not been reached."""
LOT_TERM_STATUSES: tuple[LotTermStatus, ...] = get_args(LotTermStatus)  #: The same words as a tuple.

LotSize: TypeAlias = SupportsIndex | SupportsFloat
"""A number of items: an int, or another number with a whole value."""

AqlColumn: TypeAlias = str | SupportsFloat
"""An AQL as a number or as printed, such as 2.5, ``"2.5"`` or ``Decimal("2.5")``."""
